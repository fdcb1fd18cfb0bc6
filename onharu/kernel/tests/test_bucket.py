"""A bucket that refuses single files, and links that are signed by the hundred."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onharu.kernel.bucket import Bucket
from onharu.kernel.problems import Unavailable

KEY = "photos/7/a.jpg"
LISTED = f"<ListBucketResult><Contents><Key>{KEY}</Key></Contents></ListBucketResult>"
DELETED = f"<DeleteResult><Deleted><Key>{KEY}</Key></Deleted></DeleteResult>"
REFUSED = f"<DeleteResult><Error><Key>{KEY}</Key><Code>InternalError</Code></Error></DeleteResult>"
NONE = "<ListBucketResult></ListBucketResult>"


@contextmanager
def server(listed, deleted):
    """A server that lists and deletes as said, each with 200."""

    class Answers(BaseHTTPRequestHandler):
        def answer(self, body):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def do_GET(self):
            self.answer(listed)

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(deleted)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield bucket(f"http://127.0.0.1:{found.server_address[1]}")
        found.shutdown()


def bucket(endpoint, **said):
    return Bucket(
        bucket_name="house", endpoint_url=endpoint, region_name="us-east-1", access_key="id", secret_key="secret",
        addressing_style="path", location="", **said,
    )  # fmt: skip


def test_a_file_that_the_bucket_did_not_delete_is_not_taken_for_deleted():
    with server(LISTED, REFUSED) as refusing, pytest.raises(Unavailable):
        refusing.forget_below("photos/7")


def test_what_is_deleted_and_what_is_not_there_is_no_fault():
    with server(LISTED, DELETED) as willing:
        willing.forget_below("photos/7")
    with server(NONE, REFUSED) as empty:
        empty.forget_below("photos/7")


def test_many_links_are_signed_by_one_signer(monkeypatch):
    made, make = [], Bucket._create_session
    monkeypatch.setattr(Bucket, "_create_session", lambda self: made.append(1) or make(self))
    kept = bucket("http://127.0.0.1:9", public="https://files.example")
    links = {kept.link(f"photos/7/{number}.jpg", content_type="image/jpeg") for number in range(5)}
    assert len(links) == 5
    assert len(made) == 1
