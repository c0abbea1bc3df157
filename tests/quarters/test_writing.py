"""As-at decides the quarter, and the quarter whether a note may be written: in every way in which one is."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.plans import operations
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.plans.rules import Status
from strategy_tracker.quarters.calendar import calendar_of
from strategy_tracker.quarters.models import Quarter, Reopening, Return
from strategy_tracker.quarters.queries import reporting_day, why_not_written
from tests import builders
from tests.cast import authority, partnership, person
from tests.quarters.making import the_quarter

INSIDE, AFTER = dt.date(2011, 5, 1), dt.date(2011, 7, 1)
TODAY = dt.date(2011, 7, 6)


def stands(state: str, *, closed: bool = False, number: int = 4) -> Return:
    """TMBC's return of a quarter in a state."""
    quarter = the_quarter(number)
    if closed:
        Quarter.update(closed_at=clock.now()).where(Quarter.id == quarter.id).execute()
    return Return.create(quarter=quarter, authority=authority("tmbc"), state=state)


def reopened(row: Return, who=None, until=None, ended_at=None) -> Reopening:
    return Reopening.create(
        of=row, person=who, until=until or clock.today(), reason="A figure was missing", opened_at=clock.now(),
        ended_at=ended_at,
    )  # fmt: skip


def why(as_at=INSIDE, who="officer", slug="tmbc") -> str:
    return why_not_written(partnership().id, authority(slug).id, as_at, person(who), clock.today())


def test_a_note_for_a_quarter_that_takes_no_words_is_refused_and_nothing_is_written(database):
    stands("submitted")
    share, about = builders.share(builders.action("1.1"), "tmbc"), builders.outcomes(builders.action("1.1"))[0]
    said = {"status": Status.ON_TRACK, "text": "More"}
    count = ProgressNote.select().count()
    for who in (person("officer"), person("lead"), person("coordinator"), OPERATOR):
        with pytest.raises(Invalid) as refused:
            operations.record_progress(who, share, about, as_at=INSIDE, **said)
        assert refused.value.problems["as_at"].startswith("The return for Quarter 4, April to June 2011 is submitted.")
    assert ProgressNote.select().count() == count
    operations.record_progress(person("officer"), share, about, as_at=AFTER, **said)
    theirs = builders.share(builders.action("1.1"), "sdc")
    operations.record_progress(person("other officer"), theirs, about, as_at=INSIDE, reason="Said", **said)


def test_nor_is_one_confirmed_or_corrected_into_it_or_out_of_it(database):
    action = builders.action("1.1")
    share, about = builders.share(action, "tmbc"), builders.outcomes(action)[0]
    last = ProgressNote.get(ProgressNote.share == share)
    later = builders.a_note(action, "tmbc", Status.ON_TRACK, as_at=AFTER)
    stands("accepted")
    officer = person("officer")
    with pytest.raises(Invalid, match="is accepted"):
        operations.confirm_progress(officer, share, about, as_at=INSIDE, seen=later.id)
    for note, as_at in ((last, AFTER), (later, INSIDE)):
        with pytest.raises(Invalid, match="ask the coordinator to send it back"):
            operations.correct_progress(officer, note, status=Status.ON_TRACK, text="Other", as_at=as_at)
    operations.correct_progress(officer, later, status=Status.ON_TRACK, text="Other", as_at=AFTER)


def test_a_closed_quarter_lets_in_only_whom_it_is_open_again_for(database):
    row = stands("accepted", closed=True)
    assert "is closed" in why()
    mine = reopened(row, person("officer"))
    assert why() == ""
    assert "is closed" in why(who="lead")
    assert "is closed" in why(slug="sdc")
    Reopening.update(until=clock.today() - dt.timedelta(days=1)).where(Reopening.id == mine.id).execute()
    assert "is closed" in why(), "it ends with its day, also where no sweep has said so"
    reopened(row)
    assert why(who="lead") == ""
    Reopening.update(ended_at=clock.now()).execute()
    assert "is closed" in why(who="lead")


def test_without_a_quarter_for_the_date_all_is_as_before(database):
    stands("accepted", closed=True)
    assert why(dt.date(2009, 5, 1)) == ""
    assert why(dt.date(2011, 7, 1)) == ""


def test_a_report_is_as_at_the_end_of_the_quarter_that_takes_returns(database):
    the_quarter()

    def day(today, slug="tmbc", who="officer"):
        return reporting_day(calendar_of(partnership().id), authority(slug).id, today, person(who))

    end = dt.date(2011, 6, 30)
    assert day(dt.date(2011, 6, 27)) == dt.date(2011, 6, 27), "it has opened and not ended"
    assert day(TODAY) == end
    row = stands("submitted")
    assert day(TODAY) == TODAY
    assert day(TODAY, "sdc") == end
    Quarter.update(closed_at=clock.now()).execute()
    assert day(TODAY, "sdc") == TODAY
    reopened(row, person("officer"), until=dt.date(2011, 7, 10))
    assert day(TODAY) == end
    assert day(TODAY, who="lead") == TODAY
    assert day(dt.date(2011, 7, 11)) == dt.date(2011, 7, 11)
