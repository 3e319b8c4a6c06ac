"""The README's own commands, run as they stand against a new server."""

import datetime
import os
import re
import subprocess
import unittest

from daybook import BINARY, REPOSITORY, Scenario


class Readme(Scenario):
    def run_blocks(self, *beginnings):
        with open(REPOSITORY + "/README.md", encoding="utf-8") as file:
            blocks = re.findall(r"```\n(.*?)```", file.read(), re.S)
        script = ""
        for beginning in beginnings:
            [block] = [block for block in blocks if block.startswith(beginning)]
            script += block
        script = script.replace("/tmp/", self.directory + "/")
        script = script.replace("-o martin", f"-o {self.directory}/martin")
        script = script.replace("build/daybook", os.path.abspath(BINARY))
        server = self.serve("--empty")
        return self.run_script(script.replace("127.0.0.1:8080", f"127.0.0.1:{server.port}"))

    def run_script(self, script):
        ran = subprocess.run(["bash", "-eu", "-c", script], capture_output=True, text=True,
                             timeout=120, check=False, cwd=REPOSITORY)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran

    def test_goes_back_and_forth_with_the_real_file(self):
        said = "".join(self.run_blocks("h=").stdout.split())
        self.assertEqual(said, "succeeded1119" "19900" "0" "1990"
                               '{"issued":1119,"receivable":[{"amount":"540361.13",'
                               '"currency":"GBP"}]}' "succeeded")

    def test_takes_an_invoice_through_its_life_and_looks_back(self):
        ran = self.run_blocks("api=", "# A contract", "# What differs", "# What an auditor")
        said = "".join(ran.stdout.split())
        for expected in ('"FA-', '"due":"1252.75"', '"status":"partially_paid"', '"AV-',
                         '"total":"52.75"', '"status":"issued"', "id:1-1",
                         '{"name":"contratn°1.pdf","media_type":"text/plain",'
                         '"missing":false}#Daybook',
                         '{"rows":1,"created":0,"changed":0,"unchanged":1}5'):
            self.assertIn(expected, said, ran.stdout)
        self.assertNotIn("null}", said.replace('"number":null}', ""))
        for expected in ("daybook/", "—daybook/", '"index":4', '"from":3',
                         "Sound.FA-"):
            self.assertIn(expected, said, ran.stdout)
        for expected in ("added payment 626.37 EUR of", "added credit_note AV-",
                         '{"before":"1252.75","after":"573.63","difference":"-679.12"}',
                         "ClientCreated /name", "revision,commit.first,"):
            self.assertIn(expected, ran.stdout)
        self.assertEqual(self.servers[-1].stop(), 0)
        with open(REPOSITORY + "/README.md", encoding="utf-8") as file:
            [script] = re.findall(r"```\n(build/daybook log.*?)```", file.read(), re.S)
        script = script.replace("build/daybook", os.path.abspath(BINARY))
        script = script.replace("--data data", f"--data {self.directory}/books")
        script = re.sub(r"FA-\d{4}-", f"FA-{datetime.date.today().year}-", script)
        ran = self.run_script(script)
        for expected in ("was issued", "invoice", "Café Olé", "receivable EUR",
                         "ClientCreated"):
            self.assertIn(expected, ran.stdout)
        self.assertNotIn("\x1b", ran.stdout)  # Colours are for terminals.

    def test_makes_a_backup_and_looks_what_it_would_restore(self):
        ran = self.run_blocks("api=", "b=")
        said = "".join(ran.stdout.split())
        for expected in ('"state":"verified"', '"counts":{', '"every":"daily"'):
            self.assertIn(expected, said, ran.stdout)
        verified = self.run_command("verify", self.directory + "/martin.daybook")
        self.assertEqual(verified.returncode, 0, verified.stderr)

    def test_takes_a_backup_in(self):
        self.serve(directory=self.directory + "/books").stop()  # Its sample books.
        path = self.directory + "/martin.daybook"
        ran = self.run_command("backup", "--data", self.directory + "/books", "--output", path)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        server = self.serve("--empty", directory=self.directory + "/new")
        with open(REPOSITORY + "/README.md", encoding="utf-8") as file:
            [script] = re.findall(r"```\n(# A backup on its way in.*?)```", file.read(), re.S)
        with_names = (f"api=http://127.0.0.1:{server.port}/api/v1\n"
                      "json='Content-Type: application/json'\n")
        said = self.run_script(with_names + script.replace("file=martin.daybook", "file=" + path))
        for expected in ("true", '"first": 1', '"issued"', '"succeeded"'):
            self.assertIn(expected, said.stdout)


if __name__ == "__main__":
    unittest.main()
