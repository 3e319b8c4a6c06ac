"""A book copied as of a moment, to try in what is not to be done in the book."""

import unittest

from daybook import CLIENT, COMPANY
from going_back import Books


class Copies(Books):
    def test_a_copy_is_the_company_of_that_moment_and_a_sandbox(self):
        client = self.made("/clients", CLIENT)
        then = self.head()
        invoice = self.issue(client)
        operation = self.copy(then, name="Essai")
        self.assertEqual(operation["state"], "succeeded", operation)
        original, copied = self.base, operation["result"]["company_id"]
        self.base = "/api/v1/companies/" + copied
        company = self.shown("")
        self.assertEqual((company["id"], company["name"], company["state"]),
                         (copied, "Essai", "sandbox"))
        self.assertEqual(self.shown("/clients/" + client["id"])["name"], CLIENT["name"])
        self.assertEqual(self.shown("/summary")["issued"], 0)
        fork = self.shown("/events?after=" + str(then))["items"][0]
        self.assertEqual(fork["type"], "CompanyCopied")
        self.assertEqual(fork["data"]["fork"]["parent"]["revision"], then)
        self.assertEqual([thing["number"] for thing in fork["data"]["fork"]["only_in_parent"]],
                         [invoice["number"]])
        # It lives a life of its own, and the original does not hear of it.
        self.rename(client, "Nur hier")
        self.base = original
        self.assertEqual(self.shown("/clients/" + client["id"])["name"], CLIENT["name"])
        listed = self.answered(self.server.get("/api/v1/companies"), 200)["items"]
        self.assertEqual({item["name"] for item in listed}, {COMPANY["name"], "Essai"})
        # And it is there after a restart; one made behind a number is sound too.
        later = self.copy(self.head(), name="Nach")
        self.assertEqual(later["state"], "succeeded", later)
        self.assertEqual(self.server.stop(), 0)
        verified = self.run_command("verify", self.directory + "/books")
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        self.server = self.serve("--empty")
        self.base = "/api/v1/companies/" + copied
        self.assertEqual(self.shown("/clients/" + client["id"])["name"], "Nur hier")

    def test_a_copy_has_the_state_of_what_it_was_copied_from(self):
        self.made("/clients", CLIENT)
        then = self.head()
        self.made("/clients", {**CLIENT, "name": "Autre"})
        copied = self.copy(then)["result"]["company_id"]
        wanted = self.state_hash("--at", f"@{then}")
        self.company = copied
        self.assertEqual(self.state_hash("--at", f"@{then}"), wanted)

    def test_refuses_a_copy_of_a_moment_that_is_none(self):
        for revision, status, code in ((0, 404, "not_yet_created"), (1, 422, "inside_commit"),
                                       (999, 422, "as_of_in_future")):
            answer = self.server.post(self.base + "/copies",
                                      {"at": {"revision": revision}, "name": "Never"})
            self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (status, code))


if __name__ == "__main__":
    unittest.main()
