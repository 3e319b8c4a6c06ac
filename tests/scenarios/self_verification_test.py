"""The server verifies its own books while it serves them, and says on health what came of it."""

import glob
import os
import time
import unittest

from daybook import BRITISH, CLIENT, Scenario


class SelfVerification(Scenario):
    def health(self, server):
        return self.answered(server.get("/health/ready"), 200)

    def until(self, server, sound):
        """Health, once a verification has come to that."""
        while True:
            health = self.health(server)
            if health["last_verification"]["sound"] is sound:
                return health
            time.sleep(0.1)

    def flip(self, path):
        with open(path, "r+b") as file:
            file.seek(os.path.getsize(path) // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))

    def test_damage_is_found_while_the_books_are_served(self):
        server = self.serve("--empty", "--verify-every", "1")
        company = self.answered(server.post("/api/v1/companies", BRITISH), 201)["id"]
        clients = f"/api/v1/companies/{company}/clients"
        for number in range(20):
            self.answered(server.post(clients, {**CLIENT, "name": f"Client {number}"}), 201)
        health = self.until(server, True)
        self.assertEqual(health["status"], "ok", health)
        self.assertGreater(health["last_verification"]["events"], 0)
        self.assertEqual(server.stop(), 0)

        # The next start writes the log into files.
        server = self.serve("--verify-every", "1")
        self.assertTrue(self.health(server)["last_verification"]["sound"], "it is remembered")
        for path in glob.glob(self.directory + "/books/log/*.sst"):
            self.flip(path)
        health = self.until(server, False)
        self.assertEqual(health["status"], "damaged", health)
        self.assertIn("not sound: log/", health["last_verification"]["sentence"])
        self.assertIn("Last found sound: 20", health["last_verification"]["sentence"])
        self.assertEqual(server.stop(), 0)

    def test_nobody_verifies_where_it_is_off(self):
        server = self.serve("--verify-every", "0")
        self.assertIsNone(self.health(server)["last_verification"]["at"])
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
