"""Books with clients and products, and their lists as files: for stories of lists."""

import io
import xml.etree.ElementTree
import zipfile

from daybook import CLIENT, COMPANY, Scenario

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TSV = "text/tab-separated-values"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of_workbook(content):
    """Every cell of the first sheet as (kind, text); "f" anywhere would be a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = xml.etree.ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            strings = xml.etree.ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(item.itertext()) for item in strings]
    rows = []
    for row in sheet.iter(SHEET + "row"):
        cells = {}
        for cell in row:
            column = cell.get("r").rstrip("0123456789")
            kind = cell.get("t", "n")
            text = "".join(cell.itertext())
            cells[column] = ("s", shared[int(text)]) if kind == "s" else (
                "s" if kind == "inlineStr" else kind, text)
        rows.append(cells)
    return rows, sheet


class Listing(Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--empty")
        company = self.answered(self.server.post("/api/v1/companies", COMPANY), 201)
        self.company = company["id"]
        self.base = "/api/v1/companies/" + self.company
        self.answered(self.server.post(self.base + "/clients", {
            **CLIENT, "code": "C-1", "email": "ole@example.org", "notes": "pays late"}), 201)
        evil = self.answered(self.server.post(self.base + "/clients", {
            "name": "=HYPERLINK(\"http://evil\")", "trade_name": "'+1", "code": "C-2",
            "address": {"line1": "1; rue \"de\" la\nPaix", "city": "Paris"}}), 201)
        self.evil = evil["id"]
        for code, price in (("L-1", "19.99"), ("L-2", "-0.000001")):
            self.answered(self.server.post(self.base + "/products", {
                "code": code, "name": "Lampe", "unit_price": price, "nature": "goods",
                "taxes": [{"scheme": "VAT", "category": "S", "rate": "20"}]}), 201)

    def export(self, kind, accept="text/csv", query=""):
        answer = self.server.get(f"{self.base}/{kind}{query}", Accept=accept)
        self.assertEqual(answer.status, 200, answer.bytes[:500])
        return answer

    def bring(self, content, query="", **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.server.call(
            "POST", f"/api/v1/imports?company={self.company}{query}", raw=content,
            headers={"Content-Type": "text/csv", "X-Filename": "list.csv", "Prefer": "wait=60",
                     **names})

    def brought(self, content, query="", **headers):
        operation = self.ended(self.answered(self.bring(content, query, **headers), 202))
        self.assertEqual(operation["state"], "succeeded", operation)
        return operation["result"]

    def head(self):
        return int(self.server.get(self.base).headers["daybook-revision"])
