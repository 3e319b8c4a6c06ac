"""A third party's word that a checkpoint was there: RFC 3161, asked of an authority of our own that
openssl plays, and checked by us and by openssl."""

import http.server
import os
import subprocess
import threading
import unittest

from daybook import Scenario

CONFIGURATION = """
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamper]
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = ours
[ours]
serial = serial
signer_cert = stamper.pem
signer_key = stamper.key
certs = authority.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


class TimeStamp(Scenario):
    def openssl(self, *arguments):
        done = subprocess.run(["openssl", *arguments], cwd=self.office, capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, 0, done)
        return done.stdout

    def setUp(self):
        super().setUp()
        self.office = os.path.join(self.directory, "office")
        os.mkdir(self.office)
        with open(os.path.join(self.office, "conf"), "w", encoding="utf-8") as file:
            file.write(CONFIGURATION)
        with open(os.path.join(self.office, "serial"), "w", encoding="utf-8") as file:
            file.write("2A\n")
        self.openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "authority.key",
                     "-out", "authority.pem", "-subj", "/CN=Authority", "-days", "30",
                     "-config", "conf", "-extensions", "authority")
        self.openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "stamper.key", "-out",
                     "stamper.csr", "-subj", "/CN=Stamper", "-config", "conf")
        self.openssl("x509", "-req", "-in", "stamper.csr", "-CA", "authority.pem", "-CAkey",
                     "authority.key", "-CAcreateserial", "-out", "stamper.pem", "-days", "30",
                     "-extfile", "conf", "-extensions", "stamper")
        self.asked = []
        scenario = self

        class Desk(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                query = self.rfile.read(int(self.headers["Content-Length"]))
                scenario.asked.append((self.headers["Content-Type"], query))
                if self.path == "/old":  # An answer to somebody else's question.
                    query = scenario.asked[0][1]
                with open(os.path.join(scenario.office, "query"), "wb") as file:
                    file.write(query)
                scenario.openssl("ts", "-reply", "-queryfile", "query", "-config", "conf",
                                 "-section", "ours", "-out", "answer")
                with open(os.path.join(scenario.office, "answer"), "rb") as file:
                    answer = file.read()
                self.send_response(200 if self.path != "/closed" else 503)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Desk)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.authority = f"http://127.0.0.1:{self.server.server_port}"

        server = self.serve()
        company = self.answered(server.get("/api/v1/companies"), 200)["items"][0]["id"]
        self.checkpoint = os.path.join(self.directory, "checkpoint.txt")
        with open(self.checkpoint, "wb") as file:
            file.write(server.get(f"/api/v1/companies/{company}/checkpoint",
                                  Accept="text/plain").bytes)
        self.assertEqual(server.stop(), 0)
        self.answer = os.path.join(self.directory, "checkpoint.tsr")

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()
        super().tearDown()

    def stamp(self, *options, exit_code=0):
        done = self.run_command("stamp", self.checkpoint, "--stamp", self.answer, *options)
        self.assertEqual(done.returncode, exit_code, done)
        return done.stdout + done.stderr

    def test_a_stamp_is_asked_for_and_checked_by_us_and_by_openssl(self):
        self.assertIn("was not looked at", self.stamp("--authority", self.authority))
        kind, query = self.asked[0]
        self.assertEqual(kind, "application/timestamp-query")
        with open(self.checkpoint, "rb") as file:
            self.assertNotIn(file.read(), query)
        trust = os.path.join(self.office, "authority.pem")
        self.assertIn("number is 2B", self.stamp("--trust", trust))
        said = self.openssl("ts", "-verify", "-data", self.checkpoint, "-in", self.answer,
                            "-CAfile", trust)
        self.assertIn("Verification: OK", said)
        self.assertIn("does not fit", self.stamp("--trust", os.path.join(
            self.strangers(), "authority.pem"), exit_code=1))

    def strangers(self):
        folder = os.path.join(self.directory, "strangers")
        os.mkdir(folder)
        self.openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout",
                     folder + "/authority.key", "-out", folder + "/authority.pem", "-subj",
                     "/CN=Stranger", "-config", "conf", "-extensions", "authority")
        return folder

    def test_a_stamp_of_something_else_is_none(self):
        self.stamp("--authority", self.authority)
        self.assertIn("does not fit", self.stamp("--authority", self.authority + "/old",
                                                 exit_code=1))
        self.assertIn("status 503", self.stamp("--authority", self.authority + "/closed",
                                               exit_code=1))
        self.stamp()  # What was kept is still there.
        with open(self.checkpoint, "r+b") as file:
            text = file.read()
            file.seek(0)
            file.write(text.replace(b"\n", b"0\n", 2).replace(b"0\n", b"\n", 1))
        self.assertIn("does not fit", self.stamp(exit_code=1))
        with open(self.answer, "wb") as file:
            file.write(b"nonsense")
        self.assertIn("no time stamp", self.stamp(exit_code=1))


if __name__ == "__main__":
    unittest.main()
