"""The calendar at the secret address: what stands in it, for whom, and until when."""

import datetime as dt
import json

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.models import Membership
from strategy_tracker.accounts.roles import Role
from strategy_tracker.calendars.models import CalendarFeed
from strategy_tracker.calendars.operations import digest_of, make_address, revoke_address
from strategy_tracker.errors import Forbidden
from strategy_tracker.people.operations import add_member, end_membership
from strategy_tracker.plans import operations
from strategy_tracker.plans.rules import Precision, Status, Timescale
from strategy_tracker.plans.versions.rules import Change
from tests import builders
from tests.calendars.feeds import FIRST, fetched, of_title, token_of
from tests.cast import authority, partnership, person
from tests.milestones.making import a_milestone, edited

MOVED = Change(reason="The post was vacant")


def move(when: Timescale) -> None:
    outcome = builders.outcomes(builders.action("1.1"))[0]
    operations.edit_outcome(
        person("coordinator"), outcome, outcome.version, text=outcome.text, timescale=when, lead=None, change=MOVED
    )


def test_a_due_date_is_a_whole_day_with_what_one_must_know(app):
    action = builders.action("1.1")
    event = of_title(fetched(app, token_of("officer")), "1.1")
    assert event["summary"] == "1.1 Advise people before they lose their home (TMBC)"
    assert event["dtstart"].dt == dt.date(2010, 7, 30)
    assert event["dtend"].dt == dt.date(2010, 7, 31)
    assert event["description"].splitlines()[:3] == [
        "Due by 30 July 2010",
        "Outcome: Three out of four stay where they are",
        "Status: ongoing, as at 30 June 2011",
    ]
    assert "Overdue by" in event["description"]
    assert "Plan: Action plan 2010-11, West Kent" in event["description"]
    assert event["url"] == f"{FIRST}{action.id}"
    assert event["categories"].cats == ["Overdue"]
    assert (event["status"], event["transp"]) == ("CONFIRMED", "TRANSPARENT")


def test_the_last_day_of_a_running_plan_is_there_for_whoever_may_read_it(app):
    for who in ("officer", "viewer", "coordinator"):
        event = of_title(fetched(app, token_of(who)), "Last day of Action plan 2010-11")
        assert event["dtstart"].dt == dt.date(2011, 6, 30)
    assert len(fetched(app, token_of("viewer"))) == 1


def test_a_date_that_moves_moves_in_the_calendar(app):
    token = token_of("officer")
    before = of_title(fetched(app, token), "1.1")
    move(Timescale.by(dt.date(2010, 12, 1), Precision.MONTH))
    after = of_title(fetched(app, token), "1.1")
    assert after["uid"] == before["uid"]
    assert after["dtstart"].dt == dt.date(2010, 12, 31)
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt >= before["last-modified"].dt
    assert after["description"].splitlines()[:2] == [
        "Due by the end of December 2010, was 30 July 2010 (moved once)",
        "Moved because: The post was vacant",
    ]


def test_a_report_is_a_later_change_of_the_same_day(app):
    token = token_of("officer")
    before = of_title(fetched(app, token), "1.1")
    builders.a_note(builders.action("1.1"), "tmbc", Status.ACHIEVED, "Done", as_at=dt.date(2011, 7, 1))
    after = of_title(fetched(app, token), "1.1")
    assert "Status: achieved, as at 1 July 2011" in after["description"]
    assert "categories" not in after
    assert after["dtstamp"].dt == after["last-modified"].dt >= before["last-modified"].dt
    assert after["sequence"] == before["sequence"]


def test_milestones_of_hers_and_of_the_whole_action_are_there_and_move(app):
    action, token = builders.action("1.1"), token_of("officer")
    common = a_milestone(action, "The leaflet is out")
    a_milestone(action, "Our desk is open", of="tmbc")
    a_milestone(action, "Their desk is open", of="sdc")
    a_milestone(builders.action("2.1"), "Not hers")
    events = fetched(app, token)
    assert len(events) == 4
    assert of_title(events, "Our desk")["summary"] == "1.1 Our desk is open (TMBC)"
    before = of_title(events, "leaflet")
    assert before["summary"] == "1.1 The leaflet is out"
    assert before["categories"].cats == ["Milestone", "Overdue"]
    edited(common, due=Timescale.by(dt.date(2099, 12, 1), Precision.QUARTER), reason="The printer closed")
    after = of_title(fetched(app, token), "leaflet")
    assert (after["uid"], after["dtstart"].dt) == (before["uid"], dt.date(2099, 12, 31))
    assert after["sequence"] > before["sequence"]
    assert after["categories"].cats == ["Milestone"]
    assert after["description"].splitlines()[1:4] == [
        "Due by the end of the quarter October to December 2099, was 30 July 2010 (moved once)",
        "Moved because: The printer closed",
        "To do",
    ]


@pytest.mark.parametrize(
    ("status", "standing"),
    [(Status.STOPPED, "CANCELLED"), (Status.CARRIED_FORWARD, "CANCELLED"), (Status.DEFERRED, "TENTATIVE")],
)
def test_what_is_set_aside_does_not_stand_as_if_it_ran(app, status, standing):
    builders.a_note(builders.action("1.1"), "tmbc", status, "No more", reason="No money", as_at=dt.date(2011, 7, 1))
    event = of_title(fetched(app, token_of("officer")), "1.1")
    assert event["status"] == standing
    assert "categories" not in event


def test_nobody_gets_what_is_anothers_a_draft_s_or_without_a_date(app):
    draft = builders.outcomes(builders.action("1.1", "2011-12"))[0]
    operations.edit_outcome(
        OPERATOR, draft, draft.version, text="By then", timescale=Timescale.by(dt.date(2012, 3, 31)), lead=None
    )
    titles = {str(event["summary"]) for event in fetched(app, token_of("officer")).values()}
    assert titles == {
        "1.1 Advise people before they lose their home (TMBC)",
        "Last day of Action plan 2010-11 (West Kent)",
    }
    foreign = fetched(app, token_of("outsider"))
    assert not any("West Kent" in event["summary"] or "TMBC" in event["summary"] for event in foreign.values())


def test_a_role_that_ends_or_begins_is_seen_at_the_next_fetch(app):
    token = token_of("officer")
    assert len(fetched(app, token)) == 2
    held = Membership.get(Membership.person == person("officer"))
    end_membership(person("coordinator"), held, held.version)
    assert fetched(app, token) == {}
    add_member(
        person("coordinator"),
        partnership(),
        authority("sdc"),
        Role.OFFICER,
        email=person("officer").email,
        name="Olive",
    )
    assert of_title(fetched(app, token), "1.1")["summary"].endswith("(SDC)")


def test_somebody_without_any_role_has_a_calendar_that_is_valid_and_empty(app):
    answer = app.test_client().get(f"/calendars/{token_of('nobody')}.ics")
    assert answer.status_code == 200
    assert b"BEGIN:VEVENT" not in answer.data
    assert b"BEGIN:VTIMEZONE" in answer.data


def test_the_answer_is_the_calendar_alone_and_nobody_keeps_it(app):
    answer = app.test_client().get(f"/calendars/{token_of('officer')}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    lines = answer.data.split(b"\r\n")
    assert b"\n" not in answer.data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert {b"BEGIN:VCALENDAR", b"VERSION:2.0", b"X-PUBLISHED-TTL:PT6H"} <= set(lines)
    assert lines[-2:] == [b"END:VCALENDAR", b""]


def test_words_cannot_add_lines_or_leave_their_place(app):
    nasty = "Pay; now, or \\n never\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Forged 🏠 tŷ"
    when = Timescale.by(dt.date(2011, 3, 31))
    builders.an_action(builders.an_objective(builders.plan()), nasty, of=["tmbc"], outcomes=[(nasty, when)])
    events = fetched(app, token_of("officer"))
    assert len(events) == 3
    event = of_title(events, "Forged")
    assert event["summary"].endswith("Pay; now, or \\n never END:VEVENT BEGIN:VEVENT SUMMARY:Forged 🏠 tŷ (TMBC)")
    assert nasty in event["description"]


@pytest.mark.parametrize(
    "token",
    [
        "a" * 43,
        "a" * 42,
        "a" * 44,
        "",
        "../../etc/passwd",
        "%00" * 43,
        "%2e%2e",
        "é" * 43,
        "' or 1=1 --" + "x" * 32,
        "*" * 43,
        digest_of("x"),
    ],
)
def test_an_address_that_nobody_made_is_not_there(app, token):
    token_of("officer")
    for ending in (".ics", ""):
        answer = app.test_client().get(f"/calendars/{token}{ending}")
        assert answer.status_code == 404
        assert "Set-Cookie" not in answer.headers


def test_only_a_digest_is_kept_and_an_old_address_ends_with_the_new(app):
    old = token_of("officer")
    new = token_of("officer")
    kept = CalendarFeed.get(CalendarFeed.person == person("officer"))
    assert kept.digest == digest_of(new)
    assert CalendarFeed.select().count() == 1
    assert new not in json.dumps(CalendarFeed.select().dicts().get(), default=str)
    assert app.test_client().get(f"/calendars/{old}.ics").status_code == 404
    assert fetched(app, new)


def test_a_revoked_address_is_gone_and_a_second_revocation_changes_nothing(app):
    token = token_of("officer")
    for _ in range(2):
        revoke_address(person("officer"))
    assert app.test_client().get(f"/calendars/{token}.ics").status_code == 404


def test_the_command_line_has_no_calendar(database):
    with pytest.raises(Forbidden):
        make_address(OPERATOR)


def test_no_log_line_has_the_token(app, capsys):
    token = token_of("officer")
    client = app.test_client()
    for address in (f"{token}.ics", token, f"{token}.ics/", f"{token}.icsx?x={token}"):
        client.get(f"/calendars/{address}")
    logged = capsys.readouterr().err
    assert '"/calendars/..."' in logged
    assert token not in logged


def test_it_is_kept_when_the_address_was_last_fetched(app):
    token = token_of("officer")
    assert CalendarFeed.get().fetched_at is None
    fetched(app, token)
    assert CalendarFeed.get().fetched_at is not None


def test_size_costs_no_query(app):
    def queries() -> int:
        with count_queries() as counter:
            fetched(app, token)
        return counter.count

    token = token_of("officer")
    a_milestone(builders.action("1.1"), of="tmbc")
    fetched(app, token)
    few = queries()
    objective = builders.an_objective(builders.plan())
    for number in range(30):
        when = Timescale.by(dt.date(2011, 1, 1) + dt.timedelta(days=number))
        action = builders.an_action(objective, f"Do {number}", of=["tmbc"], outcomes=[("One", when), ("Two", when)])
        a_milestone(action, of="tmbc")
    move(Timescale.by(dt.date(2010, 12, 1)))
    assert queries() == few
    assert len(fetched(app, token)) == 93
