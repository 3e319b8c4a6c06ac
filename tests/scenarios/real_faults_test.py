"""The real binary on a real kernel whose disk fails: syncs that answer EIO, a file system that
fills up. What was acknowledged is there afterwards; what was not is there as a whole or not at all.
DAYBOOK_FAULTS says how many syncs fail, each in a life of its own; the seed is printed."""

import os
import random
import re
import time
import unittest

from daybook import BRITISH, Scenario, Server

FAULTS = int(os.environ.get("DAYBOOK_FAULTS", "4"))
SEED = int(os.environ.get("DAYBOOK_SEED", str(random.randrange(2**32))))


class RealFaults(Scenario):
    def founded(self):
        server = self.serve("--empty")
        company = self.answered(server.post("/api/v1/companies", BRITISH), 201)["id"]
        self.assertEqual(server.stop(), 0)
        return "/api/v1/companies/" + company

    def work(self, server, base, names):
        """Makes clients until the server fails; the names that were acknowledged."""
        acknowledged = set()
        for name in names:
            try:
                answer = server.post(base + "/clients", {"name": name, "notes": "x" * 2000})
            except Exception:  # The connection ended, or nobody listens any more.
                return acknowledged
            if answer.status != 201:
                self.assertGreaterEqual(answer.status, 500, answer.bytes)
                return acknowledged
            acknowledged.add(name)
        return acknowledged

    def names(self, server, base):
        names, cursor = set(), ""
        while True:
            page = self.answered(server.get(f"{base}/clients?limit=500{cursor}"), 200)
            names |= {client["name"] for client in page["items"]}
            if not page["next"]:
                return names
            cursor = "&cursor=" + page["next"]

    def test_a_sync_that_fails_loses_nothing_that_was_acknowledged(self):
        print(f"DAYBOOK_SEED={SEED}")
        chance = random.Random(SEED)
        base = self.founded()
        acknowledged = set()
        for life in range(FAULTS):
            # From that one on every sync of the kind fails; some fail before there is a port.
            call = chance.choice(("fdatasync", "fsync"))
            nth = chance.randrange(1, 60)
            under = ("strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                     "-e", f"inject={call}:error=EIO:when={nth}+")
            try:
                server = Server(self.directory + "/books", under=under)
            except AssertionError as said:
                self.assertIn("nput/output error", str(said))
            else:
                self.servers.append(server)
                acknowledged |= self.work(server, base, (f"{life}-{n}" for n in range(40)))
                server.kill()
            again = self.serve()
            found = self.names(again, base)
            self.assertEqual(acknowledged - found, set(), f"life {life}: acknowledged and lost")
            # What nobody was told of may be there, once a life.
            self.assertLessEqual(len(found - acknowledged), 1, f"life {life}")
            acknowledged = found
            self.assertEqual(again.stop(), 0)
            verified = self.run_command("verify", self.directory + "/books")
            self.assertEqual(verified.returncode, 0, verified)
        self.assertGreater(len(acknowledged), 0)

    def test_a_file_system_that_fills_up_keeps_what_was_acknowledged(self):
        # A mount of our own, which goes with its processes: so the same shell starts it twice.
        script = """mount -t tmpfs -o size=12m tmpfs "$MOUNTED" || exit 9
                    "$@" || echo "ended with $?" >&2
                    rm "$MOUNTED/ballast"
                    exec "$@" """
        mounted = self.directory + "/mounted"
        os.mkdir(mounted)
        privately = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "-r", "--mount")
        server = Server(mounted + "/books", "--empty",
                        under=(*privately, "env", "MOUNTED=" + mounted, "sh", "-c", script, "sh"))
        self.servers.append(server)
        company = self.answered(server.post("/api/v1/companies", BRITISH), 201)["id"]
        base = "/api/v1/companies/" + company
        # Seen through the server's own root, since the mount is its alone.
        with open(f"/proc/{server.process.pid}/root{mounted}/ballast", "wb") as ballast:
            free = os.statvfs(f"/proc/{server.process.pid}/root{mounted}").f_bavail * 4096
            ballast.write(bytes(max(0, free - 1024 * 1024)))
        acknowledged = self.work(server, base, (f"client {n}" for n in range(3000)))
        self.assertGreater(len(acknowledged), 10)
        self.assertLess(len(acknowledged), 3000)

        for _ in range(600):
            ports = re.findall(r"http://127\.0\.0\.1:(\d+)", "".join(server.said))
            if len(ports) == 2:
                break
            time.sleep(0.1)
        self.assertEqual(len(ports), 2, server.said)
        self.assertIn("ended with 1", "".join(server.said))
        server.port = int(ports[1])
        found = self.names(server, base)
        self.assertEqual(acknowledged - found, set(), "acknowledged and lost")
        self.assertLessEqual(len(found - acknowledged), 1)
        self.answered(server.post(base + "/clients", {"name": "after"}), 201)


if __name__ == "__main__":
    unittest.main()
