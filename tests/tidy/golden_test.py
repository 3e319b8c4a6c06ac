"""Formats are frozen: the golden files are those of the list, byte for byte, and the list of a
release that is out never changes. A new release adds files, their lines, and a line of its own
here."""

import hashlib
import os
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GOLDEN = os.path.join(ROOT, "tests", "golden")

# Of the lines of each release in SHA256SUMS.
FROZEN = {"v1": "6598fbcbb6db67a8281f198003aaf94ea67cb141ff08c0e91feef553548170f3"}


def lines():
    with open(os.path.join(GOLDEN, "SHA256SUMS"), encoding="utf-8") as file:
        return file.read().splitlines()


class Golden(unittest.TestCase):
    def test_each_file_is_what_was_released(self):
        listed = dict(reversed(line.split("  ")) for line in lines())
        found = {}
        for folder, _, names in os.walk(GOLDEN):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), GOLDEN)
                if path not in ("README.md", "SHA256SUMS"):
                    with open(os.path.join(folder, name), "rb") as file:
                        found[path] = hashlib.sha256(file.read()).hexdigest()
        self.assertGreater(len(found), 100)
        self.assertEqual(found, listed)

    def test_the_list_of_a_release_never_changes(self):
        for release, digest in FROZEN.items():
            own = "".join(line + "\n" for line in lines() if f"-{release}/" in line)
            self.assertEqual(hashlib.sha256(own.encode()).hexdigest(), digest, release)


if __name__ == "__main__":
    unittest.main()
