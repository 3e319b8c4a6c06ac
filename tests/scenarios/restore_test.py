"""A backup becomes a company again over HTTP: beside what is there, or as its own past."""

import json
import os
import unittest

from daybook import BRITISH, CLIENT, COMPANY, quoted
from restoring import Restoring


class RestoreAsNew(Restoring):
    def test_it_is_proposed_looked_at_and_run(self):
        path, made = self.backup()
        upload = self.send(self.content(path))
        proposed = self.import_(f"upload={upload}&mode=new&start=false")
        preview = self.good(proposed, "proposed")
        self.assertEqual(preview["company"]["name"], COMPANY["name"])
        self.assertEqual(preview["range"]["last"], made["revision"])
        self.assertEqual(preview["counts"]["issued"], 1)
        self.assertEqual(preview["sums"][0]["receivable"], "1252.75")
        self.assertEqual(preview["verification"]["state_hash"], made["state_hash"])
        self.assertTrue(preview["verification"]["balanced"])
        self.assertEqual(preview["differences"], [])
        self.assertEqual(preview["name"], COMPANY["name"] + " (2)")
        warned = {warning["code"] for warning in preview["warnings"]}
        self.assertEqual(warned, {"name_taken", "same_books_here"})
        companies = self.answered(self.server.get("/api/v1/companies"), 200)["items"]
        self.assertEqual(len(companies), 1)  # Nothing happened yet.

        # Proposals outlive the process.
        self.started()
        run = self.ask(f"/api/v1/operations/{proposed['id']}/run")
        result = self.good(self.settled(self.answered(run, 200)))
        self.assertEqual((result["restored"], result["name"]),
                         (made["revision"], preview["name"]))
        base = "/api/v1/companies/" + result["company_id"]
        restored = self.answered(self.server.get(base), 200)
        self.assertEqual((restored["state"], restored["epoch"]), ("standby", 1))
        shown = self.answered(self.server.get(f"{base}/clients/{self.client}"), 200)
        self.assertEqual(shown["email"], "ole@example.org")
        self.assertEqual(self.server.post(base + "/clients", CLIENT).status, 409)
        again = self.ask(f"/api/v1/operations/{proposed['id']}/run")
        self.assertEqual((again.status, again.json["code"]), (409, "operation_not_proposed"))
        self.stopped()
        self.assertEqual(self.state_hash(result["company_id"], made["revision"]),
                         made["state_hash"])
        verified = self.run_command("verify", self.books)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def test_the_file_itself_as_body_twice_and_dropped_proposals_leave_no_files(self):
        path, _ = self.backup()
        content = self.content(path)
        names = []
        for _ in range(2):
            names.append(self.good(self.import_("mode=new", content))["name"])
        self.assertEqual(names, [COMPANY["name"] + " (2)", COMPANY["name"] + " (3)"])
        proposed = self.import_("start=false", content)
        dropped = self.answered(
            self.ask(f"/api/v1/imports/{proposed['id']}/discard"), 200)
        self.assertEqual(dropped["state"], "cancelled")
        self.assertEqual(os.listdir(self.books + "/uploads"), [])
        key = {"Idempotency-Key": "sunday", "Prefer": "wait=60"}
        first = self.server.call("POST", "/api/v1/imports?mode=new", raw=content, headers=key)
        again = self.server.call("POST", "/api/v1/imports?mode=new", raw=content, headers=key)
        self.assertEqual(first.json["id"], again.json["id"])
        self.assertEqual(again.headers["idempotency-replayed"], "true")
        self.settled(first.json)
        companies = self.answered(self.server.get("/api/v1/companies"), 200)["items"]
        self.assertEqual(len(companies), 4)

    def test_any_moment_inside_it_by_revision_or_instant(self):
        path, made = self.backup()
        upload = self.send(self.content(path))
        events = self.answered(self.server.get(self.base + "/events?limit=1000"), 200)["items"]
        before = next(event for event in events if event["type"] == "InvoiceIssued")["revision"] - 1
        result = self.good(self.import_(f"upload={upload}&at=@{before}"))
        self.assertEqual((result["at"], result["counts"]["issued"]), (before, 0))
        self.assertEqual([unknown["number"] for unknown in result["documents_unknown"]],
                         [self.first["number"]])
        at = events[before - 1]["recorded_at"]
        base = "/api/v1/companies/" + result["company_id"]
        [draft] = self.answered(self.server.get(base + "/invoices"), 200)["items"]
        self.assertEqual(draft["status"], "draft")
        preview = self.good(self.import_(f"upload={upload}&at={quoted(at)}&start=false"),
                            "proposed")
        self.assertEqual(preview["at"], before)
        for moment, code in (("@2", "inside_commit"), (f"@{made['revision'] + 1}",
                                                       "as_of_in_future"),
                             ("2001-01-01T00:00:00Z", "not_yet_created")):
            failed = self.import_(f"upload={upload}&at={quoted(moment)}")
            self.assertEqual((failed["state"], failed["error"]["code"]), ("failed", code))
        # The number that went with the invoice is not given again.
        active = self.server.post(base + "/activate", {
            "original": "gone", "reason": "a test", "last_numbers": [
                {"series_id": series["id"], "period": "", "last": 0} for series in
                self.answered(self.server.get(base + "/series"), 200)["items"]]},
            If_Match=self.server.get(base).etag)
        self.answered(active, 200)
        invoice = f"{base}/invoices/{draft['id']}"
        issued = self.answered(self.server.post(
            invoice + "/issue", {}, If_Match=self.server.get(invoice).etag), 200)
        self.assertNotEqual(issued["number"], self.first["number"])

    def test_books_go_to_another_server_and_back_byte_for_byte(self):
        path, made = self.backup()
        other = self.serve("--empty", directory=self.directory + "/other")
        there = self.good(self.import_("mode=new", self.content(path), other))
        other.stop()
        returned, again = self.backup("returned.daybook", self.directory + "/other",
                                      there["company_id"])
        result = self.good(self.import_(f"upload={self.send(self.content(returned))}"
                                        f"&at=@{made['revision']}"))
        base = "/api/v1/companies/" + result["company_id"]
        raw = {"Accept": "application/octet-stream"}
        for revision in range(1, made["revision"] + 1):
            here = self.server.call("GET", f"{self.base}/events/{revision}", headers=raw)
            back = self.server.call("GET", f"{base}/events/{revision}", headers=raw)
            self.assertEqual(here.bytes, back.bytes, revision)
        self.stopped()
        self.assertEqual(again["revision"], made["revision"] + 1)  # Its fork.
        for company in (self.company, result["company_id"]):
            self.assertEqual(self.state_hash(company, made["revision"]), made["state_hash"])
        self.assertEqual(self.state_hash(there["company_id"], made["revision"],
                                         self.directory + "/other"), made["state_hash"])


class RestoreFromTheShelf(Restoring):
    def kept(self, body=None):
        answer = self.server.call("POST", self.base + "/backups", body or {},
                                  {"Prefer": "wait=60"})
        return self.good(self.settled(self.answered(answer, 202)))["backup_id"]

    def test_a_kept_backup_comes_back_by_its_id_as_whatever_a_file_may(self):
        kept = self.kept()
        one = f"{self.base}/backups/{kept}"
        head = self.answered(self.server.get(one), 200)["revision"]
        self.answered(self.server.post(self.base + "/clients", CLIENT), 201)
        proposed = self.import_(f"backup={kept}&start=false")
        self.assertEqual(self.good(proposed, "proposed")["name"], COMPANY["name"] + " (2)")
        self.started()  # Proposals outlive the process, and the file is not copied for them.
        self.assertNotIn("file", os.listdir(self.books + "/uploads/"
                                            + os.listdir(self.books + "/uploads")[0]))
        run = self.ask(f"/api/v1/operations/{proposed['id']}/run")
        result = self.good(self.settled(self.answered(run, 200)))
        self.assertEqual(result["restored"], head)
        into = self.good(self.import_(
            f"backup={kept}&mode=into&company={self.company}&reason=a+slip"))
        self.assertEqual(len(into["returned"]), 1)
        replaced = self.good(self.import_(
            f"backup={kept}&mode=replace&company={self.company}&reason=disk"))
        self.assertEqual(replaced["epoch"], 2)
        self.assertEqual(os.listdir(self.books + "/uploads"), [])
        self.assertEqual(self.server.get(one + "/file").status, 200)  # It stays on the shelf.
        self.stopped()
        self.assertEqual(self.state_hash(result["company_id"], head),
                         self.state_hash(self.company, head))

    def test_what_is_not_kept_is_refused_by_name(self):
        gone = self.kept()
        self.answered(self.server.call("DELETE", f"{self.base}/backups/{gone}"), 200)
        for backup, status, code in ((gone, 410, "backup_expired"),
                                     (self.client, 404, "not_found"), ("x", 404, "not_found")):
            answer = self.ask(f"/api/v1/imports?mode=new&backup={backup}")
            self.assertEqual((answer.status, answer.json["code"]), (status, code), backup)
        self.assertEqual(os.listdir(self.books + "/uploads"), [])


class RestoreAsThePast(Restoring):
    def test_a_file_that_is_the_companys_own_past_is_an_ordinary_rollback(self):
        path, made = self.backup()
        extra = self.answered(self.server.post(self.base + "/clients", CLIENT), 201)["id"]
        head = self.head()
        upload = self.send(self.content(path))
        query = f"upload={upload}&mode=into&company={self.company}&reason=a+slip"
        preview = self.good(self.import_(query + "&start=false"), "proposed")
        self.assertEqual([thing["id"] for thing in preview["returned"]], [extra])
        self.assertEqual((preview["counts"]["clients"], preview["sums"][0]["currency"],
                          preview["differences"], preview["warnings"]), (1, "EUR", [], []))
        self.assertEqual(self.head(), head)
        result = self.good(self.import_(query))
        self.assertEqual(result["returned"], preview["returned"])
        self.assertEqual((result["company_id"], result["at"]), (self.company, made["revision"]))
        for member in ("counts", "sums", "differences", "warnings"):
            self.assertEqual(result[member], preview[member], member)
        events = self.answered(self.server.get(f"{self.base}/events?after={head}"), 200)["items"]
        self.assertEqual([event["type"] for event in events], ["CompanyRolledBack", "Returned"])
        company = self.answered(self.server.get(self.base), 200)
        self.assertEqual((company["epoch"], company["state"]), (1, "live"))
        self.stopped()
        self.assertEqual(self.state_hash(self.company, head + 2), made["state_hash"])

    def test_the_command_line_goes_back_too(self):
        path, made = self.backup()
        extra = self.answered(self.server.post(self.base + "/clients", CLIENT), 201)["id"]
        head = self.head()
        self.stopped()
        command = ("restore", path, "--data", self.books, "--into", COMPANY["name"])
        self.assertEqual(self.run_command(*command).returncode, 2)  # An auditor will ask why.
        preview = self.run_command(*command, "--dry-run", "--json")
        self.assertEqual(preview.returncode, 0, preview.stderr)
        told = json.loads(preview.stdout)
        self.assertEqual([thing["id"] for thing in told["returned"]], [extra])
        done = self.run_command(*command, "--reason", "a slip")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"revision {head + 2}", done.stdout)
        self.assertEqual(self.state_hash(self.company, head + 2), made["state_hash"])

    def test_a_file_of_other_books_is_not(self):
        path, _ = self.backup()
        content = self.content(path)
        other = self.new_company(BRITISH)
        refused = self.server.call(
            "POST", f"/api/v1/imports?mode=into&company={other}&reason=x", raw=content)
        self.assertEqual((refused.status, refused.json["code"]), (409, "not_its_past"))
        self.assertEqual(self.answered(self.server.get("/api/v1/operations"), 200)["items"], [])
        for query, status in ((f"mode=into&company={other}", 422), ("mode=into&reason=x", 400),
                              ("mode=replace&reason=x", 400), ("mode=sideways", 400),
                              (f"mode=replace&company={self.client}&reason=x", 404)):
            answer = self.server.call("POST", "/api/v1/imports?" + query, raw=content)
            self.assertEqual(answer.status, status, query)

    def test_a_proposal_is_not_run_once_the_company_has_moved(self):
        path, _ = self.backup()
        self.answered(self.server.post(self.base + "/clients", CLIENT), 201)
        upload = self.send(self.content(path))
        for mode in ("into", "replace"):
            proposed = self.import_(f"upload={upload}&mode={mode}&company={self.company}"
                                    "&reason=x&start=false")
            self.good(proposed, "proposed")
            self.answered(self.server.post(self.base + "/clients", CLIENT), 201)
            head = self.head()
            run = self.ask(f"/api/v1/operations/{proposed['id']}/run")
            ended = self.settled(self.answered(run, 200))
            self.assertEqual((ended["state"], ended["error"]["code"]),
                             ("failed", "stale_revision"), mode)
            self.assertEqual(self.head(), head)


if __name__ == "__main__":
    unittest.main()
