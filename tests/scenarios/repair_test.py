"""A data directory that is not what it was: the server says what and where and serves what is
sound; `daybook repair` makes it whole from a backup, to the same root, or writes down what is
lost."""

import glob
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

from daybook import BINARY, BRITISH, CLIENT, COMPANY, Scenario


class Repair(Scenario):
    def setUp(self):
        super().setUp()
        self.books = self.directory + "/books"

    # ---- books, and what may happen to them ------------------------------------------------------
    def founded(self, names, clients=12):
        """Companies with clients, written by one server that then stopped; id and root of each."""
        server = self.serve("--empty")
        made = {}
        for name in names:
            company = self.answered(
                server.post("/api/v1/companies", {**BRITISH, "name": name}), 201)["id"]
            made[name] = company
        for number in range(clients):
            for company in made.values():
                self.answered(server.post(f"/api/v1/companies/{company}/clients",
                                          {**CLIENT, "name": f"{number} of {company}"}), 201)
        roots = {name: self.head(server, company) for name, company in made.items()}
        self.assertEqual(server.stop(), 0)
        return made, roots

    def head(self, server, company):
        head = self.answered(server.get(f"/api/v1/companies/{company}/checkpoint"), 200)
        return head["size"], head["root"]

    def backup(self, company, name="kept.daybook"):
        path = f"{self.directory}/{name}"
        done = self.run_command("backup", "--data", self.books, "--company", company,
                                "--output", path)
        self.assertEqual(done.returncode, 0, done)
        return path

    def log_files(self, pattern):
        return sorted(glob.glob(f"{self.books}/log/{pattern}"))

    def kept_heads(self):
        return {entry.name: entry.stat().st_size
                for entry in os.scandir(self.books + "/checkpoints")}

    def cut_wal(self):
        """The end of the log is lost: everything since the newest start."""
        for path in self.log_files("*.log"):
            with open(path, "r+b") as file:
                file.truncate(0)

    def flip(self, path, at):
        with open(path, "r+b") as file:
            file.seek(at)
            byte = file.read(1)
            file.seek(at)
            file.write(bytes([byte[0] ^ 0x40]))

    def files(self):
        found = {}
        for path in glob.glob(self.books + "/**", recursive=True):
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.books)] = file.read()
        return {name: content for name, content in found.items()
                if not name.startswith("views/") and name != "LOCK"}

    def repair(self, *options, exit_code=0):
        done = self.run_command("repair", "--data", self.books, *options)
        self.assertEqual(done.returncode, exit_code, done)
        return done.stdout + done.stderr

    def sound(self, exit_code=0):
        done = self.run_command("verify", self.books, "--json")
        self.assertEqual(done.returncode, exit_code, done)
        return json.loads(done.stdout)

    def ready(self, server):
        """Once the views are built again, however slow the machine is."""
        while server.get("/health/ready").json["views"]["rebuilding"]:
            time.sleep(0.1)
        return server

    # ---- damaged -------------------------------------------------------------------------------
    def test_a_damaged_log_is_told_and_what_is_sound_is_served(self):
        made, _ = self.founded(["Dupont", "Durand"])
        again = self.serve()  # What there is so far lies in sorted files now.
        self.answered(again.post(f"/api/v1/companies/{made['Dupont']}/clients", CLIENT), 201)
        self.assertEqual(again.stop(), 0)
        self.cut_wal()

        server = self.ready(self.serve())
        said = "".join(server.said)
        self.assertRegex(said, r"damaged: .*books: .*the log ends with group \d+|damaged: .*group")
        health = self.answered(server.get("/health/ready"), 200)
        self.assertEqual((health["status"], health["writes"]), ("damaged", False))
        self.assertIn("group", health["damage"])
        base = f"/api/v1/companies/{made['Dupont']}"
        names = self.answered(server.get(base + "/clients?limit=500"), 200)["items"]
        self.assertEqual(len(names), 12)
        self.assertEqual(len(self.answered(server.get("/api/v1/companies"), 200)["items"]), 2)
        self.answered(server.get(base + "/history"), 200)
        refused = self.answered(server.post(base + "/clients", CLIENT), 503)
        self.assertEqual(refused["code"], "read_only")
        # A backup of what is sound is needed now; the server, which can note nothing, says how.
        asked = self.answered(
            server.post(f"/api/v1/companies/{made['Durand']}/backups", {}), 503)
        self.assertEqual(asked["code"], "read_only")
        self.assertIn("daybook backup", asked["detail"])
        self.assertEqual(server.stop(), 0)
        kept = self.backup(made["Durand"])
        self.assertEqual(self.run_command("verify", kept).returncode, 0)

    # ---- repaired ------------------------------------------------------------------------------
    def test_a_backup_mends_it_to_the_same_root(self):
        self.founded(["Dupont", "Durand"], clients=3)
        kept = self.kept_heads()
        server = self.serve()
        made = {each["name"]: each["id"]
                for each in self.answered(server.get("/api/v1/companies"), 200)["items"]}
        for number in range(60):
            self.answered(server.post(f"/api/v1/companies/{made['Dupont']}/clients",
                                      {**CLIENT, "name": f"late {number}"}), 201)
        roots = {name: self.head(server, company) for name, company in made.items()}
        # Heads are kept once a second; that of the instance's book tells what it lost.
        deadline = time.monotonic() + 30
        while sum(size > kept.get(name, 0) for name, size in self.kept_heads().items()) < 2:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)
        self.assertEqual(server.kill(), -signal.SIGKILL)
        # A copy is backed up, as on another machine: here the log's end is still in the WAL.
        shutil.copytree(self.books, self.directory + "/copy")
        here, self.books = self.books, self.directory + "/copy"
        kept = self.backup(made["Dupont"])
        self.books = here
        self.cut_wal()

        before = self.files()
        told = self.repair(exit_code=1)
        self.assertIn("--accept-loss", told)
        self.assertEqual(self.files(), before)

        told = self.repair("--from", kept)
        self.assertIn("of them from the backup", told)
        self.assertIn("damaged-1", told)
        self.assertTrue(os.path.exists(self.books + "/damaged-1/HEAD"))
        self.sound()
        server = self.serve()
        self.assertEqual({name: self.head(server, company) for name, company in made.items()},
                         roots)
        self.assertEqual(self.answered(server.get("/health/ready"), 200)["status"], "ok")
        # Nothing was lost, so the book goes on as it was.
        self.answered(server.post(f"/api/v1/companies/{made['Dupont']}/clients", CLIENT), 201)
        (run,) = [event for event in self.answered(server.get("/api/v1/events"), 200)["items"]
                  if event["type"] == "VerificationRun"]
        self.assertIn("60 events from backups", run["data"]["result"])
        self.assertEqual(server.stop(), 0)
        self.assertIn("nothing to repair", self.repair())

    def test_what_is_derived_is_made_again_without_any_backup(self):
        made, roots = self.founded(["Dupont"])
        cases = {
            "HEAD is gone": lambda: os.remove(self.books + "/HEAD"),
            "HEAD is noise": lambda: open(self.books + "/HEAD", "wb").write(os.urandom(8192)),
            "CURRENT is gone": lambda: os.remove(self.books + "/log/CURRENT"),
            "MANIFEST is noise": lambda: open(self.log_files("MANIFEST*")[-1], "wb")
                                         .write(os.urandom(500)),
        }
        for case, damage in cases.items():
            with self.subTest(case):
                damage()
                server = self.serve()
                self.assertIn("damaged", "".join(server.said))
                health = server.get("/health/ready")
                readable = "HEAD" in case
                self.assertEqual(health.status, 200 if readable else 503, health.bytes)
                self.assertEqual((health.json["status"], health.json["writes"]),
                                 ("damaged", False))
                company = server.get(f"/api/v1/companies/{made['Dupont']}")
                self.assertEqual(company.status == 200, readable, company.bytes)
                for path in () if readable else ("companies", "me", "operations", "events",
                                                 "companies/" + made["Dupont"]):
                    # "None" would be a lie.
                    answer = server.get("/api/v1/" + path)
                    self.assertEqual((answer.status, answer.json["code"]), (503, "damaged"), path)
                self.assertEqual(server.get("/health/live").status, 200)
                self.assertEqual(server.get("/api/v1/capabilities").status, 200)
                self.assertEqual(server.stop(), 0)
                self.repair()
                self.sound()
                server = self.serve()
                self.assertEqual(self.head(server, made["Dupont"]), roots["Dupont"])
                self.assertEqual(server.stop(), 0)

    def replaced_and_undone(self, server, company, path, epoch):
        with open(path, "rb") as file:
            content = file.read()
        base = f"/api/v1/companies/{company}"
        answer = server.call(
            "POST", f"/api/v1/imports?mode=replace&company={company}&reason=disk", raw=content,
            headers={"Prefer": "wait=60"})
        done = self.ended(self.answered(answer, 202))
        self.assertEqual(done["state"], "succeeded", done)
        self.answered(server.post(f"{base}/replacements/{epoch}/undo", {"reason": "wrong"}), 200)

    def test_a_book_that_was_replaced_and_came_back_is_mended_like_any_other(self):
        made, _ = self.founded(["Dupont", "Durand"], clients=3)
        kept = self.backup(made["Dupont"])
        server = self.serve()
        for epoch in (2, 3):
            self.replaced_and_undone(server, made["Dupont"], kept, epoch)
        roots = {name: self.head(server, company) for name, company in made.items()}
        self.assertEqual(server.stop(), 0)
        report = self.sound()
        files = os.listdir(self.books + "/checkpoints")
        sizes = sum(open(f"{self.books}/checkpoints/{name}", "rb").read().count("— ".encode())
                    for name in files)
        self.assertEqual(report["checkpoints"], sizes)  # Each once.
        cases = {
            "HEAD is gone": lambda: os.remove(self.books + "/HEAD"),
            "MANIFEST is noise": lambda: open(self.log_files("MANIFEST*")[-1], "wb")
                                         .write(os.urandom(500)),
        }
        for case, damage in cases.items():
            with self.subTest(case):
                damage()
                told = self.repair()
                self.assertIn("Repaired.", told)
                self.assertEqual(told.count("  line 1 ("), 1, told)
                self.sound()
                server = self.serve()
                self.assertEqual({name: self.head(server, company)
                                  for name, company in made.items()}, roots)
                company = self.answered(server.get(f"/api/v1/companies/{made['Dupont']}"), 200)
                self.assertEqual((company["state"], company["epoch"]), ("live", 1))
                shown = self.answered(
                    server.get(f"/api/v1/companies/{made['Dupont']}/replacements"), 200)["items"]
                self.assertEqual([item["epoch"] for item in shown], [3, 2, 1])
                self.assertEqual(server.stop(), 0)

    def test_a_flipped_byte_in_a_sorted_file_is_mended(self):
        made, _ = self.founded(["Dupont"], clients=60)
        server = self.serve()
        root = self.head(server, made["Dupont"])
        self.assertEqual(server.stop(), 0)
        kept = self.backup(made["Dupont"])
        tables = sorted(self.log_files("*.sst"), key=os.path.getsize)
        self.flip(tables[-1], os.path.getsize(tables[-1]) // 3)
        self.sound(exit_code=1)
        self.repair("--from", kept)
        self.sound()
        server = self.serve()
        self.assertEqual(self.head(server, made["Dupont"]), root)

    # ---- accepted ------------------------------------------------------------------------------
    def test_a_loss_that_is_accepted_is_on_record_for_ever(self):
        made, roots = self.founded(["Dupont", "Durand"], clients=4)
        server = self.serve()
        base = f"/api/v1/companies/{made['Dupont']}"
        for number in range(5):
            self.answered(server.post(base + "/clients", {**CLIENT, "name": f"late {number}"}), 201)
        lost = self.head(server, made["Dupont"])
        # A head that has left the machine: it will always speak.
        text = server.get(base + "/checkpoint", Accept="text/plain").bytes
        self.assertEqual(server.stop(), 0)
        self.cut_wal()

        told = self.repair("--accept-loss", "--reason", "the disk died on Friday")
        first = roots["Dupont"][0] + 1
        self.assertIn(f"events {first} to {lost[0]} are lost", told)
        report = self.sound()
        self.assertTrue(any(f"events {first} to {lost[0]} are lost" in note
                            for note in report["notes"]), report["notes"])
        with open(self.directory + "/checkpoint.txt", "wb") as file:
            file.write(text)
        brought = self.run_command("verify", self.books, "--checkpoint",
                                   self.directory + "/checkpoint.txt")
        self.assertEqual(brought.returncode, 1, brought)

        server = self.ready(self.serve())
        company = self.answered(server.get(base), 200)
        self.assertEqual((company["state"], company["epoch"]), ("standby", 2))
        self.assertEqual(self.answered(server.get(f"/api/v1/companies/{made['Durand']}"), 200)
                         ["state"], "live")
        self.assertEqual(self.head(server, made["Durand"]), roots["Durand"])
        newest = self.answered(server.get(base + "/history"), 200)["items"][0]
        self.assertEqual(newest["event"], "LossAccepted")
        self.assertIn("the disk died on Friday", newest["sentence"])
        event = self.answered(server.get(f"{base}/events/{newest['revision']}"), 200)
        self.assertEqual(event["data"]["fork"]["lost"], {"from": first, "to": lost[0]})
        # What came before the loss is the same records still.
        self.assertEqual(newest["revision"], first)
        proof = self.answered(
            server.get(f"{base}/proofs/consistency?from={roots['Dupont'][0]}"), 200)
        self.assertEqual(proof["from_root"], roots["Dupont"][1])
        # Standby reads and does not write, until somebody says what became of the original.
        refused = server.post(base + "/clients", CLIENT)
        self.assertEqual(refused.json["code"], "company_standby", refused.json)
        series = self.answered(server.get(base + "/series"), 200)["items"]
        said = [{"series_id": each["id"], "period": "2026", "last": 0} for each in series]
        self.answered(server.post(base + "/activate", {"original": "gone", "last_numbers": said},
                                  If_Match=server.get(base).etag), 200)
        self.answered(server.post(base + "/clients", CLIENT), 201)
        head = self.head(server, made["Dupont"])
        self.assertEqual(server.stop(), 0)

        # What was accepted once is not asked for again.
        os.remove(self.books + "/HEAD")
        self.assertIn("Repaired.", self.repair())
        self.sound()
        server = self.serve()
        self.assertEqual(self.head(server, made["Dupont"]), head)

    # ---- refused -------------------------------------------------------------------------------
    def test_what_cannot_help_is_refused_by_name(self):
        made, _ = self.founded(["Dupont"], clients=3)
        self.assertIn("nothing to repair", self.repair())
        server = self.serve("--empty", directory=self.directory + "/other")
        stranger = self.answered(server.post("/api/v1/companies", COMPANY), 201)["id"]
        self.assertEqual(server.stop(), 0)
        here, self.books = self.books, self.directory + "/other"
        foreign = self.backup(stranger, "foreign.daybook")
        self.books = here

        server = self.serve()
        self.assertIn("in use", self.repair(exit_code=2))
        self.answered(server.post(f"/api/v1/companies/{made['Dupont']}/clients", CLIENT), 201)
        self.assertEqual(server.stop(), 0)
        self.cut_wal()
        before = self.files()
        self.assertIn("is of no line that is known here",
                      self.repair("--from", foreign, exit_code=1))
        with open(self.directory + "/none.daybook", "wb") as file:
            file.write(b"PK no backup at all")
        self.repair("--from", self.directory + "/none.daybook", exit_code=1)
        self.assertEqual(self.files(), before)
        self.assertIn("holds no books",
                      self.run_command("repair", "--data", self.directory).stderr)

    # ---- interrupted ---------------------------------------------------------------------------
    def test_a_repair_that_is_killed_leaves_the_old_or_the_new(self):
        made, _ = self.founded(["Dupont"], clients=40)
        server = self.serve()
        root = self.head(server, made["Dupont"])
        self.assertEqual(server.stop(), 0)
        kept = self.backup(made["Dupont"])
        server = self.serve()
        self.assertEqual(server.kill(), -signal.SIGKILL)
        self.flip(self.books + "/HEAD", 40)
        self.flip(self.books + "/HEAD", 4096 + 40)
        shutil.copytree(self.books, self.directory + "/damaged")
        seed = int(os.environ.get("DAYBOOK_SEED", random.randrange(1 << 30)))
        print(f"DAYBOOK_SEED={seed}")
        chance = random.Random(seed)
        for _ in range(int(os.environ.get("DAYBOOK_KILLS", "6"))):
            shutil.rmtree(self.books)
            shutil.copytree(self.directory + "/damaged", self.books)
            for _ in range(3):  # Also a repair after a repair that was killed.
                process = subprocess.Popen([BINARY, "repair", "--data", self.books, "--from", kept],
                                           stdout=subprocess.DEVNULL)
                try:
                    process.wait(timeout=chance.uniform(0.01, 0.4))
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            server = self.serve()
            health = self.answered(server.get("/health/ready"), 200)
            self.assertIn(health["status"], ("ok", "damaged"))
            self.assertEqual(self.head(server, made["Dupont"]), root)
            self.assertEqual(server.stop(), 0)
            self.repair("--from", kept)
            self.sound()


if __name__ == "__main__":
    unittest.main()
