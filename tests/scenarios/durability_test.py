"""What happens when it is killed, started twice, or given another directory's views.

Timing decides nothing here: whatever moment the kill meets, what was answered must be there and no
commit may be half there. DAYBOOK_KILLS makes it longer; the seed of the pauses is printed.
"""

import os
import random
import shutil
import threading
import time
import unittest

from daybook import BRITISH, CLIENT, COMPANY, LINES, Scenario, Server

KILLS = int(os.environ.get("DAYBOOK_KILLS", "8"))
SEED = int(os.environ.get("DAYBOOK_SEED", str(random.randrange(2**32))))


class Durability(Scenario):
    def new_company(self, server, body):
        company = self.answered(server.post("/api/v1/companies", body), 201)
        return "/api/v1/companies/" + company["id"]

    def test_no_acknowledged_client_is_lost_when_the_process_is_killed_under_load(self):
        print(f"seed {SEED}, {KILLS} kills")
        chance = random.Random(SEED)
        books = self.directory + "/books"
        server = self.serve("--empty")
        base = self.new_company(server, BRITISH)
        acknowledged, unknown = set(), set()
        for _ in range(KILLS):
            stop = threading.Event()

            def write(name, running=server):
                number = 0
                while not stop.is_set():
                    number += 1
                    code = f"{name}-{running.process.pid}-{number}"
                    try:
                        answer = running.post(base + "/clients", {**CLIENT, "code": code})
                    except OSError:
                        unknown.add(code)
                        return
                    except Exception:  # A connection cut in the middle of an answer.
                        unknown.add(code)
                        return
                    if answer.status == 201:
                        acknowledged.add(code)

            writers = [threading.Thread(target=write, args=(f"w{i}",)) for i in range(4)]
            for writer in writers:
                writer.start()
            time.sleep(chance.uniform(0.05, 0.5))
            server.kill()
            stop.set()
            for writer in writers:
                writer.join()
            server = self.serve(directory=books)
        found, cursor = set(), ""
        while True:
            page = self.answered(server.get(f"{base}/clients?limit=500{cursor}"), 200)
            found |= {client["code"] for client in page["items"]}
            if not page["next"]:
                break
            cursor = "&cursor=" + page["next"]
        self.assertEqual(acknowledged - found, set(), "acknowledged and lost")
        self.assertEqual(found - acknowledged - unknown, set(), "never asked for")
        self.assertGreater(len(acknowledged), 0)

    def test_a_second_process_is_told_who_has_the_books(self):
        self.serve("--empty")
        second = self.run_command("serve", "--data", self.directory + "/books",
                                  "--listen", "127.0.0.1:0")
        self.assertEqual(second.returncode, 2)
        self.assertIn("another process", second.stderr)

    def test_views_that_are_deleted_or_belong_to_others_are_built_again(self):
        books = self.directory + "/books"
        server = self.serve()
        company = self.answered(server.get("/api/v1/companies"), 200)["items"][0]
        base = "/api/v1/companies/" + company["id"]
        summary = self.answered(server.get(base + "/summary"), 200)
        self.assertEqual(server.stop(), 0)
        other = Server(self.directory + "/other")
        self.servers.append(other)
        self.assertEqual(other.stop(), 0)
        shutil.rmtree(books + "/views")
        hashes = [self.run_command("state-hash", "--data", books).stdout]
        shutil.rmtree(books + "/views")
        shutil.copytree(self.directory + "/other/views", books + "/views")
        hashes.append(self.run_command("state-hash", "--data", books).stdout)
        self.assertEqual(hashes[0], hashes[1])
        again = self.serve()
        for _ in range(100):
            answer = again.get(base + "/summary")
            if answer.status == 200 and answer.json["revision"] == summary["revision"]:
                break
            time.sleep(0.1)
        self.assertEqual(answer.json, summary)

    def test_sixty_four_issues_at_once_leave_no_gap_and_no_double(self):
        server = self.serve("--empty")
        base = self.new_company(server, COMPANY)
        client = self.answered(server.post(base + "/clients", CLIENT), 201)
        drafts = []
        for _ in range(64):
            answer = server.post(base + "/invoices", {"client_id": client["id"], "lines": LINES})
            drafts.append((self.answered(answer, 201)["id"], answer.etag))
        numbers, guard = [], threading.Lock()

        def issue(draft, etag):
            answer = server.post(f"{base}/invoices/{draft}/issue", {}, If_Match=etag)
            with guard:
                numbers.append(answer.json["number"] if answer.status == 200 else answer.bytes)

        threads = [threading.Thread(target=issue, args=draft) for draft in drafts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(int(number[-6:]) for number in numbers), list(range(1, 65)))


if __name__ == "__main__":
    unittest.main()
