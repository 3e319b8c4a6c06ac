"""The shapes that every thing has: what may be done with it, and what changed in it, by name."""

import datetime
import unittest
import uuid

from daybook import CLIENT, COMPANY, LINES
from going_back import Books

WHY = {"reason": "asked by a test"}
MONEY = {"amount": "0.01", "method": "transfer"}
BOUNCED = {"cause": "bounced", **WHY}


def at(thing, pointer):
    """The value there; items with an id are named by it. None where there is nothing."""
    for token in pointer.split("/")[1:]:
        if isinstance(thing, list):
            named = {item["id"]: item for item in thing
                     if isinstance(item, dict) and "id" in item}
            place = int(token) if token.isdigit() else len(thing)
            thing = named.get(token, thing[place] if place < len(thing) else None)
        else:
            thing = thing.get(token) if isinstance(thing, dict) else None
    return thing


class Trade(Books):
    """A company with something of everything."""

    def setUp(self):
        super().setUp()
        self.client = self.made("/clients", {**CLIENT, "email": "a@b.example"})
        self.today = datetime.date.today().isoformat()

    def draft(self, **more):
        return "/invoices/" + self.made(
            "/invoices", {"client_id": self.client["id"], "lines": LINES, **more})["id"]

    def act(self, path, verb, body=None, status=200):
        tag = self.server.get(self.base + path).etag
        answer = self.server.post(f"{self.base}{path}/{verb}", body or WHY, If_Match=tag)
        return self.answered(answer, status)

    def issued(self):
        path = self.draft()
        self.act(path, "issue", {"issued_on": None})
        return path

    def paid(self, amount, *invoices):
        return "/payments/" + self.made("/payments", {
            "client_id": self.client["id"], "amount": amount, "received_on": self.today,
            "method": "transfer",
            "allocations": [{"invoice_id": path.split("/")[-1], "amount": share}
                            for path, share in invoices]})["id"]

    def credited(self, invoice):
        return "/credit-notes/" + self.act(invoice, "credit", {
            "all": True, "kind": "cancellation", **WHY}, 201)["id"]

    def settings(self):
        series = self.made("/series", {"document_kind": "invoice", "pattern": "X-{yyyy}-{n:4}"})
        rate = self.made("/tax-rates", {"tax": {"scheme": "VAT", "category": "S", "rate": "20"}})
        account = self.made("/money-accounts", {"name": "Bank", "kind": "bank"})
        product = self.made("/products", {"code": "A", "name": "Axe", "unit_price": "5"})
        return ["/series/" + series["id"], "/tax-rates/" + rate["id"],
                "/money-accounts/" + account["id"], "/products/" + product["id"]]


class Actions(Trade):
    def routes(self):
        """Of each kind of thing the verbs that the route table has, as (path below it, name)."""
        found = {}
        for path, operations in self.server.description.document["paths"].items():
            parts = path.removeprefix("/api/v1/companies/{company}/").split("/")
            if "post" not in operations or parts[0] == "" or path.startswith("/api/v1/uploads"):
                continue
            if not path.startswith("/api/v1/companies/{company}/") or "attachments" in parts:
                continue
            if len(parts) > 2 and parts[1] == "{id}":
                found.setdefault(parts[0], []).append("/".join(parts[2:]))
            answer = operations["post"]["responses"].get("200", {}).get("content", {})
            schema = answer.get("application/json", {}).get("schema", {})
            answers = [each.get("$ref", "") for each in [schema, *schema.get("anyOf", [])]]
            if len(parts) == 1 and any(each.endswith("/Company") for each in answers):
                found.setdefault("", []).append(parts[0])
        return found

    @staticmethod
    def name_of(verb):
        if verb == "write-offs/{write_off}/reverse":
            return "reverse_write_off"
        return verb.replace("-", "_")

    def body_of(self, name, thing):
        def live(entries, ended):
            return next((each["id"] for each in thing.get(entries, [])
                         if not each.get(ended)), str(uuid.uuid4()))
        bodies = {
            "issue": {}, "annotate": {}, "credit": {"all": True, "kind": "cancellation", **WHY},
            "write_off": {"amount": "0.01", "cause": "rounding", **WHY},
            "allocate": {"invoice_id": self.open.split("/")[-1], "amount": "0.01"},
            "unallocate": {"allocation_id": live("allocations", "ended_on")},
            "refund": MONEY, "reverse": BOUNCED,
            "reverse_refund": {"refund_id": live("refunds", "reversed_on"), **BOUNCED},
            "activate": {"original": "gone", "last_numbers": [
                {"series_id": each["id"], "last": 0} for each in self.shown("/series")["items"]]}}
        return bodies.get(name, WHY)

    def agree(self, *paths):
        """What a thing says of its verbs is what trying them says."""
        for path in paths:
            got = self.server.get(self.base + path)
            thing = self.answered(got, 200)
            for verb in self.verbs.get(path.split("/")[1] if path else "", []):
                name = self.name_of(verb)
                with self.subTest(path=path, verb=name):
                    action = thing["actions"][name]
                    live = [each["id"] for each in thing.get("write_offs", [])
                            if not each["reversed_on"]] or [str(uuid.uuid4())]
                    tried = self.server.post(
                        f"{self.base}{path}/{verb.replace('{write_off}', live[0])}"
                        "?validate_only=true", self.body_of(name, thing), If_Match=got.etag)
                    self.assertEqual(action["allowed"], tried.status == 200, tried.json)
                    self.assertIsInstance(action["missing"], list)
                    if not action["allowed"]:
                        self.assertEqual(action["why"], tried.json["code"])

    def test_every_verb_of_a_thing_says_whether_it_is_allowed_as_trying_it_would(self):
        self.verbs = self.routes()
        self.assertLessEqual({"", "clients", "products", "series", "tax-rates", "money-accounts",
                              "invoices", "credit-notes", "payments"}, set(self.verbs))
        settings = self.settings()
        client = "/clients/" + self.client["id"]
        self.open = self.issued()
        void, part, paid, credited, written = (
            self.draft(), self.issued(), self.issued(), self.issued(), self.issued())
        self.act(void, "void")
        some = self.paid("200", (part, "100"))
        whole = self.paid("1252.75", (paid, "1252.75"))
        back, wrong = self.paid("10"), self.paid("10")
        self.act(back, "refund", MONEY)
        self.act(wrong, "reverse", BOUNCED)
        self.act(written, "write-off", {"amount": "1", "cause": "goodwill", **WHY})
        used, unused = self.credited(credited), self.credited(paid)
        things = [client, *settings, self.open, self.draft(), self.draft(lines=[]), void, part,
                  paid, credited, written, some, whole, back, wrong, used, unused]
        self.agree("", *things)
        for path, verb in ((client, "archive"), (settings[0], "close"), (settings[1], "retire"),
                           (settings[2], "retire"), (settings[3], "archive")):
            self.act(path, verb)
        self.agree(*things[:5])
        for verb in ("archive", "unarchive", "retire"):
            self.act("", verb)
            self.agree("", *things)
        self.act("", "reinstate")
        self.agree("")

    def test_a_copy_may_be_activated_and_then_not_again(self):
        self.verbs = self.routes()
        self.open = self.issued()
        copied = self.copy(self.head(), name="Essai")["result"]["company_id"]
        self.base = "/api/v1/companies/" + copied
        self.agree("")
        self.assertTrue(self.shown("")["actions"]["activate"]["allowed"])

    def test_a_list_says_the_same_of_each_thing_as_the_thing_itself(self):
        self.settings()
        invoice = self.issued()
        self.draft(private_notes="only here")
        self.paid("10", (invoice, "10"))
        self.credited(invoice)
        self.made("/locks", {"through": "2020-01-31", **WHY})
        for kind in ("clients", "products", "invoices", "credit-notes", "payments", "series",
                     "tax-rates", "money-accounts", "locks"):
            items = self.shown("/" + kind)["items"]
            self.assertTrue(items, kind)
            for item in items:
                whole = self.shown(f"/{kind}/{item['id']}")
                self.assertEqual(item["actions"], whole["actions"], kind)
                self.assertEqual(item.get("private_notes"), whole.get("private_notes"), kind)
        [company] = self.answered(self.server.get("/api/v1/companies"), 200)["items"]
        self.assertEqual(company["actions"], self.shown("")["actions"])

    def test_a_lock_tells_its_reason_and_may_be_lifted_once(self):
        self.made("/locks", {"through": "2020-01-31", **WHY})
        body = {"through": "2020-02-29", "reason": "February"}
        preview = self.made("/locks?validate_only=true", body, 200)["result"]
        lock = self.made("/locks", body)
        for shown in (preview, lock, self.shown("/locks/" + lock["id"])):
            self.assertEqual((shown["reason"], shown["previous_through"]),
                             ("February", "2020-01-31"))
            self.assertTrue(shown["actions"]["lift"]["allowed"])
        path = f"{self.base}/locks/{lock['id']}"
        lifted = self.answered(self.server.call(
            "DELETE", path + "?reason=again", headers={"If-Match": '"v1"'}), 200)
        self.assertEqual(lifted["actions"]["lift"]["why"], "lock_not_found")


class Previews(Trade):
    def test_a_preview_keeps_when_a_thing_was_made_and_says_now_for_its_change(self):
        path = self.draft()
        before = self.shown(path)
        for answer in (
                self.server.call("PATCH", f"{self.base}{path}?validate_only=true",
                                 {"notes": "new"}, {"If-Match": '"v1"'}),
                self.server.post(f"{self.base}{path}/issue?validate_only=true", {},
                                 If_Match='"v1"')):
            result = self.answered(answer, 200)["result"]
            self.assertEqual(result["created_at"], before["created_at"])
            self.assertGreater(result["updated_at"], before["updated_at"])
        made = self.made("/clients?validate_only=true", CLIENT, 200)["result"]
        self.assertGreater(made["created_at"], before["created_at"])
        self.assertEqual(made["created_at"], made["updated_at"])


class Pointers(Trade):
    """The name of a field is the same in a request, an answer, a history, a diff and a blame."""

    FIELDS = {
        "": {"name": "Autre", "trade_name": "T", "locale": "en-GB", "time_zone": "Europe/London",
             "address": {"line1": "9 rue", "city": "Metz"}, "legal_form": "SA", "capital": "5 EUR",
             "identifiers": {"register": "RCS Lyon", "bank": {"iban": "GB82WEST12345698765432"}},
             "tax_registrations": [{"scheme": "VAT", "number": "X1"}], "tax_regime": "réel",
             "vat_due": "payment", "year_end": "06-30", "profile": "generic",
             "terms": {"days": 45, "end_of_month": True}},
        "clients": {"name": "Autre", "kind": "consumer", "code": "C9", "trade_name": "T",
                    "legal_form": "SA", "address": {"line1": "9 rue", "city": "Metz"},
                    "identifiers": {"vat_number": "X9"}, "currency": "USD", "locale": "en-GB",
                    "terms": {"days": 10}, "custom": [{"name": "k", "value": "v"}],
                    "email": "new@b.example", "phone": "12", "notes": "words",
                    "contacts": [{"name": "Zoé"}]},
        "products": {"code": "B", "name": "Bow", "description": "d", "unit": "m",
                     "unit_code": "MTR", "unit_price": "7.5", "price_includes_tax": True,
                     "nature": "goods", "account": "707", "custom": [{"name": "k", "value": "v"}],
                     "taxes": [{"scheme": "VAT", "category": "S", "rate": "20"}]},
        "invoices": {"notes": "n", "private_notes": "secret", "reference": "r", "contract": "c",
                     "purchase_order": "p", "language": "en-GB", "due_on": "2100-01-01",
                     "delivered_on": "2020-01-01", "prices_include_tax": True,
                     "period": {"from": "2020-01-01", "to": "2020-01-31"},
                     "delivery": {"name": "D", "address": {"city": "Metz"}},
                     "terms": {"days": 3}, "custom": [{"name": "k", "value": "v"}],
                     "discount": {"percent": "10"}, "currency": "USD",
                     "lines": [{"description": "x", "quantity": "2", "unit_price": "3"}]},
        "series": {"pattern": "Y-{yyyy}-{n:4}", "reset": "never", "next": 5, "purpose": "p"},
    }
    SHOWN_AS = {"/discount": "/discount_input"}  # An answer's discount is what it comes to.

    def holds(self, changes, before, after, body):
        for change in changes:
            for side, thing in (("before", before), ("after", after)):
                self.assertEqual(change[side], at(thing, change["pointer"]), (change, body))
        for member in body:
            pointer = self.SHOWN_AS.get("/" + member, "/" + member)
            self.assertTrue([change for change in changes
                             if (change["pointer"] + "/").startswith(pointer + "/")],
                            (pointer, changes))

    def test_a_change_has_the_name_and_the_form_of_the_field_that_was_patched(self):
        made = self.settings()
        paths = {"": "", "clients": "/clients/" + self.client["id"], "products": made[3],
                 "invoices": self.draft(), "series": made[0]}
        for kind, fields in self.FIELDS.items():
            path = paths[kind]
            for member, value in fields.items():
                with self.subTest(kind=kind, member=member):
                    self.patch_holds(path, {member: value})

    def patch_holds(self, path, body):
        got = self.server.get(self.base + path)
        before, tag = self.answered(got, 200), {"If-Match": got.etag}
        preview = self.answered(self.server.call(
            "PATCH", f"{self.base}{path}?validate_only=true", body, tag), 200)
        after = self.answered(self.server.call("PATCH", self.base + path, body, tag), 200)
        history = self.shown((path or "") + "/history?limit=1")["items"][0]["changes"]
        self.holds(history, before, after, body)
        previewed = preview["diff"][0]["changes"]
        if "lines" not in body:  # A new line has a new id each time.
            self.assertEqual(previewed, history)
        if path:
            diff = self.shown(f"{path}/diff?from=@{before['revision']}")["items"][0]["changes"]
            self.assertEqual(diff, history)
        blamed = {each["pointer"]: each["value"] for each in self.shown(path + "/blame")}
        for change in history:
            self.assertEqual(blamed.get(change["pointer"]), change["after"])

    def test_money_and_documents_change_under_the_names_that_their_answers_have(self):
        invoice = self.draft()
        draft = self.shown(invoice)
        self.act(invoice, "issue", {"issued_on": None})
        self.told(invoice, draft, "/number", "/status", "/seller/name", "/client/name")
        payment = self.paid("200")
        for verb, body, pointer in (
                ("allocate", {"invoice_id": draft["id"], "amount": "50"}, "/allocated/amount"),
                ("refund", MONEY, "/refunded/amount"), ("annotate", {"tags": ["a"]}, "/tags/0"),
                ("annotate", {"private_note": "psst"}, "/private_note")):
            before = self.shown(payment)
            self.act(payment, verb, body)
            self.told(payment, before, pointer)
        note = self.credited(invoice)
        before = self.shown(note)
        self.act(note, "refund", MONEY)
        self.told(note, before, "/remaining", "/refunded")

    def told(self, path, before, *pointers):
        after = self.shown(path)
        changes = self.shown(path + "/history?limit=1")["items"][0]["changes"]
        named = [change["pointer"] for change in changes]
        for pointer in pointers:
            self.assertIn(pointer, named)
        for change in changes:
            self.assertEqual(change["after"], at(after, change["pointer"]), change)
            if before["status"] != "draft":  # Whose parties are those of now, not yet its own.
                self.assertEqual(change["before"], at(before, change["pointer"]), change)


if __name__ == "__main__":
    unittest.main()
