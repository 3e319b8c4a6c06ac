"""`daybook verify DIR`: sound books, books that are in use, and books somebody has touched."""

import glob
import json
import os
import unittest

from daybook import Scenario


class Verify(Scenario):
    def verify(self, *options, exit_code=0):
        done = self.run_command("verify", self.directory + "/books", "--json", *options)
        self.assertEqual(done.returncode, exit_code, done)
        return json.loads(done.stdout) if exit_code < 2 else done.stderr

    def test_sample_books_are_sound_and_held_against_a_checkpoint(self):
        server = self.serve()
        company = self.answered(server.get("/api/v1/companies"), 200)["items"][0]["id"]
        text = server.get(f"/api/v1/companies/{company}/checkpoint", Accept="text/plain").bytes
        self.assertIn("process", self.verify(exit_code=2))
        self.assertEqual(server.stop(), 0)

        kept = os.path.join(self.directory, "checkpoint.txt")
        with open(kept, "wb") as file:
            file.write(text)
        report = self.verify("--checkpoint", kept)
        self.assertEqual((report["sound"], report["findings"]), (True, []))
        self.assertGreater(report["events"], 30)
        self.assertGreaterEqual(report["checkpoints"], 2)
        origin, size, root = text.decode().split("\n")[:3]
        with open(kept, "w", encoding="utf-8") as file:
            file.write(text.decode().replace(f"\n{size}\n", f"\n{int(size) + 1}\n"))
        report = self.verify("--checkpoint", kept, exit_code=1)
        found = " ".join(each["what"] for each in report["findings"])
        self.assertIn("signed by no key of these books, or was altered", found)
        self.assertIn(f"promises {int(size) + 1} events", found)

    def test_a_byte_that_was_changed_is_found(self):
        self.assertEqual(self.serve().stop(), 0)
        (table, *_) = sorted(glob.glob(self.directory + "/books/log/*.sst"),
                             key=os.path.getsize, reverse=True) or [None]
        self.assertIsNotNone(table, "the log has no file yet")
        with open(table, "r+b") as file:
            file.seek(os.path.getsize(table) // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
        report = self.verify(exit_code=1)
        self.assertTrue(any("log/" in each["where"] for each in report["findings"]), report)

    def test_what_is_no_data_directory_cannot_be_told(self):
        done = self.run_command("verify", self.directory)
        self.assertEqual(done.returncode, 2, done)
        self.assertIn("holds no books", done.stderr)


if __name__ == "__main__":
    unittest.main()
