"""How many statuses become one: never better than the worst, and missing is no status."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from strategy_tracker.plans.rollup.rules import Rule, problem_with_order, roll_up, why_overdue
from strategy_tracker.plans.rules import DONE, NOT_GIVEN, NOT_REPORTED, WORST_FIRST, Precision, Status, Timescale

MIDDLE = [status for status in WORST_FIRST[2:] if status not in DONE]
REPORTS = [*(status.value for status in Status), NOT_REPORTED, NOT_GIVEN]
rules = some.builds(
    lambda middle, last, overdue_as: Rule(order=(*WORST_FIRST[:2], *middle, *last), overdue_as=overdue_as),
    some.permutations(MIDDLE),
    some.permutations(sorted(DONE)),
    some.sampled_from([None, Status.OFF_TRACK, Status.AT_RISK]),
)
shares = some.lists(some.tuples(some.sampled_from(REPORTS), some.booleans()), max_size=12)


@given(shares, rules)
def test_it_is_never_better_than_any_share(found, rule):
    whole = roll_up(found, rule)
    assert (whole.of, whole.missing) == (len(found), sum(status == NOT_REPORTED for status, _ in found))
    for status, _ in found:
        if status in set(Status):
            assert rule.order.index(Status(whole.status)) <= rule.order.index(Status(status))


@given(shares, rules)
def test_it_says_how_many_have_it_and_every_one_of_them_is_there(found, rule):
    whole = roll_up(found, rule)
    assert whole.count == sum(rule.counted(*share) == whole.status for share in found)
    assert whole.count >= 1 or not found


@given(shares, rules)
def test_what_is_missing_changes_nothing_but_the_count_of_the_missing(found, rule):
    with_more = roll_up([*found, (NOT_REPORTED, False)], rule)
    whole = roll_up(found, rule)
    assert with_more.missing == whole.missing + 1
    if whole.status in set(Status):
        assert (with_more.status, with_more.count) == (whole.status, whole.count)


@given(some.lists(some.just((NOT_REPORTED, True)), min_size=1), rules)
def test_what_nobody_reported_is_no_red_however_late(found, rule):
    assert roll_up(found, rule).status == NOT_REPORTED


@given(shares.flatmap(lambda found: some.tuples(some.just(found), some.permutations(found))), rules)
def test_the_order_of_the_shares_does_not_matter(both, rule):
    found, mixed = both
    assert roll_up(mixed, rule) == roll_up(found, rule)


@pytest.mark.parametrize(
    ("status", "late", "overdue_as", "counted"),
    [
        ("on track", True, Status.OFF_TRACK, "off track"),
        ("on track", False, Status.OFF_TRACK, "on track"),
        ("off track", True, Status.AT_RISK, "off track"),
        ("at risk", True, None, "at risk"),
        (NOT_REPORTED, True, Status.OFF_TRACK, NOT_REPORTED),
        (NOT_GIVEN, True, Status.OFF_TRACK, NOT_GIVEN),
    ],
)
def test_an_overdue_share_counts_as_the_rule_says(status, late, overdue_as, counted):
    assert Rule(overdue_as=overdue_as).counted(status, late) == counted


def test_it_is_told_in_words():
    found = [("off track", False), ("on track", False), (NOT_REPORTED, False)]
    assert roll_up(found, Rule()).words == "Off track: 1 of 3 shares, 1 not reported"


def test_why_a_share_is_overdue_names_the_rule_and_its_values():
    due = Timescale.by(dt.date(2010, 12, 1), Precision.MONTH)
    as_at = dt.date(2011, 6, 30)
    said = why_overdue(due, "at risk", as_at, Rule(grace=14), "30 June 2011")
    assert said == (
        "Overdue: due December 2010, 6 months before 30 June 2011, with 14 days of grace; "
        "“at risk” is neither achieved nor set aside, and so it counts as off track."
    )
    assert "nothing was reported." in why_overdue(due, NOT_REPORTED, as_at, Rule(), "30 June 2011")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda lines: lines, ""),
        (lambda lines: [line.upper() for line in lines], ""),
        (lambda lines: [*lines, "finished"], "“finished” is no status"),
        (lambda lines: [*lines, "stopped"], "“stopped” is there twice"),
        (lambda lines: lines[:-1], "“achieved” is missing"),
        (lambda lines: lines[::-1], "Off track and then at risk must stand first: a roll-up never hides the worst"),
        (lambda lines: [*lines[:-2], *lines[-2:-1][::-1], *lines[-1:]], ""),
        (lambda lines: [*lines[:2], *lines[-2:], *lines[2:-2]], "What is achieved must stand last"),
    ],
)
def test_an_order_that_hides_the_worst_or_forgets_a_status_is_refused(change, problem):
    assert problem_with_order(change([status.value for status in WORST_FIRST])) == problem
