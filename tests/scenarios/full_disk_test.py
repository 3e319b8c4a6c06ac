"""The disk is full at each step of a backup and of a restore, on the real binary: afterwards there
is the old state or the new one, somebody is told in plain words, nothing is left lying about, and
once there is room the second run finishes.

No timing decides: each step is met by how much room is left. DAYBOOK_FULL_DISKS says at how many
places each step is cut.
"""

import glob
import os
import shutil
import subprocess
import unittest

from daybook import BINARY
from restoring import Restoring
from small_disk import SmallDisks

PLACES = int(os.environ.get("DAYBOOK_FULL_DISKS", "3"))
FULL = "the disk is full"
NO_RESERVE_KIB = 2 * 1024
PICTURE = bytes(range(256)) * 1200  # 300 KiB that are stored as they are.


def places(need_kib):
    """So many KiB are left, from none to just too few."""
    return sorted({need_kib * place // PLACES for place in range(PLACES)})


class FullDisk(Restoring):
    def setUp(self):
        super().setUp()
        for _ in range(12):
            self.issue(self.draft())
        self.answered(self.server.call(
            "POST", f"{self.base}/clients/{self.client}/attachments", raw=PICTURE,
            headers={"X-Filename": "picture.bin"}), 201)
        self.path, self.made = self.backup()
        self.stopped()

    def disks(self, *folders):
        """A small disk at each of these folders, with what lies there."""
        for folder in folders:
            os.makedirs(folder, exist_ok=True)
        disks = SmallDisks(*folders)
        self.addCleanup(disks.close)
        for folder in folders:
            shutil.copytree(folder, disks.seen(folder), dirs_exist_ok=True)
        return disks

    def served(self, disks):
        self.server = self.serve(directory=self.books, under=disks.under)
        return self.server

    def served_without_reserve(self, disks, folder):
        """RocksDB reserves room for its journals, and would write there; here it gets none."""
        disks.leave(folder, NO_RESERVE_KIB)
        return self.served(disks)

    def run_on(self, disks, *arguments):
        return subprocess.run([*disks.under, BINARY, *arguments], capture_output=True, text=True,
                              check=False)

    def sound_on(self, disks, directory):
        verified = self.run_on(disks, "verify", directory)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def state_on(self, disks, directory, company):
        ran = self.run_on(disks, "state-hash", "--data", directory, "--company", company, "--at",
                          f"@{self.made['revision']}")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return ran.stdout.strip()

    def companies(self):
        return self.answered(self.server.get("/api/v1/companies"), 200)["items"]

    def told_full(self, error):
        self.assertEqual(error["code"], "disk_full", error)
        self.assertIn("disk", error["detail"])

    def files_in(self, disks, folder):
        return sorted(os.path.relpath(path, disks.seen(folder))
                      for path in glob.glob(disks.seen(folder) + "/**", recursive=True)
                      if os.path.isfile(path))


class CommandLine(FullDisk):
    def test_a_restore_into_nothing_leaves_nothing_and_then_finishes(self):
        disk = self.directory + "/disk"
        disks = self.disks(disk)
        data = disk + "/books"
        command = ("restore", self.path, "--data", data)
        self.assertEqual(self.run_on(disks, *command).returncode, 0)
        for kib in places(disks.used_kib(disk)):
            shutil.rmtree(disks.seen(data))
            disks.leave(disk, kib)
            ran = self.run_on(disks, *command)
            self.assertEqual(ran.returncode, 2, f"{kib} KiB: {ran}")
            self.assertIn(FULL, ran.stderr, kib)
            self.assertNotIn("Restored", ran.stdout)
            self.assertEqual(glob.glob(disks.seen(data) + "/uploads/*"), [], kib)
            disks.make_room(disk)
            ran = self.run_on(disks, *command)
            self.assertEqual(ran.returncode, 0, f"after {kib} KiB: {ran.stderr}")
            self.assertNotIn("(2)", ran.stdout)
            self.sound_on(disks, data)
            self.assertEqual(self.state_on(disks, data, "Atelier Dupré"), self.made["state_hash"])

    def test_a_book_that_is_replaced_is_the_old_one_or_the_new_one(self):
        disks = self.disks(self.books)
        command = ("restore", self.path, "--data", self.books, "--replace", self.company,
                   "--reason", "disk")
        before = disks.used_kib(self.books)
        self.assertEqual(self.run_on(disks, *command).returncode, 0)
        epoch = 2
        for kib in places(disks.used_kib(self.books) - before):
            disks.leave(self.books, kib)
            ran = self.run_on(disks, *command)
            self.assertIn(ran.returncode, (0, 2) if kib else (2,), ran)
            if ran.returncode != 0:
                self.assertIn(FULL, ran.stderr, kib)
            disks.make_room(self.books)
            self.sound_on(disks, self.books)
            self.served(disks)
            [company] = self.companies()
            self.assertIn(company["epoch"], (epoch, epoch + 1), kib)
            self.assertTrue(ran.returncode != 0 or company["epoch"] == epoch + 1, kib)
            epoch = company["epoch"]
            self.assertEqual(self.head(), self.made["revision"] + 1)
            self.assertEqual(glob.glob(disks.seen(self.books) + "/uploads/*"), [])
            self.stopped()
        self.assertEqual(self.run_on(disks, *command).returncode, 0)
        self.assertEqual(self.state_on(disks, self.books, self.company), self.made["state_hash"])

    def test_a_backup_leaves_no_half_of_a_file(self):
        disk = self.directory + "/disk"
        disks = self.disks(disk)
        target = disk + "/made.daybook"
        command = ("backup", "--data", self.books, "--output", target)
        for kib in places(os.path.getsize(self.path) // 1024):
            disks.leave(disk, kib)
            ran = self.run_on(disks, *command)
            self.assertEqual(ran.returncode, 2, f"{kib} KiB: {ran}")
            self.assertIn(FULL, ran.stderr, kib)
            self.assertEqual(os.listdir(disks.seen(disk)), [], kib)
        disks.make_room(disk)
        self.assertEqual(self.run_on(disks, *command).returncode, 0)
        self.sound_on(disks, target)


class Server(FullDisk):
    def restore(self, upload, **expected):
        return self.import_(f"upload={upload}&mode=new", **expected)

    def good_at_last(self, disks, upload):
        """With room again it finishes, with the same state hash."""
        before = len(self.companies())
        result = self.good(self.restore(upload))
        self.assertEqual(len(self.companies()), before + 1)
        self.stopped()
        self.sound_on(disks, self.books)
        self.assertEqual(self.state_on(disks, self.books, result["company_id"]),
                         self.made["state_hash"])

    def test_a_piece_of_an_upload_is_taken_whole_or_not_at_all(self):
        uploads = self.books + "/uploads"
        disks = self.disks(uploads)
        self.served(disks)
        content = self.content(self.path)
        disks.leave(uploads, 1024)
        refused = self.server.post("/api/v1/uploads", {"name": "a", "size": len(content)})
        self.assertEqual((refused.status, refused.json["code"]), (413, "upload_too_large"))
        disks.make_room(uploads)
        upload = self.answered(self.server.post(
            "/api/v1/uploads", {"name": "a", "size": len(content)}), 201)
        path, half = "/api/v1/uploads/" + upload["id"], len(content) // 2
        self.answered(self.server.call("PATCH", path, raw=content[:half],
                                       headers={"Upload-Offset": "0"}), 200)
        before, used = self.files_in(disks, uploads), disks.used_kib(uploads)
        for kib in places((len(content) - half) // 1024):
            # What the time before wrote of the piece has its room still, and is written over.
            disks.leave(uploads, kib - (disks.used_kib(uploads) - used))
            answer = self.server.call("PATCH", path, raw=content[half:],
                                      headers={"Upload-Offset": str(half)})
            self.assertEqual(answer.status, 507, answer.bytes)
            self.told_full(answer.json)
            self.assertEqual(self.answered(self.server.get(path), 200)["offset"], half)
            self.assertEqual(self.files_in(disks, uploads), before)
            disks.make_room(uploads)
        self.answered(self.server.call("PATCH", path, raw=content[half:],
                                       headers={"Upload-Offset": str(half)}), 200)
        self.good_at_last(disks, upload["id"])

    def test_a_backup_that_cannot_be_looked_at_is_still_there_for_later(self):
        uploads = self.books + "/uploads"
        disks = self.disks(uploads)
        self.served(disks)
        upload = self.send(self.content(self.path))
        disks.leave(uploads, NO_RESERVE_KIB)
        used = disks.used_kib(uploads)
        self.inspected(upload)
        need = disks.used_kib(uploads) - used
        disks.make_room(uploads)
        upload_2 = self.send(self.content(self.path))
        before = self.files_in(disks, uploads)
        for kib in places(need):
            disks.leave(uploads, kib)
            answer = self.ask(f"/api/v1/uploads/{upload_2}/inspection")
            operation = self.settled(self.answered(answer, 202))
            self.assertEqual(operation["state"], "failed", operation)
            self.told_full(operation["error"])
            operation = self.restore(upload_2)
            self.assertEqual(operation["state"], "failed", operation)
            self.told_full(operation["error"])
            self.assertEqual(self.files_in(disks, uploads), before, kib)
            self.assertEqual(len(self.companies()), 1)
        disks.make_room(uploads)
        self.good_at_last(disks, upload_2)

    def test_a_restore_that_would_fill_the_disk_is_refused_before_it_begins(self):
        disks = self.disks(self.books)
        self.served(disks)
        upload = self.send(self.content(self.path))
        preview = self.import_(f"upload={upload}&mode=new&start=false")
        self.good(preview, "proposed")
        before = self.files_in(disks, self.books)
        disks.leave(self.books, 4 * 1024)
        for path in (f"/api/v1/imports?upload={upload}&mode=new",
                     f"/api/v1/uploads/{upload}/inspection",
                     f"/api/v1/operations/{preview['id']}/run"):
            answer = self.ask(path)
            self.assertEqual(answer.status, 507, answer.bytes)
            self.told_full(answer.json)
        health = self.answered(self.server.get("/health/ready"), 200)
        self.assertEqual(health["status"], "degraded")
        self.assertIn("disk is nearly full", health["disk"])
        disks.leave(self.books, 4)
        french = self.server.call("GET", "/health/ready", headers={"Accept-Language": "fr"})
        self.assertIn("Le disque est plein", french.json["disk"])
        disks.make_room(self.books)
        self.assertIsNone(self.server.get("/health/ready").json["disk"])
        self.assertEqual(self.files_in(disks, self.books), before)
        self.good(self.settled(self.answered(
            self.ask(f"/api/v1/operations/{preview['id']}/run"), 200)))
        self.assertEqual(len(self.companies()), 2)

    def test_records_and_indexes_that_find_no_room_are_swept_at_the_next_start(self):
        log = self.books + "/log"
        disks = self.disks(log)
        self.served(disks)
        upload = self.send(self.content(self.path))
        self.inspected(upload)
        self.stopped()
        books = 1
        for kib in places(40):  # A restore of these books writes some more than that.
            self.served_without_reserve(disks, log)
            disks.leave(log, kib)
            asked = self.server.call("POST", f"/api/v1/imports?upload={upload}&mode=new", raw=b"")
            self.assertIn(asked.status, (202, 503), asked.bytes)
            # Nobody knows what such a disk kept: the process ends, and says why.
            self.assertEqual(self.server._ended(), 1, self.server.said)
            self.assertIn(FULL, "".join(self.server.said), kib)
            disks.make_room(log)
            self.served(disks)
            companies = self.companies()
            # The switch itself may have found room, and what came after it none.
            self.assertIn(len(companies), (books, books + 1) if kib else (books,), kib)
            books = len(companies)
            self.assertEqual(self.head(), self.made["revision"])
            if asked.status == 202:
                operation = self.answered(
                    self.server.get("/api/v1/operations/" + asked.json["id"]), 200)
                self.assertEqual(operation["state"], "failed")
                self.assertEqual(operation["error"]["code"], "interrupted")
            self.stopped()
            for company in companies:
                self.assertEqual(self.state_on(disks, self.books, company["id"]),
                                 self.made["state_hash"], kib)
        self.served(disks)
        self.good_at_last(disks, upload)

    def test_attachments_that_find_no_room_fail_it(self):
        blobs = self.books + "/blobs"
        disks = self.disks(blobs)
        for file in self.files_in(disks, blobs):
            os.remove(disks.seen(blobs) + "/" + file)
        self.served(disks)
        upload = self.send(self.content(self.path))
        for kib in places(len(PICTURE) // 1024):
            disks.leave(blobs, kib)
            operation = self.restore(upload)
            self.assertEqual(operation["state"], "failed", operation)
            self.told_full(operation["error"])
            self.assertEqual(self.files_in(disks, blobs), [])
            self.assertEqual(len(self.companies()), 1)
        disks.make_room(blobs)
        self.good_at_last(disks, upload)
        self.assertEqual(len(self.files_in(disks, blobs)), 1)

    def test_views_that_find_no_room_are_there_once_there_is_some(self):
        views = self.books + "/views"
        disks = self.disks(views)
        self.served(disks)
        upload = self.send(self.content(self.path))
        self.inspected(upload)
        self.stopped()
        restored = []
        for kib in places(24):
            self.served_without_reserve(disks, views)
            disks.leave(views, kib)
            restored.append(self.good(self.restore(upload))["company_id"])
            self.stopped()
            disks.leave(views, kib)  # What was reserved was given back.
            try:  # Views are built again from the log, which is whole, once there is room.
                self.served(disks)
            except AssertionError as said:
                told = str(said)
            else:
                told = self.server.get("/health/ready").json["views"]["trouble"]
                self.stopped()
            if kib == 0 or told:
                self.assertIn(FULL, told)
            disks.make_room(views)
            self.served(disks)
            self.assertEqual(len(self.companies()), 1 + len(restored))
            summary = self.answered(
                self.server.get(f"/api/v1/companies/{restored[-1]}/summary"), 200)
            self.assertEqual(summary["issued"], 13, kib)
            self.stopped()
        self.sound_on(disks, self.books)
        for company in restored:
            self.assertEqual(self.state_on(disks, self.books, company), self.made["state_hash"])


if __name__ == "__main__":
    unittest.main()
