"""`daybook verify DIR`: sound books, books that are in use, and books somebody has touched."""

import glob
import json
import os
import shutil
import signal
import subprocess
import unittest

from daybook import BINARY, CLIENT, Scenario

READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$0" verify "$1"'


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

    def flip(self, name, at):
        with open(f"{self.directory}/books/{name}", "r+b") as file:
            file.seek(at)
            byte = file.read(1)
            file.seek(at)
            file.write(bytes([byte[0] ^ 1]))

    def test_each_slot_of_head_is_looked_at(self):
        self.assertEqual(self.serve().stop(), 0)
        shutil.copytree(self.directory + "/books", self.directory + "/sound")
        for slot in (0, 1):
            for at in (40, 83, 2000):
                with self.subTest((slot, at)):
                    shutil.rmtree(self.directory + "/books")
                    shutil.copytree(self.directory + "/sound", self.directory + "/books")
                    self.flip("HEAD", slot * 4096 + at)
                    report = self.verify(exit_code=1)
                    self.assertEqual(report["first"]["where"], f"HEAD, slot {slot}")
                    self.assertEqual(report["first"]["file"], "HEAD")
                    self.assertEqual(report["notes"], [])

    def test_what_a_damaged_end_of_the_log_lost_is_named(self):
        self.assertEqual(self.serve().stop(), 0)
        server = self.serve()  # What there was lies in sorted files now.
        company = self.answered(server.get("/api/v1/companies"), 200)["items"][0]["id"]
        base = f"/api/v1/companies/{company}"
        for number in range(60):  # What is behind the damaged block tells of what is in it.
            self.answered(server.post(base + "/clients", {**CLIENT, "name": f"C{number}"}), 201)
        events = self.answered(server.get(base + "/events?limit=1000"), 200)["items"]
        self.assertEqual(server.kill(), -signal.SIGKILL)
        (wal,) = [path for path in glob.glob(self.directory + "/books/log/*.log")
                  if os.path.getsize(path)]
        name = os.path.relpath(wal, self.directory + "/books")
        self.flip(name, os.path.getsize(wal) // 4)
        first = self.verify(exit_code=1)["first"]
        self.assertEqual((first["where"], first["file"]), ("HEAD", name), first)
        self.assertGreater(first["revision"], 2)
        before = events[first["revision"] - 2]
        self.assertEqual(before["revision"], first["revision"] - 1)
        self.assertEqual(first["after"], before["recorded_at"])
        said = self.run_command("verify", self.directory + "/books").stdout
        self.assertIn(f"event {first['revision']}", said)
        self.assertIn(first["after"], said)

    def test_a_medium_that_cannot_be_written_is_verified(self):
        self.assertEqual(self.serve().stop(), 0)
        books = self.directory + "/books"
        apart = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]
        for note in (False, True):
            done = subprocess.run([*apart, "sh", "-c", READ_ONLY, BINARY, books],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done)
            self.assertEqual("Nobody is kept from writing" in done.stdout, note, done.stdout)
            if not note:
                os.remove(books + "/LOCK")
        self.assertFalse(os.path.exists(books + "/LOCK"))

    def test_what_is_no_data_directory_cannot_be_told(self):
        done = self.run_command("verify", self.directory)
        self.assertEqual(done.returncode, 2, done)
        self.assertIn("holds no books", done.stderr)


if __name__ == "__main__":
    unittest.main()
