"""Signing in, and everything that ends it."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.accounts import passwords, sign_in
from strategy_tracker.accounts.models import Person, Session, SignInAttempt
from strategy_tracker.errors import Invalid, TooManyAttempts
from tests.cast import CAST, PASSWORD, person

OFFICER = CAST["officer"].email


def test_known_and_unknown_people_get_the_same_answer(visitor_as):
    visitor = visitor_as()
    answers = [
        visitor.send(visitor.get("/sign-in"), {"email": email, "password": "not the password at all"})
        for email in (OFFICER, "stranger@nowhere.example")
    ]
    assert answers[0].errors == answers[1].errors == [sign_in.REFUSED]
    assert answers[0].words == answers[1].words


def test_an_unknown_person_costs_as_much_work_as_a_known_one(database, monkeypatch):
    verified = []

    class Watching:
        def hash(self, _):
            return "a hash"

        def verify(self, *asked):
            verified.append(asked)
            return False

    monkeypatch.setattr(passwords, "HASHER", Watching())
    for email in (OFFICER, "stranger@nowhere.example"):
        with pytest.raises(Invalid):
            sign_in.sign_in(email, "wrong wrong wrong", "127.0.0.1")
    assert len(verified) == 2


def test_ten_wrong_guesses_are_the_last_for_five_minutes(visitor_as):
    visitor = visitor_as()
    page = visitor.get("/sign-in")
    for _ in range(10):
        visitor.send(page, {"email": OFFICER, "password": "wrong wrong wrong"})
    refused = visitor.send(page, {"email": OFFICER, "password": PASSWORD}, status=429)
    assert 0 < int(refused.headers["Retry-After"]) <= 301
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=6)):
        visitor.send(visitor.get("/sign-in"), {"email": OFFICER, "password": PASSWORD}, follow=False, status=302)


def test_guesses_are_counted_for_the_account_wherever_they_come_from_and_for_the_address(database):
    for number in range(10):
        with pytest.raises(Invalid):
            sign_in.sign_in(OFFICER, "wrong wrong wrong", f"192.0.2.{number}")
    with pytest.raises(TooManyAttempts):
        sign_in.sign_in(OFFICER.upper(), PASSWORD, "192.0.2.99")
    for number in range(10):
        with pytest.raises(Invalid):
            sign_in.sign_in(f"name{number}@x.example", "wrong wrong wrong", "198.51.100.1")
    with pytest.raises(TooManyAttempts):
        sign_in.sign_in(CAST["lead"].email, PASSWORD, "198.51.100.1")


def test_a_spoofed_forwarding_header_buys_no_more_guesses(visitor_as):
    visitor = visitor_as()
    page = visitor.get("/sign-in")
    for number in range(10):
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
        visitor.send(page, {"email": f"name{number}@x.example", "password": "wrong wrong wrong"})
    visitor.send(page, {"email": OFFICER, "password": PASSWORD}, status=429)


def test_a_right_password_is_no_guess(database):
    for _ in range(12):
        sign_in.sign_in(OFFICER, PASSWORD, "127.0.0.1")
    assert SignInAttempt.select().count() == 0


def test_the_session_gets_a_new_name_at_sign_in_and_is_worth_nothing_after_sign_out(visitor_as):
    visitor = visitor_as()
    visitor.get("/sign-in")
    before = visitor.client.get_cookie("tracker_session").value
    visitor.sign_in_by_form("officer")
    during = visitor.client.get_cookie("tracker_session")
    assert during.value != before
    assert during.http_only
    assert during.same_site == "Lax"
    visitor.send(visitor.get("/"), action="/sign-out")
    visitor.client.set_cookie("tracker_session", during.value)
    visitor.get("/", follow=False, status=302)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(visitor_as):
    here, elsewhere = visitor_as("officer"), visitor_as("officer")
    new = "a quite different phrase"
    page = here.get("/password")
    wrong = here.send(page, {"current": "not it at all, no", "new": new, "again": new})
    assert wrong.errors == ["The current password is wrong"]
    unlike = here.send(page, {"current": PASSWORD, "new": new, "again": new + "r"})
    assert unlike.errors == ["The two new passwords are not the same"]
    short = here.send(page, {"current": PASSWORD, "new": "short", "again": "short"})
    assert short.errors == ["The password must have 12 characters or more"]
    here.send(here.get("/password"), {"current": PASSWORD, "new": new, "again": new}, follow=False, status=302)
    here.get("/")
    elsewhere.get("/", follow=False, status=302)
    visitor_as().sign_in_by_form("officer", password=new)


@pytest.mark.parametrize(("after", "still"), [(dt.timedelta(hours=3), True), (dt.timedelta(hours=5), False)])
def test_a_session_ends_after_four_hours_without_use(visitor_as, after, still):
    visitor = visitor_as("officer")
    with time_machine.travel(dt.datetime.now(dt.UTC) + after):
        visitor.get("/", follow=False, status=200 if still else 302)


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(visitor_as):
    visitor = visitor_as("officer")
    start = dt.datetime.now(dt.UTC)
    for hours in (3, 6, 9):
        with time_machine.travel(start + dt.timedelta(hours=hours)):
            visitor.get("/")
    with time_machine.travel(start + dt.timedelta(hours=12, minutes=1)):
        visitor.get("/", follow=False, status=302)


@pytest.mark.parametrize("asked", ["//evil.example/", "/\\evil.example/", "https://evil.example/", "javascript:x", ""])
def test_sign_in_leads_to_no_other_site(visitor_as, asked):
    visitor = visitor_as()
    page = visitor.get("/sign-in", query_string={"next": asked})
    answer = visitor.send(page, {"email": OFFICER, "password": PASSWORD}, follow=False, status=302)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("who", "lands_on"),
    [
        ("officer", "/"),
        ("lead", "/"),
        ("coordinator", "/p/west-kent/"),
        ("steering member", "/p/west-kent/"),
        ("viewer", "/p/west-kent/"),
        ("administrator", "/"),
        ("provider", "/"),
        ("nobody", "/"),
    ],
)
def test_sign_in_leads_to_what_the_person_came_for(visitor_as, who, lands_on):
    visitor = visitor_as()
    fields = {"email": CAST[who].email, "password": PASSWORD}
    answer = visitor.send(visitor.get("/sign-in"), fields, follow=False, status=302)
    assert answer.headers["Location"] == lands_on
    visitor.get(lands_on)
    asked = visitor_as()
    page = asked.get("/p/west-kent/glossary")
    assert asked.send(page, fields, follow=False, status=302).headers["Location"] == "/p/west-kent/glossary"


def test_the_cookie_names_a_session_that_the_database_knows_only_by_its_digest(visitor_as):
    visitor = visitor_as("officer")
    name = visitor.client.get_cookie("tracker_session").value
    assert all(name not in row.digest and name not in row.data for row in Session.select())


@pytest.mark.parametrize(
    "password",
    ["short", "password1234", "PasswordPassword", "aaaaaaaaaaaaaaa", "officer@tmbc.example", "x" * 1001],
)
def test_a_password_that_would_be_guessed_is_refused(password):
    assert passwords.problem_with(password, "officer@tmbc.example")


def test_passwords_are_stored_with_argon2(database):
    sign_in.set_password(person("officer"), "a quite different phrase")
    assert Person.get(Person.email == OFFICER).password_hash.startswith("$argon2id$")
