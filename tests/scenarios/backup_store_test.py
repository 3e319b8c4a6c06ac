"""Copies of backups on a store that speaks S3: a strict stub, which checks every signature."""

import datetime
import os
import time
import unittest
from unittest import mock

import s3_stub
from custody import Custody

TARGET = "s3://books/daybook/nightly"


class Stored(Custody):
    def setUp(self):
        super().setUp()
        self.store = s3_stub.Store("books", datetime.timedelta(days=2))
        self.addCleanup(self.store.close)

    def serve_with(self, environment, **options):
        with mock.patch.dict(os.environ, environment):
            return self.serve("--backup-target", TARGET, **options)

    def scheduled(self, environment):
        """A server two days later, whose first run is due at once."""
        server, base = self.books(server=self.serve_with(environment))
        self.answered(server.call("PUT", base + "/backups/schedule",
                                  {"target": TARGET, "drill": "never"}), 200)
        server.stop()
        return self.serve_with(environment, clock="+2 days"), base

    def until(self, look):
        while True:
            found = look()
            if found:
                return found
            time.sleep(0.2)

    def test_a_copy_is_put_read_back_and_removed_with_its_backup(self):
        server, base = self.scheduled(self.store.environment())
        # The list follows the instance's book, a moment later.
        [backup] = self.until(lambda: [each for each in self.listed(server, base)
                                       if each["copies"] or each["not_copied"]])
        self.assertEqual((backup["not_copied"], self.store.refused), (None, []))
        name = f"daybook/nightly/{backup['company_id']}/{backup['id']}.daybook"
        self.assertEqual(backup["copies"], ["s3://books/" + name])
        with open(self.held(base, backup), "rb") as file:
            self.assertEqual(self.store.objects[name], file.read())
        self.answered(server.call("DELETE", f"{base}/backups/{backup['id']}"), 200)
        self.assertEqual(self.store.objects, {})
        self.assertEqual(self.store.refused, [])

    def said(self, server, text):
        self.until(lambda: text in "".join(server.said))

    def test_another_secret_is_refused_and_nothing_is_listed_as_copied(self):
        server, base = self.scheduled(self.store.environment(secret="wrong"))
        self.said(server, "the signature does not fit")
        [backup] = self.listed(server, base)  # The backup itself is made all the same.
        self.assertEqual(backup["copies"], [])
        self.assertEqual(self.store.objects, {})

    def test_what_comes_back_damaged_is_no_copy(self):
        self.store.spoil = lambda content: content[:-1] + bytes([content[-1] ^ 1])
        server, base = self.scheduled(self.store.environment())
        self.said(server, "what comes back is not what was sent")
        self.assertEqual(self.listed(server, base)[0]["copies"], [])

    def test_a_store_that_is_down_is_told_in_the_log_in_health_and_with_the_backup(self):
        self.store.down = True
        server, base = self.scheduled(self.store.environment())
        self.said(server, "the store answers 503")
        [backup] = self.listed(server, base)
        self.assertEqual(backup["copies"], [])
        self.assertIn("the store answers 503", backup["not_copied"]["why"])
        [copy] = self.answered(server.get("/health/ready"), 200)["last_backup"]["copies"]
        self.assertEqual((copy["target"], copy["copied_at"]), (TARGET, None))
        self.assertEqual(copy["last_failure"], backup["not_copied"])

    def test_a_target_without_its_key_is_refused_at_the_start(self):
        environment = self.store.environment()
        environment["AWS_SECRET_ACCESS_KEY"] = ""
        with self.assertRaisesRegex(AssertionError, "AWS_SECRET_ACCESS_KEY"):
            self.serve_with(environment)


if __name__ == "__main__":
    unittest.main()
