"""A timescale that changes keeps what it was, who changed it and why, on the page and in the PDF."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as some
from peewee import DatabaseError

from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.plans import operations
from strategy_tracker.plans.dates.models import DateRevision
from strategy_tracker.plans.dates.queries import moves_of_action, moves_of_plan
from strategy_tracker.plans.dates.rules import Move, known, slips, was, with_moves
from strategy_tracker.plans.models import Outcome
from strategy_tracker.plans.rules import Precision, Timescale, TimescaleKind
from strategy_tracker.plans.sections import plan_document
from strategy_tracker.plans.versions.rules import NO_REASON, Change
from strategy_tracker.plans.versions.view import view_of
from tests import builders
from tests.cast import person

PLAN = "/p/west-kent/plans/2010-11/"
WORDS = Timescale(TimescaleKind.CONDITION, words="subject to funding")


def month(year: int, number: int) -> Timescale:
    return Timescale.by(dt.date(year, number, 1), Precision.MONTH)


JULY, DECEMBER, MARCH = month(2010, 7), month(2010, 12), month(2011, 3)


@pytest.mark.parametrize(
    ("timescales", "told", "slipped"),
    [
        ([JULY, DECEMBER], "was July 2010 (moved once)", 1),
        ([JULY, MARCH, DECEMBER], "was July 2010 (moved twice)", 1),
        ([JULY, DECEMBER, MARCH, month(2011, 6)], "was July 2010 (moved 3 times)", 3),
        ([DECEMBER, JULY], "was December 2010 (moved once)", 0),
        ([JULY, DECEMBER, JULY], "(moved twice)", 1),
        ([JULY, WORDS], "was July 2010 (moved once)", 1),
        ([WORDS, JULY], "was subject to funding (moved once)", 0),
        ([JULY, Timescale()], "was July 2010 (moved once)", 1),
        ([JULY], "", 0),
    ],
)
def test_the_original_is_told_with_how_often_it_moved(timescales, told, slipped):
    moves = [Move(old, new) for old, new in itertools.pairwise(timescales)]
    assert (was(moves), slips(moves)) == (told, slipped)


def test_what_an_old_version_shows_knows_no_later_moves():
    moves = [Move(JULY, DECEMBER), Move(DECEMBER, MARCH)]
    assert [len(known(moves, shown)) for shown in (JULY, DECEMBER, MARCH)] == [0, 1, 2]


def test_a_date_that_was_given_up_says_so():
    assert with_moves("", [Move(JULY, Timescale())]) == "No date, was July 2010 (moved once)"
    assert with_moves("December 2010", [Move(JULY, DECEMBER)]) == "December 2010, was July 2010 (moved once)"


@given(some.lists(some.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), min_size=2, max_size=8))
def test_slips_are_the_moves_to_a_later_day(days):
    timescales = [Timescale.by(day) for day in days]
    moves = [Move(old, new) for old, new in itertools.pairwise(timescales)]
    assert slips(moves) == sum(new > old for old, new in itertools.pairwise(days))


def the_outcome(number: str = "1.1", slug: str = "2010-11") -> Outcome:
    return builders.outcomes(builders.action(number, slug))[0]


def move(timescale: Timescale, change: Change, who: str = "lead", outcome: Outcome | None = None) -> Outcome:
    row = outcome or the_outcome()
    operations.edit_outcome(person(who), row, row.version, text=row.text, timescale=timescale, lead=None, change=change)
    return row


@pytest.mark.usefixtures("database")
class TestKeeping:
    def test_each_revision_keeps_the_old_and_the_new_with_who_when_and_why(self):
        first, second = dt.date(2010, 9, 1), dt.date(2010, 12, 1)
        outcome = move(DECEMBER, Change("No money before autumn", on=first))
        move(MARCH, Change("The post is vacant", on=second), "coordinator")
        moves = moves_of_action(outcome.action_id)[outcome.id]
        told = [(each.old.shown, each.new.shown, each.reason, each.by, each.on) for each in moves]
        assert told == [
            ("30 July 2010", "December 2010", "No money before autumn", "Leo Lead", first),
            ("December 2010", "March 2011", "The post is vacant", "Cora Coordinator", second),
        ]
        assert moves_of_plan(builders.plan().id) == {outcome.id: moves}
        assert moves_of_plan(builders.plan().id, dt.date(2010, 11, 30)) == {outcome.id: moves[:1]}

    @pytest.mark.parametrize("slug", ["2010-11", "2011-12"])
    def test_no_date_moves_without_a_reason_not_even_in_a_draft(self, slug):
        outcome = the_outcome("1.1", slug)
        if slug == "2011-12":
            move(JULY, NO_REASON, "coordinator", outcome)
        with pytest.raises(Invalid) as refused:
            move(MARCH, Change("  "), "coordinator", outcome)
        assert list(refused.value.problems) == ["reason"]
        assert Outcome.get_by_id(outcome.id).due_on != MARCH.due_on

    def test_a_first_date_is_no_move_and_words_alone_move_nothing(self):
        outcome = the_outcome("1.2")
        move(JULY, builders.WHY, outcome=outcome)
        operations.edit_outcome(
            person("lead"), outcome, outcome.version, text="New words", timescale=JULY, lead=None, change=builders.WHY
        )
        assert not DateRevision.select().exists()

    def test_a_date_that_comes_back_after_it_was_given_up_has_moved_twice(self):
        outcome = move(Timescale(), builders.WHY)
        assert was(moves_of_action(outcome.action_id)[outcome.id]) == "was 30 July 2010 (moved once)"
        with pytest.raises(Invalid):
            move(MARCH, NO_REASON)
        move(MARCH, builders.WHY)
        assert was(moves_of_action(outcome.action_id)[outcome.id]) == "was 30 July 2010 (moved twice)"

    def test_a_refused_or_conflicting_change_keeps_no_revision(self):
        outcome = the_outcome()
        stale = outcome.version
        move(DECEMBER, builders.WHY)
        with pytest.raises(Conflict):
            operations.edit_outcome(
                person("lead"), outcome, stale, text="", timescale=MARCH, lead=None, change=builders.WHY
            )
        assert DateRevision.select().count() == 1

    @pytest.mark.parametrize("sql", ["update date_revision set reason = 'other'", "delete from date_revision"])
    def test_the_database_itself_refuses_to_change_a_revision(self, database, sql):
        move(DECEMBER, builders.WHY)
        with pytest.raises(DatabaseError, match="append-only"), database.atomic():
            database.execute_sql(sql)

    def test_the_document_shows_what_it_was(self):
        move(DECEMBER, builders.WHY)
        move(MARCH, builders.WHY)
        outcome = plan_document(view_of(builders.plan())).objectives[0].actions[0].outcomes[0]
        assert outcome.timescale == "March 2011, was 30 July 2010 (moved twice)"


def test_a_moved_date_asks_for_its_reason_and_stands_on_the_pages(visitor_as):
    lead, outcome = visitor_as("lead"), the_outcome()
    address = f"{PLAN}outcomes/{outcome.id}/edit"
    refused = lead.send(lead.get(address), {"due_on": ["", "12", "2010"]}, button="Save")
    assert refused.errors == ["Say why the timescale changes: the old one stays on view beside the new"]
    lead.send(refused, {"reason": "The county was late"}, button="Save")
    told = "Due December 2010, was 30 July 2010 (moved once)"
    action = visitor_as("officer").get(f"{PLAN}actions/{outcome.action_id}").words
    assert told in action
    assert "Why it moved, 1 slip" in action
    assert "Leo Lead: The county was late" in action
    assert "Reason: The county was late" in action, "its history says why, too"
    assert told in visitor_as("viewer").get(PLAN).words


def test_a_draft_asks_only_where_the_timescale_changes(visitor_as):
    coordinator = visitor_as("coordinator")
    outcome = the_outcome("1.1", "2011-12")
    address = f"/p/west-kent/plans/2011-12/outcomes/{outcome.id}/edit"
    coordinator.send(coordinator.get(address), {"text": "New words"}, button="Save")
    assert Outcome.get_by_id(outcome.id).text == "New words"
    assert "Approved by" not in coordinator.get(address).words
