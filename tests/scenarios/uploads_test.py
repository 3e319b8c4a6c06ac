"""A file on its way in: piece by piece, gone on with after a break, nothing that is not whole."""

import os
import unittest

from daybook import Scenario
from restoring import digest

UPLOADS = "/api/v1/uploads"


class Uploads(Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--empty")

    def begin(self, size, name="a.daybook"):
        return self.answered(self.server.post(UPLOADS, {"name": name, "size": size}), 201)["id"]

    def piece(self, upload, offset, content, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.server.call("PATCH", f"{UPLOADS}/{upload}", raw=content,
                                headers={"Upload-Offset": str(offset), **names})

    def test_it_goes_on_where_it_stood_also_after_a_kill(self):
        upload = self.begin(10, name="../../etc/Été.daybook")
        first = self.answered(self.piece(upload, 0, b"0123", Content_Digest=digest(b"0123")), 200)
        self.assertEqual((first["offset"], first["complete"]), (4, False))
        self.assertEqual(first["name"], "Été.daybook")
        self.server.kill()
        self.server = self.serve(directory=self.directory + "/books")
        told = self.server.call("HEAD", f"{UPLOADS}/{upload}")
        self.assertEqual((told.status, told.headers["upload-offset"]), (200, "4"))
        self.assertEqual(told.headers["upload-length"], "10")
        last = self.answered(self.piece(upload, 4, b"456789"), 200)
        self.assertTrue(last["complete"])
        with open(f"{self.directory}/books/uploads/{upload}/file", "rb") as file:
            self.assertEqual(file.read(), b"0123456789")

    def test_a_piece_that_is_not_the_next_one_or_not_what_was_sent_is_not_taken(self):
        upload = self.begin(10)
        self.answered(self.piece(upload, 0, b"0123"), 200)
        wrong = self.piece(upload, 2, b"2345")
        self.assertEqual((wrong.status, wrong.json["code"]), (409, "upload_offset_mismatch"))
        self.assertEqual(wrong.json["offset"], 4)
        wrong = self.piece(upload, 4, b"4567", Content_Digest=digest(b"4568"))
        self.assertEqual((wrong.status, wrong.json["code"]), (422, "digest_mismatch"))
        for headers in ({"Content_Digest": "md5=:AAAA:"}, {"Content_Digest": "sha-256=:AAAA:"},
                        {"Upload_Offset": "x"}, {"Upload_Offset": ""}):
            self.assertEqual(self.piece(upload, 4, b"4567", **headers).status, 400, headers)
        self.assertEqual(self.piece(upload, 4, b"").status, 400)
        self.assertEqual(self.piece(upload, 4, b"4567890").status, 413)  # One more than announced.
        told = self.answered(self.server.get(f"{UPLOADS}/{upload}"), 200)
        self.assertEqual(told["offset"], 4)
        self.answered(self.piece(upload, 4, b"456789", Repr_Digest=digest(b"456789")), 200)

    def test_what_is_dropped_is_gone_and_what_was_half_made_is_swept(self):
        upload = self.begin(10)
        self.assertEqual([item["id"] for item in
                          self.answered(self.server.get(UPLOADS), 200)["items"]], [upload])
        self.assertEqual(self.server.call("DELETE", f"{UPLOADS}/{upload}").status, 204)
        self.assertEqual(self.server.get(f"{UPLOADS}/{upload}").status, 404)
        self.assertEqual(self.piece(upload, 0, b"0").status, 404)
        folder = self.directory + "/books/uploads"
        self.assertEqual(os.listdir(folder), [])
        self.server.kill()
        os.makedirs(folder + "/0198c0de-0000-7000-8000-000000000000")  # No upload.json yet.
        os.makedirs(folder + "/scratch-0198c0de-0000-7000-8000-000000000001/books")
        self.serve(directory=self.directory + "/books")
        self.assertEqual(os.listdir(folder), [])

    def test_one_that_nobody_goes_on_with_expires(self):
        upload = self.begin(10)
        self.server.stop()
        self.server = self.serve(directory=self.directory + "/books", clock="+8 days")
        self.assertEqual(self.server.get(f"{UPLOADS}/{upload}").status, 404)
        self.assertEqual(os.listdir(self.directory + "/books/uploads"), [])

    def test_what_cannot_fit_is_refused_before_a_byte_is_sent(self):
        answer = self.server.post(UPLOADS, {"name": "a", "size": 2**62})
        self.assertEqual((answer.status, answer.json["code"]), (413, "upload_too_large"))
        for body in ({"name": "a"}, {"name": "a", "size": 0}, {"name": "a", "size": "1"}):
            self.assertEqual(self.server.post(UPLOADS, body).status, 422, body)


if __name__ == "__main__":
    unittest.main()
