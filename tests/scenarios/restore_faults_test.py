"""Files that are no sound backup, and restores that are cut off: nothing by halves.

Timing decides nothing here: whatever moment a kill meets, the books are the old or the new ones.
DAYBOOK_RESTORE_KILLS makes it longer; the seed is printed.
"""

import os
import random
import resource
import subprocess
import time
import unittest
import zipfile

from daybook import BINARY, BRITISH, RETAIL
from restoring import Restoring

KILLS = int(os.environ.get("DAYBOOK_RESTORE_KILLS", "3"))
SEED = int(os.environ.get("DAYBOOK_SEED", str(random.randrange(2**32))))


class BadFiles(Restoring):
    def refused(self, content, codes):
        companies = len(self.answered(self.server.get("/api/v1/companies"), 200)["items"])
        answer = self.server.call("POST", "/api/v1/imports?mode=new", raw=content,
                                  headers={"Prefer": "wait=60"})
        if answer.status == 202:
            operation = self.settled(answer.json)
            self.assertEqual(operation["state"], "failed", operation)
            self.assertIn(operation["error"]["code"], codes, operation)
        else:
            self.assertEqual(answer.status, 422, answer.bytes)
            self.assertIn(answer.json["code"], codes, answer.bytes)
        self.assertEqual(
            len(self.answered(self.server.get("/api/v1/companies"), 200)["items"]), companies)
        self.assertEqual(os.listdir(self.books + "/uploads"), [])

    def test_what_is_no_sound_backup_is_refused_and_leaves_nothing(self):
        path, _ = self.backup()
        content = self.content(path)
        for cut in (100, len(content) // 2, len(content) - 100, len(content) - 1):
            self.refused(content[:cut], ("unknown_format", "backup_damaged"))
        chance = random.Random(SEED)
        for _ in range(20):
            at = chance.randrange(len(content))
            flipped = bytearray(content)
            flipped[at] ^= 1 << chance.randrange(8)
            if flipped[:2] == b"PK":
                self.refused(bytes(flipped), ("backup_damaged", "newer_format", "unknown_format"))
        other = self.directory + "/other.zip"
        with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("ledger.xml", "<books/>")
        self.refused(self.content(other), ("unknown_format",))
        with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("manifest.json", b"0" * 50_000_000)  # A bomb of another's making.
        self.refused(self.content(other), ("unknown_format",))

    def test_an_upload_that_is_not_complete_is_not_restored(self):
        path, _ = self.backup()
        content = self.content(path)
        upload = self.answered(self.server.post(
            "/api/v1/uploads", {"name": "a", "size": len(content)}), 201)["id"]
        self.answered(self.server.call("PATCH", "/api/v1/uploads/" + upload, raw=content[:-1],
                                       headers={"Upload-Offset": "0"}), 200)
        answer = self.server.call("POST", f"/api/v1/imports?upload={upload}", raw=b"")
        self.assertEqual((answer.status, answer.json["code"]), (409, "upload_incomplete"))
        answer = self.server.call("POST", f"/api/v1/imports?upload={self.client}", raw=b"")
        self.assertEqual(answer.status, 404)


class Interrupted(Restoring):
    def real_books(self):
        company = self.new_company(BRITISH)
        with open(RETAIL, "rb") as file:
            self.good(self.import_(f"company={company}&currency=GBP&tax_treatment=none"
                                   "&client_for_blank=counter", file.read()))
        return company

    def test_a_kill_leaves_the_old_books_or_the_new_ones_and_the_next_run_finishes(self):
        print(f"seed {SEED}, {KILLS} kills")
        chance = random.Random(SEED)
        company = self.real_books()
        path, made = self.backup(company=company)
        base = "/api/v1/companies/" + company
        self.stopped()
        command = ["restore", path, "--data", self.books, "--replace", company, "--reason", "disk"]
        begun = time.monotonic()
        ran = self.run_in(*command)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        epoch, took = 2, time.monotonic() - begun
        for _ in range(KILLS):
            process = subprocess.Popen([BINARY, *command], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=chance.uniform(0, took))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            verified = self.run_command("verify", self.books)
            self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
            self.started()
            found = self.answered(self.server.get(base), 200)["epoch"]
            self.assertIn(found, (epoch, epoch + 1))
            epoch = found
            self.assertEqual(self.head(base), made["revision"] + 1)
            self.assertEqual(self.answered(self.server.get(base + "/summary"), 200)["receivable"],
                             [{"amount": "540361.13", "currency": "GBP"}])
            self.stopped()
        ran = self.run_in(*command)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(self.state_hash(company, made["revision"]), made["state_hash"])
        print(f"{epoch - 2} of them came to their end; a restore takes {took:.2f} s")

    def test_a_cancelled_restore_leaves_nothing_half_done(self):
        print(f"seed {SEED}")
        chance = random.Random(SEED)
        company = self.real_books()
        path, _ = self.backup(company=company)
        upload = self.send(self.content(path))
        query = f"upload={upload}&mode=replace&company={company}&reason=disk"
        begun = time.monotonic()
        self.good(self.import_(query))
        took = time.monotonic() - begun
        epoch, ends = 2, []
        for moment in [0, 0] + [chance.uniform(0, took) for _ in range(KILLS)]:
            asked = self.answered(self.server.call("POST", "/api/v1/imports?" + query, raw=b""),
                                  202)
            time.sleep(moment)
            cancelled = self.ask(f"/api/v1/operations/{asked['id']}/cancel")
            self.assertIn(cancelled.status, (200, 409))
            ended = self.settled(asked)
            ends.append(ended["state"])
            self.assertIn(ended["state"], ("cancelled", "succeeded"), ended)
            epoch += ended["state"] == "succeeded"
            self.assertEqual(ended["error"], None)
            found = self.answered(self.server.get("/api/v1/companies/" + company), 200)
            self.assertEqual(found["epoch"], epoch)
        print(f"{ends}; a restore takes {took:.2f} s")
        preview = self.import_(query + "&start=false")
        self.good(preview, "proposed")
        dropped = self.ask(f"/api/v1/operations/{preview['id']}/cancel")
        self.assertEqual(self.answered(dropped, 200)["state"], "cancelled")
        again = self.ask(f"/api/v1/operations/{preview['id']}/cancel")
        self.assertEqual((again.status, again.json["code"]), (409, "operation_ended"))
        self.good(self.import_(query))
        self.stopped()
        verified = self.run_command("verify", self.books)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def test_a_disk_that_fills_up_leaves_the_old_books(self):
        path, made = self.backup()
        self.stopped()
        for limit in (16, 64, 256, 1024):  # KiB that any file may grow to.
            ran = self.run_in("restore", path, "--data", self.books, preexec_fn=lambda kib=limit:
                              resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024,) * 2),
                              restore_signals=False)
            if ran.returncode == 0:
                break
            self.assertNotIn("Restored", ran.stdout)
            self.started()
            companies = self.answered(self.server.get("/api/v1/companies"), 200)["items"]
            self.assertEqual(len(companies), 1, limit)
            self.assertEqual(self.head(), made["revision"])
            self.stopped()
        ran = self.run_in("restore", path, "--data", self.books)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(self.run_command("verify", self.books).returncode, 0)

    def test_a_server_killed_while_it_restores_says_so_and_shows_nothing(self):
        path, _ = self.backup()
        upload = self.send(self.content(path))
        asked = self.server.call("POST", f"/api/v1/imports?upload={upload}", raw=b"")
        operation = self.answered(asked, 202)["id"]
        self.server.kill()
        self.started()
        ended = self.answered(self.server.get("/api/v1/operations/" + operation), 200)
        companies = self.answered(self.server.get("/api/v1/companies"), 200)["items"]
        self.assertIn((ended["state"], len(companies)), (("failed", 1), ("failed", 2),
                                                         ("succeeded", 2)))
        if ended["state"] == "failed":
            self.assertEqual(ended["error"]["code"], "interrupted")
        result = self.good(self.import_(f"upload={upload}"))  # The second run finishes.
        self.assertEqual(self.answered(self.server.get("/api/v1/companies/"
                                                       + result["company_id"]), 200)["state"],
                         "standby")


if __name__ == "__main__":
    unittest.main()
