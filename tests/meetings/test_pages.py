"""Meetings on pages: who is offered what, what comes back when it is refused, two people at once, papers."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.db import database
from strategy_tracker.plans.models import Plan
from strategy_tracker.reviews.meetings.models import AgendaItem, Meeting, Paper
from strategy_tracker.reviews.meetings.queries import minutes_of
from tests.cast import authority
from tests.evidence.files import PDF
from tests.meetings.making import JULY, OCTOBER, a_meeting, a_paper, an_item, minuted
from tests.quarters.making import the_quarter
from tests.reports.making import a_row

BASE = "/p/west-kent/meetings/"
FILLED = {"held_on": ["28", "7", "2011"], "starts_at": "10 am", "venue": "Argyle Road", "chair": "The chair"}


@pytest.fixture
def meeting(app):
    with database.connection_context():
        return a_meeting()


def one(row):
    return f"{BASE}{row.id}/"


def test_the_coordinator_makes_a_meeting_of_a_quarter(app, visitor_as):
    with database.connection_context():
        quarter = the_quarter()
    coordinator = visitor_as("coordinator")
    proposed = coordinator.get(f"{BASE}new?quarter={quarter.slug}")
    assert [field.attrib["value"] for field in proposed.all("input", name="held_on")] == ["28", "7", "2011"]
    refused = coordinator.send(proposed, {"starts_at": "noonish"})
    assert refused.errors == ["Enter a time such as 10:00 or 2.30pm"]
    page = coordinator.send(refused, FILLED)
    assert "The meeting is added." in page.words
    assert "28 July 2011, 10am Place: Argyle Road" in page.words or "28 July 2011, 10am Argyle Road" in page.words
    shown = coordinator.get(one(Meeting.get()))
    for told in ("Quarter 4, April to June 2011", "Off track or at risk", "Returns that are missing", "Add a paper"):
        assert told in shown.words


def test_readers_are_offered_nothing_and_others_find_nothing(meeting, visitor_as):
    for who in ("officer", "lead", "steering member"):
        page = visitor_as(who).get(one(meeting))
        for word in ("Add a paper", "Edit the meeting", "Write the minutes", "Add an item"):
            assert word not in page.words
    for who in ("viewer", "partnership viewer", "outsider", "provider"):
        visitor = visitor_as(who)
        visitor.get(one(meeting), status=404)
    assert "Meetings" not in visitor_as("viewer").get("/p/west-kent/").words


def test_two_people_at_once_see_both_versions(meeting, visitor_as):
    coordinator, other = visitor_as("coordinator"), visitor_as("coordinator")
    address = f"{one(meeting)}edit"
    first, second = coordinator.get(address), other.get(address)
    coordinator.send(first, {"venue": "Tonbridge Castle"}, action=address)
    both = other.send(second, {"venue": "The town hall"}, action=address, status=409)
    assert "Tonbridge" in both.words
    assert "The town hall" in other.send(both, {"keep": "mine"}).words


def test_minutes_written_at_once_are_both_shown(meeting, visitor_as):
    coordinator, other = visitor_as("coordinator"), visitor_as("coordinator")
    first, second = (visitor.get(f"{one(meeting)}minutes") for visitor in (coordinator, other))
    coordinator.send(first, {"text": "The first words [exempt]of Mrs A[/exempt]"})
    both = other.send(second, {"text": "The second words"}, status=409)
    assert "The first words" in both.words
    page = coordinator.get(one(meeting))
    assert "The first words Exempt of Mrs A" in page.words
    assert "[exempt]" not in page.words


def test_attendance_is_one_form_for_all_partners(meeting, visitor_as):
    coordinator = visitor_as("coordinator")
    with database.connection_context():
        tmbc, sdc = authority("tmbc").id, authority("sdc").id
    page = coordinator.get(f"{one(meeting)}attendance")
    refused = coordinator.send(page, {f"who_{sdc}": "Somebody"})
    assert refused.errors == ["Say whether SDC was there"]
    said = {f"presence_{sdc}": "apologies", f"presence_{tmbc}": "present", f"who_{tmbc}": "Chief Housing Officer"}
    shown = coordinator.send(refused, said)
    assert "SDC Apologies Somebody TMBC Present Chief Housing Officer" in shown.words


def test_an_item_is_added_moved_and_taken_off(meeting, visitor_as):
    coordinator = visitor_as("coordinator")
    for title in ("First", "Second"):
        coordinator.send(
            coordinator.get(f"{one(meeting)}items/new"), {"title": title, "asked": "Agree", "asked_by": "X"}
        )
    with database.connection_context():
        second = AgendaItem.get(AgendaItem.title == "Second").id
    edit = coordinator.get(f"{one(meeting)}items/{second}/edit")
    page = coordinator.send(edit, {"way": "up"}, action=f"{one(meeting)}items/{second}/order")
    assert page.words.index("Second") < page.words.index("First")
    assert "To decide, asked by X" in page.words
    page = coordinator.send(coordinator.get(f"{one(meeting)}items/{second}/remove"), {})
    assert "Second" not in page.words


def test_a_paper_is_a_file_or_a_page_and_nobody_sees_it_before_its_day(meeting, visitor_as):
    coordinator, officer = visitor_as("coordinator"), visitor_as("officer")
    form = coordinator.get(f"{one(meeting)}papers/new")
    assert coordinator.send(form, {}).errors == ["Select the file, or choose a page above"]
    page = coordinator.send(form, {"page": "/p/west-kent/plans/2010-11/", "published_on": ["1", "7", "2011"]})
    added = f"published 1 July 2011, added here on {clock.long_date(clock.today())}: 0 clear"
    assert f"Action plan 2010-11, July 2010 to June 2011 {added}" in page.words
    with database.connection_context():
        later = clock.today() + dt.timedelta(days=3)
        soon = a_paper(Meeting.get_by_id(meeting.id), "To come")
        Paper.update(published_on=later).where(Paper.id == soon.id).execute()
        out = a_paper(Meeting.get_by_id(meeting.id), "Out already")
    officer.get(f"{one(meeting)}papers/{soon.id}/file", status=404)
    assert "To come" not in officer.get(one(meeting)).words
    assert coordinator.get(f"{one(meeting)}papers/{soon.id}/file").data == PDF
    answer = officer.get(f"{one(meeting)}papers/{out.id}/file")
    assert (answer.data, answer.headers["Content-Disposition"][:10]) == (PDF, "attachment")
    withdrawal = f"{one(meeting)}papers/{out.id}/withdrawal"
    coordinator.send(coordinator.get(withdrawal), {"reason": "It named a tenant"})
    officer.get(f"{one(meeting)}papers/{out.id}/file", status=404)
    assert Paper.get_by_id(out.id).removed_at is not None


def test_a_report_of_the_partnership_can_be_a_paper(meeting, visitor_as):
    with database.connection_context():
        a_row(the_quarter(), "quarter-4", is_published=False)
    coordinator = visitor_as("coordinator")
    chosen = {"page": "/p/west-kent/reports/quarter-4/", "published_on": ["1", "7", "2011"]}
    page = coordinator.send(coordinator.get(f"{one(meeting)}papers/new"), chosen)
    assert page.all("a", href="/p/west-kent/reports/quarter-4/")
    assert "Report quarter-4 published 1 July 2011" in page.words


def test_minutes_are_approved_at_a_later_meeting(meeting, visitor_as):
    coordinator = visitor_as("coordinator")
    with database.connection_context():
        minuted(Meeting.get_by_id(meeting.id))
        later = a_meeting(OCTOBER)
    assert "Minutes to approve Minutes of 28 July 2011" in coordinator.get(one(later)).words
    page = coordinator.send(coordinator.get(f"{one(meeting)}minutes/approval"), {"approved_in": str(later.id)})
    assert "Approved at the meeting of 13 October 2011" in page.words
    assert minutes_of(Meeting.get_by_id(meeting.id)).approved_in_id == later.id
    assert "Why do they change?" in coordinator.get(f"{one(meeting)}minutes").words


def test_what_happened_at_a_meeting_is_written_from_its_day_on(app, visitor_as):
    with database.connection_context():
        later = a_meeting(clock.today() + dt.timedelta(days=7))
    coordinator = visitor_as("coordinator")
    page = coordinator.get(one(later))
    for form in ("minutes", "attendance", "decisions/new"):
        assert not page.all("a", href=f"{one(later)}{form}")
        refused = coordinator.get(f"{one(later)}{form}", status=403)
        assert f"written from its day on, {clock.long_date(later.held_on)}." in refused.words
    with database.connection_context():
        Meeting.update(held_on=clock.today()).where(Meeting.id == later.id).execute()
    page = coordinator.get(one(later))
    forms = {form: coordinator.get(f"{one(later)}{form}") for form in ("minutes", "attendance", "decisions/new")}
    assert all(page.all("a", href=f"{one(later)}{form}") for form in forms)
    with database.connection_context():
        Meeting.update(held_on=later.held_on).where(Meeting.id == later.id).execute()
    sent = coordinator.send(forms["minutes"], {"text": "All came"})
    assert "The meeting has not been held yet" in sent.errors[0]
    assert "All came" in sent.html
    assert "The meeting has not been held yet" in coordinator.send(forms["attendance"], {"others": "Guests"}).errors[0]


def test_a_meeting_called_off_says_so_and_takes_no_more(meeting, visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.send(coordinator.get(f"{one(meeting)}calling-off"), {"reason": "The hall is closed"})
    assert "This meeting was called off. The hall is closed" in page.words
    assert "Add a paper" not in page.words
    for room in ("edit", "minutes", "papers/new", "items/new", "attendance", "decisions/new"):
        assert "called off" in coordinator.get(f"{one(meeting)}{room}", status=403).words
    assert "Called off" in coordinator.get(BASE).words


def test_the_agenda_alone_has_what_the_page_has(meeting, visitor_as):
    with database.connection_context():
        an_item(Meeting.get_by_id(meeting.id), "The county’s cuts", asked="Agree to write", asked_by="SDC")
        a_paper(Meeting.get_by_id(meeting.id))
    page = visitor_as("officer").get(f"{one(meeting)}agenda")
    for told in (
        "Agenda",
        "28 July 2011, 10am",
        "The county’s cuts",
        "To decide, asked by SDC",
        "Note on the county’s",
    ):
        assert told in page.words


def test_size_costs_no_query(app, visitor_as):
    from playhouse.test_utils import count_queries

    from tests.decisions.making import a_decision

    coordinator = visitor_as("coordinator", check=False)
    with database.connection_context():
        meeting = a_meeting(JULY, quarter=the_quarter())
        early = a_meeting(dt.date(2011, 4, 14))

    def write(times):
        with database.connection_context():
            for number in range(times):
                an_item(meeting, f"Item {number}", asked="Agree")
                a_paper(meeting, f"Paper {number}")
                a_decision(meeting, f"Decision {number}")
                a_decision(early, f"Earlier decision {number}", owner="officer")

    def counted(address):
        with count_queries() as counter:
            coordinator.get(address)
        return counter.count

    addresses = (BASE, one(meeting), f"{one(meeting)}agenda", "/p/west-kent/decisions/", "/p/west-kent/decisions.csv")
    write(1)
    coordinator.get(BASE)
    few = [counted(address) for address in addresses]
    write(7)
    assert [counted(address) for address in addresses] == few
    assert max(few) <= 40


def test_what_is_long_pushes_nothing_sideways(app, page_as):
    from tests.axe import assert_accessible
    from tests.decisions.making import a_decision
    from tests.pages.test_accessible import UNBROKEN

    with database.connection_context():
        meeting = a_meeting(quarter=the_quarter(), venue=UNBROKEN, chair=UNBROKEN)
        an_item(meeting, UNBROKEN, text=f"[exempt]{UNBROKEN}[/exempt]", asked=UNBROKEN, asked_by=UNBROKEN)
        a_paper(meeting, UNBROKEN, on=dt.date(2011, 7, 27))
        minuted(meeting, f"• {UNBROKEN}\n[exempt]{UNBROKEN}[/exempt]")
        decision = a_decision(meeting, f"{UNBROKEN} [exempt]{UNBROKEN}[/exempt]", owner="officer")
    page = page_as("officer")
    decisions = "/p/west-kent/decisions/"
    for address in ("/", one(meeting), f"{one(meeting)}agenda", decisions, f"{decisions}{decision.id}/"):
        page.goto(address)
        assert_accessible(page)


def test_the_form_of_a_decision_fits_a_narrow_screen(app, page_as):
    from tests.pages.test_accessible import UNBROKEN

    with database.connection_context():
        Plan.update(title=UNBROKEN).execute()
        meeting = a_meeting()
    page = page_as("steering member")
    page.goto(f"{one(meeting)}decisions/new")
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
