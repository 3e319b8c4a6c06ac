"""A backup takes the place of a company's book, which stays, and comes back in one call."""

import http.client
import json
import os
import threading
import unittest

from daybook import BRITISH, CLIENT, COMPANY
from restoring import Restoring


class Replace(Restoring):
    def replace(self, upload, company=None, more=""):
        return self.import_(f"upload={upload}&mode=replace&company={company or self.company}"
                            f"&reason=disk{more}")

    def test_the_book_is_replaced_and_comes_back_in_one_call(self):
        path, made = self.backup()
        later = self.issue(self.draft())
        head = self.head()
        stored = self.server.call("GET", f"{self.base}/events/{head}",
                                  headers={"Accept": "application/octet-stream"}).bytes
        upload = self.send(self.content(path))
        preview = self.good(self.replace(upload, more="&start=false"), "proposed")
        self.assertEqual(preview["replaces"]["revision"], head)
        self.assertEqual(preview["replaces"]["shared"], made["revision"])
        self.assertEqual([unknown["number"] for unknown in preview["documents_unknown"]],
                         [later["number"]])
        result = self.good(self.replace(upload))
        self.assertEqual((result["company_id"], result["epoch"], result["name"]),
                         (self.company, 2, COMPANY["name"]))
        company = self.server.get(self.base)
        self.assertEqual((company.json["state"], company.json["epoch"]), ("standby", 2))
        self.assertTrue(company.etag.endswith('-e2"'), company.etag)
        shown = self.answered(self.server.get(self.base + "/summary"), 200)
        self.assertEqual((shown["issued"], shown["revision"]), (1, made["revision"] + 1))
        former = self.answered(self.server.get(self.base + "/summary?epoch=1"), 200)
        self.assertEqual((former["issued"], former["revision"]), (2, head))
        fork = self.answered(self.server.get(f"{self.base}/events/{made['revision'] + 1}"), 200)
        self.assertEqual((fork["type"], fork["epoch"]), ("CompanyReplaced", 2))
        told = self.answered(self.server.get(self.base + "/replacements"), 200)["items"]
        self.assertEqual([(item["epoch"], item["current"]) for item in told],
                         [(2, True), (1, False)])

        # What the new book issues, the former one does not issue again.
        active = self.server.post(self.base + "/activate", {
            "original": "retired", "reason": "a test", "last_numbers": [
                {"series_id": series["id"], "period": "", "last": 0} for series in
                self.answered(self.server.get(self.base + "/series"), 200)["items"]]},
            If_Match=company.etag)
        self.answered(active, 200)
        meanwhile = self.issue(self.draft())
        self.assertNotIn(meanwhile["number"], (self.first["number"], later["number"]))
        undo = self.base + "/replacements/2/undo"
        self.assertEqual(self.server.post(undo, {}).status, 422)
        back = self.answered(self.server.post(undo, {"reason": "the wrong file"}), 200)
        self.assertEqual((back["epoch"], back["revision"]), (1, head + 1))
        for _ in range(2):  # Also after a restart.
            company = self.answered(self.server.get(self.base), 200)
            self.assertEqual((company["epoch"], company["state"]), (1, "live"))
            again = self.server.call("GET", f"{self.base}/events/{head}",
                                     headers={"Accept": "application/octet-stream"})
            self.assertEqual(again.bytes, stored)
            self.started()
        after = self.issue(self.draft())
        numbers = [self.first["number"], later["number"], meanwhile["number"], after["number"]]
        self.assertEqual(numbers, sorted(set(numbers)))
        refused = self.server.post(undo, {"reason": "again"})
        self.assertEqual((refused.status, refused.json["code"]), (409, "not_replaced"))
        self.assertEqual(self.server.post(self.base + "/replacements/9/undo",
                                          {"reason": "x"}).status, 404)
        # The next book is the third: a number names one book for good.
        self.assertEqual(self.good(self.replace(upload))["epoch"], 3)
        self.stopped()
        verified = self.run_command("verify", self.books)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def test_links_carry_the_epoch_once_there_is_more_than_one_and_a_live_feed_ends(self):
        path, _ = self.backup()
        made = self.server.post(self.base + "/clients", CLIENT)
        self.assertNotIn("epoch", made.headers["location"])
        follower = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        follower.request("GET", self.base + "/events", headers={
            "Accept": "text/event-stream"})
        feed = follower.getresponse()
        self.good(self.replace(self.send(self.content(path))))
        self.assertIn(b"caught_up", feed.read())  # To its end: the book is another one now.
        follower.close()
        self.answered(self.server.post(self.base + "/replacements/2/undo", {"reason": "x"}), 200)
        made = self.server.post(self.base + "/clients", CLIENT)
        self.assertTrue(made.headers["location"].endswith("?epoch=1"), made.headers["location"])
        self.answered(self.server.get(made.headers["location"]), 200)
        self.answered(self.server.call("PATCH", made.headers["location"], {"name": "Olé"},
                                       {"If-Match": made.etag}), 200)
        stale = self.server.call("PATCH", made.headers["location"].replace("=1", "=2"),
                                 {"name": "Olé"}, {"If-Match": made.etag})
        self.assertEqual((stale.status, stale.json["code"]), (409, "stale_revision"))

    def test_another_companys_book_only_when_forced_and_undone_in_one_call(self):
        path, made = self.backup()
        upload = self.send(self.content(path))
        other = self.new_company(BRITISH)
        refused = self.replace(upload, other)
        self.assertEqual((refused["state"], refused["error"]["code"]), ("failed", "other_company"))
        result = self.good(self.replace(upload, other, "&force=true"))
        self.assertIn("other_company", {warning["code"] for warning in result["warnings"]})
        shown = self.answered(self.server.get("/api/v1/companies/" + other), 200)
        self.assertEqual((shown["id"], shown["name"]), (other, COMPANY["name"]))
        self.answered(self.server.post(f"/api/v1/companies/{other}/replacements/2/undo",
                                       {"reason": "x"}), 200)
        shown = self.answered(self.server.get("/api/v1/companies/" + other), 200)
        self.assertEqual((shown["name"], shown["state"]), (BRITISH["name"], "live"))
        self.assertEqual(made["revision"], self.head())  # The original never moved.

    def test_a_book_that_is_written_to_meanwhile_loses_nothing(self):
        path, _ = self.backup()
        upload = self.send(self.content(path))
        stop, taken = threading.Event(), []

        def write():
            while not stop.is_set():
                answer = self.server.post(self.base + "/clients", CLIENT)
                if answer.status == 201:
                    taken.append(answer.json["id"])

        writer = threading.Thread(target=write)
        writer.start()
        operation = self.replace(upload)
        stop.set()
        writer.join()
        self.assertIn(operation["state"], ("succeeded", "failed"))
        if operation["state"] == "failed":
            self.assertEqual(operation["error"]["code"], "stale_revision")
        former = self.base + "/clients/{}?epoch=1"
        for client in taken:
            self.answered(self.server.get(former.format(client)), 200)

    def test_from_the_command_line_in_a_directory_and_on_a_server(self):
        path, made = self.backup()
        self.stopped()
        wanting = self.run_command("restore", path, "--data", self.books, "--replace",
                                   COMPANY["name"])
        self.assertEqual(wanting.returncode, 2)
        dry = self.run_command("restore", path, "--data", self.books, "--replace", COMPANY["name"],
                               "--dry-run")
        self.assertEqual(dry.returncode, 0, dry.stderr)
        self.assertIn("Nothing was written", dry.stdout)
        ran = self.run_command("restore", path, "--data", self.books, "--replace", COMPANY["name"],
                               "--reason", "disk", "--json")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        told = json.loads(ran.stdout)
        self.assertEqual((told["company_id"], told["epoch"]), (self.company, 2))
        self.assertEqual(os.listdir(self.books + "/uploads"), [])
        self.started()
        server = f"http://127.0.0.1:{self.server.port}"
        ran = self.run_command("restore", path, "--server", server)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        self.assertIn(f"Restored {made['revision']} events", ran.stdout)
        damaged = self.directory + "/damaged.daybook"
        with open(damaged, "wb") as file:
            file.write(self.content(path)[:-1])
        ran = self.run_command("restore", damaged, "--server", server)
        self.assertEqual(ran.returncode, 1, ran.stdout + ran.stderr)


if __name__ == "__main__":
    unittest.main()
