"""Reading: every answer as of a moment, lists that are lists, commands that ask a server."""

import json
import subprocess
import unittest

from daybook import BINARY, BRITISH, COMPANY, RETAIL, Scenario

CUSTODY = ("/backups", "/replacements")


class Reading(Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--empty")
        company = self.answered(self.server.post("/api/v1/companies", COMPANY), 201)
        self.company = company["id"]
        self.base = "/api/v1/companies/" + self.company
        self.made = company["revision"]
        self.answered(self.server.post(self.base + "/clients", {"name": "Dupont"}), 201)
        self.address = f"http://127.0.0.1:{self.server.port}"

    def get(self, path, status=200, **headers):
        return self.answered(self.server.get(self.base + path, **headers), status)

    def test_every_answer_below_a_company_can_be_asked_for_as_of_a_moment(self):
        paths = self.server.description.document["paths"]
        for path, operations in paths.items():
            if path.startswith("/api/v1/companies/{company}") and "get" in operations:
                names = [given["name"] for given in operations["get"]["parameters"]]
                self.assertIn("as_of", names, path)
        then = f"as_of=@{self.made}"
        for path in ("/events", "/checkpoints", "/diff?from=@%d" % self.made, "/state-hash",
                     "/proofs/inclusion?revision=1", "/proofs/consistency?from=%d" % self.made):
            answer = self.server.get(self.base + path + ("&" if "?" in path else "?") + then)
            self.answered(answer, 200)
            self.assertEqual(answer.headers["daybook-revision"], str(self.made), path)
        self.assertEqual(self.get("/checkpoint?" + then)["size"], self.made)
        for path in ("/backups", "/backups/new", "/backups/schedule", "/replacements"):
            refused = self.get(f"{path}?{then}", 400)
            self.assertEqual(refused["code"], "unknown_parameter")
            self.assertIn("custody", refused["detail"])

    def test_lists_are_lists(self):
        for path in (self.base + "/series", self.base + "/backups", self.base + "/replacements",
                     self.base + "/checkpoints", self.base + "/receivables", "/api/v1/companies",
                     "/api/v1/operations", "/api/v1/uploads"):
            page = self.answered(self.server.get(path + "?limit=1&count=true"), 200)
            self.assertLessEqual({"items", "next", "prev", "revision", "total"}, set(page), path)
            lines = self.server.get(path, Accept="application/x-ndjson")
            self.assertEqual((lines.status, lines.headers["content-type"]),
                             (200, "application/x-ndjson"), path)
            self.assertEqual(self.server.get(path, Accept="image/png").status, 406, path)
        for path in ("/events", "/history", f"/diff?from=@{self.made}"):
            page = self.get(path)
            self.assertLessEqual({"items", "next", "prev", "revision"}, set(page), path)

    # ---- the command line --------------------------------------------------------------------

    def told(self, *arguments, code=0):
        ran = self.run_command(*arguments)
        self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
        return ran.stdout if code == 0 else ran.stderr

    def test_a_server_and_its_directory_tell_the_same(self):
        commands = (["history", "--last", "3"], ["history", "--json"], ["state-hash"],
                    ["state-hash", "--json", "--at", str(self.made)],
                    ["history", "--company", "atelier dupre"],
                    ["state-hash", "--company", self.company[:13]])
        served = [self.told(*command, "--server", self.address) for command in commands]
        early = self.told("state-hash", "--server", self.address, "--at", "@2", code=1)
        self.assertIn("not_yet_created", early)
        self.assertEqual(self.server.stop(), 0)
        books = self.directory + "/books"
        self.assertEqual([self.told(*command, "--data", books) for command in commands], served)
        self.assertEqual(len(served[0].splitlines()), 3)
        self.assertEqual(len(served[2].strip()), 64)
        self.assertIn("not_yet_created",
                      self.told("state-hash", "--data", books, "--at", "@2", code=1))
        self.assertEqual(json.loads(served[3])["revision"], self.made)

    def test_a_file_is_imported_through_a_server(self):
        self.answered(self.server.post("/api/v1/companies", BRITISH), 201)
        given = ["import", RETAIL, "--server", self.address, "--company", "gifts ltd"]
        asked = self.told(*given, code=1)
        self.assertIn("/tax_treatment: the file does not say", asked)
        self.assertIn("one of: none, exclusive, inclusive", asked)
        given += ["--currency", "GBP", "--tax-treatment", "none", "--client-for-blank", "counter"]
        dry = self.told(*given, "--dry-run")
        self.assertIn("Nothing was written", dry)
        self.assertIn("Imported as revisions", self.told(*given))
        again = self.told(*given)
        self.assertIn("nothing was added", again)
        self.assertIn("together 476984.57", again)
        self.assertEqual(self.server.stop(), 0)
        here = ["import", RETAIL, "--data", self.directory + "/books", "--company", "Gifts Ltd"]
        self.assertIn("one of: none, exclusive, inclusive", self.told(*here, code=1))
        self.assertEqual(self.told(*here, *given[6:]), again)

    def test_a_command_that_there_is_not_is_named_with_the_nearest(self):
        ran = subprocess.run([BINARY, "histroy"], capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 2)
        self.assertIn("histroy: there is no such command. Do you mean: history", ran.stderr)
        self.assertIn("There are: serve import log", self.told("foo", code=2))


if __name__ == "__main__":
    unittest.main()
