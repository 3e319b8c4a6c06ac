"""What the world and its owner may do to a server: a disk that takes no more, a directory of a
newer release, a commit that is too large, a company that is archived or retired."""

import glob
import json
import struct
import unittest

from daybook import BRITISH, CLIENT, COMPANY, LINES, Scenario


class Faults(Scenario):
    def found(self, server, body=COMPANY):
        company = self.answered(server.post("/api/v1/companies", body), 201)
        return "/api/v1/companies/" + company["id"]

    def refused(self, answer, status, code):
        problem = self.answered(answer, status)
        self.assertEqual(problem["code"], code, problem)
        return problem

    def codes(self, server, base):
        codes, cursor = set(), ""
        while True:
            page = self.answered(server.get(f"{base}/products?limit=500{cursor}"), 200)
            codes |= {product["code"] for product in page["items"]}
            if not page["next"]:
                return codes
            cursor = "&cursor=" + page["next"]

    def test_what_was_acknowledged_before_the_disk_was_full_is_there_after(self):
        server = self.serve("--empty")
        base = self.found(server)
        self.assertEqual(server.stop(), 0)

        server = self.serve(file_bytes=2 * 1024 * 1024)
        acknowledged = set()
        for number in range(2000):
            body = {"code": f"P-{number}", "name": "Paper", "unit_price": "1",
                    "description": "x" * 1900}
            try:
                answer = server.post(base + "/products", body)
            except OSError:
                break
            except Exception:  # The connection ended in the middle of an answer.
                break
            if answer.status != 201:
                self.assertGreaterEqual(answer.status, 500, answer.bytes)
                break
            acknowledged.add(body["code"])
        else:
            self.fail("two thousand products fitted into a file of 2 MiB")
        self.assertGreater(len(acknowledged), 10)
        code = server.process.wait(timeout=60)
        server.reader.join()
        self.assertEqual(code, 1)
        said = "".join(server.said)
        self.assertIn("the log failed while writing: ", said)
        self.assertIn("File too large", said)
        self.assertIn("; restart to learn what was kept", said)

        again = self.serve()
        found = self.codes(again, base)
        self.assertEqual(acknowledged - found, set(), "acknowledged and lost")
        # The one whose outcome nobody was told may be there or not.
        self.assertLessEqual(len(found - acknowledged), 1)
        self.answered(again.post(base + "/clients", CLIENT), 201)

    def test_a_clock_that_jumped_stops_writing_until_somebody_looked(self):
        server = self.serve("--empty")
        base = self.found(server)
        self.assertEqual(server.stop(), 0)
        for jump in ("+400d", "-2d"):
            with self.subTest(jump):
                server = self.serve(clock=jump)
                self.assertIn("nothing is written until the clock is right", "".join(server.said))
                problem = self.refused(server.post(base + "/clients", CLIENT), 503,
                                       "clock_implausible")
                self.assertIn("the last record was written at", problem["detail"])
                health = self.answered(server.get("/health/ready"), 200)
                self.assertEqual((health["status"], health["writes"]), ("degraded", False))
                self.assertIn("the last record was written at", health["clock"])
                self.answered(server.get(base + "/clients"), 200)
                self.assertEqual(server.stop(), 0)

        # Set right, it writes again as if nothing had been.
        server = self.serve()
        self.answered(server.post(base + "/clients", CLIENT), 201)
        self.assertEqual(server.stop(), 0)

        # Looked at and found right: the instance's book says so.
        server = self.serve("--accept-clock", clock="+400d")
        self.answered(server.post(base + "/clients", CLIENT), 201)
        events = self.answered(server.get("/api/v1/events"), 200)["items"]
        (seen,) = [event for event in events if event["type"] == "ClockSkewSeen"]
        self.assertGreater(seen["data"]["clock_at"], seen["data"]["last_recorded_at"])

    def test_books_of_a_newer_release_are_left_alone(self):
        self.assertEqual(self.serve("--empty").stop(), 0)
        (head,) = glob.glob(self.directory + "/books/**/HEAD", recursive=True)
        with open(head, "r+b") as file:
            for slot in (0, 4096):
                file.seek(slot + 8)
                file.write(struct.pack(">I", 2))
        with open(head, "rb") as file:
            before = file.read()
        for command in (["serve", "--listen", "127.0.0.1:0"], ["rebuild"], ["state-hash"]):
            refused = self.run_command(*command, "--data", self.directory + "/books")
            self.assertEqual(refused.returncode, 2, refused)
            self.assertIn("this data directory has format 2; this release reads format 1",
                          refused.stderr)
        with open(head, "rb") as file:
            self.assertEqual(file.read(), before)

    def test_a_record_too_large_to_be_read_again_is_not_written(self):
        server = self.serve("--empty")
        base = self.found(server)
        client = self.answered(server.post(base + "/clients", CLIENT), 201)
        head = self.answered(server.get(base + "/clients"), 200)["revision"]
        # As JSON just below the 4 MiB of a body, as a record just above the 4 MiB of a record.
        line = {"description": "é" * 1015, "quantity": "1", "unit_price": "1"}
        body = {"client_id": client["id"], "lines": [line] * 2000}
        answer = server.call("POST", base + "/invoices",
                             raw=json.dumps(body, ensure_ascii=False).encode(),
                             headers={"Content-Type": "application/json"})
        self.refused(answer, 413, "commit_too_large")
        self.assertEqual(self.answered(server.get(base + "/clients"), 200)["revision"], head)

    def test_an_import_of_too_many_documents_says_so_and_adds_nothing(self):
        server = self.serve("--empty")
        base = self.found(server, BRITISH)
        company = base.rsplit("/", 1)[1]
        rows = ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"]
        rows += [f"{number},A,Thing,1,12/1/2010 8:26,1.00,17850,United Kingdom"
                 for number in range(100000, 150001)]
        answer = server.call(
            "POST", f"/api/v1/imports?company={company}&currency=GBP&tax_treatment=none"
            "&date_order=mdy&decimal=.&client_for_blank=counter",
            raw="\n".join(rows).encode(),
            headers={"Content-Type": "text/csv", "X-Filename": "many.csv", "Prefer": "wait=60"})
        operation = self.answered(answer, 202)
        while operation["state"] == "running":
            operation = self.answered(server.get("/api/v1/operations/" + operation["id"]), 200)
        self.assertEqual((operation["state"], operation["error"]["code"]),
                         ("failed", "commit_too_large"), operation)
        self.assertIn("at most 50000", operation["error"]["detail"])
        self.assertEqual(self.answered(server.get(base + "/invoices"), 200)["items"], [])

    def test_an_archived_or_retired_company_is_read_and_not_written(self):
        server = self.serve("--empty")
        for verb, code in (("archive", "company_archived"), ("retire", "company_retired")):
            base = self.found(server)
            client = server.post(base + "/clients", CLIENT)
            draft = server.post(base + "/invoices",
                                {"client_id": self.answered(client, 201)["id"], "lines": LINES})
            invoice = base + "/invoices/" + self.answered(draft, 201)["id"]
            self.answered(server.post(f"{base}/{verb}", {"reason": "sold"},
                                      If_Match=server.get(base).etag), 200)
            head = self.answered(server.get(base + "/clients"), 200)["revision"]
            payment = {"client_id": client.json["id"], "amount": "1", "method": "cash",
                       "received_on": "2026-03-11"}
            for path, body in (
                    ("/clients", CLIENT),
                    ("/products", {"code": "A", "name": "A", "unit_price": "1"}),
                    ("/invoices", {"client_id": client.json["id"], "lines": LINES}),
                    ("/payments", payment),
                    ("/series", {"document_kind": "invoice", "pattern": "X-{yyyy}-{n:4}"}),
                    ("/locks", {"through": "2026-01-31", "reason": "x"})):
                with self.subTest(verb=verb, path=path):
                    self.refused(server.post(base + path, body), 409, code)
            self.refused(server.post(invoice + "/issue", {}, If_Match=draft.etag), 409, code)
            self.refused(server.call("PATCH", base, {"name": "Other"},
                                     {"If-Match": server.get(base).etag}), 409, code)
            self.assertEqual(self.answered(server.get(invoice), 200)["total"], "1252.75")
            self.assertEqual(self.answered(server.get(base + "/clients"), 200)["revision"], head)
            self.answered(server.get(base + "/history"), 200)

    def test_a_company_taken_out_of_the_archive_goes_on(self):
        server = self.serve("--empty")
        base = self.found(server)
        for verb in ("archive", "unarchive"):
            self.answered(server.post(f"{base}/{verb}", {"reason": "x"},
                                      If_Match=server.get(base).etag), 200)
        self.answered(server.post(base + "/clients", CLIENT), 201)

    def test_an_epoch_is_current_unknown_or_no_number(self):
        server = self.serve("--empty")
        base = self.found(server)
        self.answered(server.post(base + "/clients", CLIENT), 201)
        self.assertEqual(self.answered(server.get(base + "/clients?epoch=1"), 200)["items"],
                         self.answered(server.get(base + "/clients"), 200)["items"])
        self.refused(server.get(base + "/clients?epoch=2"), 404, "not_found")
        for wrong in ("0x1", "-1", "now", ""):
            self.refused(server.get(base + "/clients?epoch=" + wrong), 400, "bad_parameter")


if __name__ == "__main__":
    unittest.main()
