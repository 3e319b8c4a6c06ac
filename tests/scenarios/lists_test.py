"""Lists that leave for a spreadsheet and come back: every form, nothing that runs, nothing lost."""

import csv
import io
import json
import unittest
import xml.etree.ElementTree
import zipfile

from daybook import CLIENT, COMPANY, LINES, Scenario

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


class Lists(Scenario):
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

    # ---- out

    def test_every_form_says_the_same(self):
        listed = self.answered(self.server.get(self.base + "/products"), 200)["items"]
        rows = list(csv.DictReader(io.StringIO(self.export("products").bytes.decode())))
        self.assertEqual([row["id"] for row in rows], [item["id"] for item in listed])
        self.assertEqual([row["unit_price"] for row in rows], ["19.99", "-0.000001"])
        tabs = self.export("products", TSV)
        self.assertTrue(tabs.headers["content-disposition"].endswith('products.tsv"'))
        self.assertEqual(list(csv.DictReader(io.StringIO(tabs.bytes.decode()), delimiter="\t")),
                         rows)
        lines = self.export("products", "application/x-ndjson").bytes.splitlines()
        self.assertEqual([json.loads(line)["id"] for line in lines], [row["id"] for row in rows])
        book = self.export("products", XLSX)
        self.assertEqual(book.headers["content-type"], XLSX)
        cells, _ = rows_of_workbook(book.bytes)
        head = {text: column for column, (_, text) in cells[0].items()}
        self.assertEqual(cells[1][head["unit_price"]][0], "n")
        self.assertEqual(float(cells[1][head["unit_price"]][1]), 19.99)
        self.assertEqual(float(cells[2][head["unit_price"]][1]), -0.000001)
        self.assertEqual(cells[1][head["code"]], ("s", "L-1"))
        refused = self.server.get(self.base + "/products", Accept="image/png")
        self.assertEqual((refused.status, refused.json["code"]), (406, "not_acceptable"))

    def test_nothing_in_a_file_is_a_formula(self):
        names = [row["name"] for row in
                 csv.DictReader(io.StringIO(self.export("clients").bytes.decode()))]
        self.assertIn("'=HYPERLINK(\"http://evil\")", names)
        cells, sheet = rows_of_workbook(self.export("clients", XLSX).bytes)
        self.assertIn(("s", "=HYPERLINK(\"http://evil\")"), cells[2].values())
        self.assertEqual(list(sheet.iter(SHEET + "f")), [])

    def test_filters_and_moments_hold_for_files(self):
        before = self.head()
        client = self.answered(self.server.get(f"{self.base}/clients/{self.evil}"), 200)
        self.answered(self.server.post(
            f"{self.base}/clients/{self.evil}/archive", {}, If_Match=f'"v{client["version"]}"'),
            200)
        cells, _ = rows_of_workbook(self.export("clients", XLSX, "?status=live").bytes)
        self.assertEqual(len(cells), 2)
        cells, _ = rows_of_workbook(
            self.export("clients", XLSX, f"?status=live&as_of=@{before}").bytes)
        self.assertEqual(len(cells), 3)
        one = self.export("clients", XLSX, "?limit=1")
        self.assertIn('rel="next"', one.headers["link"])
        self.assertEqual(len(rows_of_workbook(one.bytes)[0]), 2)

    def test_all_lists_come_in_one_archive(self):
        client = self.answered(self.server.get(self.base + "/clients?limit=1"), 200)["items"][0]
        self.answered(self.server.post(self.base + "/invoices", {
            "client_id": client["id"], "lines": LINES}), 201)
        names = ["clients", "products", "invoices", "credit-notes", "payments"]
        for form in ("csv", "tsv", "xlsx", "ndjson"):
            answer = self.server.get(f"{self.base}/lists.zip?format={form}")
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.headers["content-type"], "application/zip")
            with zipfile.ZipFile(io.BytesIO(answer.bytes)) as archive:
                self.assertIsNone(archive.testzip())
                self.assertEqual(archive.namelist(), [f"{name}.{form}" for name in names])
                if form == "csv":
                    self.assertEqual(archive.read("clients.csv"), self.export("clients").bytes)
                    self.assertEqual(archive.read("invoices.csv"), self.export("invoices").bytes)
                if form == "xlsx":
                    cells, _ = rows_of_workbook(archive.read("clients.xlsx"))
                    self.assertEqual(len(cells), 3)
        refused = self.server.get(self.base + "/lists.zip?format=pdf")
        self.assertEqual((refused.status, refused.json["code"]), (400, "bad_parameter"))


if __name__ == "__main__":
    unittest.main()
