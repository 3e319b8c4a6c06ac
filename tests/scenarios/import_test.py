"""The real file: 1,275 documents of a British wholesaler, taken in whole, once."""

import json
import unittest

from daybook import BRITISH, RETAIL, Scenario, quoted

OPTIONS = "currency=GBP&tax_treatment=none&client_for_blank=counter"


class RealFile(Scenario):
    def import_file(self, options, raw, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.server.call(
            "POST", f"/api/v1/imports?company={self.company}&{options}", raw=raw,
            headers={"Content-Type": "text/csv", "X-Filename": "retail.csv",
                     "Prefer": "wait=60", **names})

    def setUp(self):
        super().setUp()
        self.server = self.serve("--empty")
        company = self.answered(self.server.post("/api/v1/companies", BRITISH), 201)
        self.company = company["id"]
        self.base = "/api/v1/companies/" + self.company
        with open(RETAIL, "rb") as file:
            self.bytes = file.read()

    def test_asks_for_what_the_file_does_not_say(self):
        answer = self.import_file("mode=into", self.bytes)
        self.assertEqual((answer.status, answer.json["code"]), (422, "needs_choice"))
        self.assertEqual({error["pointer"] for error in answer.json["errors"]},
                         {"/currency", "/tax_treatment", "/client_for_blank"})
        choices = {error["pointer"]: error["choices"] for error in answer.json["errors"]}
        self.assertEqual(choices["/client_for_blank"], ["counter", "none"])
        self.assertEqual(choices["/currency"][:2], ["GBP", "AED"])

    def test_a_number_that_is_there_with_other_content_is_named_with_what_differs(self):
        few = b"".join(self.bytes.splitlines(keepends=True)[:8])
        options = OPTIONS + "&date_order=mdy"
        taken = self.ended(self.answered(self.import_file(options, few), 202))
        self.assertEqual(taken["state"], "succeeded", taken)
        self.assertIsNone(self.shown_invoice()["language"])
        other = few.replace(b",6,", b",7,", 1)
        failed = self.ended(self.answered(self.import_file(options, other), 202))
        self.assertEqual((failed["state"], failed["error"]["code"]), ("failed", "import_conflict"))
        [error] = failed["error"]["errors"]
        self.assertEqual(error["pointer"], "/rows/2/InvoiceNo")
        for words in ("line 2", '"536365"', "/lines/0/quantity", '"6" here', '"7" in the file'):
            self.assertIn(words, error["detail"])
        self.assertIn("/rows/2/InvoiceNo", failed["error"]["detail"])

    def shown_invoice(self):
        listed = self.answered(self.server.get(self.base + "/invoices?limit=1"), 200)
        return listed["items"][0]

    def test_comes_in_to_the_last_penny_once_and_survives_a_rebuild(self):
        operation = self.ended(self.answered(self.import_file(OPTIONS, self.bytes), 202))
        self.assertEqual(operation["state"], "succeeded", operation)
        counts = operation["result"]["counts"]
        self.assertEqual(
            (counts["lines"], counts["documents"], counts["invoices"], counts["credit_notes"]),
            (28492, 1275, 1119, 156))
        sums = operation["result"]["sums"][0]
        self.assertEqual((sums["invoices"], sums["credit_notes"], sums["total"]),
                         ("540361.13", "-63376.56", "476984.57"))
        listed = self.answered(self.server.get(
            self.base + "/invoices?limit=1&count=true&sums=true"), 200)
        self.assertEqual(listed["total"], 1119)
        self.assertEqual(listed["sums"][0]["total"], "540361.13")
        notes = self.answered(self.server.get(
            self.base + "/credit-notes?limit=1&count=true&sums=true"), 200)
        self.assertEqual((notes["total"], notes["sums"][0]["total"]), (156, "63376.56"))

        again = self.ended(self.answered(self.import_file(OPTIONS, self.bytes), 202))
        self.assertEqual((again["state"], again["result"]["added"]), ("succeeded", 0))

        self.assertEqual(self.server.stop(), 0)
        books = self.directory + "/books"
        live = self.run_command("state-hash", "--data", books).stdout.strip()
        rebuilt = self.run_command("rebuild", "--data", books, "--json")
        self.assertEqual(rebuilt.returncode, 0, rebuilt.stderr)
        self.assertEqual(json.loads(rebuilt.stdout)[0]["state_hash"], live)
        self.assertEqual(len(live), 64)

    def test_a_broken_row_refuses_the_whole_file_and_says_where(self):
        lines = self.bytes.split(b"\n")
        lines[100] = lines[100].replace(b",", b",x", 3)
        answer = self.import_file(OPTIONS, b"\n".join(lines))
        self.assertEqual((answer.status, answer.json["code"]), (422, "import_broken_row"))
        self.assertIn("/rows/101/", answer.json["errors"][0]["pointer"])
        summary = self.answered(self.server.get(self.base + "/summary"), 200)
        self.assertEqual((summary["issued"], summary["clients"]), (0, 0))

    def test_can_be_proposed_first_and_run_later(self):
        operation = self.answered(self.import_file(OPTIONS + "&start=false", self.bytes), 202)
        self.assertEqual(operation["state"], "proposed")
        self.assertEqual(self.answered(self.server.get(self.base + "/summary"), 200)["issued"], 0)
        done = self.answered(
            self.server.call("POST", f"/api/v1/imports/{quoted(operation['id'])}/run"), 200)
        self.assertEqual(done["state"], "succeeded", done)
        self.assertEqual(self.answered(self.server.get(self.base + "/summary"), 200)["issued"],
                         1119)


if __name__ == "__main__":
    unittest.main()
