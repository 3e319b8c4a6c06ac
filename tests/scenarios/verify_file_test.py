"""A backup is sound when its books are: what `verify FILE` and a preview find beyond the seal."""

import hashlib
import json
import os
import re
import subprocess
import tempfile
import unittest
import zlib

from daybook import BRITISH, CLIENT
from restoring import Restoring


def replaced(content, name, bytes_):
    """The archive with another content of the same length in a stored entry; its sums made good."""
    name = name.encode()
    local = next(at.start() for at in re.finditer(re.escape(b"PK\x03\x04"), content)
                 if content[at.start() + 30:].startswith(name))
    central = next(at.start() for at in re.finditer(re.escape(b"PK\x01\x02"), content)
                   if content[at.start() + 46:].startswith(name))
    begin, sum_ = local + 30 + len(name), zlib.crc32(bytes_).to_bytes(4, "little")
    changed = bytearray(content)
    changed[begin:begin + len(bytes_)] = bytes_
    changed[local + 14:local + 18] = changed[central + 16:central + 20] = sum_
    return bytes(changed)


class VerifyFile(Restoring):
    def setUp(self):
        super().setUp()
        self.path, self.made = self.backup()

    def signed_again(self, alter):
        """The backup with an altered manifest, signed with the real key and sealed."""
        content = self.content(self.path)
        begin = content.rindex(b"manifest.json", 0, content.index(b"PK\x01\x02")) + 13
        manifest = content[begin:content.index(b"PK", begin)]
        told = alter(manifest.decode()).encode()
        self.assertEqual(len(told), len(manifest))
        with tempfile.NamedTemporaryFile() as file:
            file.write(told)
            file.flush()
            signature = subprocess.run(
                ["openssl", "pkeyutl", "-sign", "-rawin", "-in", file.name,
                 "-inkey", self.books + "/keys/signing.key"],
                check=True, capture_output=True).stdout
        content = replaced(replaced(content, "manifest.json", told), "manifest.sig", signature)
        sealed = content[:-64] + hashlib.sha256(content[:-64]).hexdigest().encode()
        return self.written("altered.daybook", sealed)

    def written(self, name, content):
        path = f"{self.directory}/{name}"
        with open(path, "wb") as file:
            file.write(content)
        return path

    def temporary(self):
        """A directory for temporary files that is looked at afterwards."""
        path = self.directory + "/temporary"
        os.makedirs(path, exist_ok=True)
        return path

    def ran(self, *arguments):
        ran = self.run_in(*arguments, env={**os.environ, "TMPDIR": self.temporary()})
        self.assertEqual(os.listdir(self.temporary()), [], "something is left behind")
        return ran

    def told(self, code, *arguments):
        ran = self.ran(*arguments, "--json")
        self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
        return json.loads(ran.stdout)

    def test_the_state_is_that_which_the_records_come_to(self):
        told = self.told(0, "verify", self.path)
        self.assertEqual((told["sound"], told["findings"], told["state_hash"]),
                         (True, [], self.made["state_hash"]))
        other = "0" * 64
        altered = self.signed_again(lambda text: text.replace(self.made["state_hash"], other))
        found = self.told(1, "verify", altered)
        self.assertEqual(found["sound"], False)
        self.assertIn("another state", found["findings"][0]["what"])
        self.assertIn("another state", self.ran("verify", altered).stderr)
        refused = self.told(1, "restore", altered, "--data", self.directory + "/none", "--dry-run")
        self.assertEqual(refused["code"], "backup_damaged")
        self.assertFalse(os.path.exists(self.directory + "/none"))

    def test_a_preview_of_an_empty_machine_is_a_preview(self):
        told = self.told(0, "restore", self.path, "--data", self.directory + "/none", "--dry-run")
        self.assertEqual((told["at"], told["counts"]["issued"], told["warnings"]),
                         (self.made["revision"], 1, []))
        self.assertFalse(os.path.exists(self.directory + "/none"))

    def checkpoint(self, base=None):
        text = self.server.call("GET", (base or self.base) + "/checkpoint",
                                headers={"Accept": "text/plain"}).bytes
        return self.written("checkpoint.txt", text)

    def held(self, checkpoint, path=None):
        return ("verify", path or self.path, "--checkpoint", checkpoint)

    def test_a_checkpoint_is_held_against_the_file(self):
        kept = self.checkpoint()
        self.assertEqual(self.told(0, *self.held(kept))["checkpoints"], 1)
        # As somebody else's book of the same name and length would have signed it.
        lines = self.content(kept).split(b"\n")
        lines[2] = b"A" * 43 + b"="
        differs = self.told(1, *self.held(self.written("other.txt", b"\n".join(lines))))
        self.assertEqual(differs["sound"], False)
        self.assertIn("checkpoint 1", differs["findings"][0]["where"])

    def test_one_that_says_nothing_about_the_file_is_no_verdict(self):
        other = self.checkpoint("/api/v1/companies/" + self.new_company(BRITISH))
        told = self.told(2, *self.held(other))
        self.assertEqual((told["sound"], told["checkpoints"]), (None, 0))
        self.assertIn("not of this book", told["notes"][0])
        self.answered(self.server.post(self.base + "/clients", CLIENT), 201)
        later = self.told(2, *self.held(self.checkpoint()))
        self.assertIn(f"the backup holds {self.made['revision']}", later["notes"][0])
        junk = self.ran(*self.held(self.written("junk.txt", b"never signed\n")))
        self.assertEqual(junk.returncode, 2)
        self.assertIn("is no checkpoint", junk.stderr)

    def test_of_books_without_history_it_is_held_at_their_moment(self):
        kept = self.checkpoint()
        self.stopped()
        path = self.directory + "/opened.daybook"
        ran = self.run_command("backup", "--data", self.books, "--company", self.company,
                               "--output", path, "--without", "history")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(self.told(0, *self.held(kept, path))["checkpoints"], 1)

    def test_what_goes_wrong_is_told_as_json_too(self):
        content = bytearray(self.content(self.path))
        content[content.index(b"events/000000000001-0") + 60] ^= 1
        damaged = self.written("damaged.daybook", content)
        self.assertEqual(self.told(1, "verify", damaged)["sound"], False)
        self.assertIsNone(self.told(2, "verify", self.directory + "/none.daybook")["sound"])
        refused = self.told(1, "restore", damaged, "--data", self.books + "-2", "--dry-run")
        self.assertEqual(refused["sound"], False)


if __name__ == "__main__":
    unittest.main()
