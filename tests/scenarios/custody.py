"""Books and their backups, as scenarios about backups need them."""

import glob

from daybook import BRITISH, CLIENT, COMPANY, LINES, RETAIL, Scenario

IMPORT = "currency=GBP&tax_treatment=none&client_for_blank=counter"


class Custody(Scenario):
    def books(self, body=COMPANY, server=None):
        server = server or self.serve("--empty")
        company = self.answered(server.post("/api/v1/companies", body), 201)
        base = "/api/v1/companies/" + company["id"]
        client = self.answered(server.post(base + "/clients", CLIENT), 201)
        self.answered(server.post(
            base + "/invoices", {"client_id": client["id"], "lines": LINES}), 201)
        return server, base

    def retail(self):
        """Books large enough that a backup takes a while."""
        server = self.serve("--empty")
        company = self.answered(server.post("/api/v1/companies", BRITISH), 201)
        with open(RETAIL, "rb") as file:
            answer = server.call("POST", f"/api/v1/imports?company={company['id']}&{IMPORT}",
                                 raw=file.read(), headers={"Content-Type": "text/csv"})
        self.assertEqual(self.ended(self.answered(answer, 202))["state"], "succeeded")
        return server, "/api/v1/companies/" + company["id"]

    def back_up(self, server, base, body=None):
        operation = self.ended(self.answered(server.post(base + "/backups", body or {}), 202))
        self.assertEqual(operation["state"], "succeeded", operation)
        return self.answered(
            server.get(f"{base}/backups/{operation['result']['backup_id']}"), 200)

    def listed(self, server, base):
        return self.answered(server.get(base + "/backups"), 200)["items"]

    def files(self):
        return sorted(path for path in glob.glob(self.directory + "/books/backups/*/*"))

    def held(self, base, backup):
        ending = ".daybook.sealed" if backup["sealed"] else ".daybook"
        return (f"{self.directory}/books/backups/{base.rsplit('/', 1)[1]}/"
                f"{backup['id']}{ending}")

    def told(self, server, *types):
        """What the instance's own book says, of these types."""
        items, after = [], 0
        while True:
            page = self.answered(server.get(f"/api/v1/events?after={after}&limit=500"), 200)
            if not page["items"]:
                return [item for item in items if item["type"] in types]
            items += page["items"]
            after = items[-1]["revision"]
