"""The page on which a person makes and revokes the secret address of her calendar."""

import re

import pytest

from strategy_tracker import db
from strategy_tracker.calendars.models import CalendarFeed
from strategy_tracker.history.models import Event
from tests.axe import assert_accessible

MADE = re.compile(r"/calendars/([A-Za-z0-9_-]{43})\.ics")


@pytest.fixture
def officer(visitor_as):
    return visitor_as("officer")


def token_on(answer):
    found = MADE.search(answer.html)
    return found.group(1) if found else None


def verbs() -> list[str]:
    rows = Event.select(Event.verb).where(Event.subject_type == "CalendarFeed").order_by(Event.id)
    return [verb for (verb,) in rows.tuples()]


def test_it_is_found_from_my_work_and_from_the_account(officer):
    for address in ("/", "/password"):
        assert any(link.attrib["href"] == "/calendar" for link in officer.get(address).all("a"))


def test_an_address_is_made_shown_once_and_fetched(officer):
    made = officer.send(officer.get("/calendar"))
    token = token_on(made)
    assert token
    field = next(each for each in made.all("textarea") if each.attrib.get("id") == "address")
    assert field.text == f"http://127.0.0.1:8000/calendars/{token}.ics"
    assert "Not yet" in made.words
    assert made.headers["Cache-Control"] == "no-store"
    assert officer.client.get(f"/calendars/{token}.ics").status_code == 200
    again = officer.get("/calendar")
    assert token_on(again) is None
    assert "Not yet" not in again.words


def test_a_new_one_ends_the_old_and_revoking_ends_both(officer):
    first = officer.send(officer.get("/calendar"))
    second = officer.send(first, action="/calendar")
    assert token_on(second) != token_on(first)
    assert officer.client.get(f"/calendars/{token_on(first)}.ics").status_code == 404
    gone = officer.send(officer.get("/calendar"), action="/calendar/revoke")
    assert "The address is revoked" in gone.words
    assert officer.client.get(f"/calendars/{token_on(second)}.ics").status_code == 404
    assert verbs() == ["calendar address made", "calendar address made", "calendar address revoked"]


def test_the_address_can_be_revoked_on_the_page_that_shows_it(officer):
    made = officer.send(officer.get("/calendar"))
    officer.send(made, action="/calendar/revoke")
    assert officer.client.get(f"/calendars/{token_on(made)}.ics").status_code == 404


def test_a_double_click_shows_an_address_that_works(officer):
    page = officer.get("/calendar")
    officer.send(page)
    shown = officer.send(page)
    assert officer.client.get(f"/calendars/{token_on(shown)}.ics").status_code == 200
    db.database.connect(reuse_if_open=True)
    assert CalendarFeed.select().count() == 1


def test_sending_the_form_again_later_does_not_end_an_address_in_use(officer):
    page = officer.get("/calendar")
    token = token_on(officer.send(page))
    officer.client.get(f"/calendars/{token}.ics")
    again = officer.send(page)
    assert "shown once" in again.words
    assert officer.client.get(f"/calendars/{token}.ics").status_code == 200


def test_one_persons_address_is_not_anothers(officer, visitor_as):
    token = token_on(officer.send(officer.get("/calendar")))
    other = visitor_as("other officer")
    assert "Make an address" in other.get("/calendar").words
    other.post("/calendar/revoke", {}, status=400)
    assert officer.client.get(f"/calendars/{token}.ics").status_code == 200


def test_every_state_of_the_page_is_accessible(page_as):
    page = page_as("officer")
    page.goto("/calendar")
    assert_accessible(page)
    page.get_by_role("button", name="Make an address").click()
    assert page.get_by_label("Copy it now").input_value().endswith(".ics")
    assert_accessible(page)
    page.goto("/calendar")
    assert_accessible(page)
    page.get_by_role("button", name="Revoke the address").click()
    assert_accessible(page)
