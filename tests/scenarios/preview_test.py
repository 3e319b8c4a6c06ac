"""A preview writes nothing, whatever the route; every answer says what the contract promises."""

import unittest

from daybook import BRITISH, CLIENT, COMPANY, RETAIL, Scenario

ID = "01890000-0000-7000-8000-000000000000"


class Books(Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--empty")
        company = self.answered(self.server.post("/api/v1/companies", COMPANY), 201)
        self.company = company["id"]
        self.base = "/api/v1/companies/" + self.company
        self.client = self.answered(self.server.post(self.base + "/clients", CLIENT), 201)


class Previews(Books):
    def everything(self):
        """The heads of all books, and what waits beside them."""
        get = lambda path: self.answered(self.server.get("/api/v1/" + path), 200)
        companies = [item["id"] for item in get("companies")["items"]]
        return {
            "instance": get("events?after=0&limit=1000")["revision"],
            "heads": {c: get(f"companies/{c}/checkpoint")["size"] for c in companies},
            "replacements": {c: get(f"companies/{c}/replacements") for c in companies},
            "operations": get("operations"),
            "uploads": get("uploads"),
            "backups": {c: get(f"companies/{c}/backups") for c in companies},
            "links": {c: [get(f"companies/{c}/backups/{b['id']}/links")
                          for b in get(f"companies/{c}/backups")["items"]] for c in companies}}

    def backup(self):
        done = self.ended(self.answered(
            self.server.post(self.base + "/backups", {}, Prefer="wait=60"), 202))
        return done["result"]["backup_id"]

    def previewed(self, method, path, body=None, raw=None, **headers):
        mark = "&" if "?" in path else "?"
        before = self.everything()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.server.call(method, f"{path}{mark}validate_only=true", body, named, raw)
        preview = self.answered(answer, 200)
        self.assertLessEqual({"result", "events", "diff"}, set(preview), preview)
        for event in preview["events"]:
            self.assertLessEqual({"type", "entity", "sentence", "data"}, set(event))
        self.assertEqual(self.everything(), before, path)
        return preview

    def test_no_route_of_the_table_writes_in_a_preview(self):
        upload = self.answered(self.server.post("/api/v1/uploads", {"size": 10}), 201)["id"]
        backup = self.backup()
        before = self.everything()
        asked = 0
        for path, operations in self.server.description.document["paths"].items():
            for method, operation in operations.items():
                if method == "get":
                    continue
                known = {parameter["name"] for parameter in operation["parameters"]}
                target = (path.replace("{company}", self.company).replace("{upload}", upload)
                          .replace("{epoch}", "1"))
                target = target.replace("{id}", backup if "/backups/" in path
                                        else self.client["id"])
                target = target.replace("{attachment}", ID).replace("{link}", ID)
                body = None if method == "delete" else b"{}"
                answer = self.server.call(method.upper(), target + "?validate_only=true", raw=body,
                                          headers={"If-Match": '"v1"', "Content-Type":
                                                   "application/json", "Upload-Offset": "0"})
                if "validate_only" not in known:
                    self.assertEqual((answer.status, answer.json["code"]),
                                     (400, "unknown_parameter"), (method, path))
                else:
                    self.assertNotIn(answer.status, (201, 202, 204, 500), (method, path))
                asked += 1
        self.assertGreater(asked, 60)
        self.assertEqual(self.everything(), before)

    def test_transport_knows_no_preview(self):
        for path in ("/api/v1/uploads", f"/api/v1/operations/{ID}/run",
                     f"/api/v1/operations/{ID}/discard", f"/api/v1/operations/{ID}/cancel",
                     f"/api/v1/uploads/{ID}/inspection"):
            answer = self.server.post(path + "?validate_only=true", {})
            self.assertEqual((answer.status, answer.json["code"]), (400, "unknown_parameter"), path)

    def test_an_import_is_shown_and_not_kept(self):
        british = self.answered(self.server.post("/api/v1/companies", BRITISH), 201)["id"]
        with open(RETAIL, "rb") as file:
            rows = b"".join(file.readlines()[:50])
        preview = self.previewed(
            "POST", f"/api/v1/imports?company={british}&currency=GBP&tax_treatment=none"
            "&client_for_blank=counter&date_order=mdy", raw=rows, Content_Type="text/csv")
        self.assertEqual(preview["result"]["company_id"], british)
        self.assertTrue(preview["events"])

    def test_backups_and_what_is_made_of_them_are_shown_and_not_made(self):
        made = self.previewed("POST", self.base + "/backups", {})
        self.assertEqual(made["result"]["companies"], [self.company])
        backup = self.backup()
        one = f"{self.base}/backups/{backup}"
        self.assertEqual(self.previewed("DELETE", one)["result"]["state"], "expired")
        self.previewed("POST", one + "/links", {"expires_at": "2999-01-01T00:00:00Z"})
        link = self.answered(self.server.post(one + "/links",
                                              {"expires_at": "2999-01-01T00:00:00Z"}), 201)
        gone = self.previewed("DELETE", f"{one}/links/{link['id']}")
        self.assertEqual(gone["result"]["state"], "revoked")
        weekly = self.previewed("PUT", self.base + "/backups/schedule", {"every": "weekly"})
        self.assertEqual(weekly["result"]["every"], "weekly")
        for mode in ("new", f"replace&company={self.company}&reason=why",
                     f"into&company={self.company}&reason=why"):
            self.previewed("POST", f"/api/v1/imports?backup={backup}&mode={mode}")
        revision = self.answered(self.server.get(self.base), 200)["revision"]
        copy = self.previewed("POST", self.base + "/copies",
                              {"at": {"revision": revision}, "name": "Copy"})
        self.assertEqual(copy["result"]["copied"], revision)

    def test_taking_a_replacement_back_is_shown_and_not_done(self):
        backup = self.backup()
        done = self.ended(self.answered(self.server.call(
            "POST", f"/api/v1/imports?backup={backup}&mode=replace&company={self.company}"
            "&reason=why", headers={"Prefer": "wait=60"}), 202))
        self.assertEqual(done["state"], "succeeded", done)
        preview = self.previewed("POST", self.base + "/replacements/2/undo", {"reason": "why"})
        self.assertEqual(preview["result"]["epoch"], 1)
        self.assertIn("LineActivated", [event["type"] for event in preview["events"]])

    def test_a_change_that_changes_nothing_shows_the_thing_as_it_is(self):
        path = f"{self.base}/clients/{self.client['id']}"
        preview = self.previewed("PATCH", path, {"name": self.client["name"]}, If_Match='"v1"')
        self.assertEqual(preview["result"]["name"], self.client["name"])
        self.assertEqual((preview["events"], preview["diff"]), ([], []))


class Answers(Books):
    """The habits that every answer below a company keeps."""

    def test_what_is_not_there_is_said_before_a_body_is_judged(self):
        for method, path, status in (
                ("POST", "/api/v1/nothing", 404), ("PUT", "/api/v1/companies", 405),
                ("POST", f"{self.base}/invoices/{ID}/send", 404),
                ("PATCH", self.base + "/invoices", 405), ("POST", self.base + "/imports", 404),
                ("POST", f"/api/v1/operations/{ID}/run", 404),
                ("POST", f"/api/v1/operations/{ID}/discard", 404),
                ("POST", f"/api/v1/operations/{ID}/cancel", 404)):
            self.assertEqual(self.server.call(method, path, {}).status, status, path)
        surprise = self.server.post(f"/api/v1/operations/{ID}/cancel", {"now": True})
        self.assertEqual((surprise.status, surprise.json["code"]), (422, "unknown_member"))

    def test_what_is_too_large_is_refused_with_its_path_and_request(self):
        answer = self.server.call("POST", self.base + "/clients", raw=b"",
                                  headers={"X-Request-Id": "mine", "Content-Length": "5000000"})
        self.assertEqual(answer.status, 413)
        self.assertEqual((answer.json["instance"], answer.json["request_id"]),
                         (self.base + "/clients", "mine"))

    def test_every_answer_below_a_company_names_its_revision(self):
        for path, accept in (
                ("/checkpoint", "*/*"), ("/checkpoints", "*/*"), ("/replacements", "*/*"),
                ("/proofs/inclusion?revision=1", "*/*"), ("/backups", "*/*"),
                ("/proofs/consistency?from=1", "*/*"),
                ("/events/1", "application/octet-stream, */*"), ("/clients/nonsense", "*/*"),
                ("/nothing", "*/*"), ("?colour=red", "*/*"), ("?as_of=@9999", "*/*")):
            answer = self.server.get(self.base + path, Accept=accept)
            self.assertIn("daybook-revision", answer.headers, path)
            if "octet" in accept:
                self.assertEqual(answer.headers["content-type"], "application/octet-stream")
        path = f"{self.base}/clients/{self.client['id']}"
        self.assertIn("daybook-revision", self.server.call("PATCH", path, {}).headers)
        self.assertNotIn("daybook-revision", self.server.get(f"/api/v1/companies/{ID}").headers)

    def test_a_stale_version_is_told_what_changed(self):
        path = f"{self.base}/clients/{self.client['id']}"
        for count in range(1, 24):
            self.answered(self.server.call("PATCH", path, {"name": f"Name {count}"},
                                           {"If-Match": f'"v{count}"'}), 200)
        stale = self.answered(self.server.call("PATCH", path, {"name": "x"},
                                               {"If-Match": '"v22"'}), 412)
        self.assertEqual((stale["current_version"], stale["given_version"]), (24, 22))
        self.assertFalse(stale["more_changes"])
        self.assertEqual([change["changes"][0]["after"] for change in stale["changes"]],
                         ["Name 23", "Name 22"])
        older = self.answered(self.server.call("PATCH", path, {"name": "x"},
                                               {"If-Match": '"v1"'}), 412)
        self.assertEqual((len(older["changes"]), older["more_changes"]), (20, True))

    def test_a_weak_tag_never_matches_and_one_of_several_may(self):
        path = f"{self.base}/clients/{self.client['id']}"
        patch = lambda name, tag: self.server.call("PATCH", path, {"name": name},
                                                   {"If-Match": tag}).status
        self.assertEqual(patch("A", 'W/"v1"'), 412)
        self.assertEqual(patch("A", '"v7", "v1"'), 200)
        self.assertEqual(patch("B", '"v7", "v1"'), 412)
        self.assertEqual(patch("B", "v2"), 400)

    def test_the_language_is_the_one_that_is_wanted_most(self):
        for wanted, language in (("en;q=0.2, fr;q=0.9", "fr"), ("de, fr;q=0.5, en;q=0.2", "fr"),
                                 ("fr-CA", "fr"), ("en, fr", "en"), ("fr, en", "fr"),
                                 ("fr;q=0, *", "en"), ("en;q=0, *;q=0.1", "fr"), ("de", "en"),
                                 ("", "en")):
            answer = self.server.call("GET", "/api/v1/nothing",
                                      headers={"Accept-Language": wanted})
            self.assertEqual(answer.headers["content-language"], language, wanted)

    def test_a_parameter_that_cannot_be_meant_is_named(self):
        for query, name in (("/history?entity=x", "?entity"), ("/history?from=x", "?from"),
                            ("/history?cursor=x", "?cursor"), ("/clients?cursor=x", "?cursor"),
                            ("?as_of=x", "?as_of"), ("?epoch=x", "?epoch")):
            problem = self.answered(self.server.get(self.base + query), 400)
            self.assertEqual([error["pointer"] for error in problem["errors"]], [name], query)

    def test_the_description_names_headers_and_refusals(self):
        paths = self.server.description.document["paths"]
        patch = paths["/api/v1/companies/{company}/clients/{id}"]["patch"]
        needed = {p["name"]: p["required"] for p in patch["parameters"] if p["in"] == "header"}
        self.assertTrue(needed["If-Match"])
        self.assertLessEqual({"200", "400", "404", "409", "412", "422", "428"},
                             set(patch["responses"]))
        get = paths["/api/v1/companies/{company}/clients/{id}"]["get"]
        self.assertIn("304", get["responses"])
        copies = paths["/api/v1/companies/{company}/copies"]["post"]
        self.assertLessEqual({"Prefer", "Idempotency-Key"},
                             {p["name"] for p in copies["parameters"]})
        self.assertLessEqual({"200", "202"}, set(copies["responses"]))


if __name__ == "__main__":
    unittest.main()
