"""Files on things: attached, listed, downloaded, detached, rolled back, lost and joined again."""

import base64
import hashlib
import http.client
import json
import os
import socket
import threading
import unittest

from daybook import CLIENT, COMPANY, Scenario

PDF = b"%PDF-1.7\n" + b"books " * 1000
PAGE = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


class Attachments(Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--empty")
        company = self.answered(self.server.post("/api/v1/companies", COMPANY), 201)
        self.base = "/api/v1/companies/" + company["id"]
        client = self.answered(self.server.post(self.base + "/clients", CLIENT), 201)
        self.client = f"{self.base}/clients/{client['id']}"
        self.attachments = self.client + "/attachments"

    def attach(self, content, name="UTF-8''contrat%20n%C2%B01.pdf", owner=None, query="", **more):
        headers = {"Content-Type": "image/png", "X-Filename": name}
        headers.update({key.replace("_", "-"): value for key, value in more.items()})
        return self.server.call("POST", (owner or self.client) + "/attachments" + query,
                                raw=content, headers=headers)

    def names(self, path=None):
        return [item["name"] for item in
                self.answered(self.server.get(path or self.attachments), 200)["items"]]

    def blob(self, content):
        name = sha256(content)
        return f"{self.directory}/books/blobs/{name[:2]}/{name}"

    def head(self):
        return int(self.server.get(self.base).headers["daybook-revision"])

    # ---- the ordinary life

    def test_a_file_is_attached_listed_downloaded_and_detached(self):
        made = self.attach(PDF, query="?role=contract")
        file = self.answered(made, 201)
        self.assertEqual(made.headers["location"], f"{self.attachments}/{file['id']}")
        self.assertEqual((file["name"], file["media_type"], file["size"], file["sha256"]),
                         ("contrat n°1.pdf", "application/pdf", len(PDF), sha256(PDF)))
        self.assertEqual((file["role"], file["missing"], file["status"]),
                         ("contract", False, "live"))
        self.assertTrue(file["actions"]["detach"]["allowed"])
        self.assertEqual(self.names(), ["contrat n°1.pdf"])
        self.assertEqual(self.names(self.base + "/files"), ["contrat n°1.pdf"])
        self.assertEqual(os.stat(self.blob(PDF)).st_mode & 0o777, 0o600)

        got = self.server.get(made.headers["location"] + "/file")
        self.assertEqual((got.status, got.bytes), (200, PDF))
        self.assertEqual(got.headers["content-length"], str(len(PDF)))
        self.assertEqual(got.headers["content-type"], "application/pdf")
        self.assertEqual(got.headers["x-content-type-options"], "nosniff")
        self.assertIn("filename*=UTF-8''contrat%20n%C2%B01.pdf",
                      got.headers["content-disposition"])
        digest = base64.b64encode(hashlib.sha256(PDF).digest()).decode()
        self.assertEqual(got.headers["repr-digest"], f"sha-256=:{digest}:")

        before = self.head()
        one = made.headers["location"]
        self.assertEqual(self.server.call("DELETE", one).json["code"], "if_match_required")
        self.assertEqual(self.server.call("DELETE", one, headers={"If-Match": '"v9"'}).status, 412)
        gone = self.server.call("DELETE", one + "?reason=wrong+client",
                                headers={"If-Match": made.etag})
        self.assertEqual(self.answered(gone, 200)["status"], "detached")
        again = gone.json["actions"]["detach"]
        self.assertEqual((again["allowed"], again["why"]), (False, "file_detached"))
        self.assertEqual(self.names(), [])
        self.assertEqual(self.server.get(one + "/file").json["code"], "file_detached")
        # The moment before still has it, bytes and all.
        self.assertEqual(self.names(f"{self.attachments}?as_of=@{before}"), ["contrat n°1.pdf"])
        self.assertEqual(self.server.get(f"{one}/file?as_of=@{before}").bytes, PDF)
        told = self.answered(self.server.get(f"{self.base}/files/{file['id']}/history"), 200)
        self.assertEqual([item["sentence"] for item in told["items"]],
                         ["A file was detached", "File contrat n°1.pdf was attached"])
        self.assertEqual(told["items"][0]["reason"], "wrong client")

    def test_anything_may_have_files_and_none_has_anothers(self):
        product = self.answered(self.server.post(
            self.base + "/products", {"code": "L-1", "name": "Lampe", "unit_price": "10"}), 201)
        owners = [self.base, self.client, f"{self.base}/products/{product['id']}"]
        series = self.answered(self.server.get(self.base + "/series"), 200)["items"][0]["id"]
        owners.append(f"{self.base}/series/{series}")
        for number, owner in enumerate(owners):
            file = self.answered(self.attach(PDF, f"{number}.pdf", owner), 201)
            self.assertEqual(self.names(owner + "/attachments"), [f"{number}.pdf"])
            for other in owners:
                expected = 200 if other == owner else 404
                answer = self.server.get(f"{other}/attachments/{file['id']}")
                self.assertEqual(answer.status, expected)
        self.assertEqual(len(self.names(self.base + "/files")), len(owners))
        blobs = sum(len(files) for _, _, files in os.walk(self.directory + "/books/blobs"))
        self.assertEqual(blobs, 1, "the same bytes are kept once")
        nobody = f"{self.base}/clients/0190b3a4-0000-7000-8000-000000000000"
        self.assertEqual(self.attach(PDF, owner=nobody).status, 404)
        self.assertEqual(self.server.get(nobody + "/attachments").status, 404)

    def test_a_page_with_scripts_is_only_ever_saved_whatever_it_calls_itself(self):
        page = self.answered(self.attach(PAGE, "photo.png"), 201)
        self.assertEqual(page["media_type"], "text/html")
        got = self.server.get(f"{self.attachments}/{page['id']}/file")
        self.assertTrue(got.headers["content-disposition"].startswith("attachment"))
        self.assertIn("sandbox", got.headers["content-security-policy"])
        shown = self.answered(self.attach(PDF), 201)
        path = f"{self.attachments}/{shown['id']}/file"
        disposition = lambda query: self.server.get(path + query).headers["content-disposition"]
        self.assertTrue(disposition("").startswith("inline"))
        self.assertTrue(disposition("?download=true").startswith("attachment"))

    def test_a_part_of_a_file_comes_when_asked_for(self):
        file = self.answered(self.attach(PDF), 201)
        path = f"{self.attachments}/{file['id']}/file"
        got = self.server.get(path, Range="bytes=1-3")
        self.assertEqual((got.status, got.bytes), (206, b"PDF"))
        self.assertEqual(got.headers["content-range"], f"bytes 1-3/{len(PDF)}")
        past = self.server.get(path, Range=f"bytes={len(PDF)}-")
        self.assertEqual((past.status, past.json["code"]), (416, "range_not_satisfiable"))
        known = self.server.call("GET", path, headers={"If-None-Match": got.etag})
        self.assertEqual((known.status, known.bytes), (304, b""))

    def test_the_same_request_again_is_the_same_attachment(self):
        first = self.answered(self.attach(PDF, Idempotency_Key="k"), 201)
        again = self.attach(PDF, Idempotency_Key="k")
        self.assertEqual(again.json["id"], first["id"])
        self.assertEqual(again.headers["idempotency-replayed"], "true")
        other = self.attach(PDF + b"!", Idempotency_Key="k")
        self.assertEqual(other.json["code"], "idempotency_key_reused")
        # Without a key: the same bytes under the same name are no second attachment.
        self.assertEqual(self.answered(self.attach(PDF), 200)["id"], first["id"])
        self.answered(self.attach(PDF, "another name.pdf"), 201)

    def test_a_preview_writes_nothing(self):
        before = self.head()
        preview = self.attach(PDF, query="?validate_only=true")
        self.assertEqual(self.answered(preview, 200)["events"][0]["type"], "FileAttached")
        self.assertEqual(self.head(), before)
        self.assertFalse(os.path.exists(self.blob(PDF)))

    # ---- bad input

    def test_what_cannot_be_attached_is_refused_by_name(self):
        empty = self.attach(b"")
        self.assertEqual((empty.status, empty.json["code"]), (422, "missing_member"))
        name = self.attach(PDF, "UTF-8''%C3")
        self.assertEqual((name.status, name.json["code"]), (400, "bad_request"))
        path = self.answered(self.attach(PDF, "UTF-8''..%2F..%2Fetc%2Fpasswd"), 201)
        self.assertEqual(path["name"], "passwd")
        limit = 128 * 1024 * 1024
        with socket.create_connection(("127.0.0.1", self.server.port)) as raw:
            raw.sendall(f"POST {self.attachments} HTTP/1.1\r\nHost: localhost\r\n"
                        f"Content-Length: {limit + 1}\r\n\r\n".encode())
            answer = raw.makefile("rb").read()
        self.assertIn(b" 413 ", answer.split(b"\r\n")[0])
        self.assertIn(b"body_too_large", answer)
        self.assertEqual(os.listdir(self.directory + "/books/blobs"),
                         [sha256(PDF)[:2]], "nothing half is left")

    def test_an_upload_that_stops_half_way_leaves_nothing(self):
        with socket.create_connection(("127.0.0.1", self.server.port)) as raw:
            raw.sendall(f"POST {self.attachments} HTTP/1.1\r\nHost: localhost\r\n"
                        f"Content-Length: 1000000\r\n\r\n".encode() + b"x" * 500000)
        self.server.get("/health/live")
        self.server.stop()
        self.assertEqual(os.listdir(self.directory + "/books/blobs"), [])

    def test_a_large_file_does_not_sit_in_memory(self):
        def resident():
            with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as status:
                return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
        self.answered(self.attach(PDF), 201)
        before = resident()
        large = os.urandom(1024 * 1024) * 100
        file = self.answered(self.attach(large, "large.bin"), 201)
        got = self.server.get(f"{self.attachments}/{file['id']}/file")
        self.assertEqual(sha256(got.bytes), sha256(large))
        self.assertLess(resident() - before, 32 * 1024, "kB, for 100 MiB up and down")

    def test_the_same_bytes_at_once_are_kept_once_and_attached_to_both(self):
        answers = []
        def upload(name):
            answers.append(self.attach(PDF * 100, name))
        threads = [threading.Thread(target=upload, args=(f"{n}.pdf",)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([answer.status for answer in answers], [201] * 8)
        self.assertEqual(sorted(self.names()), sorted(f"{n}.pdf" for n in range(8)))
        blobs = [name for _, _, files in os.walk(self.directory + "/books/blobs")
                 for name in files]
        self.assertEqual(blobs, [sha256(PDF * 100)])

    def test_a_full_disk_is_said_and_nothing_half_is_left(self):
        self.server.stop()
        self.server = self.serve(file_bytes=4_000_000)
        answer = self.attach(b"x" * 5_000_000)
        self.assertEqual((answer.status, answer.json["code"]), (503, "storage_failed"))
        self.assertEqual(os.listdir(self.directory + "/books/blobs"), [])
        self.answered(self.attach(PDF), 201)

    # ---- going back, crashes, loss

    def test_a_rolled_back_attachment_goes_away_and_comes_back(self):
        before = self.head()
        file = self.answered(self.attach(PDF), 201)
        back = self.answered(self.server.post(self.base + "/rollbacks", {
            "to": {"revision": before}, "reason": "too early"}), 201)
        self.assertEqual([(thing["kind"], thing["label"]) for thing in back["returned"]],
                         [("file", "contrat n°1.pdf")])
        self.assertEqual(self.names(), [])
        one = f"{self.attachments}/{file['id']}"
        self.assertEqual(self.server.get(one + "/file").json["code"], "removed_by_rollback")
        self.assertTrue(os.path.exists(self.blob(PDF)))
        self.answered(self.server.post(self.base + "/undo", {
            "commit": back["revision"], "reason": "it was right"}), 201)
        self.assertEqual(self.names(), ["contrat n°1.pdf"])
        self.assertEqual(self.server.get(one + "/file").bytes, PDF)

    def test_a_file_outlives_a_crash_and_a_rebuild_and_leftovers_are_swept(self):
        file = self.answered(self.attach(PDF), 201)
        self.server.kill()
        blobs = self.directory + "/books/blobs"
        with open(blobs + "/9.partial", "wb") as half:
            half.write(b"half of a fi")
        orphan = b"a crash came between the bytes and the event"
        os.makedirs(os.path.dirname(self.blob(orphan)), exist_ok=True)
        with open(self.blob(orphan), "wb") as alone:
            alone.write(orphan)
        rebuilt = self.run_command("rebuild", "--data", self.directory + "/books")
        self.assertEqual(rebuilt.returncode, 0, rebuilt.stderr)
        self.server = self.serve()
        self.assertNotIn("9.partial", os.listdir(blobs))
        self.assertEqual(self.names(), ["contrat n°1.pdf"])
        self.assertEqual(self.server.get(f"{self.attachments}/{file['id']}/file").bytes, PDF)
        self.answered(self.attach(orphan, "orphan.txt"), 201)
        self.assertEqual(self.names(), ["contrat n°1.pdf", "orphan.txt"])

    def test_a_lost_file_is_missed_and_joined_again_without_an_event(self):
        file = self.answered(self.attach(PDF), 201)
        path = f"{self.base}/files/{file['id']}"
        for again in (lambda: self.attach(PDF, "whatever it is called.pdf"),
                      lambda: self.server.call("PUT", path + "/file", raw=PDF)):
            os.remove(self.blob(PDF))
            before = self.head()
            self.assertTrue(self.answered(self.server.get(path), 200)["missing"])
            lost = self.server.get(path + "/file")
            self.assertEqual((lost.status, lost.json["code"]), (404, "file_missing"))
            self.assertIn(sha256(PDF), lost.json["detail"])
            joined = self.answered(again(), 200)
            self.assertEqual((joined["id"], joined["missing"]), (file["id"], False))
            self.assertEqual(self.server.get(path + "/file").bytes, PDF)
            self.assertEqual(self.head(), before, "no event was written")
        other = self.server.call("PUT", path + "/file", raw=PDF + b"!")
        self.assertEqual((other.status, other.json["code"]), (422, "file_differs"))

    def test_bytes_that_are_not_what_was_written_are_never_complete(self):
        file = self.answered(self.attach(PDF), 201)
        with open(self.blob(PDF), "r+b") as damaged:
            damaged.seek(100)
            damaged.write(b"!")
        with self.assertRaises(http.client.IncompleteRead):
            self.server.get(f"{self.attachments}/{file['id']}/file")

    def test_verify_reads_every_file_and_names_the_damaged(self):
        self.answered(self.attach(PDF), 201)
        self.answered(self.attach(b"another", "another.txt"), 201)
        self.server.stop()
        books = self.directory + "/books"
        sound = self.run_command("verify", books, "--json")
        self.assertEqual((sound.returncode, json.loads(sound.stdout)["files"]), (0, 2))
        os.remove(self.blob(b"another"))
        missed = self.run_command("verify", books)
        self.assertEqual(missed.returncode, 0)
        self.assertIn("1 of 2 attached files are not here", missed.stdout)
        with open(self.blob(PDF), "ab") as damaged:
            damaged.write(b"!")
        found = self.run_command("verify", books)
        self.assertEqual(found.returncode, 1)
        self.assertIn("blobs/" + sha256(PDF)[:2], found.stdout)

    def test_a_retired_company_shows_its_files_and_takes_none(self):
        file = self.answered(self.attach(PDF), 201)
        company = self.server.get(self.base)
        self.answered(self.server.post(self.base + "/retire", {"reason": "sold"},
                                       If_Match=company.etag), 200)
        self.assertEqual(self.server.get(f"{self.attachments}/{file['id']}/file").bytes, PDF)
        refused = self.attach(PDF, "another.pdf")
        self.assertEqual((refused.status, refused.json["code"]), (409, "company_retired"))
        shown = self.answered(self.server.get(f"{self.attachments}/{file['id']}"), 200)
        self.assertEqual(shown["actions"]["detach"]["why"], "company_retired")


if __name__ == "__main__":
    unittest.main()
