"""Attachments in backups: they travel, are read without Daybook, left out, and joined again."""

import hashlib
import json
import os
import subprocess
import unittest

from daybook import CLIENT, COMPANY, Scenario

PDF = b"%PDF-1.7\n" + b"books " * 1000
NAME = hashlib.sha256(PDF).hexdigest()


class BackupWithAttachments(Scenario):
    def setUp(self):
        super().setUp()
        self.books = self.directory + "/books"
        server = self.serve("--empty", directory=self.books)
        company = self.answered(server.post("/api/v1/companies", COMPANY), 201)
        client = self.answered(server.post(
            f"/api/v1/companies/{company['id']}/clients", CLIENT), 201)
        self.below = f"clients/{client['id']}/attachments"
        self.file = self.answered(server.call(
            "POST", f"/api/v1/companies/{company['id']}/{self.below}", raw=PDF,
            headers={"X-Filename": "contrat.pdf"}), 201)
        server.stop()

    def command(self, *arguments, code=0):
        ran = self.run_command(*arguments)
        self.assertEqual(ran.returncode, code, ran.stderr)
        return ran.stdout

    def make(self, *options):
        path = f"{self.directory}/{len(os.listdir(self.directory))}.daybook"
        made = json.loads(self.command("backup", "--data", self.books, "--output", path, "--json",
                                       *options))
        return path, made

    def restored(self, path):
        elsewhere = self.directory + "/elsewhere"
        self.serve("--empty", directory=elsewhere).stop()
        self.command("restore", path, "--data", elsewhere)
        server = self.serve(directory=elsewhere)
        company = self.answered(server.get("/api/v1/companies"), 200)["items"][0]
        return server, f"/api/v1/companies/{company['id']}/"

    def test_they_travel_and_anybody_can_read_them(self):
        path, made = self.make()
        self.assertEqual((made["attachments"], made["attachments_missing"]), (1, 0))
        told = json.loads(self.command("verify", path, "--json"))
        self.assertEqual((told["attachments"], told["attachments_left_out"]), (1, 0))
        content = subprocess.run(["unzip", "-p", path, "attachments/" + NAME], check=True,
                                 capture_output=True).stdout
        self.assertEqual(content, PDF)
        server, base = self.restored(path)
        [file] = self.answered(server.get(base + self.below), 200)["items"]
        self.assertEqual((file["id"], file["missing"]), (self.file["id"], False))
        self.assertEqual(server.get(f"{base}{self.below}/{file['id']}/file").bytes, PDF)

    def test_what_was_left_out_is_missed_and_joined_later_in_a_standby_book(self):
        path, made = self.make("--without", "attachments")
        self.assertEqual(made["attachments"], 0)
        told = json.loads(self.command("verify", path, "--json"))
        self.assertEqual((told["attachments"], told["attachments_left_out"]), (0, 1))
        server, base = self.restored(path)
        [file] = self.answered(server.get(base + self.below), 200)["items"]
        self.assertTrue(file["missing"])
        lost = server.get(f"{base}files/{file['id']}/file")
        self.assertEqual((lost.status, lost.json["code"]), (404, "file_missing"))
        joined = self.answered(
            server.call("PUT", f"{base}files/{file['id']}/file", raw=PDF), 200)
        self.assertFalse(joined["missing"])
        self.assertEqual(server.get(f"{base}files/{file['id']}/file").bytes, PDF)

    def test_a_damaged_one_is_named(self):
        path, _ = self.make()
        with open(path, "rb") as file:
            content = bytearray(file.read())
        content[content.index(PDF) + 100] ^= 1
        with open(path, "wb") as file:
            file.write(content)
        found = self.run_command("verify", path)
        self.assertEqual(found.returncode, 1)
        self.assertIn("attachments/" + NAME, found.stderr)

    def test_a_lost_one_does_not_keep_the_books_from_being_saved(self):
        os.remove(f"{self.books}/blobs/{NAME[:2]}/{NAME}")
        path = self.directory + "/a.daybook"
        ran = self.run_command("backup", "--data", self.books, "--output", path)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn(NAME, ran.stderr)
        self.command("verify", path)


if __name__ == "__main__":
    unittest.main()
