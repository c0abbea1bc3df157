"""A return in figures: reported, no change, missing and nothing due are four things."""

import datetime as dt

from playhouse.test_utils import count_queries

from strategy_tracker.plans import operations
from strategy_tracker.plans.models import Share
from strategy_tracker.plans.rules import Status, Timescale
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.quarters.models import Return
from strategy_tracker.quarters.rules import ReturnState
from strategy_tracker.reviews.returns.board import looks_of
from strategy_tracker.reviews.returns.figures import board_figures, return_figures
from strategy_tracker.reviews.returns.people import PersonFigure
from strategy_tracker.reviews.returns.rules import Exceptional, Told
from tests import builders
from tests.cast import authority, person
from tests.quarters.making import the_quarter

BEFORE, INSIDE = dt.date(2011, 3, 31), dt.date(2011, 6, 30)


def figures(slug="tmbc", number=4):
    return return_figures(the_quarter(number), authority(slug))


def share(number, slug="tmbc"):
    return next(one for one in figures(slug).shares if one.number == number)


def test_what_the_cast_has_said(database):
    board = board_figures(the_quarter())
    assert [(one.short_name, one.reported, one.no_change, one.missing, one.nothing_due) for one in board.returns] == [
        ("SDC", 1, 0, 1, 0),
        ("TMBC", 1, 0, 1, 0),
        ("TWBC", 0, 0, 2, 0),
    ]
    assert (board.reported, board.no_change, board.missing, board.nothing_due) == (2, 0, 4, 0)
    assert board.returns[1] == figures()
    assert all(one.state is ReturnState.OPEN and one.return_id is None and one.version == 1 for one in board.returns)


def test_a_share_with_several_outcomes_is_missing_while_one_is(database):
    assert [one.told for one in share("1.2").outcomes] == [Told.MISSING, Told.REPORTED]
    assert share("1.2").told is Told.MISSING
    builders.a_note(builders.action("1.2"), "tmbc", as_at=INSIDE)
    assert share("1.2").told is Told.REPORTED


def test_no_change_is_where_every_note_confirms(database):
    action = builders.action("2.1")
    mine, about = builders.share(action, "sdc"), builders.outcomes(action)[0]
    last = builders.a_note(action, "sdc", as_at=BEFORE)
    assert share("2.1", "sdc").told is Told.MISSING
    officer = person("other officer")
    operations.confirm_progress(officer, mine, about, as_at=INSIDE, seen=last.id)
    assert share("2.1", "sdc").told is Told.NO_CHANGE
    builders.a_note(action, "sdc", text="And more", as_at=INSIDE)
    assert share("2.1", "sdc").told is Told.REPORTED


def test_nothing_is_due_after_the_last_word(database):
    action = builders.action("2.1")
    for status in (Status.ACHIEVED, Status.STOPPED, Status.CARRIED_FORWARD):
        builders.a_note(action, "sdc", status, as_at=BEFORE, reason="Said")
        assert share("2.1", "sdc").told is Told.NOTHING_DUE
    assert Exceptional.MISSING not in share("2.1", "sdc").exceptions
    for status in (Status.ACHIEVED_AND_ONGOING, Status.DEFERRED, None):
        builders.a_note(action, "sdc", status, as_at=BEFORE, reason="Said")
        assert share("2.1", "sdc").told is Told.MISSING


def test_what_stands_out_says_why(database):
    action = builders.action("2.1")
    builders.a_note(action, "sdc", Status.ON_TRACK, as_at=BEFORE)
    builders.a_note(action, "sdc", Status.AT_RISK, as_at=INSIDE, reason="No grant")
    about = builders.outcomes(action)[0]
    for due in (dt.date(2011, 6, 1), dt.date(2011, 6, 15)):
        about = builders.outcomes(action)[0]
        operations.edit_outcome(
            person("coordinator"), about, about.version, text="Ten homes", timescale=Timescale.by(due), lead=None,
            change=Change("Late", on=dt.date(2011, 5, 2)),
        )  # fmt: skip
    found = share("2.1", "sdc")
    assert found.before == "on track"
    assert found.exceptions == (
        Exceptional.AT_RISK,
        Exceptional.WORSE,
        Exceptional.OVERDUE,
        Exceptional.MOVED,
    )
    assert [(moved.old, moved.new) for moved in found.moved] == [("1 June 2011", "15 June 2011")]


def test_missing_is_counted_by_owner(database):
    Share.update(owner_kind="person", owner_name="Olive Officer").where(
        Share.id == builders.share(builders.action("1.1"), "tmbc").id
    ).execute()
    assert figures().people == (PersonFigure("", "", 1, 1), PersonFigure("person", "Olive Officer", 0, 1))
    assert [one.words for one in figures().missing_people] == ["No owner named"]


def test_a_note_without_a_status_keeps_a_return_from_being_submitted(database):
    builders.a_note(builders.action("2.1"), "sdc", None, as_at=INSIDE)
    assert [(one.share.number, one.words) for one in figures("sdc").problems] == [
        ("2.1", "Give a status: the note came in without one. Correct the note")
    ]
    builders.a_note(builders.action("2.1"), "sdc", as_at=INSIDE)
    assert figures("sdc").problems == ()


def test_plans_of_another_time_and_drafts_are_not_reported_on(database):
    assert figures(number=1).shares
    assert board_figures(the_quarter(1, year="2011-12")).returns == ()
    Return.create(quarter=the_quarter(1, year="2011-12"), authority=authority("kcc"), state="accepted")
    assert [one.short_name for one in board_figures(the_quarter(1, year="2011-12")).returns] == ["KCC"]


def test_more_shares_cost_no_query(database):
    quarter = the_quarter()
    with count_queries() as few:
        board_figures(quarter)
    objective = builders.action("1.1").objective
    for number in range(12):
        builders.a_note(builders.an_action(objective, f"More {number}", outcomes=("One", "Two")), "tmbc", as_at=INSIDE)
    with count_queries() as many:
        assert board_figures(quarter).returns[1].missing == 13
    assert many.count == few.count <= 8


def test_what_a_quarter_has_no_word_of_is_shown_with_no_status(database):
    builders.a_note(builders.action("2.1"), "sdc", Status.OFF_TRACK, as_at=BEFORE)
    silent = share("2.1", "sdc")
    assert silent.is_silent
    assert silent.exceptions[0] is Exceptional.MISSING
    assert [(look.status, len(look.shares)) for look in looks_of(figures("sdc").exceptions)][-1] == ("not reported", 1)
    partly = share("1.2")
    assert not partly.is_silent
    assert [look.others for look in looks_of([partly])] == ["partly not reported"]
