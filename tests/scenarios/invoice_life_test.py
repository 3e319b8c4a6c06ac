"""The whole life of an invoice, over HTTP, and every earlier state of it afterwards."""

import unittest

from daybook import CLIENT, COMPANY, LINES, Scenario


class InvoiceLife(Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--empty")
        company = self.answered(self.server.post("/api/v1/companies", COMPANY), 201)
        self.base = "/api/v1/companies/" + company["id"]
        self.client = self.answered(self.server.post(self.base + "/clients", CLIENT), 201)

    def draft(self, **more):
        body = {"client_id": self.client["id"], "lines": LINES, **more}
        answer = self.server.post(self.base + "/invoices", body)
        return self.answered(answer, 201), answer.etag

    def verb(self, path, body, etag, status=200):
        answer = self.server.post(self.base + path, body, If_Match=etag)
        return self.answered(answer, status), answer

    def test_runs_from_draft_to_credit_and_is_seen_as_it_was_at_each_moment(self):
        draft, etag = self.draft()
        self.assertEqual(
            (draft["status"], draft["number"], draft["net"], draft["tax"], draft["total"]),
            ("draft", None, "1050.00", "202.75", "1252.75"))
        moments = {draft["revision"]: ("draft", "0.00")}
        path = "/invoices/" + draft["id"]
        issued, answer = self.verb(path + "/issue", {}, etag)
        self.assertEqual((issued["status"], issued["due"]), ("issued", "1252.75"))
        self.assertRegex(issued["number"], r"^FA-\d{4}-000001$")
        moments[issued["revision"]] = ("issued", "1252.75")

        payment = self.answered(self.server.post(self.base + "/payments", {
            "client_id": self.client["id"], "amount": "626.37", "received_on": issued["issued_on"],
            "method": "transfer",
            "allocations": [{"invoice_id": draft["id"], "amount": "626.37"}]}), 201)
        part = self.answered(self.server.get(self.base + path), 200)
        self.assertEqual((part["status"], part["paid"], part["due"]),
                         ("partially_paid", "626.37", "626.38"))
        moments[payment["revision"]] = ("partially_paid", "626.38")

        line = issued["lines"][1]["id"]
        note, answer = self.verb(path + "/credit", {
            "lines": [{"line_id": line}], "kind": "return_of_goods", "reason": "sent back"},
            answer.etag, 201)
        self.assertEqual((note["total"], note["remaining"]), ("52.75", "0.00"))
        self.assertRegex(note["number"], r"^AV-\d{4}-000001$")
        after = self.answered(self.server.get(self.base + path), 200)
        self.assertEqual((after["credited"], after["due"]), ("52.75", "573.63"))

        for revision, (status, due) in moments.items():
            then = self.answered(self.server.get(f"{self.base}{path}?as_of=@{revision}"), 200)
            self.assertEqual((then["status"], then["due"] if status != "draft" else "0.00"),
                             (status, due), revision)
        history = self.answered(self.server.get(self.base + path + "/history"), 200)
        self.assertEqual([item["event"] for item in history["items"]],
                         ["InvoiceIssued", "InvoiceDrafted"])

    def test_two_writers_on_one_draft_are_told_apart(self):
        draft, etag = self.draft()
        path = self.base + "/invoices/" + draft["id"]
        first = self.server.call("PATCH", path, {"notes": "mine"}, {"If-Match": etag})
        second = self.server.call("PATCH", path, {"notes": "yours"}, {"If-Match": etag})
        self.assertEqual(first.status, 200, first.bytes)
        self.assertEqual((second.status, second.json["code"]), (412, "stale_version"))
        self.assertEqual(second.json["current_version"], 2)

    def test_a_repeated_request_gets_the_first_answer_although_the_thing_has_moved_on(self):
        draft, etag = self.draft()
        path = self.base + "/invoices/" + draft["id"] + "/issue"
        headers = {"If_Match": etag, "Idempotency_Key": "issue-1"}
        first = self.server.post(path, {}, **headers)
        again = self.server.post(path, {}, **headers)
        self.assertEqual((first.status, again.status), (200, 200), again.bytes)
        self.assertEqual(again.headers.get("idempotency-replayed"), "true")
        self.assertEqual(first.bytes, again.bytes)
        other = self.server.post(path, {"issued_on": "2020-01-01"}, **headers)
        self.assertEqual((other.status, other.json["code"]), (422, "idempotency_key_reused"))

    def test_a_preview_writes_nothing(self):
        draft, etag = self.draft()
        path = self.base + "/invoices/" + draft["id"]
        preview = self.answered(self.server.post(
            path + "/issue?validate_only=true", {}, If_Match=etag), 200)
        self.assertRegex(preview["number_preview"], r"^FA-\d{4}-000001$")
        self.assertEqual(preview["events"][0]["type"], "InvoiceIssued")
        self.assertEqual(self.answered(self.server.get(path), 200)["status"], "draft")


if __name__ == "__main__":
    unittest.main()
