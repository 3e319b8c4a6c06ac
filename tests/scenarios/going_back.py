"""Books of one company that go back and forth: what the stories of it have in common."""

from daybook import COMPANY, LINES, Scenario

REASON = {"reason": "a mistake"}
OPTIONS = "currency=GBP&tax_treatment=none&client_for_blank=counter"


class Books(Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--empty")
        self.open(COMPANY)

    def open(self, company):
        self.company = self.answered(self.server.post("/api/v1/companies", company), 201)["id"]
        self.base = "/api/v1/companies/" + self.company

    def made(self, path, body, status=201):
        return self.answered(self.server.post(self.base + path, body), status)

    def shown(self, path):
        return self.answered(self.server.get(self.base + path), 200)

    def head(self):
        return int(self.server.get(self.base + "/summary").headers["daybook-revision"])

    def issue(self, client):
        draft = self.made("/invoices", {"client_id": client["id"], "lines": LINES})
        path = f"{self.base}/invoices/{draft['id']}"
        etag = self.server.get(path).etag
        return self.answered(self.server.post(path + "/issue", {}, If_Match=etag), 200)

    def rename(self, client, name):
        path = f"{self.base}/clients/{client['id']}"
        return self.answered(self.server.call("PATCH", path, {"name": name},
                                              {"If-Match": self.server.get(path).etag}), 200)

    def back(self, revision, status=201, query="", **more):
        body = {"to": {"revision": revision}, **REASON, **more}
        return self.answered(self.server.post(f"{self.base}/rollbacks{query}", body), status)

    def state_hash(self, *at):
        self.assertEqual(self.server.stop(), 0)
        ran = self.run_command("state-hash", "--data", self.directory + "/books",
                               "--company", self.company, *at)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.server = self.serve("--empty")
        return ran.stdout.split()[0]

    def import_csv(self, raw, options=OPTIONS):
        return self.ended(self.answered(self.server.call(
            "POST", f"/api/v1/imports?company={self.company}&{options}", raw=raw,
            headers={"Content-Type": "text/csv", "X-Filename": "retail.csv",
                     "Prefer": "wait=60"}), 202))

    @staticmethod
    def made_up_rows(first, count):
        """One invoice and one customer a row."""
        header = ("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,"
                  "Country,TotalPrice")
        rows = [f"{500000 + n},A1,Thing,1,12/13/10 8:26,1.00,{100000 + n},United Kingdom,1.00"
                for n in range(first, first + count)]
        return "\n".join([header, *rows, ""]).encode()

    def copy(self, revision, name=COMPANY["name"]):
        body = {"at": {"revision": revision}, "name": name}
        answer = self.server.call("POST", self.base + "/copies", body, {"Prefer": "wait=60"})
        return self.ended(self.answered(answer, 202))
