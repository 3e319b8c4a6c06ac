"""The disk that backups, or their copies, are written to is full: nothing half made is listed or
left, people are told what happened and where, and once there is room the next run finishes.

No timing decides. DAYBOOK_FULL_DISKS says at how many places each step is cut.
"""

import os
import shutil
import time
import unittest

from custody import Custody
from small_disk import SmallDisks

PLACES = int(os.environ.get("DAYBOOK_FULL_DISKS", "3"))
PICTURE = bytes(range(256)) * 600


class FullDisk(Custody):
    def disk(self, folder):
        os.makedirs(folder, exist_ok=True)
        disk = SmallDisks(folder)
        self.addCleanup(disk.close)
        shutil.copytree(folder, disk.seen(folder), dirs_exist_ok=True)
        return disk

    def books_with_a_picture(self):
        server, base = self.books()
        client = self.answered(server.get(base + "/clients"), 200)["items"][0]["id"]
        self.answered(server.call("POST", f"{base}/clients/{client}/attachments", raw=PICTURE,
                                  headers={"X-Filename": "picture.bin"}), 201)
        return server, base

    def files_on(self, disk, folder):
        return [os.path.join(where, name) for where, _, names in os.walk(disk.seen(folder))
                for name in names]


class Made(FullDisk):
    def places(self, kib):
        return sorted({kib * place // PLACES for place in range(PLACES)})

    def test_a_backup_that_finds_no_room_is_neither_listed_nor_left(self):
        server, base = self.books_with_a_picture()
        self.back_up(server, base)
        shelf = self.directory + "/books/backups"
        need = os.path.getsize(self.files()[0]) // 1024
        [first] = self.listed(server, base)
        self.answered(server.call("DELETE", f"{base}/backups/{first['id']}"), 200)
        server.stop()
        disk = self.disk(shelf)
        server = self.serve(under=disk.under)
        for body in ({}, {"history": False}, {"pass_phrase": "correct horse battery staple"}):
            for kib in self.places(need):
                disk.leave(shelf, kib)
                operation = self.ended(self.answered(server.post(base + "/backups", body), 202))
                self.assertEqual(operation["state"], "failed", operation)
                self.assertEqual(operation["error"]["code"], "disk_full", operation)
                self.assertIn("the disk is full", operation["error"]["detail"])
                self.assertEqual(self.files_on(disk, shelf), [], kib)
                self.assertEqual([item["state"] for item in self.listed(server, base)],
                                 ["expired"])
                disk.make_room(shelf)
        made = self.back_up(server, base)
        self.assertEqual(self.answered(server.get(f"{base}/backups/{made['id']}"), 200)["state"],
                         "verified")
        server.stop()
        [path] = self.files_on(disk, shelf)
        self.assertEqual(self.run_command("verify", path).returncode, 0)

    def test_a_backup_leaves_the_books_room_to_grow(self):
        server, base = self.books()
        server.stop()
        books = self.directory + "/books"
        disk = self.disk(books)
        server = self.serve(under=disk.under)
        disk.leave(books, 100 * 1024)
        operation = self.ended(self.answered(server.post(base + "/backups"), 202))
        self.assertEqual(operation["error"]["code"], "disk_full", operation)
        self.assertIn("the books need some to grow", operation["error"]["detail"])
        disk.make_room(books)
        self.back_up(server, base)


class Copied(FullDisk):
    def setUp(self):
        super().setUp()
        self.target = self.directory + "/elsewhere"
        self.disk_there = self.disk(self.target)
        server, self.base = self.books_with_a_picture()
        server.stop()
        server = self.serving()
        self.answered(server.call("PUT", self.base + "/backups/schedule",
                                  {"target": self.target, "drill": "never"}), 200)
        server.stop()

    def serving(self, **options):
        return self.serve("--backup-target", self.target, under=self.disk_there.under, **options)

    def copies_after(self, days, look):
        """What health says of the copies, that many days later, once `look` is content with it."""
        server = self.serving(clock=f"+{days} days")
        while True:
            health = self.answered(server.get("/health/ready"), 200)
            if health["last_backup"]["copies"] and look(health["last_backup"]["copies"][0]):
                return server, health
            time.sleep(0.2)

    def there(self):
        return self.files_on(self.disk_there, self.target)

    def test_a_copy_that_fails_is_told_and_after_eight_days_it_is_a_warning(self):
        self.disk_there.leave(self.target, 40)
        server, health = self.copies_after(2, lambda copy: copy["last_failure"])
        [copy] = health["last_backup"]["copies"]
        self.assertEqual((copy["target"], copy["in_use"], copy["copied_at"]),
                         (self.target, True, None))
        self.assertIn("the disk is full", copy["last_failure"]["why"])
        self.assertIn("The last copy to " + self.target, copy["sentence"])
        self.assertIn("The last copy of the backups of 1 of 1 companies failed",
                      health["last_backup"]["sentence"])
        self.assertEqual(health["status"], "ok")
        [backup] = self.listed(server, self.base)
        self.assertEqual((backup["state"], backup["copies"]), ("verified", []))
        self.assertEqual(backup["not_copied"], copy["last_failure"])
        self.assertEqual(self.there(), [])
        first = copy["last_failure"]["at"]
        self.answered(server.post(self.base + "/clients", {"name": "Later Ltd"}), 201)
        server.stop()

        server, health = self.copies_after(11, lambda copy: copy["last_failure"]["at"] != first)
        self.assertEqual(health["status"], "degraded")
        self.assertEqual(health["last_backup"]["overdue"], [self.base.rsplit("/", 1)[1]])
        self.assertIn("No copy of the backups of 1 of 1 companies reached its target in the last 8",
                      health["last_backup"]["sentence"])
        french = server.call("GET", "/health/ready", headers={"Accept-Language": "fr"}).json
        self.assertIn("aucune copie", french["last_backup"]["sentence"])
        self.assertEqual(self.there(), [])
        self.answered(server.post(self.base + "/clients", {"name": "Last Ltd"}), 201)
        server.stop()

        self.disk_there.make_room(self.target)
        server, health = self.copies_after(13, lambda copy: copy["copied_at"])
        self.assertEqual((health["status"], health["last_backup"]["overdue"]), ("ok", []))
        self.assertNotIn("cop", health["last_backup"]["sentence"])
        self.assertIsNotNone(health["last_backup"]["copies"][0]["last_failure"])
        newest = self.listed(server, self.base)[0]
        self.assertIsNone(newest["not_copied"])
        [path] = self.there()
        self.assertEqual(newest["copies"], [f"{self.target}/{os.path.basename(path)}"])
        self.assertEqual(self.run_command("verify", path).returncode, 0)


if __name__ == "__main__":
    unittest.main()
