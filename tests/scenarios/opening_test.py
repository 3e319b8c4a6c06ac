"""A backup without history: the books as they are, and nothing of how they became so."""

import io
import json
import unittest
import zipfile

from daybook import BRITISH, CLIENT, RETAIL
from restoring import Restoring

IMPORT = "currency=GBP&tax_treatment=none&client_for_blank=counter"


class WithoutHistory(Restoring):
    def opened(self, books=None, company=None, name="short.daybook"):
        """The file, and what the command line says of it; the server pauses for it."""
        running = self.server.process.poll() is None
        self.stopped()
        path = f"{self.directory}/{name}"
        ran = self.run_command("backup", "--data", books or self.books, "--company",
                               company or self.company, "--output", path, "--without", "history",
                               "--json")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        sound = self.run_command("verify", path)
        self.assertEqual(sound.returncode, 0, sound.stdout + sound.stderr)
        if running:
            self.started()
        return path, json.loads(ran.stdout)

    def restored(self, path, query="mode=new"):
        result = self.good(self.import_(f"upload={self.send(self.content(path))}&{query}"))
        return result, "/api/v1/companies/" + result["company_id"]

    def activated(self, base):
        return self.answered(self.server.post(base + "/activate", {
            "original": "gone", "reason": "a test", "last_numbers": [
                {"series_id": series["id"], "period": "", "last": 0} for series in
                self.answered(self.server.get(base + "/series"), 200)["items"]]},
            If_Match=self.server.get(base).etag), 200)

    def test_the_server_makes_one_lists_it_and_says_what_was_left_out(self):
        key = {"Idempotency-Key": "sunday", "Prefer": "wait=60"}
        operation = self.settled(self.answered(self.server.call(
            "POST", self.base + "/backups", {"history": False}, key), 202))
        made = self.good(operation)["backup_id"]
        self.assertEqual(operation["progress"]["done"], operation["progress"]["total"])
        backup = self.answered(self.server.get(f"{self.base}/backups/{made}"), 200)
        self.assertEqual((backup["options"]["history"], backup["revision"]), (False, self.head()))
        file = self.server.get(f"{self.base}/backups/{made}/file")
        self.assertEqual(file.status, 200)
        with zipfile.ZipFile(io.BytesIO(file.bytes)) as archive:
            self.assertNotIn("readable/events.ndjson", archive.namelist())
            self.assertNotIn("events.ndjson", archive.read("README.txt").decode())
        found = self.inspected(self.send(file.bytes))
        self.assertFalse(found["file"]["options"]["history"])
        self.assertTrue(found["verification"]["balanced"])
        self.assertEqual(found["differences"], [])

    def test_the_books_are_the_same_and_their_history_begins_with_them(self):
        head = self.head()
        path, made = self.opened()
        result, base = self.restored(path)
        self.assertIn("same_books_here", {warning["code"] for warning in result["warnings"]})
        for here in ("clients", "invoices"):
            def shown(at, kind=here):
                items = self.answered(self.server.get(f"{at}/{kind}"), 200)["items"]
                # The seller of a draft is the company: "… (2)" beside its own books.
                own = ("version", "revision", "created_at", "updated_at", "actions", "seller")
                return [{name: value for name, value in item.items() if name not in own}
                        for item in items]
            self.assertEqual(shown(base), shown(self.base))
        begun = made["revision"]
        [event] = self.answered(self.server.get(f"{base}/clients/{self.client}/history"),
                                200)["items"]
        self.assertEqual(event["event"], "ClientOpened")
        self.assertIn(CLIENT["name"], event["sentence"])
        blamed = self.answered(self.server.get(f"{base}/clients/{self.client}/blame"), 200)
        self.assertEqual({item["event"] for item in blamed}, {"ClientOpened"})
        first = self.answered(self.server.get(base + "/events/1"), 200)
        self.assertEqual((first["type"], first["data"]["of"]["revision"], first["data"]["through"]),
                         ("HistoryLeftOut", head, begun))
        for moment in ("@1", f"@{begun - 1}", "2001-01-01T00:00:00Z"):
            for path in ("/clients", "/summary", f"/invoices/{self.first['id']}", "/history"):
                gone = self.server.get(f"{base}{path}?as_of={moment}")
                self.assertEqual((gone.status, gone.json["code"]), (410, "history_not_kept"), path)
        self.answered(self.server.get(f"{base}/clients?as_of=@{begun}"), 200)
        gone = self.server.get(f"{base}/diff?from=@1&to=@{begun}")
        self.assertEqual((gone.status, gone.json["code"]), (410, "history_not_kept"))
        self.activated(base)
        for path, body in (("rollbacks", {"to": {"revision": 1}}),
                           ("rollbacks", {"to": {"at": "2001-01-01T00:00:00Z"}}),
                           ("undo", {"commit": begun})):
            gone = self.server.post(f"{base}/{path}", {**body, "reason": "x"})
            self.assertEqual((gone.status, gone.json["code"]), (410, "history_not_kept"), path)
        self.stopped()
        self.assertEqual(self.state_hash(result["company_id"], begun), made["state_hash"])
        verified = self.run_command("verify", self.books)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def test_numbers_go_on_and_nothing_is_done_twice(self):
        new = {"name": "Once SARL"}
        once = self.answered(self.server.post(self.base + "/clients", new,
                                              Idempotency_Key="once"), 201)["id"]
        path, _ = self.opened()
        _, self.base = self.restored(path)
        self.activated(self.base)
        again = self.server.post(self.base + "/clients", new, Idempotency_Key="once")
        # The same words to another company are another request, whatever its key was used for.
        self.assertEqual((again.status, again.json["code"]), (422, "idempotency_key_reused"))
        self.answered(self.server.get(f"{self.base}/clients/{once}"), 200)
        number = self.issue(self.draft())["number"]
        self.assertGreater(number, self.first["number"])

    def test_it_takes_the_place_of_the_book_and_gives_it_back(self):
        new = {"name": "Once SARL"}
        self.answered(self.server.post(self.base + "/clients", new, Idempotency_Key="once"), 201)
        head = self.head()
        path, made = self.opened()
        later = self.issue(self.draft())
        result, _ = self.restored(path, f"mode=replace&company={self.company}&reason=disk")
        self.assertEqual((result["epoch"], result["replaces"]["shared"]), (2, head))
        self.assertEqual([unknown["number"] for unknown in result["documents_unknown"]],
                         [later["number"]])
        self.activated(self.base)
        again = self.server.post(self.base + "/clients", new, Idempotency_Key="once")
        self.assertEqual((again.status, again.json["code"]), (410, "history_not_kept"))
        self.assertGreater(self.issue(self.draft())["number"], later["number"])
        back = self.server.post(self.base + "/replacements/2/undo", {"reason": "the wrong file"})
        self.assertEqual(self.answered(back, 200)["epoch"], 1)
        self.assertEqual(made["revision"], result["restored"])

    def test_it_is_no_past_of_the_book_to_go_back_to(self):
        path, _ = self.opened()
        refused = self.ask(f"/api/v1/imports?upload={self.send(self.content(path))}&mode=into"
                           f"&company={self.company}&reason=x")
        self.assertEqual((refused.status, refused.json["code"]), (409, "not_its_past"))
        self.assertIn("without history", refused.json["detail"])
        inside = self.import_(f"upload={self.send(self.content(path))}&mode=new&at=@1")
        self.assertEqual((inside["state"], inside["error"]["code"]),
                         ("failed", "history_not_kept"))

    def test_the_real_file_comes_back_and_is_not_imported_twice(self):
        self.company = self.new_company(BRITISH)
        self.base = "/api/v1/companies/" + self.company
        with open(RETAIL, "rb") as file:
            retail = file.read()

        def imported(company):
            return self.import_(f"company={company}&{IMPORT}", retail)["result"]

        self.assertEqual(imported(self.company)["counts"]["invoices"], 1119)
        short, said = self.opened()
        whole, told = self.backup()
        self.assertEqual(said["state_hash"], told["state_hash"])
        self.assertLess(len(self.content(short)), len(self.content(whole)))
        result, base = self.restored(short)
        self.activated(base)
        self.assertEqual(imported(result["company_id"])["added"], 0)
        self.stopped()
        self.assertEqual(self.state_hash(result["company_id"], said["revision"]),
                         said["state_hash"])
        # Left out once more, with what was done since.
        again, told = self.opened(company=result["company_id"], name="again.daybook")
        self.assertNotEqual(self.content(again), self.content(short))
        verified = self.run_command("verify", self.books)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)


if __name__ == "__main__":
    unittest.main()
