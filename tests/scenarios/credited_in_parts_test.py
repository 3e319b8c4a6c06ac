"""A line that is credited piece by piece rounds piece by piece, and comes out even: 3 × 10.03 at
20 % go back as 2.01, 2.00 and 2.01 of tax. Whoever looks at such books finds them sound."""

import unittest

from daybook import VAT20
from restoring import Restoring


class CreditedInParts(Restoring):
    def setUp(self):
        super().setUp()
        lines = [{"description": "Bol", "quantity": "3", "unit_price": "10.03", "nature": "goods",
                  "taxes": [VAT20]}]
        invoice = self.issue(self.answered(self.server.post(
            self.base + "/invoices", {"client_id": self.client, "lines": lines}), 201)["id"])
        path = f"{self.base}/invoices/{invoice['id']}"
        piece = {"lines": [{"line_id": invoice["lines"][0]["id"], "quantity": "1"}],
                 "kind": "return_of_goods", "reason": "sent back"}
        totals = [self.answered(self.server.post(path + "/credit", piece,
                                                 If_Match=self.server.get(path).etag), 201)["total"]
                  for _ in range(3)]
        self.assertEqual(totals, ["12.04", "12.03", "12.04"])

    def test_the_directory_and_its_backup_are_sound_and_come_back(self):
        path, made = self.backup()
        self.stopped()
        for subject in (path, self.books):
            ran = self.run_command("verify", subject)
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        self.started()
        result = self.good(self.import_(f"upload={self.send(self.content(path))}&mode=new"))
        self.stopped()
        self.assertEqual(self.state_hash(result["company_id"], made["revision"]),
                         made["state_hash"])

    def test_so_do_they_without_their_history(self):
        self.stopped()
        path = self.directory + "/short.daybook"
        ran = self.run_command("backup", "--data", self.books, "--company", self.company,
                               "--output", path, "--without", "history")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.started()
        result = self.good(self.import_(f"upload={self.send(self.content(path))}&mode=new"))
        notes = self.answered(self.server.get(
            f"/api/v1/companies/{result['company_id']}/credit-notes"), 200)["items"]
        self.assertEqual(len(notes), 3)
        self.stopped()
        ran = self.run_command("verify", self.books)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)


if __name__ == "__main__":
    unittest.main()
