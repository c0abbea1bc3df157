"""A meeting from its making to its minutes, on both databases."""

import datetime as dt

import pytest
from peewee import DatabaseError

from strategy_tracker import clock
from strategy_tracker.db import database as proxy
from strategy_tracker.errors import Conflict, Forbidden, Invalid, Repeated
from strategy_tracker.reviews.meetings import items, operations, papers, queries
from strategy_tracker.reviews.meetings.models import AgendaItem, Attendance, Meeting, MinutesRevision, PaperContent
from strategy_tracker.reviews.meetings.operations import Came, Particulars
from strategy_tracker.reviews.meetings.page import meeting_page
from strategy_tracker.reviews.meetings.queries import minutes_of, paper_faults
from strategy_tracker.reviews.meetings.rules import Presence, Stands
from tests.cast import authority, partnership, person
from tests.decisions.making import a_decision
from tests.evidence.files import PDF
from tests.meetings.making import JULY, OCTOBER, a_meeting, a_paper, an_item, approved, minuted

pytestmark = pytest.mark.usefixtures("database")
BEFORE = dt.date(2011, 7, 12)


def page_of(meeting, who="coordinator", today=BEFORE):
    return meeting_page(queries.meetings_of(person(who), meeting.partnership)[0], person(who), today)


def test_only_the_coordinator_makes_one():
    for who in ("officer", "lead", "steering member", "viewer", "outsider", "foreign coordinator"):
        with pytest.raises(Forbidden):
            a_meeting(by=person(who))
    assert a_meeting(by=person("coordinator"), starts_at="2.30 pm").starts_at == "14:30"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"starts_at": "noonish"}, "starts_at"),
        ({"held_on": dt.date(1066, 10, 14)}, "held_on"),
        ({"venue": "x" * 301}, "venue"),
        ({"chair": "x" * 201}, "chair"),
    ],
)
def test_what_says_nothing_is_refused_at_its_field(words, field):
    with pytest.raises(Invalid) as refused:
        a_meeting(**words)
    assert list(refused.value.problems) == [field]


def test_one_meeting_a_day_unless_the_other_is_called_off():
    first = a_meeting()
    with pytest.raises(Invalid, match="has a meeting on that day"):
        a_meeting()
    operations.call_off_meeting(person("coordinator"), first, 1, reason="The hall is closed")
    assert a_meeting().id != first.id
    with pytest.raises(Forbidden, match="called off"):
        operations.edit_meeting(person("coordinator"), first, 2, Particulars(OCTOBER))
    assert a_meeting(of="east-fen").held_on == JULY


def test_its_date_stays_once_decisions_are_cited_by_it():
    meeting = a_meeting()
    operations.edit_meeting(person("coordinator"), meeting, 1, Particulars(dt.date(2011, 7, 14)))
    a_decision(meeting)
    with pytest.raises(Invalid, match="so the date stays"):
        operations.edit_meeting(person("coordinator"), meeting, 2, Particulars(JULY))
    with pytest.raises(Invalid, match="there are decisions"):
        operations.call_off_meeting(person("coordinator"), Meeting.get_by_id(meeting.id), 2, reason="Oh")
    assert Meeting.get_by_id(meeting.id).held_on == dt.date(2011, 7, 14)


def test_the_same_form_twice_is_one_meeting():
    words = Particulars(JULY)
    operations.add_meeting(person("coordinator"), partnership(), words, form_key="k" * 20)
    with pytest.raises(Repeated):
        operations.add_meeting(person("coordinator"), partnership(), words, form_key="k" * 20)
    assert Meeting.select().count() == 1


def test_attendance_is_noted_for_all_partners_at_once():
    meeting, coordinator = a_meeting(), person("coordinator")
    came = {
        authority("tmbc").id: Came(Presence.PRESENT, "Chief Housing Officer"),
        authority("sdc").id: Came(Presence.APOLOGIES),
        authority("marsh").id: Came(Presence.PRESENT, "A stranger"),
    }
    operations.note_attendance(coordinator, meeting, 1, came=came, others="The minute taker")
    assert [(one.authority, one.told, one.who) for one in page_of(meeting).presences if one.told] == [
        ("SDC", "Apologies", ""),
        ("TMBC", "Present", "Chief Housing Officer"),
    ]
    with pytest.raises(Conflict):
        operations.note_attendance(coordinator, Meeting.get_by_id(meeting.id), 1, came={})
    operations.note_attendance(coordinator, meeting, 2, came={authority("sdc").id: Came()})
    assert [row.authority_id for row in Attendance.select()] == [authority("tmbc").id]
    with pytest.raises(Invalid, match="Say whether SDC was there"):
        operations.note_attendance(coordinator, meeting, 3, came={authority("sdc").id: Came(None, "Somebody")})


def test_minutes_keep_what_they_said_and_are_approved_later():
    meeting, later, coordinator = minuted(a_meeting()), a_meeting(OCTOBER), person("coordinator")
    minutes = minutes_of(meeting)
    operations.write_minutes(coordinator, minutes, minutes.version, text="Everything was noted, and more.")
    with pytest.raises(Conflict):
        operations.write_minutes(coordinator, minutes_of(meeting), 1, text="Nothing was.")
    with pytest.raises(Invalid, match="later meeting"):
        operations.approve_minutes(coordinator, minutes, minutes.version, approved_in=meeting)
    operations.approve_minutes(coordinator, minutes, minutes.version, approved_in=later)
    assert page_of(later, today=OCTOBER).minutes.text == ""
    with pytest.raises(Invalid, match="must be approved again"):
        operations.write_minutes(coordinator, minutes, minutes.version, text="Otherwise")
    operations.write_minutes(coordinator, minutes, minutes.version, text="Otherwise", reason="A name was wrong")
    told = queries.minutes_revisions(minutes)
    assert [row.text for row in told] == ["Otherwise", "Everything was noted, and more.", "Everything was noted."]
    assert minutes_of(meeting).approved_in_id is None
    assert told[0].reason == "A name was wrong"


def test_minutes_are_not_approved_by_what_was_not_held():
    meeting, coordinator = minuted(a_meeting()), person("coordinator")
    minutes = minutes_of(meeting)
    with pytest.raises(Invalid, match="not been held"):
        operations.approve_minutes(coordinator, minutes, 2, approved_in=a_meeting(dt.date(2090, 1, 10)))
    with pytest.raises(Forbidden):
        operations.approve_minutes(coordinator, minutes, 2, approved_in=a_meeting(OCTOBER, of="east-fen"))
    empty = minutes_of(a_meeting(dt.date(2011, 4, 14)))
    with pytest.raises(Invalid, match="no minutes"):
        operations.approve_minutes(coordinator, empty, 1, approved_in=meeting)


def test_old_minutes_cannot_be_changed_behind_the_product():
    minuted(a_meeting())
    for query in (MinutesRevision.update(text="Other"), MinutesRevision.delete()):
        with pytest.raises(DatabaseError, match="append-only"), proxy.atomic():
            query.execute()


def test_own_items_stand_before_or_after_in_their_order():
    meeting, coordinator = a_meeting(), person("coordinator")
    last, first = an_item(meeting, "Last"), an_item(meeting, "First", stands=Stands.BEFORE)
    second = an_item(meeting, "Second", stands=Stands.BEFORE)
    minuted(a_meeting(dt.date(2011, 4, 14)))
    assert [part.title for part in page_of(meeting).parts] == ["First", "Second", "Minutes to approve", "Last"]
    assert items.move_item(coordinator, second, second.version, up=True)
    assert not items.move_item(coordinator, AgendaItem.get_by_id(second.id), 2, up=True)
    items.remove_item(coordinator, last, last.version)
    assert [part.title for part in page_of(meeting).parts] == ["Second", "First", "Minutes to approve"]
    with pytest.raises(Conflict):
        items.edit_item(coordinator, first, 1, title="Stale")
    with pytest.raises(Invalid) as refused:
        an_item(meeting, "Mixed", asked_by="TWBC")
    assert list(refused.value.problems) == ["asked"]


def test_approved_minutes_are_no_longer_on_an_agenda():
    early = a_meeting(dt.date(2011, 4, 14))
    meeting, later = a_meeting(), a_meeting(OCTOBER)
    approved(early, meeting)
    coordinator = person("coordinator")
    titles = [[part.title for part in meeting_page(one, coordinator, OCTOBER).parts] for one in (meeting, later)]
    assert titles == [["Minutes to approve"], []]


def test_a_late_paper_warns_with_the_rule_and_the_missing_ones_too():
    meeting = a_meeting()
    quiet, last, past = (page_of(meeting, today=dt.date(2011, 7, day)) for day in (19, 20, 21))
    assert quiet.warnings == ()
    assert last.warnings == ("No paper is out yet, and the last day to publish in time, 20 July 2011, is today.",)
    assert past.warnings == ("No paper is out yet, and the last day to publish in time, 20 July 2011, has passed.",)
    a_paper(meeting, "Figures", on=dt.date(2011, 7, 20))
    a_paper(meeting, "Cuts", on=dt.date(2011, 7, 25))
    assert page_of(meeting, today=dt.date(2011, 7, 22)).warnings == (
        "“Cuts” will be published on 25 July 2011: 2 clear working days before, 3 too few.",
    )
    assert [paper.title for paper in page_of(meeting, "officer", dt.date(2011, 7, 22)).papers] == ["Figures"]
    assert page_of(meeting, "officer", dt.date(2011, 7, 26)).warnings == (
        "“Cuts” was published on 25 July 2011: 2 clear working days before, 3 too few.",
    )


def test_a_paper_counts_from_the_day_it_was_added_and_comes_by_the_day_of_its_meeting():
    meeting, coordinator = a_meeting(), person("coordinator")
    papers.add_file(coordinator, meeting, filename="x.pdf", content=PDF, published_on=dt.date(2011, 7, 1))
    (warning,) = page_of(meeting).warnings
    added = f"1 July 2011, and added here on {clock.long_date(clock.today())}: 0 clear working days before, 5 too few."
    assert warning.endswith(added)
    for day in (dt.date(2011, 7, 29), dt.date(1989, 12, 31)):
        with pytest.raises(Invalid) as refused:
            papers.add_file(coordinator, meeting, filename="x.pdf", content=PDF, published_on=day)
        assert list(refused.value.problems) == ["published_on"]
    papers.add_file(coordinator, meeting, filename="x.pdf", content=PDF, published_on=meeting.held_on)


def test_a_paper_is_kept_by_what_it_is_and_verified():
    meeting, coordinator = a_meeting(), person("coordinator")
    with pytest.raises(Invalid, match="web page") as refused:
        papers.add_file(coordinator, meeting, filename="x.pdf", content=b"<html>", published_on=BEFORE)
    assert list(refused.value.problems) == ["file"]
    paper = a_paper(meeting, by=coordinator)
    page = papers.readables(coordinator, meeting.partnership)[0]
    papers.add_page(coordinator, meeting, page, published_on=BEFORE)
    assert list(paper_faults()) == []
    stranger = papers.Readable("/p/east-fen/plans/2010-11/", "Theirs")
    with pytest.raises(Invalid, match="one of the list"):
        papers.add_page(coordinator, meeting, stranger, published_on=BEFORE)
    with pytest.raises(Invalid, match="Say why"):
        papers.remove_paper(coordinator, paper, 1, reason="")
    papers.remove_paper(coordinator, paper, 1, reason="It named a tenant")
    assert [one.title for one in page_of(meeting).papers] == [page.title]
    PaperContent.update(content=b"other").execute()
    assert list(paper_faults()) == [f"paper {paper.id}: its bytes are not those that were added"]


def test_a_meeting_has_room_for_so_many_papers(monkeypatch):
    monkeypatch.setattr(papers, "MOST_PAPERS", 1)
    meeting = a_meeting()
    a_paper(meeting)
    with pytest.raises(Invalid, match="has 1 papers already"):
        a_paper(meeting, "One more")
