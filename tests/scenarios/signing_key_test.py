"""A new key takes over from the one that signed the books: what was signed before stays good, and
whoever knows the one key can follow to the other."""

import json
import os
import shutil
import stat
import unittest

from daybook import Scenario


class SigningKey(Scenario):
    def setUp(self):
        super().setUp()
        self.books = self.directory + "/books"
        self.keys = self.books + "/keys"

    def checkpoint(self, server):
        company = self.answered(server.get("/api/v1/companies"), 200)["items"][0]["id"]
        return self.answered(server.get(f"/api/v1/companies/{company}/checkpoint"), 200)

    def rotate(self):
        done = self.run_command("rotate-key", "--data", self.books, "--reason", "a year is over")
        self.assertEqual(done.returncode, 0, done)
        return done.stdout.strip()

    def verify(self, *options, exit_code=0):
        done = self.run_command("verify", self.books, "--json", *options)
        self.assertEqual(done.returncode, exit_code, done)
        return json.loads(done.stdout)

    def kept(self, checkpoint, name="checkpoint.txt"):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(checkpoint["text"])
        return path

    def test_what_the_former_key_signed_stays_good(self):
        server = self.serve()
        before = self.checkpoint(server)
        self.assertEqual(server.stop(), 0)
        proof = self.directory + "/proof.json"
        done = self.run_command("proof", "invoice", "FA-2026-000001", "--data", self.books,
                                "--output", proof)
        self.assertEqual(done.returncode, 0, done)
        self.rotate()
        self.assertEqual(os.listdir(self.keys), ["signing.key"], "nothing is left of the other")
        self.assertEqual(stat.S_IMODE(os.stat(self.keys + "/signing.key").st_mode), 0o600)

        report = self.verify("--checkpoint", self.kept(before))
        self.assertEqual((report["findings"], report["notes"]), ([], []))
        self.assertEqual(self.run_command("verify", proof).returncode, 0)
        server = self.serve()
        after = self.checkpoint(server)
        self.assertNotEqual(after["key"], before["key"])
        company = self.answered(server.get("/api/v1/companies"), 200)["items"][0]["id"]
        listed = self.answered(server.get(f"/api/v1/companies/{company}/checkpoints"), 200)
        self.assertIn(before["key"], [each["key"] for each in listed["items"]])
        events = self.answered(server.get("/api/v1/events?after=0&limit=500"), 200)["items"]
        told = [event["type"] for event in events if event["type"].startswith("SigningKey")]
        self.assertEqual(told, ["SigningKeyIntroduced", "SigningKeyIntroduced",
                                "SigningKeyRetired"])
        self.assertEqual(server.stop(), 0)

    def test_a_rotation_that_was_cut_off_is_ended_by_the_next_start(self):
        self.assertEqual(self.serve().stop(), 0)
        current, following = self.keys + "/signing.key", self.keys + "/next.key"
        shutil.copy(current, self.directory + "/first.key")
        self.rotate()
        shutil.copy(current, self.directory + "/second.key")
        # The books say so, and the files were not yet moved.
        shutil.copy(self.directory + "/second.key", following)
        shutil.copy(self.directory + "/first.key", current)
        self.assertEqual(self.serve().stop(), 0)
        with open(current, "rb") as now, open(self.directory + "/second.key", "rb") as second:
            self.assertEqual(now.read(), second.read())
        # The books do not say so yet: the key that was made is nobody's.
        shutil.copy(self.directory + "/first.key", following)
        self.assertEqual(self.serve().stop(), 0)
        self.assertEqual(os.listdir(self.keys), ["signing.key"])
        self.assertEqual(self.verify()["notes"], [])

    def test_a_key_that_was_lost_is_followed_by_one_that_nobody_signed(self):
        server = self.serve()
        before = self.checkpoint(server)
        self.assertEqual(server.stop(), 0)
        shutil.rmtree(self.keys)
        self.assertEqual(self.serve().stop(), 0)
        report = self.verify("--checkpoint", self.kept(before))
        self.assertTrue(report["sound"], report)
        self.assertIn("without the signature of the one before", " ".join(report["notes"]))

    def test_a_checkpoint_that_somebody_else_signed_is_found(self):
        theirs = self.serve(directory=self.directory + "/theirs")
        self.assertEqual(theirs.stop(), 0)
        self.assertEqual(self.serve().stop(), 0)
        ours = [name for name in os.listdir(self.books + "/checkpoints")][0]
        shutil.copy(self.directory + "/theirs/keys/signing.key", self.keys + "/signing.key")
        # Whoever put his own key there must also say so in the books.
        self.assertEqual(self.serve().stop(), 0)
        self.assertIn("without the signature", " ".join(self.verify()["notes"]))
        path = f"{self.books}/checkpoints/{ours}"
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        at = next(at for at, line in enumerate(lines) if line.startswith("— "))
        lines[at] = lines[at][:-9] + ("A" if lines[at][-9] != "A" else "B") + lines[at][-8:]
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        report = self.verify(exit_code=1)
        self.assertIn("signed by no key of these books", report["findings"][0]["what"])


if __name__ == "__main__":
    unittest.main()
