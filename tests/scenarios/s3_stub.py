"""A store that speaks as much S3 as backups need, and believes nothing.

Each request must be signed (AWS Signature Version 4) by the one key that it knows, over its host,
its date and its payload's digest; the date must be now, the digest that of the body. Anything else
is 403 with what was wrong, and stored nowhere.
"""

import datetime
import hashlib
import hmac
import http.server
import re
import threading
import urllib.parse

KEY_ID, SECRET, REGION = "AKIADAYBOOKTEST", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "eu-west-3"
MUST_SIGN = {"host", "x-amz-content-sha256", "x-amz-date"}


def keyed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signature_of(method, path, headers, signed, digest, scope, moment):
    """AWS's own recipe, written from its documentation."""
    url = urllib.parse.urlsplit(path)
    canonical = "\n".join([
        method, url.path, url.query,
        "".join(f"{name}:{' '.join(headers[name].split())}\n" for name in signed),
        ";".join(signed), digest])
    text = "\n".join(["AWS4-HMAC-SHA256", moment, "/".join(scope),
                      hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in scope:
        key = keyed(key, part)
    return keyed(key, text).hex()


class Store:
    """`ahead` is by how much the clients' clock is, a timedelta. `spoil` changes what is given."""

    def __init__(self, bucket, ahead=datetime.timedelta()):
        self.objects, self.refused, self.spoil, self.down = {}, [], None, False
        store = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, status, body=b""):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def fault(self, body):
                headers = {name.lower(): value.strip() for name, value in self.headers.items()}
                found = re.fullmatch(
                    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, *"
                    r"SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})",
                    headers.get("authorization", ""))
                if not found:
                    return "no signature of version 4"
                key_id, day, region, names, signature = found.groups()
                signed = names.split(";")
                if (key_id, region) != (KEY_ID, REGION):
                    return "another key or region"
                if not MUST_SIGN <= set(signed) or signed != sorted(signed):
                    return f"signed headers: {names}"
                if any(name not in headers for name in signed):
                    return f"signed, not sent: {names}"
                moment = headers["x-amz-date"]
                at = datetime.datetime.strptime(moment, "%Y%m%dT%H%M%SZ")
                now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) + ahead
                if not moment.startswith(day) or abs(at - now) > datetime.timedelta(minutes=15):
                    return f"of {moment}"
                digest = headers["x-amz-content-sha256"]
                if digest != hashlib.sha256(body).hexdigest():
                    return "the body is not what was signed"
                scope = [day, region, "s3", "aws4_request"]
                if signature != signature_of(self.command, self.path, headers, signed, digest,
                                             scope, moment):
                    return "the signature does not fit"
                return None

            def serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                fault = self.fault(body)
                if fault:
                    store.refused.append(f"{self.command} {self.path}: {fault}")
                    return self.answer(403, fault.encode())
                if store.down:
                    return self.answer(503, b"slow down")
                if not self.path.startswith(f"/{bucket}/"):
                    return self.answer(404, b"no such bucket")
                name = self.path[len(bucket) + 2:]
                if self.command == "PUT":
                    store.objects[name] = body
                    return self.answer(200)
                if self.command == "DELETE":
                    store.objects.pop(name, None)
                    return self.answer(204)
                if name not in store.objects:
                    return self.answer(404, b"no such key")
                content = store.objects[name]
                return self.answer(200, store.spoil(content) if store.spoil else content)

            do_GET = do_PUT = do_DELETE = serve

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def environment(self, secret=SECRET):
        return {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": secret,
                "AWS_REGION": REGION,
                "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{self.server.server_address[1]}"}

    def close(self):
        self.server.shutdown()
        self.server.server_close()
