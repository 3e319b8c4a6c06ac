"""A company's books in one file: made, read without Daybook, compared, and refused when damaged."""

import csv
import hashlib
import json
import os
import subprocess
import unittest

from daybook import CLIENT, COMPANY, LINES, Scenario


def tool(*command, **options):
    """What a tool anybody has prints; it must not fail."""
    return subprocess.run(command, check=True, capture_output=True, **options).stdout


class Backup(Scenario):
    def setUp(self):
        super().setUp()
        server = self.serve("--empty", directory=self.directory + "/books")
        company = self.answered(server.post("/api/v1/companies", COMPANY), 201)
        self.base = "/api/v1/companies/" + company["id"]
        client = self.answered(server.post(
            self.base + "/clients", {**CLIENT, "email": "ole@example.org"}), 201)
        answer = server.post(self.base + "/invoices", {"client_id": client["id"], "lines": LINES})
        self.invoice = self.answered(answer, 201)
        self.answered(server.post(f"{self.base}/invoices/{self.invoice['id']}/issue", {},
                                  If_Match=answer.etag), 200)
        server.stop()

    def make(self, name):
        path = f"{self.directory}/{name}"
        ran = self.run_command("backup", "--data", self.directory + "/books", "--output", path,
                               "--json")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return path, json.loads(ran.stdout)

    def test_a_backup_is_verified_inspected_and_never_overwrites(self):
        path, made = self.make("a.daybook")
        with open(path, "rb") as file:
            content = file.read()
        self.assertEqual(made["sha256"], hashlib.sha256(content).hexdigest())
        self.assertEqual(hashlib.sha256(content[:-64]).hexdigest().encode(), content[-64:])
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        sound = self.run_command("verify", path, "--json")
        self.assertEqual(sound.returncode, 0, sound.stderr)
        told = json.loads(sound.stdout)
        self.assertEqual((told["events"], told["persons"]), (made["revision"], 1))
        self.assertEqual(self.run_command("verify", path, "--key", told["key"]).returncode, 0)
        self.assertEqual(self.run_command("verify", path, "--key", "no key").returncode, 2)
        self.assertEqual(self.run_command("verify", path, "--key", "00" * 32).returncode, 1)
        shown = self.run_command("inspect", path)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn(COMPANY["name"], shown.stdout)
        self.assertIn("1252.75 EUR", shown.stdout)
        hashed = self.run_command("state-hash", "--data", self.directory + "/books")
        self.assertEqual(hashed.stdout.strip(), made["state_hash"])
        again = self.run_command("backup", "--data", self.directory + "/books", "--output", path)
        self.assertEqual(again.returncode, 2)
        self.assertIn("overwrites nothing", again.stderr)

    def test_damage_is_named_and_what_cannot_be_told_is_told_apart(self):
        path, _ = self.make("a.daybook")
        with open(path, "rb") as file:
            content = bytearray(file.read())
        content[content.index(b"events/000000000001-0") + 60] ^= 1
        damaged = self.directory + "/damaged.daybook"
        with open(damaged, "wb") as file:
            file.write(content)
        found = self.run_command("verify", damaged)
        self.assertEqual(found.returncode, 1)
        self.assertIn("events/000000000001", found.stderr)
        with open(damaged, "wb") as file:
            file.write(content[:-100])
        self.assertEqual(self.run_command("inspect", damaged).returncode, 1)
        self.assertEqual(self.run_command("verify", self.directory + "/none").returncode, 2)

    def test_two_backups_say_what_one_has_more(self):
        sunday, first = self.make("sunday.daybook")
        server = self.serve(directory=self.directory + "/books")
        self.answered(server.post(self.base + "/clients", CLIENT), 201)
        server.stop()
        friday, second = self.make("friday.daybook")
        more = second["revision"] - first["revision"]
        compared = self.run_command("inspect", sunday, friday)
        self.assertIn(f"The second is the first plus {more} events.", compared.stdout)
        compared = self.run_command("inspect", friday, sunday)
        self.assertIn(f"The first is the second plus {more} events.", compared.stdout)
        self.assertIn("the same events", self.run_command("inspect", friday, friday).stdout)

    def test_it_is_read_with_common_tools_alone(self):
        path, made = self.make("a.daybook")
        place = self.directory + "/unzipped"
        tool("unzip", "-q", "-t", path)
        tool("unzip", "-q", path, "-d", place)
        with open(place + "/manifest.json", "rb") as file:
            text = file.read()
        manifest = json.loads(text)
        for entry in manifest["entries"]:
            with open(f"{place}/{entry['name']}", "rb") as file:
                self.assertEqual(hashlib.sha256(file.read()).hexdigest(), entry["sha256"], entry)
        key = tool("base64", "-d", input=manifest["signing_key"].encode())
        with open(place + "/key.der", "wb") as file:
            file.write(key)
        tool("openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey",
             place + "/key.der", "-rawin", "-in", place + "/manifest.json", "-sigfile",
             place + "/manifest.sig")

        # Each record out of its block, by flatc and the schemas that came along.
        block = tool("zstd", "-d", "-c", *(f"{place}/events/{name}" for name
                                           in sorted(os.listdir(place + "/events"))))
        types = []
        at = 0
        while at < len(block):
            size = int.from_bytes(block[at:at + 4], "little")
            record = f"{place}/record.bin"
            with open(record, "wb") as file:
                file.write(block[at + 4:at + 4 + size])
            tool("flatc", "--json", "--strict-json", "-o", place, place + "/schema/record.fbs",
                 "--", record)
            with open(place + "/record.json", encoding="utf-8") as file:
                envelope = json.load(file)
            types.append(envelope["type"])
            with open(place + "/payload.bin", "wb") as file:
                file.write(bytes(envelope["payload"]))
            tool("flatc", "--json", "--strict-json", "--raw-binary", "--root-type",
                 "daybook." + envelope["type"], "-o", place, place + "/schema/events.fbs", "--",
                 place + "/payload.bin")
            at += 4 + size
        self.assertEqual(len(types), made["revision"])
        self.assertEqual(types[-1], "InvoiceIssued")
        with open(place + "/payload.json", encoding="utf-8") as file:
            self.assertIn("FA-", json.load(file)["frozen"]["number"])

        # What is readable says the same.
        with open(place + "/readable/events.ndjson", encoding="utf-8") as file:
            self.assertEqual([json.loads(line)["type"] for line in file], types)
        with open(place + "/readable/lines.csv", encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        self.assertEqual([line["description"] for line in lines],
                         [line["description"] for line in LINES])
        with open(place + "/readable/invoices.csv", encoding="utf-8", newline="") as file:
            self.assertEqual([row["total"] for row in csv.DictReader(file)], ["1252.75"])
        for name in ("clients", "products", "payments", "credit-notes"):
            self.assertTrue(os.path.getsize(f"{place}/readable/{name}.csv") > 0, name)

    # ---- restoring ------------------------------------------------------------------------------

    def restore(self, path, *options):
        ran = self.run_command("restore", path, "--data", self.directory + "/books", "--json",
                               *options)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return json.loads(ran.stdout), ran

    def test_it_comes_back_beside_the_original_with_the_same_state(self):
        path, made = self.make("a.daybook")
        told, _ = self.restore(path)
        self.assertEqual(told["restored"], made["revision"])
        self.assertEqual(told["verification"]["state_hash"], made["state_hash"])
        self.assertIn("name_taken", {warning["code"] for warning in told["warnings"]})
        self.assertEqual(told["name"], COMPANY["name"] + " (2)")
        hashed = self.run_command("state-hash", "--data", self.directory + "/books", "--company",
                                  told["company_id"], "--at", f"@{made['revision']}")
        self.assertEqual(hashed.stdout.strip(), made["state_hash"], hashed.stderr)
        server = self.serve(directory=self.directory + "/books")
        base = "/api/v1/companies/" + told["company_id"]
        company = self.answered(server.get(base), 200)
        self.assertEqual((company["state"], company["name"]), ("standby", told["name"]))
        [client] = self.answered(server.get(base + "/clients"), 200)["items"]
        shown = self.answered(server.get(f"{base}/clients/{client['id']}"), 200)
        self.assertEqual(shown["email"], "ole@example.org")
        [invoice] = self.answered(server.get(base + "/invoices"), 200)["items"]
        self.assertEqual(invoice["total"], "1252.75")
        refused = server.post(base + "/clients", CLIENT)
        self.assertEqual(refused.status, 409, refused.bytes)

    def test_it_comes_back_on_an_empty_machine_and_backs_up_to_the_same_events(self):
        path, made = self.make("a.daybook")
        other = self.directory + "/other"
        dry = self.run_command("restore", path, "--data", other, "--dry-run")
        self.assertEqual(dry.returncode, 0, dry.stderr)
        self.assertFalse(os.path.exists(other))
        ran = self.run_command("restore", path, "--data", other, "--json")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(json.loads(ran.stdout)["name"], COMPANY["name"])
        again = self.directory + "/b.daybook"
        ran = self.run_command("backup", "--data", other, "--output", again)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        compared = self.run_command("inspect", path, again)
        self.assertIn("The second is the first plus 1 events.", compared.stdout)
        self.assertEqual(self.run_command("verify", again).returncode, 0)

    def test_it_comes_back_as_of_a_moment_and_not_as_of_the_inside_of_a_commit(self):
        path, made = self.make("a.daybook")
        told, _ = self.restore(path, "--at", f"@{made['revision'] - 1}")
        self.assertEqual(told["at"], made["revision"] - 1)
        server = self.serve(directory=self.directory + "/books")
        base = "/api/v1/companies/" + told["company_id"]
        [invoice] = self.answered(server.get(base + "/invoices"), 200)["items"]
        self.assertEqual(invoice["status"], "draft")
        server.stop()
        for moment in ("@2", "@999"):
            ran = self.run_command("restore", path, "--data", self.directory + "/books", "--at",
                                   moment)
            self.assertEqual(ran.returncode, 1, ran.stdout + ran.stderr)
        self.assertEqual(len(self.run_command("state-hash", "--data", self.directory + "/books")
                             .stderr.splitlines()), 3)  # Two companies to choose from.


if __name__ == "__main__":
    unittest.main()
