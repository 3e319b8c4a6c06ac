"""Looking into a backup without restoring it: read, compared, and one thing taken out."""

import os
import unittest

from daybook import CLIENT, COMPANY, LINES
from restoring import Restoring


class LookInside(Restoring):
    def test_everything_that_can_be_asked_of_a_company_can_be_asked_of_a_file(self):
        path, made = self.backup()
        upload = self.send(self.content(path))
        inside = f"/api/v1/uploads/{upload}/books"
        early = self.server.get(inside)
        self.assertEqual((early.status, early.json["code"]), (409, "not_inspected"))
        found = self.inspected(upload)
        kept = self.answered(self.server.get(f"/api/v1/uploads/{upload}/inspection"), 200)
        self.assertEqual(found, kept)
        self.assertEqual(kept["range"]["last"], made["revision"])
        for restarted in (False, True):
            if restarted:
                self.started()
            self.assertEqual(self.answered(self.server.get(inside), 200)["name"], COMPANY["name"])
            for question in ("/summary", "/invoices?q=cafe&count=true", "/history", "/series",
                             f"/clients/{self.client}", f"/invoices/{self.first['id']}",
                             f"/invoices/{self.first['id']}/blame", "/invoices?as_of=@6",
                             f"/diff?from=@6&to=@{made['revision']}", "/events?after=3"):
                asked = self.answered(self.server.get(inside + question), 200)
                here = self.answered(self.server.get(self.base + question), 200)
                for answer in (asked, here):
                    if isinstance(answer, dict):
                        answer.pop("next", None)
                self.assertEqual(asked, here, question)
            table = self.server.call("GET", inside + "/invoices", headers={"Accept": "text/csv"})
            self.assertIn(b"1252.75", table.bytes)
        self.assertEqual(self.server.call("POST", inside + "/clients").status, 405)
        companies = self.answered(self.server.get("/api/v1/companies"), 200)["items"]
        self.assertEqual(len(companies), 1)
        self.assertEqual(self.server.call("DELETE", "/api/v1/uploads/" + upload).status, 204)
        self.assertEqual(self.server.get(inside).status, 404)
        self.assertEqual(os.listdir(self.books + "/uploads"), [])


    def test_one_thing_is_taken_out_into_the_living_company(self):
        product = self.answered(self.server.post(self.base + "/products", {
            "code": "C-1", "name": "Conseil", "unit_price": "100"}), 201)["id"]
        draft = self.draft()
        path, _ = self.backup()
        upload = self.send(self.content(path))
        self.inspected(upload)
        inside = f"/api/v1/uploads/{upload}/books"

        def patched(thing, body):
            path = f"{self.base}/{thing}"
            self.answered(self.server.call("PATCH", path, body, {
                "If-Match": self.server.get(path).etag}), 200)

        # What was overwritten since comes back, contacts and all; nothing to do is nothing written.
        patched(f"clients/{self.client}", {"name": "Overwritten", "email": None})
        patched(f"products/{product}", {"unit_price": "1"})
        patched(f"invoices/{draft}", {"lines": LINES[:1]})
        into = {"company_id": self.company}
        for thing in (f"clients/{self.client}", f"products/{product}", f"invoices/{draft}"):
            preview = self.answered(self.server.post(
                f"{inside}/{thing}/take?validate_only=true", into), 200)
            self.assertTrue(preview["diff"], thing)
            taken = self.answered(self.server.post(f"{inside}/{thing}/take", into), 200)
            held = self.answered(self.server.get(f"{inside}/{thing}"), 200)
            for answer in (taken, held):
                for member in ("version", "revision", "updated_at", "actions"):
                    answer.pop(member, None)
            self.assertEqual(taken, held)
            head = self.head()
            self.answered(self.server.post(f"{inside}/{thing}/take", into), 200)
            self.assertEqual(self.head(), head, thing)

        # Of what was issued, a draft is made; into another company, things that it never had.
        made = self.answered(self.server.post(
            f"{inside}/invoices/{self.first['id']}/take", into), 201)
        self.assertNotEqual(made["id"], self.first["id"])
        self.assertEqual((made["status"], made["number"], made["total"]),
                         ("draft", None, self.first["total"]))
        other = self.new_company({**COMPANY, "name": "Autre"})
        into = {"company_id": other}
        early = self.server.post(f"{inside}/invoices/{draft}/take", into)
        self.assertGreaterEqual(early.status, 400)  # Its client is not there yet.
        for thing in (f"clients/{self.client}", f"products/{product}", f"invoices/{draft}"):
            answer = self.server.post(f"{inside}/{thing}/take", into)
            self.answered(answer, 201)
            self.assertEqual(answer.headers["location"], f"/api/v1/companies/{other}/{thing}")
        shown = self.answered(self.server.get(
            f"/api/v1/companies/{other}/clients/{self.client}"), 200)
        self.assertEqual((shown["name"], shown["email"]), (CLIENT["name"], "ole@example.org"))
        for company, status in ((self.client, 404), ("x", 422)):
            self.assertEqual(self.server.post(f"{inside}/clients/{self.client}/take",
                                              {"company_id": company}).status, status)
        self.assertEqual(self.server.post(f"{inside}/clients/{product}/take", into).status, 404)

    def test_one_attachment_is_taken_out_with_its_bytes(self):
        bytes_of = {}
        for below, name in ((f"/clients/{self.client}", "contrat.pdf"), ("", "statuts.pdf")):
            bytes_of[name] = b"%PDF-1.7\n" + name.encode() * 1000
            self.answered(self.server.call(
                "POST", f"{self.base}{below}/attachments", raw=bytes_of[name],
                headers={"X-Filename": name}), 201)
        path, _ = self.backup()
        upload = self.send(self.content(path))
        self.inspected(upload)
        inside = f"/api/v1/uploads/{upload}/books"
        listed = self.answered(self.server.get(f"{inside}/clients/{self.client}/attachments"),
                               200)["items"]
        self.assertEqual([file["name"] for file in listed], ["contrat.pdf"])
        self.assertEqual(self.server.get(f"{inside}/files/{listed[0]['id']}/file").bytes,
                         bytes_of["contrat.pdf"])
        into = {"company_id": self.company}
        for file in self.answered(self.server.get(inside + "/files"), 200)["items"]:
            take = f"{inside}/files/{file['id']}/take"
            head = self.head()
            self.answered(self.server.post(take, into), 200)  # It is there: nothing to do.
            self.assertEqual(self.head(), head)
            # Lost bytes are joined again.
            blob = f"{self.books}/blobs/{file['sha256'][:2]}/{file['sha256']}"
            os.remove(blob)
            self.answered(self.server.post(take, into), 200)
            self.assertTrue(os.path.exists(blob))
            # Detached, it is attached again, to the same thing.
            here = f"{self.base}/files/{file['id']}"
            owner = file["owner"]
            below = f"/clients/{owner['id']}" if owner["kind"] == "client" else ""
            one = f"{self.base}{below}/attachments/{file['id']}"
            self.answered(self.server.call("DELETE", one, headers={
                "If-Match": self.server.get(here).etag}), 200)
            preview = self.server.post(take + "?validate_only=true", into)
            self.assertTrue(self.answered(preview, 200)["diff"])
            answer = self.server.post(take, into)
            taken = self.answered(answer, 201)
            self.assertEqual((taken["name"], taken["owner"]), (file["name"], owner))
            self.assertNotEqual(taken["id"], file["id"])
            self.assertEqual(self.server.get(answer.headers["location"] + "/file").bytes,
                             bytes_of[file["name"]])
        # Another company has it under the same id, once it has whom it belongs to.
        other = self.new_company({**COMPANY, "name": "Autre"})
        into = {"company_id": other}
        take = f"{inside}/files/{listed[0]['id']}/take"
        self.assertEqual(self.server.post(take, into).status, 404)
        self.answered(self.server.post(f"{inside}/clients/{self.client}/take", into), 201)
        self.assertEqual(self.answered(self.server.post(take, into), 201)["id"], listed[0]["id"])
        self.assertEqual(self.server.post(f"{inside}/files/{self.client}/take", into).status, 404)

    def test_two_files_or_a_file_and_a_company_say_what_one_has_more(self):
        uploads = []
        for name in ("sunday.daybook", "friday.daybook"):
            path, made = self.backup(name)
            uploads.append((self.send(self.content(path)), made["revision"]))
            self.inspected(uploads[-1][0])
            self.answered(self.server.post(self.base + "/clients", CLIENT), 201)
        (sunday, first), (friday, second) = uploads
        more = second - first

        def compared(upload, query, language="en"):
            return self.answered(self.server.call(
                "GET", f"/api/v1/uploads/{upload}/comparison?{query}",
                headers={"Accept-Language": language}), 200)

        told = compared(sunday, "with=" + friday)
        self.assertEqual((told["common"], told["only_in_first"], told["only_in_second"]),
                         (first, 0, more))
        self.assertEqual(told["sentence"], f"The second is the first plus {more} events.")
        self.assertIsNone(told["first_parts_with"])
        self.assertEqual(told["second_parts_with"]["type"], "ClientCreated")
        self.assertIn("plus", compared(sunday, "with=" + friday, "fr")["sentence"])
        told = compared(friday, "company=" + self.company)
        self.assertEqual((told["only_in_first"], told["only_in_second"]), (0, 1))
        forked = self.good(self.import_(f"upload={friday}&at=@{first}"))
        told = compared(friday, "company=" + forked["company_id"])
        self.assertEqual((told["common"], told["only_in_first"]), (first, more))
        self.assertEqual(told["second_parts_with"]["type"], "CompanyRestored")
        for query, status in (("", 400), ("with=" + self.client, 404),
                              (f"with={friday}&company={self.company}", 400)):
            self.assertEqual(self.server.get(
                f"/api/v1/uploads/{sunday}/comparison?{query}").status, status, query)


if __name__ == "__main__":
    unittest.main()
