"""What every answer says to the browser, whoever asks for what."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from peewee import OperationalError

from strategy_tracker import db
from strategy_tracker.app import create_app
from strategy_tracker.web.addresses import own_path
from tests.cast import PASSWORD

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize(
    ("who", "address"), [(None, "/sign-in"), ("officer", "/p/west-kent/"), ("officer", "/nowhere")]
)
def test_the_headers_keep_others_out_and_keep_nothing(visitor_as, who, address):
    visitor = visitor_as(who)
    headers = visitor.client.get(address).headers
    assert headers["Content-Security-Policy"] == STRICT
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert len(headers["X-Request-ID"]) == 16


def test_over_https_the_cookie_and_the_browser_stay_with_https(settings):
    app = create_app(replace(settings, base_url="https://tracker.example"))
    answer = app.test_client().get("/sign-in", base_url="https://tracker.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    db.let_go(db.database.obj)


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1", 200), ("localhost:8000", 200), ("evil.example", 400), ("127.0.0.1.evil.example", 400), ("", 400)],
)
def test_only_trusted_hosts_are_answered(app, host, status):
    assert app.test_client().get("/sign-in", headers={"Host": host}).status_code == status


def test_a_form_without_its_token_is_refused_and_gives_the_words_back(visitor_as):
    visitor = visitor_as("coordinator")
    words = {"short": "CBL", "meaning": "Choice based lettings, as typed"}
    answer = visitor.post("/p/west-kent/glossary/new", words, status=400)
    assert "Choice based lettings, as typed" in answer.words


def test_a_password_never_stands_on_an_error_page(app):
    answer = app.test_client().post("/sign-in", data={"email": "officer@tmbc.example", "password": PASSWORD})
    assert answer.status_code == 400
    assert PASSWORD not in answer.text


def test_too_much_is_413_and_nobody_reads_it(visitor_as):
    visitor = visitor_as("coordinator")
    answer = visitor.post("/p/west-kent/glossary/new", {"meaning": "x" * (2 * 1024 * 1024 + 1)}, status=413)
    assert "too large" in answer.words


@pytest.mark.parametrize(
    "address", ["/nowhere", "/p/nowhere/", "/p/west-kent/plans/%00/", "/p/west-kent/plans/\ud800/"]
)
def test_what_is_not_there_is_a_plain_404(visitor_as, address):
    assert visitor_as("officer").get(address.encode("utf-8", "replace").decode(), status=404).words


def test_a_wrong_method_is_405(visitor_as):
    visitor_as("officer").post("/p/west-kent/", {"csrf_token": "x"}, status=405)
    assert visitor_as("officer").client.delete("/sign-in").status_code == 405


def test_what_breaks_is_a_plain_500_with_a_number_and_a_log_line(app: Flask, monkeypatch, capsys):
    def broken() -> None:
        raise RuntimeError("a secret inside")

    monkeypatch.setitem(app.view_functions, "pages.privacy", broken)
    monkeypatch.setitem(vars(broken), "needs", "public")
    answer = app.test_client().get("/privacy")
    assert answer.status_code == 500
    assert "a secret inside" not in answer.text
    number = answer.headers["X-Request-ID"]
    assert number in answer.text
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines() if number in line]
    assert any("a secret inside" in line.get("exception", "") for line in logged)


def test_a_database_that_is_away_is_503_and_says_when_to_come_back(app, monkeypatch):
    def away(*_, **__):
        raise OperationalError("server closed the connection")

    client = app.test_client()
    client.get("/sign-in")
    monkeypatch.setattr(db.database.obj, "execute_sql", away)
    for address in ("/sign-in", "/health/ready", "/p/west-kent/"):
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert answer.headers["Retry-After"] == "30"
    assert client.get("/health/live").status_code == 200


def test_health_says_ready_only_with_today_s_schema(app):
    client = app.test_client()
    assert client.get("/health/live").json == {"status": "live"}
    assert client.get("/health/ready").json == {"status": "ready", "pending_migrations": []}
    db.database.obj.connect(reuse_if_open=True)
    db.database.obj.execute_sql("delete from schema_migration where name = '0002_append_only'")
    behind = client.get("/health/ready")
    assert (behind.status_code, behind.json["pending_migrations"]) == (503, ["0002_append_only"])


@pytest.mark.parametrize("address", ["/accessibility", "/privacy", "/cookies", "/sign-in"])
def test_anybody_may_read_the_statements(visitor_as, address):
    visitor_as().get(address)


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("/p/west-kent/?q=a%20b", "/p/west-kent/?q=a%20b"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/x\\y", "/"),
        ("https://evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_an_address_to_go_on_to_is_a_path_of_this_site(asked, goes_to):
    assert own_path(asked) == goes_to


def test_a_log_line_holds_no_words_and_no_names(visitor_as, capsys):
    visitor = visitor_as("coordinator")
    visitor.get("/p/west-kent/?q=confidential")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert {"request_id", "method", "path", "status", "seconds", "person"} <= lines[-1].keys()
    assert "confidential" not in json.dumps(lines)
