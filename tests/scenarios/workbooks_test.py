"""A list that left as a workbook comes back as one: unchanged, edited, as another program writes
it, damaged, and made to do harm. The real server takes it, whatever its name and media type."""

import io
import unittest
import xml.etree.ElementTree
import zipfile

from listing import SHEET, XLSX, Listing, rows_of_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def relations(kind, target):
    return (f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
            f'Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>')


def workbook(sheet, before=""):
    """The least that makes a workbook, around the rows of its only sheet."""
    return packed({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet '
                           'name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}"><sheetData>{sheet}'
                                    '</sheetData></worksheet>'})


def row(number, *texts):
    cells = "".join(f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
                    for place, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'


class Workbooks(Listing):
    def bring(self, content, query="", **headers):
        return super().bring(content, query, **{"Content_Type": XLSX, **headers})

    def edited(self, kind, edit):
        """The exported workbook with other texts in some cells: {("name", 2): "Lampe bleue"}."""
        parts = parts_of(self.export(kind, XLSX).bytes)
        cells, _ = rows_of_workbook(packed(parts))
        letters = {text: column for column, (_, text) in cells[0].items()}
        path = "xl/worksheets/sheet1.xml"
        sheet = xml.etree.ElementTree.fromstring(parts[path])
        for (member, number), text in edit.items():
            place = f"{letters[member]}{number}"
            [line] = [each for each in sheet.iter(SHEET + "row") if each.get("r") == str(number)]
            for cell in line.findall(SHEET + "c"):
                if cell.get("r") == place:
                    line.remove(cell)
            cell = xml.etree.ElementTree.SubElement(line, SHEET + "c", r=place)
            if isinstance(text, str):
                cell.set("t", "inlineStr")
                inline = xml.etree.ElementTree.SubElement(cell, SHEET + "is")
                xml.etree.ElementTree.SubElement(inline, SHEET + "t").text = text
            else:
                xml.etree.ElementTree.SubElement(cell, SHEET + "v").text = repr(text)
        parts[path] = xml.etree.ElementTree.tostring(sheet)
        return packed(parts)

    def refused(self, content, query="", **headers):
        before = self.head()
        answer = self.bring(content, query, **headers)
        self.assertEqual(answer.status, 422, answer.bytes)
        self.assertEqual(self.head(), before)
        return answer.json

    def test_what_went_out_comes_back_unchanged(self):
        for kind in ("clients", "products"):
            for headers in ({}, {"Content_Type": "text/csv", "X_Filename": "books.csv"},
                            {"Content_Type": "application/octet-stream", "X_Filename": "a"}):
                with self.subTest(kind=kind, headers=headers):
                    before = self.head()
                    result = self.brought(self.export(kind, XLSX).bytes, **headers)
                    self.assertEqual(
                        (result["counts"], result["added"], result["warnings"]),
                        ({"rows": 2, "created": 0, "changed": 0, "unchanged": 2}, 0, []))
                    self.assertEqual(self.head(), before)

    def test_texts_that_xml_and_spreadsheets_find_hard_come_back_unchanged(self):
        for code, text in (("X-1", "_x0041_ <b> & \"漢字\" _x"), ("X-2", "two\n  lines\tand a tab"),
                           ("X-3", "'=1+1"), ("X-4", "00123"), ("X-5", "2026-11-22"),
                           ("X-6", "\u2028 \ufffd 😀"), ("X-7", "old\rnew\r\n_x0041\r")):
            self.answered(self.server.post(self.base + "/clients", {
                "name": text, "code": code, "address": {"line1": text}}), 201)
        result = self.brought(self.export("clients", XLSX).bytes)
        self.assertEqual((result["counts"]["unchanged"], result["added"]), (9, 0))

    def test_an_upload_and_the_command_line_take_it_too(self):
        content = self.export("products", XLSX).bytes
        upload = self.answered(self.server.post(
            "/api/v1/uploads", {"name": "products.xlsx", "size": len(content)}), 201)["id"]
        self.answered(self.server.call("PATCH", f"/api/v1/uploads/{upload}", raw=content,
                                       headers={"Upload-Offset": "0"}), 200)
        self.assertEqual(
            self.brought(b"", f"&upload={upload}")["counts"]["unchanged"], 2)
        self.server.stop()
        with open(self.directory + "/list", "wb") as file:
            file.write(content)
        ran = self.run_command("import", self.directory + "/list", "--company", self.company,
                               "--data", self.directory + "/books")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("already there; nothing was added", ran.stdout)

    def test_an_edited_list_is_one_commit_which_is_undone_in_one(self):
        content = self.edited("products", {
            ("unit_price", 2): 21.5, ("id", 3): "", ("name", 3): "=Lampe",
            ("name", 2): "'Lampe"})
        before = self.head()
        proposed = self.answered(self.bring(content, "&start=false"), 202)
        self.assertEqual((proposed["state"], proposed["result"]["counts"]), (
            "proposed", {"rows": 2, "created": 0, "changed": 2, "unchanged": 0}))
        self.assertEqual(self.head(), before)
        done = self.answered(self.server.call(
            "POST", f"/api/v1/imports/{proposed['id']}/run"), 200)
        self.assertEqual(done["state"], "succeeded", done)
        products = self.answered(self.server.get(self.base + "/products"), 200)["items"]
        self.assertEqual([(item["code"], item["name"], item["unit_price"]) for item in products],
                         [("L-1", "'Lampe", "21.5"), ("L-2", "=Lampe", "-0.000001")])
        self.assertEqual(products[0]["taxes"][0]["rate"], "20")
        self.assertEqual(self.brought(self.export("products", XLSX).bytes)["added"], 0)
        self.answered(self.server.post(self.base + "/undo", {
            "commit": self.head(), "reason": "wrong list"}), 201)
        products = self.answered(self.server.get(self.base + "/products"), 200)["items"]
        self.assertEqual([item["name"] for item in products], ["Lampe", "Lampe"])

    def test_a_list_of_another_program_creates_by_a_mapping_that_is_kept(self):
        sheet = row(3, "Réf", "Nom", "Ville") + row(5, "C-9", "Café Neuf", "Lyon")
        self.assertEqual(self.refused(workbook(sheet))["code"], "unknown_format")
        mapping = "&mapping=R%C3%A9f:code,Nom:name,Ville:address.city"
        self.assertEqual(self.brought(workbook(sheet), mapping)["counts"]["created"], 1)
        later = workbook(sheet.replace("Lyon", "Nice"))
        self.assertEqual(self.brought(later)["counts"]["changed"], 1)
        self.assertEqual(self.refused(later, "&separator=;")["errors"][0]["pointer"], "/separator")

    def test_every_cell_that_is_wrong_is_named_and_none_is_taken(self):
        said = self.refused(self.edited("products", {
            ("unit_price", 2): "12.x", ("name", 3): ""}))
        self.assertEqual(said["code"], "import_broken_row")
        self.assertEqual({(fault["pointer"], fault["code"]) for fault in said["errors"]},
                         {("/rows/2/unit_price", "not_a_decimal"),
                          ("/rows/3/name", "missing_member")})
        said = self.refused(workbook(
            row(1, "code", "name") + '<row r="2"><c r="A2" t="e"><v>#REF!</v></c>'
            '<c r="B2"><f>1+1</f></c></row>'))
        self.assertEqual([fault["pointer"] for fault in said["errors"]],
                         ["/rows/2/code", "/rows/2/name"])
        self.assertIn("A2", said["errors"][0]["detail"])

    def test_what_is_no_list_says_so(self):
        said = self.refused(workbook(row(1, "Umsatz", "Datum") + row(2, "1", "2")))
        self.assertEqual(said["code"], "unknown_format")
        self.assertIn("documents come as CSV", said["detail"])
        self.assertEqual(self.refused(workbook(""))["code"], "import_empty")
        self.assertEqual(self.refused(workbook(row(1, "code", "name", "unit_price")))["code"],
                         "import_empty")

    def test_files_that_are_made_to_do_harm_are_refused_at_once(self):
        laughs = '<!DOCTYPE x [<!ENTITY a "' + "a" * 1000 + '">' + "".join(
            f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 100}">' for n in range(8)
        ) + "]>"
        wide = "".join(f'<c r="{place}1"><v>1</v></c>' for place in ("A", "GR")) + "</row>"
        for content, why in (
                (workbook(row(1, "code", "&i;"), laughs), "a document type"),
                (workbook(row(1, "code", "name") + " " * 80_000_000), "unfolds to more than"),
                (workbook("<a>" * 100_000), "within each other"),
                (workbook(f'<row r="1">{wide}' + '<row><c><v>1</v></c></row>' * 100_000), "limit"),
                (workbook(row(1, "code", "name"))[:-100], "cut"),
                (packed({**parts_of(workbook(row(1, "a"))), "../../evil": "x"}), "cannot be"),
                (packed({"xl/a.xml": "x"}), "no workbook")):
            self.assertIn(why, str(self.refused(content)), why)
        self.assertEqual(self.brought(self.export("clients", XLSX).bytes)["added"], 0)


if __name__ == "__main__":
    unittest.main()
