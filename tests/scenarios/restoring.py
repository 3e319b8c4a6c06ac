"""Books, their backup as a file, and a server that it is sent to: for stories of restoring."""

import base64
import hashlib
import json
import subprocess
import time

from daybook import BINARY, CLIENT, COMPANY, LINES, Scenario


def digest(piece):
    return "sha-256=:" + base64.b64encode(hashlib.sha256(piece).digest()).decode() + ":"


class Restoring(Scenario):
    """A company with one issued invoice and one draft; `self.backup()` is its file."""

    def setUp(self):
        super().setUp()
        self.books = self.directory + "/books"
        self.server = self.serve("--empty", directory=self.books)
        self.company = self.new_company(COMPANY)
        self.base = "/api/v1/companies/" + self.company
        self.client = self.answered(self.server.post(
            self.base + "/clients", {**CLIENT, "email": "ole@example.org"}), 201)["id"]
        self.first = self.issue(self.draft())
        self.draft()

    # ---- what people do
    def new_company(self, body):
        return self.answered(self.server.post("/api/v1/companies", body), 201)["id"]

    def draft(self):
        return self.answered(self.server.post(
            self.base + "/invoices", {"client_id": self.client, "lines": LINES}), 201)["id"]

    def issue(self, invoice):
        path = f"{self.base}/invoices/{invoice}"
        return self.answered(self.server.post(path + "/issue", {},
                                              If_Match=self.server.get(path).etag), 200)

    def head(self, base=None):
        return self.answered(self.server.get((base or self.base) + "/clients?limit=1"),
                             200)["revision"]

    def stopped(self):
        if self.server.process.poll() is None:
            self.assertEqual(self.server.stop(), 0)

    def started(self, **limits):
        self.stopped()
        self.server = self.serve(directory=self.books, **limits)
        return self.server

    # ---- files
    def backup(self, name="sunday.daybook", books=None, company=None):
        """The file that the command line makes; the server pauses for it."""
        running = self.server.process.poll() is None and not books
        if running:
            self.stopped()
        path = f"{self.directory}/{name}"
        ran = self.run_command("backup", "--data", books or self.books, "--company",
                               company or self.company, "--output", path, "--json")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        if running:
            self.started()
        return path, json.loads(ran.stdout)

    def content(self, path):
        with open(path, "rb") as file:
            return file.read()

    def send(self, content, server=None, pieces=3):
        """Uploads in pieces, each with its digest; the upload's id."""
        server = server or self.server
        upload = self.answered(server.post(
            "/api/v1/uploads", {"name": "sunday.daybook", "size": len(content)}), 201)
        step = len(content) // pieces + 1
        for at in range(0, len(content), step):
            piece = content[at:at + step]
            answer = server.call("PATCH", "/api/v1/uploads/" + upload["id"], raw=piece, headers={
                "Upload-Offset": str(at), "Content-Digest": digest(piece)})
            self.answered(answer, 200)
        return upload["id"]

    def import_(self, parameters, content=None, server=None):
        """POST /imports; the operation as it is answered, once it has ended."""
        server = server or self.server
        answer = server.call("POST", "/api/v1/imports?" + parameters, raw=content or b"",
                             headers={"Prefer": "wait=60"})
        return self.settled(self.answered(answer, 202), server)

    def settled(self, operation, server=None):
        server = server or self.server
        while operation["state"] in ("pending", "running"):
            time.sleep(0.1)
            operation = self.answered(
                server.get("/api/v1/operations/" + operation["id"]), 200)
        return operation

    def ask(self, path, server=None):
        """A POST without a body, which waits for the end."""
        return (server or self.server).call("POST", path, headers={"Prefer": "wait=60"})

    def inspected(self, upload):
        """What the inspection of an upload found."""
        answer = self.ask(f"/api/v1/uploads/{upload}/inspection")
        return self.good(self.settled(self.answered(answer, 202)))

    def good(self, operation, state="succeeded"):
        self.assertEqual(operation["state"], state, operation)
        return operation["result"]

    def state_hash(self, company, at, books=None):
        ran = self.run_command("state-hash", "--data", books or self.books, "--company", company,
                               "--at", f"@{at}")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return ran.stdout.strip()

    def run_in(self, *arguments, **options):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, check=False,
                              **options)
