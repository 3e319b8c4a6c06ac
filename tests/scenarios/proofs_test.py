"""What an auditor can check without us: signed heads with openssl, proofs with SHA-256 alone, over
the real file; and that the heads which were kept are still heads of the same book."""

import base64
import hashlib
import json
import os
import subprocess
import unittest

from daybook import BRITISH, CLIENT, RETAIL, Scenario

# The DER of an Ed25519 public key is these bytes and the key (RFC 8410).
ED25519 = bytes.fromhex("302a300506032b6570032100")


def leaf(record):
    return hashlib.sha256(b"\x00" + record).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def cut(leaves):
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return k


def root(leaves):
    """MTH of RFC 9162, 2.1.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    k = cut(leaves)
    return node(root(leaves[:k]), root(leaves[k:]))


def path(m, leaves):
    """PATH of 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = cut(leaves)
    return (path(m, leaves[:k]) + [root(leaves[k:])] if m < k
            else path(m - k, leaves[k:]) + [root(leaves[:k])])


def subproof(m, leaves, whole):
    """SUBPROOF of 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [root(leaves)]
    k = cut(leaves)
    return (subproof(m, leaves[:k], whole) + [root(leaves[k:])] if m <= k
            else subproof(m - k, leaves[k:], False) + [root(leaves[:k])])


def climb(hash_now, index, size, siblings):
    """From a leaf to the root, 2.1.3.2."""
    last = size - 1
    for sibling in map(bytes.fromhex, siblings):
        if index % 2 or index == last:
            hash_now = node(sibling, hash_now)
            while index % 2 == 0 and index:
                index, last = index >> 1, last >> 1
        else:
            hash_now = node(hash_now, sibling)
        index, last = index >> 1, last >> 1
    assert last == 0
    return hash_now


class Proofs(Scenario):
    def signed(self, checkpoint):
        """openssl's word on it; the text is signed up to its blank line."""
        note, signatures = checkpoint["text"].split("\n\n")
        origin, size, encoded = note.split("\n")
        self.assertEqual(int(size), checkpoint["size"])
        self.assertEqual(base64.b64decode(encoded).hex(), checkpoint["root"])
        self.assertTrue(signatures.startswith(f"— {origin} "), signatures)
        files = {name: os.path.join(self.directory, name) for name in ("key", "note", "signature")}
        for name, content in (("key", ED25519 + bytes.fromhex(checkpoint["key"])),
                              ("note", (note + "\n").encode()),
                              ("signature", bytes.fromhex(checkpoint["signature"]))):
            with open(files[name], "wb") as file:
                file.write(content)
        verdict = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", files["key"],
             "-rawin", "-in", files["note"], "-sigfile", files["signature"]],
            capture_output=True, text=True, check=False)
        self.assertEqual(verdict.returncode, 0, verdict)
        return checkpoint

    def leaves(self, server, base):
        leaves = []
        while True:
            answer = server.get(f"{base}/events?after={len(leaves)}&limit=1000")
            items = self.answered(answer, 200)["items"]
            if not items:
                return leaves
            leaves += [bytes.fromhex(event["leaf"]) for event in items]

    def test_the_real_book_is_proven_to_somebody_who_has_only_sha256(self):
        server = self.serve("--empty")
        company = self.answered(server.post("/api/v1/companies", BRITISH), 201)["id"]
        base = "/api/v1/companies/" + company
        founded = self.signed(self.answered(server.get(base + "/checkpoint"), 200))
        with open(RETAIL, "rb") as file:
            answer = server.call(
                "POST", f"/api/v1/imports?company={company}&currency=GBP&date_order=mdy&decimal=."
                "&tax_treatment=none&client_for_blank=counter&time_zone=Europe/London",
                raw=file.read(), headers={"Content-Type": "text/csv", "Prefer": "wait=60"})
        self.ended(self.answered(answer, 202))
        leaves = self.leaves(server, base)
        size = len(leaves)
        self.assertGreater(size, 1275)

        checkpoint = self.signed(self.answered(server.get(base + "/checkpoint"), 200))
        self.assertEqual((checkpoint["size"], checkpoint["root"]), (size, root(leaves).hex()))
        for revision in (1, 2, 3, 255, 256, 257, 512, 700, size - 1, size):
            stored = server.get(f"{base}/events/{revision}", Accept="application/octet-stream")
            proof = self.answered(
                server.get(f"{base}/proofs/inclusion?revision={revision}"), 200)
            self.assertEqual(proof["leaf"], leaf(stored.bytes).hex())
            self.assertEqual(proof["path"], [h.hex() for h in path(revision - 1, leaves)])
            self.assertEqual(proof["root"], checkpoint["root"])
        start = founded["size"]
        grown = self.answered(server.get(f"{base}/proofs/consistency?from={start}"), 200)
        self.assertEqual(grown["path"], [h.hex() for h in subproof(start, leaves, True)])
        self.assertEqual((grown["from_root"], grown["to_root"]),
                         (founded["root"], checkpoint["root"]))

    def test_heads_that_were_kept_stay_heads_of_the_book(self):
        heads = set()
        for name in ("Dupont", "Durand", "Martin"):
            server = self.serve("--empty") if not heads else self.serve()
            if not heads:
                company = self.answered(server.post("/api/v1/companies", BRITISH), 201)["id"]
                base = "/api/v1/companies/" + company
            self.answered(server.post(base + "/clients", {**CLIENT, "name": name}), 201)
            now = self.signed(self.answered(server.get(base + "/checkpoint"), 200))
            heads.add((now["size"], now["root"]))
            self.assertEqual(server.stop(), 0)  # Stopping keeps the head.

        server = self.serve()
        kept = self.answered(server.get(base + "/checkpoints"), 200)["items"]
        self.assertLessEqual(heads, {(each["size"], each["root"]) for each in kept})
        self.assertEqual(sorted((each["size"] for each in kept), reverse=True),
                         [each["size"] for each in kept])
        for each in kept:
            self.signed(each)
            proof = self.answered(
                server.get(f"{base}/proofs/consistency?from={each['size']}"), 200)
            self.assertEqual(proof["from_root"], each["root"])
        first = self.answered(server.get(base + "/checkpoints?limit=1"), 200)
        self.assertEqual(first["items"], kept[:1])
        rest = self.answered(server.get(f"{base}/checkpoints?cursor={first['next']}"), 200)
        self.assertEqual(rest["items"], kept[1:])

    def held_against_what_somebody_kept(self, path, bundle):
        """The key in each form that Daybook shows, and a checkpoint of the same book."""
        key = base64.b64decode(bundle["key"])
        for form in (bundle["key"], key.hex(), base64.b64encode(ED25519 + key).decode()):
            told = self.run_command("verify", path, "--key", form)
            self.assertEqual(told.returncode, 0, told)
        self.assertEqual(self.run_command("verify", path, "--key", "00" * 32).returncode, 1)
        for none in ("nonsense", key.hex()[2:], bundle["key"][4:]):
            told = self.run_command("verify", path, "--key", none)
            self.assertEqual((told.returncode, "is no key" in told.stderr), (2, True), told)
        origin, size, root_of_tree = bundle["checkpoint"].split("\n")[:3]
        other_root = base64.b64encode(bytes(32)).decode()
        for change, exit_code, why in (
                ((origin, origin), 0, ""),
                ((root_of_tree, other_root), 1, "another root"),
                ((f"\n{size}\n", f"\n{int(size) + 1}\n"), 2, "only the books can tell"),
                ((origin, "daybook/elsewhere/1"), 2, "daybook/elsewhere/1")):
            with self.subTest(change):
                kept = os.path.join(self.directory, "checkpoint.txt")
                with open(kept, "w", encoding="utf-8") as file:
                    file.write(bundle["checkpoint"].replace(*change))
                told = self.run_command("verify", path, "--checkpoint", kept)
                self.assertEqual(told.returncode, exit_code, told)
                self.assertIn(why, told.stderr)

    def test_a_customer_checks_his_invoice_from_one_file(self):
        server = self.serve()
        company = self.answered(server.get("/api/v1/companies"), 200)["items"][0]["id"]
        base = f"/api/v1/companies/{company}"
        invoice = self.answered(server.get(base + "/invoices?status=issued"), 200)["items"][0]
        answer = server.get(f"{base}/invoices/{invoice['id']}/proof")
        bundle = self.answered(answer, 200)
        self.assertLess(len(answer.bytes), 8192)

        # Without us: the signature by openssl, the path by SHA-256.
        key = base64.b64decode(bundle["key"])
        origin, size, root_of_tree = bundle["checkpoint"].split("\n")[:3]
        signature = base64.b64decode(bundle["checkpoint"].rstrip().rsplit(" ", 1)[1])[4:]
        self.signed({"text": bundle["checkpoint"], "size": int(size), "key": key.hex(),
                     "root": base64.b64decode(root_of_tree).hex(), "signature": signature.hex()})
        record = base64.b64decode(bundle["record"])
        self.assertEqual(climb(leaf(record), bundle["index"], int(size), bundle["path"]),
                         base64.b64decode(root_of_tree))
        self.assertIn(invoice["number"].encode(), record)

        # By `daybook verify`, which needs no books; and the same file from the command line.
        draft = self.answered(server.post(base + "/invoices", {
            "client_id": invoice["client_id"], "lines": []}), 201)["id"]
        self.assertEqual(self.answered(server.get(f"{base}/invoices/{draft}/proof"), 409)["code"],
                         "invoice_not_issued")
        self.answered(server.get(f"{base}/invoices/{company}/proof"), 404)
        self.assertEqual(server.stop(), 0)
        path = os.path.join(self.directory, "proof.json")
        made = self.run_command("proof", "invoice", invoice["number"], "--data",
                                self.directory + "/books", "--output", path)
        self.assertEqual(made.returncode, 0, made)
        told = self.run_command("verify", path, "--json", "--key", bundle["key"])
        self.assertEqual(told.returncode, 0, told)
        told = json.loads(told.stdout)
        self.assertEqual((told["sound"], told["number"], told["book"]),
                         (True, invoice["number"], origin))
        self.assertTrue(told["total"].startswith(invoice["total"]), told)
        self.assertIn("Sound.", self.run_command("verify", path).stdout)

        with open(path, encoding="utf-8") as file:
            self.held_against_what_somebody_kept(path, json.load(file))

        # Whatever is altered in it, it proves nothing any more.
        other = base64.b64encode(bytes(32)).decode()
        self.assertEqual(self.run_command("verify", path, "--key", other).returncode, 1)
        altered = bytes([record[-1] ^ 1 if at == len(record) - 1 else byte
                         for at, byte in enumerate(record)])
        for name, value in (("record", base64.b64encode(altered).decode()),
                            ("index", bundle["index"] + 1), ("key", other),
                            ("path", bundle["path"][1:]),
                            ("path", ["00" * 32] + bundle["path"][1:]),
                            ("checkpoint", bundle["checkpoint"].replace(f"\n{size}\n",
                                                                        f"\n{int(size) + 1}\n"))):
            with self.subTest(name):
                with open(path, "w", encoding="utf-8") as file:
                    json.dump({**bundle, name: value}, file)
                self.assertEqual(self.run_command("verify", path).returncode, 1)
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**bundle, "version": 2}, file)
        self.assertEqual(self.run_command("verify", path).returncode, 2)


if __name__ == "__main__":
    unittest.main()
