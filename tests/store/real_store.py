"""Copies of backups on s3rver: put, read back, listed, removed; refused with another key."""

import os
import pathlib
import socket
import subprocess
import time
import unittest
from unittest import mock

from custody import Custody

TARGET = "s3://books/daybook/nightly"
KEY = "S3RVER"  # The one key id and secret that s3rver knows.


def free_port():
    with socket.socket() as looking:
        looking.bind(("127.0.0.1", 0))
        return looking.getsockname()[1]


class OnS3rver(Custody):
    def setUp(self):
        super().setUp()
        self.port, self.data = free_port(), os.environ["DAYBOOK_S3RVER_DATA"]
        store = subprocess.Popen(
            [os.environ["DAYBOOK_S3RVER"], "--directory", self.data, "--address", "127.0.0.1",
             "--port", str(self.port), "--configure-bucket", "books"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(store.stdout.close)
        self.addCleanup(store.wait)
        self.addCleanup(store.kill)
        while "listening" not in store.stdout.readline():
            pass

    def serve_with(self, key, **options):
        environment = {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": KEY,
                       "AWS_REGION": "eu-west-3",
                       "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{self.port}"}
        with mock.patch.dict(os.environ, environment):
            return self.serve("--backup-target", TARGET, **options)

    def scheduled(self, key=KEY):
        """A server of now, whose schedule was set two days ago: its first run is due at once."""
        server, base = self.books(server=self.serve_with(key, clock="-2 days"))
        self.answered(server.call("PUT", base + "/backups/schedule",
                                  {"target": TARGET, "drill": "never"}), 200)
        server.stop()
        return self.serve_with(key), base

    def until(self, look):
        while True:
            found = look()
            if found:
                return found
            time.sleep(0.2)

    def kept(self):
        return [path for path in pathlib.Path(self.data).rglob("*_object")]

    def test_a_copy_is_put_read_back_and_removed_with_its_backup(self):
        server, base = self.scheduled()
        [backup] = self.until(lambda: [each for each in self.listed(server, base)
                                       if each["copies"]])
        [stored] = self.kept()
        with open(self.held(base, backup), "rb") as file:
            self.assertEqual(stored.read_bytes(), file.read())
        self.answered(server.call("DELETE", f"{base}/backups/{backup['id']}"), 200)
        self.assertEqual(self.kept(), [])

    def test_another_key_is_refused_and_nothing_is_listed_as_copied(self):
        server, base = self.scheduled(key="ANOTHER")
        self.until(lambda: "InvalidAccessKeyId" in "".join(server.said))
        self.assertEqual([each["copies"] for each in self.listed(server, base)], [[]])
        self.assertEqual(self.kept(), [])


if __name__ == "__main__":
    unittest.main()
