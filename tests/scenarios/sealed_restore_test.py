"""A sealed backup comes back over HTTP, and nothing remembers its pass phrase."""

import os
import unittest

from daybook import COMPANY
from restoring import Restoring

PHRASE = "correct horse battery staple"
RIGHT = {"pass_phrase": PHRASE}
WRONG = {"pass_phrase": "incorrect horse battery staple"}


class SealedRestore(Restoring):
    def setUp(self):
        super().setUp()
        self.kept = self.good(self.settled(self.answered(
            self.asked(self.base + "/backups", RIGHT), 202)))["backup_id"]
        self.one = f"{self.base}/backups/{self.kept}"
        self.head_of_file = self.answered(self.server.get(self.one), 200)["revision"]

    def asked(self, path, body=None):
        return self.server.call("POST", path, body, {"Prefer": "wait=60"})

    def sealed(self):
        return self.server.get(self.one + "/file").bytes

    def without_or_with_another(self, path):
        for body, code in ((None, "pass_phrase_required"), ({}, "pass_phrase_required"),
                           (WRONG, "pass_phrase_wrong")):
            answer = self.asked(path, body)
            self.assertEqual((answer.status, answer.json["code"]), (422, code), path)

    def restored(self, answer, status=202):
        result = self.good(self.settled(self.answered(answer, status)))
        self.assertEqual(result["restored"], self.head_of_file)
        return result["company_id"]

    def test_an_upload_is_looked_into_and_restored_with_the_phrase(self):
        upload = self.send(self.sealed())
        inside = f"/api/v1/uploads/{upload}/books"
        inspection = f"/api/v1/uploads/{upload}/inspection"
        self.without_or_with_another(inspection)
        self.assertEqual(self.server.get(inside).json["code"], "not_inspected")
        found = self.good(self.settled(self.answered(self.asked(inspection, RIGHT), 202)))
        self.assertEqual(found["range"]["last"], self.head_of_file)
        for restarted in (False, True):
            if restarted:
                self.started()
            self.assertEqual(self.answered(self.server.get(inside), 200)["name"], COMPANY["name"])
            self.answered(self.server.get(inside + "/invoices"), 200)
        imports = f"/api/v1/imports?upload={upload}&mode=new"
        self.without_or_with_another(imports)
        company = self.restored(self.asked(imports, RIGHT))
        into = self.good(self.settled(self.answered(self.asked(
            f"/api/v1/imports?upload={upload}&mode=into&company={self.company}&reason=slip", RIGHT),
            202)))
        self.assertEqual(into["returned"], [])
        self.answered_nothing(self.server.call("DELETE", "/api/v1/uploads/" + upload))
        self.assertEqual(os.listdir(self.books + "/uploads"), [])
        self.stopped()
        self.assertEqual(self.state_hash(company, self.head_of_file),
                         self.state_hash(self.company, self.head_of_file))

    def answered_nothing(self, answer):
        self.assertEqual((answer.status, answer.bytes), (204, b""))

    def test_a_kept_one_is_proposed_and_run_each_time_with_the_phrase(self):
        imports = f"/api/v1/imports?backup={self.kept}&start=false"
        self.without_or_with_another(imports)
        self.assertEqual(os.listdir(self.books + "/uploads"), [])
        proposed = self.answered(self.asked(imports, RIGHT), 202)
        self.good(self.settled(proposed), "proposed")
        run = f"/api/v1/operations/{proposed['id']}/run"
        self.without_or_with_another(run)
        self.restored(self.asked(run, RIGHT), 200)
        self.assertEqual(os.listdir(self.books + "/uploads"), [])

    def test_a_file_sent_as_the_body_has_no_place_for_the_phrase_and_says_where_there_is_one(self):
        for query in ("", "?mode=new", f"?company={self.company}"):
            answer = self.server.call("POST", "/api/v1/imports" + query, raw=self.sealed())
            self.assertEqual((answer.status, answer.json["code"]), (422, "pass_phrase_required"))
            self.assertIn("upload", answer.json["detail"])
        self.assertEqual(os.listdir(self.books + "/uploads"), [])

    def test_nothing_remembers_the_phrase(self):
        upload = self.send(self.sealed())
        imports = f"/api/v1/imports?upload={upload}&mode=new"
        keyed = {"Prefer": "wait=60", "Idempotency-Key": "once"}
        company = self.restored(self.server.call("POST", imports, RIGHT, keyed))
        again = self.server.call("POST", imports, RIGHT, keyed)
        self.assertEqual(again.headers["idempotency-replayed"], "true")
        self.assertEqual(again.json["result"]["company_id"], company)
        told = (self.server.get("/api/v1/operations").bytes
                + self.server.get("/api/v1/events?limit=500").bytes)
        self.assertNotIn(PHRASE.encode(), told)
        self.stopped()
        self.assertNotIn(PHRASE, "".join(self.server.said))
        for folder, _, names in os.walk(self.books):
            for name in names:
                self.assertNotIn(PHRASE.encode(), self.content(os.path.join(folder, name)), name)

    def test_a_crash_leaves_nothing_unsealed_that_outlives_the_upload(self):
        upload = self.send(self.sealed())
        self.server.call("POST", f"/api/v1/uploads/{upload}/inspection", RIGHT)
        self.server.kill()
        self.started()
        self.answered_nothing(self.server.call("DELETE", "/api/v1/uploads/" + upload))
        self.assertEqual(os.listdir(self.books + "/uploads"), [])

    def test_the_command_line_sends_the_phrase_to_a_server(self):
        path, phrase = self.directory + "/sunday.daybook.sealed", self.directory + "/phrase"
        with open(path, "wb") as file:
            file.write(self.sealed())
        command = ("restore", path, "--server", f"http://127.0.0.1:{self.server.port}")
        without = self.run_command(*command)
        self.assertEqual(without.returncode, 2, without.stdout + without.stderr)
        self.assertIn("--pass-phrase-file", without.stderr)
        for words, code in ((WRONG, 2), (RIGHT, 0)):
            with open(phrase, "w", encoding="utf-8") as file:
                file.write(words["pass_phrase"] + "\n")
            ran = self.run_command(*command, "--pass-phrase-file", phrase)
            self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
        self.assertIn(f"Restored {self.head_of_file} events", ran.stdout)


if __name__ == "__main__":
    unittest.main()
