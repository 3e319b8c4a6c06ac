"""Books that were broken at ten o'clock, taken back to a minute before, and forward again."""

import concurrent.futures
import json
import shutil
import time
import unittest

from daybook import BRITISH, CLIENT, LINES, RETAIL
from going_back import REASON, Books


class GoingBack(Books):
    def test_previews_goes_back_keeps_the_legal_documents_and_is_undone(self):
        client = self.made("/clients", CLIENT)
        good = self.head()
        other = self.made("/clients", {**CLIENT, "name": "Nouveau client"})
        invoice = self.issue(other)
        draft = self.made("/invoices", {"client_id": client["id"], "lines": LINES})
        self.rename(client, "Renamed by a slip")
        broken = self.head()
        before = self.state_hash()

        preview = self.back(good, 200, "?validate_only=true")
        self.assertEqual(self.head(), broken)
        result = preview["result"]
        self.assertEqual({(item["kind"], item["label"]) for item in result["returned"]},
                         {("client", "Renamed by a slip"), ("invoice", "draft of 1252.75 EUR")})
        kept = {item["kind"]: item for item in result["kept"]}
        self.assertEqual((kept["invoice"]["why"], kept["invoice"]["event"],
                          kept["invoice"]["label"]),
                         ("fact", "InvoiceIssued", invoice["number"]))
        self.assertEqual((kept["client"]["why"], kept["client"]["because"]["label"]),
                         ("referred_to", invoice["number"]))

        done = self.back(good, expected_revision=broken)
        self.assertEqual(done["returned"], result["returned"])
        self.assertEqual(done["kept"], result["kept"])
        self.assertEqual(done["revision"], self.head())
        self.assertEqual(self.shown("/clients/" + client["id"])["name"], CLIENT["name"])
        gone = self.server.get(f"{self.base}/invoices/{draft['id']}")
        self.assertEqual((gone.status, gone.json["code"]), (404, "removed_by_rollback"))
        self.assertEqual(self.shown("/invoices/" + invoice["id"])["status"], "issued")
        self.assertEqual(
            self.shown(f"/invoices/{draft['id']}?as_of=@{broken}")["status"], "draft")

        undone = self.made("/undo", {"commit": done["revision"], "reason": "after all"})
        self.assertEqual({item["id"] for item in undone["returned"]},
                         {client["id"], draft["id"]})
        self.assertEqual(self.state_hash(), before)

    def test_to_the_present_says_so_and_writes_nothing(self):
        head = self.head()
        done = self.back(head, 200)
        self.assertEqual((done["returned"], done["kept"], done["revision"]), ([], [], head))
        self.assertEqual(self.head(), head)

    def test_credits_what_may_not_go_back(self):
        client = self.made("/clients", CLIENT)
        good = self.head()
        invoice = self.issue(client)
        done = self.back(good, issued="credit")
        self.assertEqual([item["invoice_id"] for item in done["credited"]], [invoice["id"]])
        self.assertRegex(done["credited"][0]["label"], r"^AV-\d{4}-000001$")
        self.assertEqual(self.shown("/invoices/" + invoice["id"])["status"], "credited")

    def test_takes_chosen_things_alone(self):
        client = self.made("/clients", CLIENT)
        other = self.made("/clients", {**CLIENT, "name": "Autre"})
        good = self.head()
        self.rename(client, "Un")
        self.rename(other, "Deux")
        self.back(good, entities=[{"kind": "client", "id": other["id"]}])
        self.assertEqual(self.shown("/clients/" + client["id"])["name"], "Un")
        self.assertEqual(self.shown("/clients/" + other["id"])["name"], "Autre")

    def test_refuses_each_bad_target_by_name(self):
        self.made("/clients", CLIENT)
        head = self.head()
        for to, status, pointer, code in (
                ({"revision": head + 1}, 422, "/to/revision", "as_of_in_future"),
                ({"revision": 0}, 404, "/to/revision", "not_yet_created"),
                ({"revision": 1}, 422, "/to/revision", "inside_commit"),
                ({"at": "2001-01-01T00:00:00Z"}, 404, "/to/at", "not_yet_created"),
                ({"at": "2999-01-01T00:00:00Z"}, 422, "/to/at", "as_of_in_future"),
                ({}, 422, "/to/revision", "missing_member")):
            answer = self.server.post(self.base + "/rollbacks", {"to": to, **REASON})
            self.assertEqual(answer.status, status, (to, answer.bytes))
            self.assertIn((pointer, code), [(error["pointer"], error["code"])
                                            for error in answer.json["errors"]])
        no_reason = self.server.post(self.base + "/rollbacks", {"to": {"revision": head}})
        self.assertEqual((no_reason.status, no_reason.json["code"]), (422, "reason_required"))
        stale = self.server.post(self.base + "/rollbacks", {
            "to": {"revision": head}, **REASON, "expected_revision": head - 1})
        self.assertEqual((stale.status, stale.json["code"]), (409, "stale_revision"))
        unknown = self.server.post(self.base + "/rollbacks", {
            "to": {"revision": head}, **REASON, "entities": [{"kind": "client",
                                                             "id": self.company}]})
        self.assertEqual((unknown.status, unknown.json["errors"][0]["pointer"]),
                         (422, "/entities/0"))

    def test_says_what_depends_on_a_commit_that_is_to_be_undone(self):
        client = self.made("/clients", CLIENT)
        created = self.head()
        invoice = self.issue(client)
        answer = self.server.post(self.base + "/undo", {"commit": created, **REASON})
        self.assertEqual((answer.status, answer.json["code"]), (409, "depended_on"))
        self.assertEqual([(thing["kind"], thing["id"]) for thing in answer.json["things"]],
                         [("invoice", invoice["id"])])
        issued = self.server.post(self.base + "/undo", {"commit": self.head(), **REASON})
        self.assertEqual((issued.status, issued.json["code"]), (409, "irrevocable"))

    def test_a_repeated_request_gets_the_first_answer(self):
        self.made("/clients", CLIENT)
        good = self.head()
        self.made("/clients", {**CLIENT, "name": "Autre"})
        body = {"to": {"revision": good}, **REASON}
        first = self.server.post(self.base + "/rollbacks", body, Idempotency_Key="back-1")
        self.made("/clients", {**CLIENT, "name": "Encore"})
        again = self.server.post(self.base + "/rollbacks", body, Idempotency_Key="back-1")
        self.assertEqual((first.status, again.status), (201, 201), again.bytes)
        self.assertEqual(again.headers["idempotency-replayed"], "true")
        self.assertEqual(first.bytes, again.bytes)

    def test_goes_back_and_forth_a_hundred_times(self):
        client = self.made("/clients", CLIENT)
        good = self.head()
        self.rename(client, "Autre")
        for turn in range(100):
            done = self.back(good) if turn % 2 == 0 else self.made(
                "/undo", {"commit": self.head(), **REASON})
            self.assertEqual(len(done["returned"]), 1, turn)
        self.assertEqual(self.shown("/clients/" + client["id"])["name"], "Autre")

    def test_an_import_that_a_payment_has_touched_says_so(self):
        self.open(BRITISH)
        self.import_csv(self.made_up_rows(0, 3))
        imported = self.head()
        invoice = self.shown("/invoices?limit=1")["items"][0]
        payment = self.made("/payments", {
            "client_id": invoice["client_id"], "amount": "1.00", "received_on": "2026-01-05",
            "method": "cash", "allocations": [{"invoice_id": invoice["id"], "amount": "1.00"}]})
        answer = self.server.post(self.base + "/undo", {"commit": imported, **REASON})
        self.assertEqual((answer.status, answer.json["code"]), (409, "depended_on"))
        self.assertIn(("payment", payment["id"]),
                      [(thing["kind"], thing["id"]) for thing in answer.json["things"]])
        # A rollback keeps what was touched, with its client, and takes the rest.
        done = self.back(3)
        self.assertEqual({(item["kind"], item["why"]) for item in done["kept"]},
                         {("payment", "fact"), ("invoice", "referred_to"),
                          ("client", "referred_to")})
        self.assertEqual(len(done["returned"]), 5)  # Two invoices, two clients, the record.

    def test_more_than_a_commit_holds_is_refused_with_the_way_out(self):
        self.open(BRITISH)
        for half in range(2):
            self.assertEqual(self.import_csv(self.made_up_rows(13000 * half, 13000))["state"],
                             "succeeded")
        head = self.head()
        answer = self.server.post(self.base + "/rollbacks", {"to": {"revision": 3}, **REASON})
        self.assertEqual((answer.status, answer.json["code"]), (413, "commit_too_large"))
        self.assertEqual(self.head(), head)
        self.assertEqual(self.copy(3)["state"], "succeeded")

    def test_writers_and_rollbacks_at_once_leave_books_that_a_rebuild_agrees_with(self):
        client = self.made("/clients", CLIENT)
        good = self.head()

        def write(n):
            body = {**CLIENT, "name": f"Client {n}"}
            return self.server.post(self.base + "/clients", body).status

        def go_back(_):
            return self.server.post(self.base + "/rollbacks",
                                    {"to": {"revision": good}, **REASON}).status
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            written = list(pool.map(lambda n: go_back(n) if n % 5 == 0 else write(n), range(60)))
        self.assertLessEqual(set(written), {200, 201})
        self.back(good, 201 if self.shown("/clients?count=true")["total"] > 1 else 200)
        self.assertEqual([item["id"] for item in self.shown("/clients")["items"]], [client["id"]])
        live = self.state_hash()
        self.assertEqual(self.server.stop(), 0)
        rebuilt = self.run_command("rebuild", "--data", self.directory + "/books", "--json")
        self.assertEqual(json.loads(rebuilt.stdout)[0]["state_hash"], live)
        self.server = self.serve("--empty")

    def test_while_the_views_are_rebuilt_it_goes_back_whole_or_not_at_all(self):
        self.open(BRITISH)
        with open(RETAIL, "rb") as file:
            self.assertEqual(self.import_csv(file.read())["state"], "succeeded")
        imported = self.head()
        client = self.made("/clients", CLIENT)
        self.assertEqual(self.server.stop(), 0)
        shutil.rmtree(self.directory + "/books/views")
        self.server = self.serve("--empty")
        # However far the views have come by then: done and told, or refused and nothing written.
        answers = [self.server.post(self.base + "/rollbacks",
                                    {"to": {"revision": imported}, **REASON})]
        while answers[-1].status == 503:
            self.assertEqual(answers[-1].json["code"], "replaying")
            time.sleep(0.05)
            answers.append(self.server.post(self.base + "/rollbacks",
                                            {"to": {"revision": imported}, **REASON}))
        self.assertEqual(answers[-1].status, 201, answers[-1].bytes[:500])
        self.assertEqual([item["id"] for item in answers[-1].json["returned"]], [client["id"]])
        self.assertEqual(self.server.get(f"{self.base}/clients/{client['id']}").status, 404)
        live = self.state_hash()
        self.assertEqual(self.server.stop(), 0)
        rebuilt = self.run_command("rebuild", "--data", self.directory + "/books", "--json")
        self.assertEqual([each["state_hash"] for each in json.loads(rebuilt.stdout)
                          if each["company_id"] == self.company], [live])
        self.server = self.serve("--empty")

    def test_a_list_begun_before_a_rollback_is_read_to_its_end_as_it_began(self):
        ids = [self.made("/clients", {**CLIENT, "name": f"Client {n}"})["id"] for n in range(5)]
        begun = self.shown("/clients?limit=2")
        self.back(self.head() - 3)
        rest, cursor = [], begun["next"]
        while cursor:
            page = self.shown(f"/clients?limit=2&cursor={cursor}")
            self.assertEqual(page["revision"], begun["revision"])
            rest, cursor = rest + page["items"], page["next"]
        self.assertEqual([item["id"] for item in begun["items"] + rest], ids)
        self.assertEqual([item["id"] for item in self.shown("/clients")["items"]], ids[:2])

    def test_the_real_file_is_undone_in_one_call_and_comes_in_again(self):
        self.open(BRITISH)
        empty = self.head()
        with open(RETAIL, "rb") as file:
            raw = file.read()

        def take_in():
            return self.import_csv(raw)
        self.assertEqual(take_in()["state"], "succeeded")
        imported = self.head()
        undone = self.made("/undo", {"commit": imported, **REASON})
        self.assertEqual(len(undone["returned"]), imported - empty)
        self.assertEqual(self.shown("/invoices?count=true")["total"], 0)
        self.assertEqual(self.shown("/summary")["clients"], 0)
        # Undone, so it may come in again; nothing of it is there twice.
        again = take_in()
        self.assertEqual((again["state"], again["result"]["counts"]["invoices"]),
                         ("succeeded", 1119))
        self.assertEqual(self.shown("/invoices?count=true&sums=true&limit=1")["sums"][0]["total"],
                         "540361.13")
        # Things that came in again hold the source ids: the first ones cannot return as well, and
        # the record of the first import does not without them.
        twice = self.server.post(self.base + "/undo", {"commit": undone["revision"], **REASON})
        self.assertEqual(twice.status, 200, twice.bytes[:500])
        self.assertEqual(twice.json["returned"], [])
        why = {item["kind"]: item["why"] for item in twice.json["kept"]}
        self.assertEqual((why["invoice"], why["import"]), ("code_taken", "refers_to_missing"))

    # ---- from the command line ------------------------------------------------------------------

    def command(self, *arguments):
        return self.run_command(*arguments, "--data", self.directory + "/books")

    def test_the_command_line_previews_goes_back_undoes_and_copies(self):
        client = self.made("/clients", CLIENT)
        good = self.head()
        self.rename(client, "Ein Versehen")
        self.assertEqual(self.server.stop(), 0)
        back = ["rollback", "--to", f"@{good}", "--reason", "a slip", "--only", "client",
                "Versehen"]
        preview = self.command(*back, "--dry-run")
        self.assertEqual(preview.returncode, 0, preview.stderr)
        self.assertIn("1 would go back", preview.stdout)
        self.assertIn("Ein Versehen", preview.stdout)
        self.assertNotIn("\x1b", preview.stdout)
        done = self.command(*back, "--json", "--actor", "Ada")
        self.assertEqual(done.returncode, 0, done.stderr)
        revision = json.loads(done.stdout)["revision"]
        shown = self.command("show", "client", client["id"])
        self.assertIn(CLIENT["name"], shown.stdout)
        undone = self.command("undo", str(revision), "--reason", "it was right")
        self.assertEqual(undone.returncode, 0, undone.stderr)
        self.assertIn("1 went back", undone.stdout)
        again = self.command("rollback", "--to", f"@{revision + 2}", "--reason", "x")
        self.assertIn("Nothing has to go back", again.stdout, again.stderr)
        future = self.command("rollback", "--to", "@999", "--reason", "x")
        self.assertEqual(future.returncode, 1)
        self.assertIn("as_of_in_future", future.stderr)
        copied = self.command("copy", "--at", f"@{good}", "--name", "Davor")
        self.assertEqual(copied.returncode, 0, copied.stderr)
        self.assertRegex(copied.stdout, r"Copied as company [0-9a-f-]{36}")
        self.server = self.serve("--empty")
        listed = self.answered(self.server.get("/api/v1/companies"), 200)["items"]
        self.assertIn("Davor", {item["name"] for item in listed})


if __name__ == "__main__":
    unittest.main()
