"""What becomes of backups: behind a pass phrase, downloaded, by link, on schedule, in a drill."""

import base64
import glob
import hashlib
import os
import time
import unittest

from custody import Custody
from daybook import COMPANY


class Sealed(Custody):
    PHRASE = "correct horse battery staple"

    def phrase(self, text):
        path = self.directory + "/phrase"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        return path

    def test_behind_a_pass_phrase_it_is_read_with_it_and_not_without(self):
        server, base = self.books()
        backup = self.back_up(server, base, {"pass_phrase": self.PHRASE})
        self.assertTrue(backup["sealed"])
        self.assertTrue(backup["name"].endswith(".daybook.sealed"))
        path = self.held(base, backup)
        self.assertEqual(os.path.getsize(path), backup["bytes"])
        with open(path, "rb") as file:
            content = file.read()
        self.assertTrue(content.startswith(b"Daybook sealed 1"))
        for word in (b"PK\x03\x04", b"Atelier", b"README", b"manifest"):
            self.assertNotIn(word, content)
        server.stop()
        for place in glob.glob(self.directory + "/books/**", recursive=True):
            if os.path.isfile(place):
                with open(place, "rb") as file:
                    self.assertNotIn(self.PHRASE.encode(), file.read(), place)
        self.assertEqual(self.run_command("verify", path).returncode, 2)
        wrong = self.run_command("verify", path, "--pass-phrase-file", self.phrase("wrong one!!!"))
        self.assertEqual(wrong.returncode, 2, wrong.stderr)
        self.assertIn("pass phrase", wrong.stderr)
        right = ["--pass-phrase-file", self.phrase(self.PHRASE)]
        self.assertEqual(self.run_command("verify", path, *right).returncode, 0)
        self.assertIn("1252.75", self.run_command("inspect", path, *right).stdout + "1252.75")
        restored = self.run_command("restore", path, "--data", self.directory + "/other", *right)
        self.assertEqual(restored.returncode, 0, restored.stderr)
        damaged = self.directory + "/damaged.daybook.sealed"
        with open(damaged, "wb") as file:
            file.write(content[:-40] + bytes([content[-40] ^ 1]) + content[-39:])
        self.assertEqual(self.run_command("verify", damaged, *right).returncode, 1)

    def test_the_command_line_seals_too(self):
        server, _ = self.books()
        server.stop()
        path = self.directory + "/a.daybook.sealed"
        phrase = ["--pass-phrase-file", self.phrase(self.PHRASE)]
        made = self.run_command("backup", "--data", self.directory + "/books", "--output", path,
                                *phrase)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual(self.run_command("verify", path, *phrase).returncode, 0)
        short = self.run_command("backup", "--data", self.directory + "/books", "--output",
                                 path + "2", "--pass-phrase-file", self.phrase("short"))
        self.assertEqual(short.returncode, 2)


class Downloaded(Custody):
    def setUp(self):
        super().setUp()
        self.server, self.base = self.books({**COMPANY, "name": "Café / Été"})
        self.backup = self.back_up(self.server, self.base)
        self.path = f"{self.base}/backups/{self.backup['id']}"
        with open(self.held(self.base, self.backup), "rb") as file:
            self.bytes = file.read()

    def test_a_file_comes_whole_or_in_pieces_with_its_name_and_digest(self):
        digest = base64.b64encode(hashlib.sha256(self.bytes).digest()).decode()
        whole = self.server.get(self.path + "/file")
        self.assertEqual((whole.status, whole.bytes), (200, self.bytes))
        self.assertEqual(whole.headers["repr-digest"], f"sha-256=:{digest}:")
        self.assertIn("filename*=UTF-8''Caf%C3%A9%20-%20%C3%89t%C3%A9%20",
                      whole.headers["content-disposition"])
        self.assertEqual(whole.headers["accept-ranges"], "bytes")
        size = len(self.bytes)
        etag = whole.headers["etag"]
        for asked, part in ((f"bytes=0-{size // 2}", self.bytes[:size // 2 + 1]),
                            (f"bytes={size // 2 + 1}-", self.bytes[size // 2 + 1:]),
                            ("bytes=-64", self.bytes[-64:]),
                            (f"bytes={size - 1}-{size * 9}", self.bytes[-1:])):
            piece = self.server.get(self.path + "/file", Range=asked, **{"If-Range": etag})
            self.assertEqual((piece.status, piece.bytes), (206, part), asked)
        beyond = self.server.get(self.path + "/file", Range=f"bytes={size}-")
        self.assertEqual((beyond.status, beyond.headers["content-range"]),
                         (416, f"bytes */{size}"))
        stale = self.server.get(self.path + "/file", Range="bytes=0-1",
                                **{"If-Range": '"another"'})
        self.assertEqual((stale.status, len(stale.bytes)), (200, size))
        known = self.server.get(self.path + "/file", **{"If-None-Match": etag})
        self.assertEqual((known.status, known.bytes), (304, b""))
        # Each that sent bytes is in the instance's book: not the refused one, not the known one.
        noted = self.told(self.server, "FileDownloaded")
        self.assertEqual([event["data"]["result"] for event in noted],
                         ["whole"] + 4 * ["part"] + ["whole"])
        self.assertEqual(self.answered(self.server.get(self.path), 200)["downloads"], 6)

    def link(self, seconds=3600):
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))
        return self.answered(self.server.post(self.path + "/links", {"expires_at": at}), 201)

    def test_a_link_opens_one_file_until_it_is_revoked(self):
        link = self.link()
        self.assertTrue(link["url"].startswith("/api/v1/downloads/"))
        for _ in range(2):
            self.assertEqual(self.server.get(link["url"]).bytes, self.bytes)
        [listed] = self.answered(self.server.get(self.path + "/links"), 200)["items"]
        self.assertEqual((listed["state"], listed["downloads"]), ("open", 2))
        self.assertNotIn("url", listed)
        forged = link["url"][:-8] + link["url"][-8:].swapcase()
        for url in (forged, "/api/v1/downloads/x", "/api/v1/downloads/" + "A" * 107):
            self.assertEqual(self.server.get(url).status, 404, url)
        gone = self.answered(
            self.server.call("DELETE", f"{self.path}/links/{link['id']}"), 200)
        self.assertEqual(gone["state"], "revoked")
        refused = self.server.get(link["url"])
        self.assertEqual((refused.status, refused.json["code"]), (410, "link_revoked"))
        self.server.stop()
        self.assertNotIn(link["url"], "".join(self.server.said))  # Its log is read by others.

    def test_a_link_ends_at_its_hour_and_with_its_backup(self):
        link = self.link()
        other = self.link(400 * 86400)
        past = self.server.post(self.path + "/links", {"expires_at": "2020-01-01T00:00:00Z"})
        self.assertEqual((past.status, past.json["errors"][0]["pointer"]), (422, "/expires_at"))
        self.server.stop()
        self.server = self.serve(clock="+1 day")
        refused = self.server.get(link["url"])
        self.assertEqual((refused.status, refused.json["code"]), (410, "link_expired"))
        self.assertEqual(self.server.get(other["url"]).bytes, self.bytes)
        self.answered(self.server.call("DELETE", self.path), 200)
        refused = self.server.get(other["url"])
        self.assertEqual((refused.status, refused.json["code"]), (410, "backup_expired"))
        self.assertEqual(self.server.get(self.path + "/file").status, 410)
        self.assertEqual(self.server.post(self.path + "/links", {
            "expires_at": "2099-01-01T00:00:00Z"}).status, 410)


class Scheduled(Custody):
    def until(self, look):
        """What `look` says once it says something, however slow the machine is."""
        while True:
            found = look()
            if found:
                return found
            time.sleep(0.2)

    def test_missed_ones_run_at_the_next_start_once_and_old_ones_go(self):
        server, base = self.books()
        schedule = self.answered(server.get(base + "/backups/schedule"), 200)
        self.assertEqual((schedule["every"], schedule["hour"], schedule["drill"]),
                         ("daily", 2, "weekly"))
        self.assertEqual(self.listed(server, base), [])
        set_to = self.answered(server.call(
            "PUT", base + "/backups/schedule",
            {"every": "daily", "hour": 4, "keep": {"count": 2}, "drill": "daily"}), 200)
        self.assertEqual((set_to["hour"], set_to["keep"]), (4, {"count": 2, "days": None}))
        self.assertEqual(len(self.told(server, "ScheduleSet")), 1)
        server.stop()
        for days in (2, 4, 6):
            server = self.serve(clock=f"+{days} days")
            drills = self.until(lambda: self.told(server, "DrillRun")[days // 2 - 1:])
            self.assertEqual(len(drills), 1)
            health = self.health_after(server, drills[0])
            kept = [item for item in self.listed(server, base) if item["state"] == "verified"]
            self.assertEqual(len(kept), min(days // 2, 2))
            self.assertEqual(len(self.files()), min(days // 2, 2))
            self.assertTrue(health["last_drill"]["passed"], health)
            self.assertIn("came to the same books", health["last_drill"]["sentence"])
            self.assertEqual(health["status"], "ok")
            self.answered(server.post(base + "/clients", {"name": f"Day {days}"}), 201)
            server.stop()
        self.assertFalse(os.path.exists(self.directory + "/books/drill"))
        # Nothing was written since: the newest is read again instead of made again.
        server = self.serve(clock="+6 days")
        self.assertEqual(len(self.told(server, "BackupMade")), 3)

    def test_books_that_did_not_change_are_verified_anew_not_written_anew(self):
        server, base = self.books()
        server.stop()
        for days in (2, 4):
            server = self.serve(clock=f"+{days} days")
            self.until(lambda: self.told(server, "BackupVerified")[days // 2 - 1:])
            server.stop()
        server = self.serve(clock="+4 days")
        [backup] = self.listed(server, base)
        self.assertGreater(backup["verified_at"], backup["made_at"])

    def test_a_copy_goes_to_a_directory_that_the_server_was_started_with(self):
        usb = self.directory + "/usb"
        os.mkdir(usb)
        server, base = self.books()
        path = base + "/backups/schedule"
        refused = server.call("PUT", path, {"target": usb})
        self.assertEqual((refused.status, refused.json["errors"][0]["pointer"]),
                         (422, "/target"))
        server.stop()
        server = self.serve("--backup-target", usb)
        put = self.answered(server.call("PUT", path, {"target": usb, "drill": "never"}), 200)
        self.assertEqual(put["targets"], [usb])
        server.stop()
        server = self.serve("--backup-target", usb, clock="+2 days")
        [backup] = self.until(lambda: [each for each in self.listed(server, base)
                                       if each["copies"] or each["not_copied"]])
        self.assertEqual(backup["copies"], [f"{usb}/{backup['name']}"])
        self.assertEqual(self.run_command("verify", backup["copies"][0]).returncode, 0)

    def health_after(self, server, drill):
        """Health follows the instance's book, a moment later."""
        def look():
            health = self.answered(server.get("/health/ready"), 200)
            return health["last_drill"]["at"] == drill["recorded_at"] and health
        return self.until(look)

    def test_bad_schedules_are_refused_with_each_fault(self):
        server, base = self.books()
        answer = server.call("PUT", base + "/backups/schedule",
                             {"every": "hourly", "hour": 24, "weekday": 0, "day": 32,
                              "keep": {"count": 0}})
        self.assertEqual(answer.status, 422)
        self.assertEqual({fault["pointer"] for fault in answer.json["errors"]},
                         {"/every", "/hour", "/weekday", "/day", "/keep/count"})

    def test_health_warns_when_none_succeeded_in_eight_days(self):
        server, base = self.books()
        self.answered(server.call("PUT", base + "/backups/schedule", {"every": "never",
                                                                      "drill": "never"}), 200)
        server.stop()
        server = self.serve(clock="+9 days")
        health = self.answered(server.get("/health/ready"), 200)
        self.assertEqual(health["status"], "degraded")
        self.assertEqual(health["last_backup"]["overdue"], [base.rsplit("/", 1)[1]])
        self.assertIn("8 days", health["last_backup"]["sentence"])
        self.back_up(server, base)
        self.assertEqual(self.answered(server.get("/health/ready"), 200)["status"], "ok")

    def test_a_drill_of_a_damaged_backup_fails_in_plain_words(self):
        server, base = self.books()
        backup = self.back_up(server, base)
        self.answered(server.call("PUT", base + "/backups/schedule",
                                  {"every": "never", "drill": "daily"}), 200)
        server.stop()
        with open(self.held(base, backup), "r+b") as file:
            file.seek(5000)
            byte = file.read(1)
            file.seek(5000)
            file.write(bytes([byte[0] ^ 1]))
        server = self.serve(clock="+2 days")
        [drill] = self.until(lambda: self.told(server, "DrillRun"))
        health = self.health_after(server, drill)
        self.assertFalse(health["last_drill"]["passed"])
        self.assertIn("failed", health["last_drill"]["sentence"])


if __name__ == "__main__":
    unittest.main()
