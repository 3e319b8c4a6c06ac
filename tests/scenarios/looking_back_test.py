"""Looking back: moments that are none, pages across writes, and the commands that only look."""

import json
import subprocess
import unittest

from daybook import BINARY, CLIENT, COMPANY, LINES, Scenario, quoted


class LookingBack(Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--empty")
        company = self.answered(self.server.post("/api/v1/companies", COMPANY,
                                                 Daybook_Actor="Ada"), 201)
        self.base = "/api/v1/companies/" + company["id"]
        self.made = company["revision"]
        self.client = self.answered(self.server.post(
            self.base + "/clients", CLIENT, Daybook_Actor="Ada"), 201)
        self.drafted = self.invoice()
        self.before = self.drafted["revision"]
        path = self.base + "/invoices/" + self.drafted["id"]
        self.issued = self.answered(self.server.post(path + "/issue", If_Match='"v1"',
                                                     Daybook_Actor="Grace"), 200)

    def invoice(self):
        return self.answered(self.server.post(
            self.base + "/invoices", {"client_id": self.client["id"], "lines": LINES}), 201)

    def get(self, path, status=200, **headers):
        return self.answered(self.server.get(self.base + path, **headers), status)

    def refused(self, path, status, code):
        problem = self.get(path, status)
        self.assertEqual(problem["code"], code, problem)

    def test_a_server_answers_the_commands_as_its_directory_does(self):
        books = self.directory + "/others"
        server = self.serve(directory=books)
        address = f"http://127.0.0.1:{server.port}"
        asked = self.run_command("log", "--server", address, "--json")
        self.assertEqual(asked.returncode, 0, asked)
        refused = self.run_command("rollback", "--server", address, "--to", "@41x", "--reason", "r")
        self.assertEqual(refused.returncode, 1, refused)
        self.assertEqual(server.stop(), 0)
        read = self.run_command("log", "--data", books, "--json")
        self.assertEqual(asked.stdout, read.stdout)
        gone = self.run_command("log", "--server", address)
        self.assertEqual(gone.returncode, 2, gone)
        self.assertIn("Couldn't connect", gone.stderr)

    def test_moments_that_are_none_are_refused_everywhere(self):
        head = self.issued["revision"]
        one = "/invoices/" + self.drafted["id"]
        for path in ("", "/summary", "/receivables", "/invoices", "/clients", one, "/series",
                     "/history", one + "/history", one + "/blame"):
            self.refused(f"{path}?as_of=@{head + 1}", 422, "as_of_in_future")
            self.refused(f"{path}?as_of=2999-01-01T00:00:00Z", 422, "as_of_in_future")
            self.refused(f"{path}?as_of=@0", 404, "not_yet_created")
            self.refused(f"{path}?as_of=2001-01-01T00:00:00Z", 404, "not_yet_created")
            for nonsense in ("7", "@", "@-1", "@1.5", "@x", "@99999999999999999999", "yesterday",
                             "2026-02-30T00:00:00Z"):
                self.refused(f"{path}?as_of={nonsense}", 400, "bad_parameter")

    def test_a_revision_inside_a_commit_means_the_commit_before(self):
        self.assertGreater(self.made, 2)  # The company came with its series.
        self.refused("?as_of=@1", 404, "not_yet_created")
        answer = self.server.get(f"{self.base}?as_of=@{self.made}")
        self.assertEqual(answer.headers["daybook-revision"], str(self.made))
        before = self.answered(self.server.get(
            f"{self.base}/clients?as_of=@{self.made}&count=true"), 200)
        self.assertEqual((before["total"], before["revision"]), (0, self.made))

    def test_a_cursor_goes_on_showing_the_moment_it_came_from(self):
        for _ in range(3):
            self.invoice()
        first = self.get("/invoices?limit=2&sort=-created_at")
        self.invoice()
        path = self.base + "/invoices/" + first["items"][1]["id"]
        self.answered(self.server.post(path + "/void", {"reason": "mistaken"}, If_Match='"v1"'),
                      200)
        second = self.get("/invoices?limit=2&sort=-created_at&cursor=" + first["next"])
        self.assertEqual(second["revision"], first["revision"])
        back = self.get("/invoices?limit=2&sort=-created_at&cursor=" + second["prev"])
        self.assertEqual([(item["id"], item["status"]) for item in back["items"]],
                         [(item["id"], item["status"]) for item in first["items"]])

    def test_the_web_s_own_way_to_past_states(self):
        path = f"{self.base}/invoices/{self.drafted['id']}"
        then = self.server.get(f"{path}?as_of=@{self.before}")
        self.assertEqual(self.answered(then, 200)["status"], "draft")
        self.assertIn(f'<{path}>; rel="original timegate"', then.headers["link"])
        self.assertRegex(then.headers["memento-datetime"], r"^\w{3}, \d\d \w{3} \d{4} .* GMT$")
        found = self.server.call("GET", path, headers={
            "Accept-Datetime": then.headers["memento-datetime"]})
        self.assertEqual(self.answered(found, 200)["id"], self.drafted["id"])
        self.assertIn("as_of=%40", found.headers["content-location"])
        wrong = self.server.call("GET", path, headers={
            "Accept-Datetime": "Tue, 01 Jan 2024 00:00:00 GMT"})  # It was a Monday.
        self.assertEqual(wrong.status, 400)

    # ---- the command line --------------------------------------------------------------------

    def look(self, *arguments, code=0):
        ran = self.run_command(*arguments, "--data", self.directory + "/books")
        self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
        return ran.stdout if code == 0 else ran.stderr

    def test_commands_show_what_the_api_would(self):
        expected = self.get("/invoices/" + self.drafted["id"])
        diff = self.get(f"/diff?from=@{self.before}")
        self.assertEqual(self.server.stop(), 0)
        number = self.issued["number"]

        log = self.look("log").splitlines()
        self.assertEqual(len(log), 4)
        self.assertRegex(log[0], rf"^ +@{self.issued['revision']}  \d.*  Grace +  .*{number}")
        self.assertRegex(log[3], rf"^ *@1-{self.made}  .*  Ada .*\(\+{self.made - 1}\)$")
        self.assertEqual(len(self.look("log", "--actor", "Ada").splitlines()), 2)
        self.assertEqual(len(self.look("log", "--last", "1", "--from", "@1").splitlines()), 1)
        [commit] = self.look("log", "--type", "InvoiceIssued", "--json").splitlines()
        self.assertEqual(json.loads(commit)["actor"]["name"], "Grace")

        page = self.look("show", "invoice", number)
        for text in (number, "Café Olé", "Conseil", "1252.75", "issued"):
            self.assertIn(text, page)
        self.assertIn("draft", self.look("show", "invoices", self.drafted["id"], "--at",
                                         f"@{self.before}"))
        shown = json.loads(self.look("show", "invoice", number, "--json"))
        self.assertEqual(shown["total"], expected["total"])
        self.assertIn("Lyon", self.look("show", "client", "cafe ole"))

        told = self.look("diff", str(self.before), "now")
        self.assertIn("~ invoice " + number, told)
        self.assertRegex(told, r"receivable EUR +0.00 → +1252.75  \+1252.75")
        self.assertEqual(json.loads(self.look("diff", f"@{self.before}", "--json"))["items"],
                         diff["items"])
        one = self.look("diff", str(self.made), "--of", "client", "Café Olé")
        self.assertIn("+ client Café Olé", one)

        blame = self.look("blame", "invoice", number)
        self.assertRegex(blame, rf"@{self.issued['revision']}  .*Grace .*/status = issued")

    def test_commands_say_what_they_could_not_do(self):
        self.assertEqual(self.server.stop(), 0)
        self.assertIn("no kind of thing", self.look("show", "dog", "1", code=2))
        self.assertIn('no "FA-1"', self.look("show", "invoice", "FA-1", code=1))
        self.assertIn("newest revision", self.look("diff", "@99", code=1))
        self.assertIn("no such company", self.look("log", "--company", "Martin", code=2))
        self.assertIn("no event", self.look("log", "--type", "Eaten", code=1))
        self.assertIn("Atelier Dupré", self.look("log", "--company", "Martin", code=2))
        self.look("log", "--company", "ATELIER DUPRE")
        self.look("log", "--company", self.base.split("/")[-1][:13])
        for command in ("log", "show", "diff", "blame"):
            taught = subprocess.run([BINARY, command, "--help"], capture_output=True, text=True,
                                    check=True).stdout
            self.assertIn(f"daybook {command} ", taught)

    def test_what_others_wrote_does_not_move_the_terminal(self):
        name = "Evil \u009b31m \u007f Ltd"
        made = self.answered(self.server.post(self.base + "/clients", {**CLIENT, "name": name}),
                             201)
        self.assertEqual(self.get("/clients?q=" + quoted("Evil"))["items"][0]["id"], made["id"])
        self.assertEqual(self.server.stop(), 0)
        for told in (self.look("log"), self.look("show", "client", made["id"])):
            self.assertIn("Evil", told)
            self.assertNotRegex(told, "[\u0080-\u009f\u007f\u001b]")


if __name__ == "__main__":
    unittest.main()
