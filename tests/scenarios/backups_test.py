"""Backups that the server makes when it is asked: whole or not at all.

Timing decides nothing here: whatever moment a kill or a cancel meets, what is listed is whole and
nothing else is left. DAYBOOK_BACKUP_KILLS makes it longer; the seed of the pauses is printed.
"""

import os
import random
import threading
import time
import unittest

from custody import Custody
from daybook import COMPANY

KILLS = int(os.environ.get("DAYBOOK_BACKUP_KILLS", "4"))
SEED = int(os.environ.get("DAYBOOK_SEED", str(random.randrange(2**32))))


class Made(Custody):
    def test_a_backup_is_made_verified_listed_and_in_the_instances_book(self):
        server, base = self.books()
        new = self.answered(server.get(base + "/backups/new"), 200)
        self.assertRegex(new["name"], r"^Atelier Dupré \d{4}-\d\d-\d\d\.daybook$")
        self.assertEqual({part["part"] for part in new["parts"]},
                         {"events", "readable", "attachments", "emails"})
        answer = server.post(base + "/backups", {}, Prefer="wait=60",
                             Daybook_Actor="Anne", Idempotency_Key="sunday")
        operation = self.ended(self.answered(answer, 202))
        self.assertEqual(operation["state"], "succeeded", operation)
        self.assertEqual(operation["progress"]["done"], operation["progress"]["total"])
        [backup] = self.listed(server, base)
        self.assertEqual(backup["id"], operation["result"]["backup_id"])
        self.assertEqual((backup["name"], backup["made_by"], backup["state"]),
                         (new["name"], "Anne", "verified"))
        self.assertEqual(backup["revision"], new["revision"])
        again = server.post(base + "/backups", {}, Prefer="wait=60", Daybook_Actor="Anne",
                            Idempotency_Key="sunday")
        self.assertEqual(again.headers["idempotency-replayed"], "true")
        self.assertEqual(len(self.listed(server, base)), 1)
        path = self.held(base, backup)
        self.assertEqual(os.path.getsize(path), backup["bytes"])
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        sound = self.run_command("verify", path)
        self.assertEqual(sound.returncode, 0, sound.stderr)
        kinds = [event["type"] for event in
                 self.told(server, "BackupMade", "BackupVerified")]
        self.assertEqual(kinds, ["BackupMade", "BackupVerified"])
        health = self.answered(server.get("/health/ready"), 200)
        self.assertEqual(health["last_backup"]["at"], backup["made_at"])
        self.assertIn("Every company has a verified backup", health["last_backup"]["sentence"])
        french = self.answered(server.call("GET", "/health/ready",
                                           headers={"Accept-Language": "fr"}), 200)
        self.assertIn("Chaque société", french["last_backup"]["sentence"])
        # One that nobody has backed up yet takes nothing away from that.
        self.answered(server.post("/api/v1/companies", {**COMPANY, "name": "Neuf"}), 201)
        health = self.answered(server.get("/health/ready"), 200)["last_backup"]
        self.assertEqual(health["at"], backup["made_at"])
        self.assertIn("1 of 2 companies has no backup yet", health["sentence"])
        server.stop()
        server = self.serve()
        self.assertEqual(self.listed(server, base), [backup])  # It is all in the log.

    def test_people_go_on_working_and_the_backup_is_of_when_it_was_asked_for(self):
        server, base = self.retail()
        before = self.answered(server.get(base), 200)["revision"]
        head = int(server.get(base + "/clients?limit=1").headers["daybook-revision"])
        operation = self.answered(server.post(base + "/backups"), 202)
        for _ in range(5):
            self.answered(server.post(base + "/clients", {"name": "Late Ltd"}), 201)
        operation = self.ended(operation)
        backup = self.answered(
            server.get(f"{base}/backups/{operation['result']['backup_id']}"), 200)
        self.assertEqual(backup["revision"], head)
        self.assertLessEqual(before, head)
        self.assertEqual(self.run_command("verify", self.held(base, backup)).returncode, 0)

    def test_names_options_and_companies_that_cannot_be_are_refused_by_name(self):
        server, base = self.books()

        def refused(body, status, code, path=base + "/backups"):
            answer = server.post(path, body)
            self.assertEqual((answer.status, answer.json["code"]), (status, code), answer.bytes)
            return answer.json

        for name in ("../escape", "a/b", "a\\b", "tab\there", "\u0085c1", "..", "", "x" * 300):
            refused({"name": name}, 422, "invalid_input")
        refused({"pass_phrase": "short"}, 422, "out_of_range")
        refused({"colour": "red"}, 422, "unknown_member")
        nobody = "/api/v1/companies/00000000-0000-7000-8000-000000000000"
        refused({}, 404, "not_found", nobody + "/backups")
        refused({"name": "one"}, 422, "invalid_input", "/api/v1/backups")
        self.assertEqual(server.get(base + "/backups/" + "0" * 8).status, 404)
        self.assertEqual(server.get(nobody + "/backups").status, 404)
        self.assertEqual(self.files(), [])
        self.assertEqual(self.listed(server, base), [])
        for name in ("Clôture d'été", "Été 2026.daybook", "名前"):
            made = self.back_up(server, base, {"name": name})
            self.assertEqual(made["name"], name.removesuffix(".daybook") + ".daybook")
        preview = server.call("POST", base + "/backups?validate_only=true", {})
        self.answered(preview, 200)
        self.assertEqual(len(self.listed(server, base)), 3)

    def test_all_companies_are_one_action_and_one_file_each(self):
        server, first = self.books()
        _, second = self.books({**COMPANY, "name": "Atelier Nord"}, server)
        operation = self.ended(self.answered(server.post("/api/v1/backups", {}), 202))
        self.assertEqual(operation["state"], "succeeded", operation)
        made = {item["company_id"]: item["backup_id"]
                for item in operation["result"]["backups"]}
        for base in (first, second):
            [backup] = self.listed(server, base)
            self.assertEqual(made[backup["company_id"]], backup["id"])
        self.assertEqual(len(self.files()), 2)

    def test_two_that_are_asked_for_at_once_are_both_made(self):
        server, base = self.retail()
        answers = []
        asking = [threading.Thread(target=lambda: answers.append(server.post(base + "/backups")))
                  for _ in range(3)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        ids = {self.ended(self.answered(answer, 202))["result"]["backup_id"]
               for answer in answers}
        self.assertEqual(len(ids), 3)
        self.assertEqual({backup["id"] for backup in self.listed(server, base)}, ids)
        digests = {backup["root"] for backup in self.listed(server, base)}
        self.assertEqual(len(digests), 1)

    def test_books_that_take_no_writes_are_backed_up_all_the_same(self):
        server, base = self.books()
        etag = server.get(base).etag
        self.answered(server.post(base + "/archive", {"reason": "closed"}, If_Match=etag), 200)
        self.assertEqual(self.back_up(server, base)["state"], "verified")
        server, base = self.books({**COMPANY, "name": "Atelier Nord"}, server)
        etag = server.get(base).etag
        self.answered(server.post(base + "/retire", {"reason": "moved"}, If_Match=etag), 200)
        self.assertEqual(self.back_up(server, base)["state"], "verified")

    def test_a_removed_backup_is_gone_and_stays_in_the_book(self):
        server, base = self.books()
        backup = self.back_up(server, base)
        path = f"{base}/backups/{backup['id']}"
        gone = self.answered(server.call("DELETE", path + "?reason=too%20old"), 200)
        self.assertEqual((gone["state"], gone["file"]), ("expired", None))
        self.assertEqual(self.files(), [])
        self.assertEqual(server.call("DELETE", path).status, 410)
        [event] = self.told(server, "BackupExpired")
        self.assertEqual(event["reason"], "too old")
        self.assertEqual(self.listed(server, base)[0]["state"], "expired")


class Interrupted(Custody):
    def cancel(self, server, operation):
        return server.call("POST", f"/api/v1/operations/{operation['id']}/cancel")

    def test_cancelled_at_any_moment_it_leaves_a_whole_file_or_none(self):
        print(f"seed {SEED}")
        chance = random.Random(SEED)
        server, base = self.retail()
        succeeded = cancelled = 0
        for _ in range(KILLS):
            operation = self.answered(server.post(base + "/backups"), 202)
            time.sleep(chance.uniform(0, 0.6))
            answer = self.cancel(server, operation)
            self.assertIn(answer.status, (200, 409), answer.bytes)
            operation = self.ended(operation)
            self.assertIn(operation["state"], ("succeeded", "cancelled"), operation)
            succeeded += operation["state"] == "succeeded"
            cancelled += operation["state"] == "cancelled"
            self.assertEqual(len(self.listed(server, base)), succeeded)
            self.assertEqual(len(self.files()), succeeded)
        # One that waits behind another is cancelled before it began.
        first, second = (self.answered(server.post(base + "/backups"), 202) for _ in range(2))
        self.answered(self.cancel(server, second), 200)
        self.assertEqual(self.ended(first)["state"], "succeeded")
        self.assertEqual(self.ended(second)["state"], "cancelled")
        late = self.cancel(server, first)
        self.assertEqual((late.status, late.json["code"]), (409, "operation_ended"))

    def test_killed_at_any_moment_what_is_listed_is_whole_and_nothing_else_is_left(self):
        print(f"seed {SEED}, {KILLS} kills")
        chance = random.Random(SEED)
        server, base = self.retail()
        operations = []
        for _ in range(KILLS):
            operations.append(self.answered(server.post(base + "/backups"), 202)["id"])
            time.sleep(chance.uniform(0, 0.8))
            server.kill()
            server = self.serve()
            ended = self.answered(server.get("/api/v1/operations/" + operations[-1]), 200)
            self.assertIn(ended["state"], ("succeeded", "failed"), ended)
            if ended["state"] == "failed":
                self.assertEqual(ended["error"]["code"], "interrupted")
            backup = self.back_up(server, base)  # Behind the sweeping, which is in the background.
            self.assertEqual(backup["state"], "verified")
            paths = {self.held(base, item) for item in self.listed(server, base)}
            self.assertEqual(set(self.files()), paths)
        for path in paths:
            self.assertEqual(self.run_command("verify", path).returncode, 0, path)

    def test_a_server_that_stops_does_not_wait_for_a_backup(self):
        server, base = self.retail()
        operation = self.answered(server.post(base + "/backups"), 202)
        self.assertEqual(server.stop(), 0)
        server = self.serve()
        ended = self.answered(server.get("/api/v1/operations/" + operation["id"]), 200)
        self.assertIn(ended["state"], ("failed", "succeeded"))
        self.back_up(server, base)
        self.assertEqual(len(self.files()), len(self.listed(server, base)))

    def test_a_whole_file_that_nobody_noted_is_taken_in_again(self):
        server, base = self.books()
        backup = self.back_up(server, base)
        path = self.held(base, backup)
        other = path.replace(backup["id"], "00000000-0000-7000-8000-000000000007")
        with open(path, "rb") as file, open(other, "wb") as copy:
            copy.write(file.read())
        with open(other + ".partial", "wb") as half:
            half.write(b"PK")
        server.stop()
        server = self.serve()
        self.back_up(server, base)
        found = {item["id"]: item for item in self.listed(server, base)}
        self.assertEqual(len(found), 3)
        self.assertEqual(found["00000000-0000-7000-8000-000000000007"]["sha256"],
                         backup["sha256"])
        self.assertEqual(len(self.files()), 3)

    def test_a_disk_that_is_full_fails_it_and_leaves_nothing(self):
        server, base = self.retail()
        server.stop()
        self.serve().stop()  # What a start writes of the books is written.
        # Smaller than the backup, larger than anything else that grows.
        server = self.serve(file_bytes=200 * 1024)
        operation = self.ended(self.answered(server.post(base + "/backups"), 202))
        self.assertEqual(operation["state"], "failed", operation)
        self.assertEqual(operation["error"]["code"], "storage_failed")
        self.assertIn("File too large", operation["error"]["detail"])
        self.assertEqual(self.files(), [])
        self.assertEqual(self.listed(server, base), [])
        server.stop()
        server = self.serve()
        self.back_up(server, base)


if __name__ == "__main__":
    unittest.main()
