"""A running Daybook and a person with curl: what every scenario needs.

The binary is the one the build made ($DAYBOOK_BINARY); each server has a directory of its own,
listens on a free port of the loopback, and is gone when the test ends.
"""

import glob
import http.client
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.parse

import jsonschema

BINARY = os.environ.get("DAYBOOK_BINARY", "build/daybook")
REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RETAIL = os.path.join(REPOSITORY, "tests", "data", "online-retail-december-2010.csv")


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.bytes = response.read()

    @property
    def json(self):
        return json.loads(self.bytes)

    @property
    def etag(self):
        return self.headers["etag"]


class Description:
    """OpenAPI as the server publishes it; holds each answer against it."""

    def __init__(self, document):
        self.document = document
        self.paths = [(re.compile(re.sub(r"\{[^}]*\}", "[^/]+", pattern) + "$"), operations)
                      for pattern, operations in document["paths"].items()]
        # Literal segments win over variables, as they do in the router.
        self.paths.sort(key=lambda path: path[0].pattern.count("[^/]+"))
        self.resolver = jsonschema.RefResolver("", document)

    def hold(self, method, path, answer):
        kind = answer.headers.get("content-type", "")
        if "json" not in kind or "ndjson" in kind:
            return
        for pattern, operations in self.paths:
            if pattern.match(path.split("?")[0]) and method.lower() in operations:
                responses = operations[method.lower()]["responses"]
                break
        else:
            return
        if answer.status == 200 and "validate_only=true" in path:
            return  # A preview wraps the answer; its result is held by its own test.
        response = responses.get(str(answer.status))
        if response is None:
            if answer.status < 400 and str(answer.status) not in responses:
                raise AssertionError(f"{method} {path}: {answer.status} is not described")
            response = responses["default"]
        content = response.get("content", {})
        bare = kind.split(";")[0]
        if bare not in content:
            raise AssertionError(f"{method} {path}: {bare} is not described")
        validator = jsonschema.Draft202012Validator(content[bare]["schema"],
                                                    resolver=self.resolver)
        faults = [f"{fault.json_path}: {fault.message[:300]}"
                  for fault in validator.iter_errors(answer.json)]
        if faults:
            raise AssertionError(f"{method} {path}: " + "; ".join(faults[:5]))


def fake_clock(clock):
    """Not by the command faketime, which is a process between us and the server."""
    if not clock:
        return {}
    (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    return {"LD_PRELOAD": library, "FAKETIME": clock, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


class Server:
    """`daybook serve` on `directory`; started at once. No file of it grows beyond `file_bytes`;
    its clock is off by `clock`, in the words of faketime(1): "+400 days". `under` is a command that
    starts it in its turn, as strace does."""

    def __init__(self, directory, *options, file_bytes=None, clock=None, under=()):
        self.directory = directory

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

        # Python ignores SIGXFSZ; a child that keeps it so is told by EFBIG, as by a full disk.
        self.process = subprocess.Popen(
            [*under, BINARY, "serve", "--data", directory, "--listen", "127.0.0.1:0", *options],
            stderr=subprocess.PIPE, text=True, restore_signals=file_bytes is None,
            preexec_fn=limit if file_bytes else None, env={**os.environ, **fake_clock(clock)})
        self.port = None
        self.said = []
        for line in self.process.stderr:
            self.said.append(line)
            found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                break
        if self.port is None:
            self.process.wait()
            raise AssertionError("the server did not start: " + "".join(self.said))
        # The log must be read, or the pipe fills up and the server waits.
        import threading
        self.reader = threading.Thread(target=self._drain, daemon=True)
        self.reader.start()
        self.description = None
        self.description = Description(self.get("/api/openapi.json").json)

    def _drain(self):
        for line in self.process.stderr:
            self.said.append(line)

    def call(self, method, path, body=None, headers=None, raw=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            data = raw if raw is not None else (
                None if body is None else json.dumps(body).encode())
            given = dict(headers or {})
            if body is not None:
                given.setdefault("Content-Type", "application/json")
            connection.request(method, path, data, given)
            answer = Answer(connection.getresponse())
            if self.description:
                self.description.hold(method, path, answer)
            return answer
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.call("GET", path, headers=headers)

    def post(self, path, body=None, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.call("POST", path, body=body if body is not None else {}, headers=names)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self._ended()

    def kill(self):
        self.process.kill()
        return self._ended()

    def _ended(self):
        code = self.process.wait(timeout=60)
        self.reader.join()
        self.process.stderr.close()
        return code


class Scenario(unittest.TestCase):
    """Gives each test a directory and ends whatever it started."""

    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="daybook-")
        self.servers = []

    def tearDown(self):
        for server in self.servers:
            if server.process.poll() is None:
                server.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def serve(self, *options, directory=None, **limits):
        server = Server(directory or self.directory + "/books", *options, **limits)
        self.servers.append(server)
        return server

    def run_command(self, *arguments):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, check=False)

    def ended(self, operation):
        """The operation once it has ended, however slow the machine is."""
        while operation["state"] in ("pending", "running"):
            time.sleep(0.1)
            operation = self.answered(
                self.servers[-1].get("/api/v1/operations/" + operation["id"]), 200)
        return operation

    def answered(self, answer, status):
        self.assertEqual(answer.status, status, answer.bytes[:2000])
        return answer.json


COMPANY = {
    "name": "Atelier Dupré", "country": "FR", "currency": "EUR", "locale": "fr-FR",
    "time_zone": "Europe/Paris", "legal_form": "SARL", "capital": "8000 €",
    "address": {"line1": "12 rue des Capucins", "postal_code": "69001", "city": "Lyon"},
    "identifiers": {"siren": "404833048", "vat_number": "FR83404833048",
                    "register": "RCS Lyon 404 833 048"},
}
BRITISH = {"name": "Gifts Ltd", "country": "GB", "currency": "GBP", "locale": "en-GB",
           "time_zone": "Europe/London"}
CLIENT = {"name": "Café Olé", "email": "ole@example.org",
          "address": {"line1": "3 place Bellecour", "postal_code": "69002", "city": "Lyon",
                      "country": "FR"}}
VAT20 = {"scheme": "VAT", "category": "S", "rate": "20"}
VAT55 = {"scheme": "VAT", "category": "S", "rate": "5.5"}
LINES = [{"description": "Conseil", "quantity": "10", "unit_price": "100", "nature": "service",
          "taxes": [VAT20]},
         {"description": "Livret", "quantity": "10", "unit_price": "5", "nature": "goods",
          "taxes": [VAT55]}]


def quoted(text):
    return urllib.parse.quote(text, safe="")
