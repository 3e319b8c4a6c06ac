"""The README's own commands, run as they stand against a new server."""

import re
import subprocess
import unittest

from daybook import REPOSITORY, Scenario


class Readme(Scenario):
    def test_takes_an_invoice_through_its_life(self):
        with open(REPOSITORY + "/README.md", encoding="utf-8") as file:
            blocks = re.findall(r"```\n(.*?)```", file.read(), re.S)
        [life] = [block for block in blocks if block.startswith("api=")]
        server = self.serve("--empty")
        script = life.replace("127.0.0.1:8080", f"127.0.0.1:{server.port}")
        ran = subprocess.run(["bash", "-eu", "-c", script], capture_output=True, text=True,
                             timeout=60, check=False)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        said = "".join(ran.stdout.split())
        for expected in ('"FA-', '"due":"1252.75"', '"status":"partially_paid"', '"AV-',
                         '"total":"52.75"', '"status":"issued"', "id:1-1"):
            self.assertIn(expected, said, ran.stdout)
        self.assertNotIn("null}", said.replace('"number":null}', ""))


if __name__ == "__main__":
    unittest.main()
