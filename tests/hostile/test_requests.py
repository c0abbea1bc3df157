"""Requests that no browser makes: broken bodies, a borrowed session, a header in an address, a way out of the site."""

import pytest

from strategy_tracker.accounts.models import Session
from strategy_tracker.plans.models import Abbreviation
from strategy_tracker.web.sessions import COOKIE
from tests.cast import CAST, PASSWORD
from tests.visitor import standing_values

NEW = "/p/west-kent/glossary/new"
PLAN = "/p/west-kent/plans/2010-11"
MULTIPART = "multipart/form-data; boundary=x"
HEAD = b'--x\r\nContent-Disposition: form-data; name="short"'
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example",
    "HTTPS:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "/ok\r\nLocation: https://evil.example",
    "\u2028//evil.example",
    "/@evil.example/../..//evil.example",
)

ODD = ("a\0b", "\ud800", "\u202eab", "\x0b\x0c", "\x1b[31m", "e\u0301" * 20, "=1+1", "🙂" * 40)
EVIL = ("authority=tmbc%22%0d%0aX-Evil:%201", "authority=..%2f..%2fetc%2fpasswd", "as_at=2011-06-30%0d%0aX-Evil:%201")


@pytest.fixture
def client(visitor_as):
    return visitor_as("coordinator", check=False).client


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (MULTIPART, b"no boundary at all"),
        (MULTIPART, HEAD),
        (MULTIPART, HEAD + b"\r\n\r\nwords"),
        (MULTIPART, HEAD + b'; filename="../../../etc/passwd"\r\n\r\nwords\r\n--x--\r\n'),
        (MULTIPART, b"--x\r\nContent-Disposition: form-data\r\n\r\nnameless\r\n--x--\r\n"),
        ("multipart/form-data", HEAD),
        ("multipart/form-data; boundary=" + "b" * 5000, HEAD),
        ("multipart/form-data; boundary=\xff\x00", HEAD),
        ("application/x-www-form-urlencoded", b"%"),
        ("application/x-www-form-urlencoded", b"short=%ff%fe&meaning=%ed%a0%80"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"short=+ADw-script+AD4-"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"short=x"),
        ("application/json", b'{"short": "x"'),
        ("text/xml", b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"),
        ("", b"short=x"),
        ("nonsense", b"\x00" * 1000),
    ],
)
def test_a_broken_body_is_refused(client, content_type, body):
    for address in (NEW, "/sign-in", "/p/west-kent/imports/", "/p/west-kent/people/"):
        assert client.post(address, data=body, content_type=content_type).status_code == 400
    assert not Abbreviation.select().exists()


def test_a_body_that_does_not_say_its_length_is_refused_whole(client):
    page = client.get(NEW).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    cut = f"csrf_token={token}&form_key=cut&short=CBL&meaning=" + "x" * 3_000_000
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    form = "application/x-www-form-urlencoded"
    assert client.post(NEW, data=cut, content_type=form, environ_overrides=chunked).status_code == 411
    assert not Abbreviation.select().exists()


def test_too_many_fields_and_too_much_are_refused(client):
    many = {f"field{number}": "x" for number in range(2000)}
    assert client.post(NEW, data=many).status_code in {400, 413}
    assert client.post(NEW, data=many, content_type=MULTIPART.split(";", maxsplit=1)[0]).status_code == 413
    assert client.post(NEW, data={"meaning": "x" * 3_000_000}).status_code == 413
    deep = "&".join(f"short[{number}][a]=1" for number in range(5000))
    assert client.post(NEW, data=deep, content_type="application/x-www-form-urlencoded").status_code in {400, 413}


def test_a_field_that_is_too_long_is_said_and_kept(visitor_as):
    visitor = visitor_as("coordinator")
    page = visitor.get(NEW)
    long = "long " * 40_000
    refused = visitor.send(page, {"short": long, "meaning": long})
    assert len(refused.errors) == 2
    assert long.strip() in refused.html


def test_whatever_is_typed_is_saved_or_refused_and_never_breaks(visitor_as):
    visitor = visitor_as("coordinator", check=False)
    for number, junk in enumerate(
        ("a\0b", "\ud800", "\u202eab", "\x0b\x0c", "\x1b[31m", "e\u0301" * 20, "=1+1", "🙂" * 40)
    ):
        page = visitor.get(NEW)
        sent = standing_values(page.form()) | {"short": f"{junk}{number}", "meaning": junk}
        encoded = {name: value.encode("utf-8", "surrogatepass") for name, value in sent.items()}
        assert visitor.client.post(NEW, data=encoded).status_code in {200, 302}, repr(junk)
    assert visitor.get("/p/west-kent/glossary").status == 200


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_signing_in_leads_nowhere_else(app, asked):
    client = app.test_client()
    page = client.get("/sign-in", query_string={"next": asked})
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(
        "/sign-in",
        query_string={"next": asked},
        data={"csrf_token": token, "email": CAST["officer"].email, "password": PASSWORD},
    )
    assert answer.status_code == 302
    went = answer.headers["Location"]
    assert went.startswith("/") and not went.startswith(("//", "/\\")), went
    assert len(answer.headers.getlist("Location")) == 1
    again = client.get("/sign-in", query_string={"next": asked})
    assert again.headers["Location"].startswith("/") and not again.headers["Location"].startswith(("//", "/\\"))


def test_a_session_known_before_sign_in_is_worth_nothing_after_it(app, visitor_as):
    visitor = visitor_as()
    page = visitor.get("/sign-in")
    known = visitor.client.get_cookie(COOKIE).value
    visitor.send(page, {"email": CAST["officer"].email, "password": PASSWORD})
    assert visitor.client.get_cookie(COOKIE).value != known
    thief = app.test_client()
    thief.set_cookie(COOKIE, known)
    assert thief.get("/").status_code == 302


def test_a_name_that_the_browser_made_up_is_not_taken_for_a_session(app):
    for name in ("chosen-by-somebody", "", "\0", "x" * 3000, "../../x", "é"):
        client = app.test_client()
        client.set_cookie(COOKIE, name)
        assert client.get("/").status_code == 302
        client.get("/sign-in")
        assert client.get_cookie(COOKIE).value != name
    assert not Session.select().where(Session.digest == "chosen-by-somebody").exists()


def test_a_session_that_was_left_cannot_be_taken_up_again(app, visitor_as):
    visitor = visitor_as("officer")
    held = visitor.client.get_cookie(COOKIE).value
    visitor.send(visitor.get("/"), action="/sign-out")
    thief = app.test_client()
    thief.set_cookie(COOKIE, held)
    assert thief.get("/p/west-kent/").status_code == 302


@pytest.mark.parametrize(
    "query",
    ["authority=tmbc%22%0d%0aX-Evil:%201", "authority=..%2f..%2fetc%2fpasswd", "as_at=2011-06-30%0d%0aX-Evil: 1"],
)
def test_a_file_s_name_is_the_product_s_own(client, query):
    for kind in ("pdf", "json"):
        answer = client.get(f"{PLAN}.{kind}?{query}")
        assert answer.status_code in {200, 404}
        assert "X-Evil" not in answer.headers
        named = answer.headers.get("Content-Disposition", 'attachment; filename="west-kent-2010-11.pdf"')
        assert named.startswith('attachment; filename="west-kent-2010-11') and "/" not in named and "\n" not in named


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"])
def test_no_header_turns_a_link_or_an_address(client, header):
    answer = client.get("/p/west-kent/", headers={header: "evil.example/p/east-fen/"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND", "HEAD"])
def test_other_methods_change_and_show_nothing(client, method):
    for address in ("/", NEW, f"{PLAN}/", "/sign-out"):
        answer = client.open(address, method=method)
        assert answer.status_code in {200, 400, 404, 405, 501}
        assert not answer.data or answer.status_code in {400, 404, 405, 501}


def test_a_method_cannot_be_named_in_a_field_or_a_header(client):
    client.post(f"{PLAN}/", data={"_method": "DELETE"}, headers={"X-HTTP-Method-Override": "DELETE"})
    assert client.get(f"{PLAN}/").status_code == 200
