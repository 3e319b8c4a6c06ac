"""Lists that leave for a spreadsheet and come back: every form, nothing that runs, nothing lost."""

import csv
import io
import json
import unittest
import zipfile

from daybook import CLIENT, COMPANY, LINES
from listing import SHEET, TSV, XLSX, Listing, rows_of_workbook


class Lists(Listing):
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

    # ---- back

    def test_what_went_out_comes_back_unchanged(self):
        for kind in ("clients", "products"):
            for accept, query, back in (
                    ("text/csv", "", ""), (TSV, "", ""),
                    ("text/csv", "?separator=;&decimal=,&bom=true", "&decimal=,")):
                with self.subTest(kind=kind, accept=accept, query=query):
                    before = self.head()
                    result = self.brought(self.export(kind, accept, query).bytes, back)
                    self.assertEqual(
                        (result["counts"], result["added"]),
                        ({"rows": 2, "created": 0, "changed": 0, "unchanged": 2}, 0))
                    self.assertEqual(self.head(), before)

    def edited(self, kind, edit):
        rows = list(csv.DictReader(io.StringIO(self.export(kind).bytes.decode())))
        edit(rows)
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().encode()

    def test_a_list_creates_and_changes_in_one_commit_and_is_undone_in_one(self):
        def edit(rows):
            rows[0]["unit_price"] = "21.50"
            rows[1]["id"] = ""  # By its code, then.
            rows[1]["name"] = "Lampe bleue"
            rows.append({**rows[0], "id": "", "code": "L-3", "name": "=Lampe"})
        content = self.edited("products", edit)
        before = self.head()
        proposed = self.answered(self.bring(content, "&start=false"), 202)
        self.assertEqual((proposed["state"], proposed["result"]["would_add"]), ("proposed", 4))
        self.assertEqual(proposed["result"]["counts"],
                         {"rows": 3, "created": 1, "changed": 2, "unchanged": 0})
        self.assertEqual(self.head(), before)
        done = self.answered(self.server.call(
            "POST", f"/api/v1/imports/{proposed['id']}/run"), 200)
        self.assertEqual(done["state"], "succeeded", done)
        products = self.answered(self.server.get(self.base + "/products"), 200)["items"]
        self.assertEqual([(item["code"], item["name"], item["unit_price"]) for item in products],
                         [("L-1", "Lampe", "21.5"), ("L-2", "Lampe bleue", "-0.000001"),
                          ("L-3", "=Lampe", "21.5")])
        # What the file has no column for is as it was.
        self.assertEqual(products[0]["taxes"][0]["rate"], "20")
        self.answered(self.server.post(self.base + "/undo", {
            "commit": self.head(), "reason": "wrong list"}), 201)
        products = self.answered(self.server.get(self.base + "/products"), 200)["items"]
        self.assertEqual([(item["code"], item["name"]) for item in products],
                         [("L-1", "Lampe"), ("L-2", "Lampe")])

    def test_private_words_of_a_client_survive_a_list_without_them(self):
        def edit(rows):
            rows[0]["address.city"] = "Nice"
            for row in rows:
                del row["email"], row["notes"]
        self.brought(self.edited("clients", edit))
        client = self.answered(self.server.get(self.base + "/clients?limit=1"), 200)["items"][0]
        shown = self.answered(self.server.get(f"{self.base}/clients/{client['id']}"), 200)
        self.assertEqual((shown["address"]["city"], shown["email"], shown["notes"]),
                         ("Nice", "ole@example.org", "pays late"))
        self.brought(b"code,name,email\nC-1," + CLIENT["name"].encode() + b",new@example.org\n")
        shown = self.answered(self.server.get(f"{self.base}/clients/{client['id']}"), 200)
        self.assertEqual((shown["email"], shown["notes"]), ("new@example.org", "pays late"))

    def test_every_row_that_is_wrong_is_named_and_none_is_taken(self):
        before = self.head()
        content = (b"code,name,unit_price,price_includes_tax\n"
                   b"N-1,New,12.x,false\n"
                   b"N-2,,3,false\n"
                   b"N-3,New,3,perhaps\n"
                   b"L-1,Lampe,20,false\n"
                   b"L-1,Lampe,21,false\n")
        answer = self.bring(content)
        self.assertEqual((answer.status, answer.json["code"]), (422, "import_broken_row"))
        self.assertEqual({(fault["pointer"], fault["code"]) for fault in answer.json["errors"]},
                         {("/rows/2/unit_price", "not_a_decimal"),
                          ("/rows/3/name", "missing_member"),
                          ("/rows/4/price_includes_tax", "wrong_type"),
                          ("/rows/6", "invalid_input")})
        twice = self.ended(self.answered(self.bring(
            b"code,name,unit_price\nN-1,New,1\nn-1,New,1\n"), 202))
        self.assertEqual((twice["state"], twice["error"]["code"]), ("failed", "import_broken_row"))
        self.assertEqual(twice["error"]["errors"][0]["pointer"], "/rows/3/code")
        self.assertEqual(self.head(), before)

    def test_a_mapping_is_asked_for_once(self):
        content = "Réf;Nom;Ville;Humeur\nC-9;Café Neuf;Lyon;bonne\n".encode()
        unknown = self.bring(content)
        self.assertEqual((unknown.status, unknown.json["code"]), (422, "unknown_format"))
        mapping = "&mapping=R%C3%A9f:code,Nom:name,Ville:address.city,Humeur:ignore"
        self.assertEqual(self.brought(content, mapping)["counts"]["created"], 1)
        # The same spreadsheet next month.
        later = content.replace(b"Lyon", b"Nice")
        self.assertEqual(self.brought(later)["counts"]["changed"], 1)
        half = self.bring(content, "&mapping=R%C3%A9f:code,Nom:name,Ville:address.city")
        self.assertEqual((half.status, half.json["code"]), (422, "unknown_format"))
        self.assertIn("Humeur", half.json["errors"][0]["detail"])

    def test_a_list_may_begin_with_the_letters_of_a_zip(self):
        content = "PK;Nom\nC-9;Café Neuf\n".encode()
        counts = self.brought(content, "&mapping=PK:code,Nom:name&list=clients")["counts"]
        self.assertEqual(counts["created"], 1)

    def test_columns_that_clients_and_products_have_are_not_guessed(self):
        content = b"code,name\nC-1,Caf\xc3\xa9 Neuf\n"
        asked = self.bring(content)
        self.assertEqual((asked.status, asked.json["code"], asked.json["list"]),
                         (422, "needs_choice", "clients|products"))
        self.assertEqual(asked.json["errors"][0]["pointer"], "/list")
        other = self.bring(content, "&list=invoices")
        self.assertEqual((other.status, other.json["errors"][0]["code"]), (422, "unknown_value"))
        self.assertEqual(self.brought(content, "&list=clients")["counts"]["changed"], 1)
        # Chosen once for these columns, as a mapping is.
        self.assertEqual(self.brought(content)["counts"]["unchanged"], 1)
        product = b"code,name\nL-1,Lampe rouge\n"
        self.assertEqual(self.brought(product, "&list=products")["counts"]["changed"], 1)
        renamed = self.answered(self.server.get(self.base + "/products?code=L-1"), 200)["items"][0]
        self.assertEqual((renamed["name"], renamed["unit_price"]), ("Lampe rouge", "19.99"))

    def test_whoever_leaves_takes_everything_along(self):
        client = {
            "name": "Tout & Cie", "code": "C-3", "kind": "public", "trade_name": "Tout",
            "legal_form": "SA", "email": "tout@example.org", "phone": "+33 4 72 00 00 00",
            "locale": "fr-FR", "currency": "EUR", "notes": "ring twice; \"then\" wait",
            "contacts": [{"name": "Anne", "email": "anne@example.org", "role": "buyer"},
                         {"name": "=Bob", "phone": "1"}],
            "terms": {"days": 45, "end_of_month": True, "penalty_rate": "10"},
            "address": {"line1": "1 rue A", "line2": "b", "postal_code": "1", "city": "Lyon",
                        "region": "ARA", "country": "FR"}}
        product = {"code": "L-9", "name": "Tout", "unit_price": "3", "unit": "jour",
                   "unit_code": "DAY", "nature": "service", "account": "706",
                   "taxes": [{"scheme": "VAT", "category": "S", "rate": "20"},
                             {"scheme": "ECO", "category": "S", "rate": "1.5"}]}
        for kind, thing in (("clients", client), ("products", product)):
            made = self.answered(self.server.post(f"{self.base}/{kind}", thing), 201)
            one = f"{self.base}/{kind}/{made['id']}"
            before = self.answered(self.server.get(one), 200)
            for accept in ("text/csv", TSV, XLSX):
                content = self.export(kind, accept).bytes
                self.assertEqual(self.brought(content)["counts"]["unchanged"], 3, (kind, accept))
            out = io.StringIO(self.export(kind).bytes.decode())
            row = [row for row in csv.DictReader(out) if row["id"] == made["id"]][0]
            for member in ("taxes", "contacts", "terms"):
                if member in thing:
                    self.assertEqual(json.loads(row[member]), before[member])
            line = [json.loads(line) for line in
                    self.export(kind, "application/x-ndjson").bytes.splitlines()][-1]
            del before["actions"]  # Nobody can act on a file.
            self.assertEqual({member: line.get(member) for member in before}, before)
            # In another company's books, as new.
            there = self.answered(self.server.post("/api/v1/companies", COMPANY), 201)["id"]
            moved = [dict(row, id="")]
            text = io.StringIO()
            writer = csv.DictWriter(text, list(row))
            writer.writeheader()
            writer.writerows(moved)
            self.company, here = there, self.company
            self.brought(text.getvalue().encode())
            self.company = here
            again = self.answered(
                self.server.get(f"/api/v1/companies/{there}/{kind}"), 200)["items"][0]
            own = ("id", "version", "revision", "created_at", "updated_at", "actions")
            self.assertEqual({name: value for name, value in again.items() if name not in own},
                             {name: value for name, value in before.items() if name not in own})

    def test_what_an_import_does_not_set_is_said(self):
        def edit(rows):
            rows[0]["archived"] = "true"
        result = self.brought(self.edited("products", edit))
        self.assertEqual((result["counts"]["unchanged"], result["warnings"][0]["code"]),
                         (2, "only_shown"))
        self.assertEqual(result["warnings"][0]["examples"], ["/rows/2/archived"])


if __name__ == "__main__":
    unittest.main()
