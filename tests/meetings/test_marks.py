"""Marks of exempt passages that do not match are told where words are typed: what they hide would surprise."""

import datetime as dt

import pytest

from strategy_tracker.errors import Invalid
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.plans.operations import confirm_progress, record_progress
from strategy_tracker.plans.rules import Status
from strategy_tracker.reviews.decisions.applying import proposal_of
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.decisions.operations import answer_decision
from strategy_tracker.reviews.decisions.rules import Kind
from strategy_tracker.reviews.meetings.operations import note_attendance
from strategy_tracker.reviews.returns.operations import send_back_return
from tests import builders
from tests.cast import authority, person
from tests.decisions.making import a_decision
from tests.meetings.making import a_meeting, an_item, minuted
from tests.quarters.making import the_quarter

pytestmark = pytest.mark.usefixtures("database")
OPEN = "Ring Mrs A [exempt]at home"
MARCH = dt.date(2011, 3, 1)


def refused(call, *given, **words):
    with pytest.raises(Invalid) as found:
        call(*given, **words)
    (field,) = found.value.problems
    assert "Close each exempt passage" in found.value.problems[field]
    return field


def test_words_of_a_meeting_close_what_they_open():
    meeting = a_meeting()
    assert refused(minuted, meeting, OPEN) == "text"
    assert refused(note_attendance, person("coordinator"), meeting, 1, came={}, others=OPEN) == "others"
    for field in ("title", "text", "asked"):
        assert refused(an_item, meeting, **{field: OPEN}) == field
    assert refused(a_decision, meeting, OPEN) == "words"
    assert refused(answer_decision, person("coordinator"), a_decision(meeting), 1, answer=OPEN) == "answer"


def test_a_note_closes_what_it_opens_and_an_older_one_can_still_be_confirmed():
    action = builders.action("1.1")
    share, outcome = builders.share(action, "sdc"), builders.outcomes(action)[0]
    coordinator = person("coordinator")
    said = {"status": Status.ON_TRACK, "as_at": MARCH}
    assert refused(record_progress, coordinator, share, outcome, text=OPEN, **said) == "text"
    assert refused(record_progress, coordinator, share, outcome, text="Well", reason=OPEN, **said) == "reason"
    older = record_progress(coordinator, share, outcome, text="Well", **said)
    columns = {name: getattr(older, name) for name in ("share", "outcome", "status", "as_at", "recorded_at", "person")}
    older = ProgressNote.create(**columns, text=OPEN)
    assert confirm_progress(coordinator, share, outcome, as_at=MARCH, seen=older.id).text == OPEN


def test_a_return_is_sent_back_with_words_that_close_what_they_open():
    given = (person("coordinator"), the_quarter(), authority("tmbc"), 0)
    assert refused(send_back_return, *given, note=OPEN) == "note"


def test_a_target_has_no_exempt_passage():
    about = {"kind": Kind.CHANGE, "action": builders.action("1.1")}
    with pytest.raises(Invalid) as found:
        a_decision(a_meeting(), new_text="Nine of ten [exempt]but Mrs A[/exempt]", **about)
    assert "which all may read: leave the exempt passage out" in found.value.problems["new_text"]
    a_decision(a_meeting(dt.date(2011, 4, 14)), new_text="Nine of ten", **about)
    Decision.update(new_text=OPEN).execute()
    assert "leave the exempt passage out" in proposal_of(person("coordinator"), Decision.get()).refusal
