"""What changed between two dates: new, changed with old and new words, moved, closed, better and worse."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from strategy_tracker.owners import Owner
from strategy_tracker.plans import operations
from strategy_tracker.plans.rules import Precision, Status, Timescale
from strategy_tracker.plans.versions.between import between
from strategy_tracker.plans.versions.differences import Kind, differences
from strategy_tracker.plans.versions.rules import Change
from tests import builders
from tests.cast import authority, person

PLAN = "/p/west-kent/plans/2010-11/"
THEN, CHANGED, NOW = dt.date(2010, 9, 1), dt.date(2010, 12, 1), dt.date(2011, 3, 31)
WHY = Change("The group asked for it", on=CHANGED)


def told():
    found = between(builders.plan(), THEN, NOW)
    return {(one.kind, one.label) for one in found.structure}


@pytest.mark.usefixtures("database")
class TestStructure:
    def test_nothing_changed_is_said_to_be_nothing(self):
        assert between(builders.plan(), THEN, THEN).is_nothing

    def test_new_words_stand_beside_the_old(self):
        action = builders.action("1.1")
        owner, lead = Owner(), authority("sdc")
        who = person("coordinator")
        operations.edit_action(who, action, 1, text="Advise early", lead=lead, owner=owner, change=WHY)
        (only,) = between(builders.plan(), THEN, NOW).structure
        assert (only.kind, only.label, only.words) == (Kind.CHANGED, "Action 1.1", "Advise early")
        assert [(change.label, change.old, change.new) for change in only.changes] == [
            ("Words", "Advise people before they lose their home", "Advise early"),
            ("Lead authority", "", "SDC"),
        ]

    def test_a_moved_date_is_told_as_one(self):
        row = builders.outcomes(builders.action("1.1"))[0]
        later = Timescale.by(dt.date(2010, 12, 1), Precision.MONTH)
        operations.edit_outcome(person("lead"), row, row.version, text=row.text, timescale=later, lead=None, change=WHY)
        (only,) = between(builders.plan(), THEN, NOW).structure
        assert (only.kind, only.changes[0].old, only.changes[0].new) == (Kind.DATE, "30 July 2010", "December 2010")

    def test_what_came_and_went_is_told_once_and_not_with_all_it_holds(self):
        who = person("coordinator")
        objective = builders.action("2.1").objective
        operations.remove(who, objective, objective.version, change=WHY)
        new = operations.add_objective(who, builders.plan(), title="Warm homes", change=WHY)
        operations.add_action(who, new, text="Insulate lofts", authorities=[authority("sdc")], change=WHY)
        assert told() == {(Kind.NEW, f"Objective {new.number}"), (Kind.CLOSED, "Objective 2")}

    def test_another_place_and_another_partner_are_told(self):
        first, second = builders.action("1.1"), builders.action("1.2")
        operations.move(person("coordinator"), second, second.version, up=True, change=WHY)
        first = builders.action("1.2")
        operations.set_shares(person("coordinator"), first, first.version, [authority("tmbc")], change=WHY)
        assert told() == {
            (Kind.PLACE, "Action 1.1"),
            (Kind.PLACE, "Action 1.2"),
            (Kind.CLOSED, "SDC’s part in action 1.1"),
            (Kind.CLOSED, "TWBC’s part in action 1.1"),
        }

    def test_the_order_of_the_two_dates_does_not_matter(self):
        builders.a_note(builders.action("1.1"), "tmbc", Status.ON_TRACK, as_at=CHANGED)
        assert between(builders.plan(), NOW, THEN) == between(builders.plan(), THEN, NOW)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("old", "new", "head"),
    [
        (Status.ON_TRACK, Status.AT_RISK, "Worse"),
        (Status.AT_RISK, Status.ON_TRACK, "Better"),
        (Status.ON_TRACK, Status.ACHIEVED, "Closed: achieved, stopped, deferred or carried forward"),
        (Status.ON_TRACK, Status.DEFERRED, "Closed: achieved, stopped, deferred or carried forward"),
        (None, Status.ON_TRACK, "Reported for the first time"),
        (Status.ON_TRACK, Status.ONGOING, "Another status, neither better nor worse"),
        (Status.ACHIEVED, Status.OFF_TRACK, "Worse"),
        (Status.DEFERRED, Status.STOPPED, "Another status, neither better nor worse"),
    ],
)
def test_what_an_authority_says_anew_stands_under_its_head(old, new, head):
    action = builders.action("2.1")
    if old:
        builders.a_note(action, "twbc", old, "Then", as_at=dt.date(2010, 8, 1), reason="Because")
    builders.a_note(action, "twbc", new, "Now", as_at=CHANGED, reason="Because")
    ((found, (turn,)),) = between(builders.plan(), THEN, NOW).turns
    assert (found, turn.number, turn.authority, turn.said) == (head, "2.1", "TWBC", "Now")


columns = some.fixed_dictionaries(
    {
        "number": some.sampled_from("123"),
        "title": some.text(max_size=3),
        "lead_id": some.none(),
        "position": some.just(1),
    }
)
states = some.dictionaries(some.tuples(some.just("objective"), some.integers(1, 4)), columns)


@given(states, states)
def test_no_difference_is_told_twice_or_where_there_is_none(before, after):
    found = differences(before, after, {})
    assert len({(one.kind, one.what, one.row_id) for one in found}) == len(found)
    same = {key for key in before if after.get(key) == before[key]}
    assert not [one for one in found if (one.what, one.row_id) in same]
    assert {(one.what, one.row_id) for one in found if one.kind is Kind.NEW} == set(after) - set(before)
    assert {(one.what, one.row_id) for one in found if one.kind is Kind.CLOSED} == set(before) - set(after)


def test_the_page_marks_the_words_that_differ_and_leads_to_the_pdf(visitor_as):
    action = builders.action("1.1")
    operations.edit_action(
        person("coordinator"), action, 1, text="Advise people early", lead=None, owner=Owner(), change=WHY
    )
    viewer = visitor_as("viewer")
    page = viewer.get(f"{PLAN}changes?from=2010-09-01&to=2011-03-31")
    assert "What changed between 1 September 2010 and 31 March 2011" in page.words
    assert ["".join(element.itertext()) for element in page.all("ins")] == ["only here: early"]
    answer = viewer.client.get(f"{PLAN}changes.pdf?from=2010-09-01&to=2011-03-31")
    assert answer.data.startswith(b"%PDF")


@pytest.mark.parametrize("query", ["?from=x&to=y", "?from=2011-03-31&to=2010-09-01", "?to=0001-01-01", "?from=%00"])
def test_dates_that_are_none_are_no_error(visitor_as, query):
    assert "What changed between" in visitor_as("viewer").get(f"{PLAN}changes{query}").words
