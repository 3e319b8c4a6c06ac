"""The README's own commands, run as they stand against a new server."""

import re
import subprocess
import unittest

from daybook import REPOSITORY, Scenario


class Readme(Scenario):
    def run_block(self, beginning):
        with open(REPOSITORY + "/README.md", encoding="utf-8") as file:
            blocks = re.findall(r"```\n(.*?)```", file.read(), re.S)
        [block] = [block for block in blocks if block.startswith(beginning)]
        server = self.serve("--empty")
        script = block.replace("127.0.0.1:8080", f"127.0.0.1:{server.port}")
        ran = subprocess.run(["bash", "-eu", "-c", script], capture_output=True, text=True,
                             timeout=120, check=False, cwd=REPOSITORY)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran

    def test_goes_back_and_forth_with_the_real_file(self):
        said = "".join(self.run_block("h=").stdout.split())
        self.assertEqual(said, "succeeded1119" "19900" "0" "1990"
                               '{"issued":1119,"receivable":[{"amount":"540361.13",'
                               '"currency":"GBP"}]}' "succeeded")

    def test_takes_an_invoice_through_its_life(self):
        ran = self.run_block("api=")
        said = "".join(ran.stdout.split())
        for expected in ('"FA-', '"due":"1252.75"', '"status":"partially_paid"', '"AV-',
                         '"total":"52.75"', '"status":"issued"', "id:1-1"):
            self.assertIn(expected, said, ran.stdout)
        self.assertNotIn("null}", said.replace('"number":null}', ""))


if __name__ == "__main__":
    unittest.main()
