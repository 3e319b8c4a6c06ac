"""The disk that backups are written to is full: nothing half made is listed or
left, people are told what happened and where, and once there is room the next run finishes.

No timing decides. DAYBOOK_FULL_DISKS says at how many places each step is cut.
"""

import os
import shutil
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


if __name__ == "__main__":
    unittest.main()
