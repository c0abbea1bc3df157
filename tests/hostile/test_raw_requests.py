"""Bytes that no browser sends, to the server as it is really served: refused, and the server goes on."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving.process import Served

HOST = b"Host: 127.0.0.1\r\n"
CHUNKED = HOST + b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n"
REFUSED = {
    "nul in the path": b"GET /p/\x00/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "a long path": b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "many heads": b"GET / HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: 1\r\n" % one for one in range(200)) + b"\r\n",
    "two lengths": b"POST /sign-in HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    "a length below nothing": b"POST /sign-in HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    "length and chunks": b"POST /sign-in HTTP/1.1\r\nContent-Length: 4\r\n"
    + CHUNKED
    + b"\r\n0\r\n\r\nGET / HTTP/1.1\r\n",
    "a chunk of no size": b"POST /sign-in HTTP/1.1\r\n" + CHUNKED + b"\r\nZZ\r\nabc\r\n0\r\n\r\n",
    "a chunk beyond all size": b"POST /sign-in HTTP/1.1\r\n" + CHUNKED + b"\r\nFFFFFFFFFFFFFFFFF\r\nabc\r\n",
    "two hosts": b"GET /sign-in HTTP/1.1\r\nHost: evil.example\r\n" + HOST + b"\r\n",
    "another host": b"GET /sign-in HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "bare line ends": b"GET /sign-in HTTP/1.1\nHost: 127.0.0.1\n\n",
    "no version": b"GET /\r\n\r\n",
    "a head that is none": b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: tracker_session=\x01\r\n\r\n",
    "files above the static ones": b"GET /static/../../setup.cfg HTTP/1.1\r\n" + HOST + b"\r\n",
    "the same, quoted": b"GET /static/..%2f..%2f..%2fetc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
    "nul in a file's name": b"GET /static/%00 HTTP/1.1\r\n" + HOST + b"\r\n",
}


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[Served]:
    server = Served(database_url, tmp_path, TRACKER_WORKERS="1")
    server.start()
    yield server
    server.kill()


def answer_to(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        return connection.recv(65_536)


def test_it_is_refused_and_the_server_goes_on(served: Served) -> None:
    wrong = []
    for name, request in REFUSED.items():
        line = answer_to(served.port, request).split(b"\r\n")[0]
        if not line.startswith(b"HTTP/1.1 4"):
            wrong.append(f"{name}: {line!r}")
    assert not wrong, "\n".join(wrong)
    assert answer_to(served.port, b"GET /health/ready HTTP/1.1\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 200")
    assert "Traceback" not in served.log.read_text()


def test_a_visitor_who_hangs_up_breaks_nothing(served: Served) -> None:
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
            connection.sendall(b"POST /sign-in HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\nhalf")
    assert answer_to(served.port, b"GET /health/ready HTTP/1.1\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 200")
    assert "Traceback" not in served.log.read_text()
