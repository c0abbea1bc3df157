"""When reminders go out: by table, and for whatever days, rules and outages there may be."""

import datetime as dt
from collections import Counter
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.access.permissions import Permission
from strategy_tracker.quarters.working_days import is_working_day, next_working_day
from strategy_tracker.reviews.reminders.rules import About, DueMail, Facts, Item, Kind, due_mails
from strategy_tracker.reviews.reminders.stages import (
    DAY,
    Rule,
    Stage,
    days_in,
    problem_with_days,
    stages,
    told_of_new,
    told_of_reopening,
    with_own_beginning,
)

DUE = dt.date(2011, 7, 15)
ABOUT = About("1.1 Advise people", "Last: ongoing", "/", "Quarter 4")
NATIONS = ("england", "wales", "scotland", "northern-ireland")


def moved(nation: str):
    return partial(_moved, nation)


def _moved(nation: str, day: dt.date) -> dt.date:
    return next_working_day(day, [nation])


def days(due: dt.date, nation: str = "england", *rules: Rule, **more) -> list[dt.date]:
    return [stage.on for stage in stages(due, with_own_beginning(rules), moved(nation), **more)]


def test_a_quarter_of_west_kent():
    assert days(DUE) == [dt.date(2011, *one) for one in ((6, 24), (7, 1), (7, 8), (7, 15), (7, 18), (7, 22), (7, 29))]


@pytest.mark.parametrize(
    ("due", "nation", "on_the_day", "week_before"),
    [
        (dt.date(2027, 1, 2), "england", dt.date(2027, 1, 4), dt.date(2026, 12, 29)),
        (dt.date(2027, 1, 2), "wales", dt.date(2027, 1, 4), dt.date(2026, 12, 29)),
        (dt.date(2027, 1, 2), "northern-ireland", dt.date(2027, 1, 4), dt.date(2026, 12, 29)),
        (dt.date(2027, 1, 2), "scotland", dt.date(2027, 1, 5), dt.date(2026, 12, 29)),
        # Easter Monday is a bank holiday, but not in Scotland.
        (dt.date(2011, 4, 25), "england", dt.date(2011, 4, 26), dt.date(2011, 4, 19)),
        (dt.date(2011, 4, 25), "scotland", dt.date(2011, 4, 25), dt.date(2011, 4, 18)),
        # St Andrew's day, in Scotland alone.
        (dt.date(2010, 11, 30), "england", dt.date(2010, 11, 30), dt.date(2010, 11, 23)),
        (dt.date(2010, 11, 30), "scotland", dt.date(2010, 12, 1), dt.date(2010, 11, 24)),
        # A week before 7 March of a leap year is 29 February.
        (dt.date(2028, 3, 7), "england", dt.date(2028, 3, 7), dt.date(2028, 2, 29)),
        # The clocks go forward on 27 March 2011, a Sunday: dates know no clock.
        (dt.date(2011, 3, 27), "wales", dt.date(2011, 3, 28), dt.date(2011, 3, 21)),
    ],
)
def test_each_nation_has_its_own_day(due, nation, on_the_day, week_before):
    found = {stage.days: stage.on for stage in stages(due, [Rule()], moved(nation))}
    assert (found[0], found[-7]) == (on_the_day, week_before)


def test_no_day_is_before_the_quarter_opens():
    assert days(DUE, opens_on=dt.date(2011, 7, 4))[:3] == [dt.date(2011, 7, 4), dt.date(2011, 7, 8), DUE]


def test_a_rule_holds_from_its_day_on_and_changes_nothing_before():
    rule = Rule(dt.date(2011, 7, 4), (10, 5), (1,))
    assert days(DUE, "england", rule) == [
        dt.date(2011, 6, 24),
        dt.date(2011, 7, 1),
        dt.date(2011, 7, 5),
        dt.date(2011, 7, 11),
        dt.date(2011, 7, 18),
    ]


def test_a_return_is_told_of_on_the_day_and_after():
    assert days(DUE, late_only=True) == [DUE, dt.date(2011, 7, 18), dt.date(2011, 7, 22), dt.date(2011, 7, 29)]


def test_of_two_stages_on_one_day_the_later_stays():
    found = stages(dt.date(2011, 7, 18), [Rule(None, (2, 1, 0), ())], moved("england"))
    assert [(stage.on, stage.days) for stage in found] == [(dt.date(2011, 7, 18), 0)]


def test_a_new_decision_is_told_on_the_working_day_after():
    assert told_of_new(dt.date(2011, 7, 29), moved("england")).on == dt.date(2011, 8, 1)


def test_a_reopening_is_told_at_once_and_its_end_is_not_moved():
    found = told_of_reopening(dt.date(2011, 8, 1), dt.date(2011, 8, 20), [Rule()], moved("england"))
    assert [stage.on for stage in found] == [
        dt.date(2011, 8, 1),
        dt.date(2011, 8, 8),
        dt.date(2011, 8, 15),
        dt.date(2011, 8, 20),
    ]


@pytest.mark.parametrize(
    ("given_days", "least", "wrong"),
    [
        ("21, 14,7,0", 0, ""),
        ("", 1, ""),
        ("21;14", 0, "whole numbers"),
        ("21,,7", 0, "whole numbers"),
        ("-3", 0, "whole numbers"),
        ("²", 0, "whole numbers"),
        ("7,7", 0, "twice"),
        ("93", 0, "between 0 and 92"),
        ("0,3", 1, "between 1 and 92"),
        (",".join(str(n) for n in range(11)), 0, "10 numbers at most"),
    ],
)
def test_what_may_be_typed_as_days(given_days, least, wrong):
    problem = problem_with_days(given_days, least=least)
    assert wrong in problem
    assert bool(wrong) == bool(problem)


def test_a_rule_in_words():
    assert Rule().words == "21, 14 and 7 days before, on the day, and 3, 7 and 14 days after"
    assert Rule(None, (1,), (1,)).words == "1 day before, and 1 day after"
    assert Rule(None, (0,), ()).words == "on the day"
    assert days_in(" 7, 0") == (7, 0)


def an_item(key: str = "report-1", person: int = 1, occasion: str = "quarter-1", due: dt.date = DUE, **more) -> Item:
    found = stages(due, [Rule()], moved("england"))
    return item_with(key, occasion, person, due, found, **more)


def item_with(
    key: str, occasion: str, person: int, due: dt.date, found: tuple[Stage, ...], kind: Kind = Kind.REPORT
) -> Item:
    until = found[-1].on if found else due
    return Item(
        key,
        occasion,
        person,
        1,
        kind,
        due,
        found,
        until,
        due - 60 * DAY,
        ABOUT,
        Permission.PROGRESS_WRITE,
    )


class Post:
    """What the tracker keeps between sweeps, and every mail that it wrote."""

    def __init__(self) -> None:
        self.told: dict[tuple[int, str], dt.date] = {}
        self.items: list[tuple[int, str, dt.date]] = []
        self.mails: list[tuple[int, dt.date]] = []
        self.written: list[DueMail] = []

    def sweep(self, today: dt.date, items: list[Item]) -> list[DueMail]:
        mailed = frozenset(person for person, day in self.mails if day == today)
        found = due_mails(today, Facts(items, dict(self.told), mailed))
        for mail in found:
            self.written.append(mail)
            self.mails.append((mail.person_id, today))
            for item, on in [
                *((item, stage.on) for item, stage in (*mail.due, *mail.passed)),
                *((item, today) for item in mail.others),
            ]:
                self.items.append((mail.person_id, item.key, on))
                key = (mail.person_id, item.occasion)
                self.told[key] = max(on, self.told.get(key, on))
        return found


def test_who_has_nothing_due_gets_nothing():
    assert due_mails(DUE, Facts([])) == []
    assert due_mails(DUE - 40 * DAY, Facts([an_item()])) == []


def test_one_mail_lists_all_that_is_hers():
    post = Post()
    due, other = an_item(), an_item("decision-9", occasion="decision-9", due=DUE + 9 * DAY, kind=Kind.DECISION)
    (mail,) = post.sweep(dt.date(2011, 7, 1), [due, other])
    assert [item.key for item, _ in mail.due] == ["report-1"]
    assert [item.key for item in mail.others] == ["decision-9"]
    (later,) = post.sweep(dt.date(2011, 7, 4), [due, other])
    assert [item.key for item, _ in later.due] == ["decision-9"]


def test_a_server_that_was_off_tells_the_latest_stage_alone_and_says_what_it_passed_over():
    post = Post()
    (mail,) = post.sweep(dt.date(2011, 7, 21), [an_item()])
    assert [(stage.on, stage.days) for _, stage in mail.due] == [(dt.date(2011, 7, 18), 3)]
    assert [stage.days for _, stage in mail.passed] == [-21, -14, -7, 0]
    assert post.sweep(dt.date(2011, 7, 21), [an_item()]) == []
    assert [len(post.sweep(day, [an_item()])) for day in (dt.date(2011, 7, 22), dt.date(2011, 7, 29))] == [1, 1]


def test_what_was_due_long_ago_tells_nobody():
    last = dt.date(2011, 7, 29)
    assert len(due_mails(last, Facts([an_item()]))) == 1
    assert due_mails(last + DAY, Facts([an_item()])) == []
    assert due_mails(dt.date(2026, 7, 29), Facts([an_item()])) == []


def test_what_came_to_her_after_the_mail_waits_for_the_next_one():
    post = Post()
    post.sweep(dt.date(2011, 7, 1), [an_item()])
    assert post.sweep(dt.date(2011, 7, 4), [an_item(), an_item("report-2")]) == []
    (mail,) = post.sweep(dt.date(2011, 7, 8), [an_item(), an_item("report-2")])
    assert len(mail.due) == 2


def test_an_item_that_is_listed_twice_is_told_once():
    (mail,) = due_mails(DUE, Facts([an_item(), an_item()]))
    assert len(mail.items) == 1


DATES = st.dates(dt.date(2010, 1, 1), dt.date(2032, 12, 31))
OWN_RULES = st.builds(
    Rule,
    st.dates(dt.date(2009, 1, 1), dt.date(2032, 12, 31)),
    st.lists(st.integers(0, 40), min_size=1, max_size=5, unique=True).map(tuple),
    st.lists(st.integers(1, 40), max_size=5, unique=True).map(tuple),
)


@given(due=DATES, rules=st.lists(OWN_RULES, max_size=3), nation=st.sampled_from(NATIONS), opens=st.integers(0, 60))
def test_whatever_the_rule_the_days_are_working_days_in_order(due, rules, nation, opens):
    opens_on = due - opens * DAY
    found = stages(due, with_own_beginning(rules), moved(nation), opens_on=opens_on)
    on = [stage.on for stage in found]
    assert on == sorted(set(on))
    assert all(is_working_day(day, [nation]) and day >= opens_on for day in on)
    last_day = next_working_day(due, [nation])
    assert all(stage.on <= last_day for stage in found if stage.days <= 0)
    assert all(stage.on > last_day for stage in found if stage.days > 0)


FIRST = dt.date(2026, 10, 20)
PEOPLE = 3


def _item(person: int, number: int, occasion: int, due: int, rule: Rule, nation: str) -> Item:
    day = dt.date(2026, 11, 20) + due * DAY
    found = stages(day, [rule], moved(nation))
    return item_with(f"report-{occasion}-{number}", f"quarter-{occasion}", person, day, found)


ITEMS = st.lists(
    st.builds(
        _item,
        st.integers(1, PEOPLE),
        st.integers(1, 6),
        st.integers(1, 3),
        st.integers(0, 60),
        st.one_of(st.just(Rule()), OWN_RULES.map(lambda rule: Rule(None, rule.before, rule.after))),
        st.sampled_from(("england", "scotland")),
    ),
    max_size=12,
)


@given(items=ITEMS, awake=st.lists(st.tuples(st.integers(0, 130), st.integers(0, 2**12 - 1)), max_size=15))
def test_never_twice_and_at_most_one_a_day_whatever_the_sweeps(items, awake):
    """`awake` are the days of the sweeps, with what is hers then (a bit an item): it comes and goes."""
    post = Post()
    for offset, standing in sorted(awake):
        today = FIRST + offset * DAY
        here = [item for place, item in enumerate(items) if standing >> place & 1]
        for mail in post.sweep(today, here[::-1] if standing % 2 else here):
            assert mail.due
            assert all(stage.on <= today <= item.until for item, stage in mail.due)
    assert max(Counter(post.mails).values(), default=1) == 1
    assert max(Counter(post.items).values(), default=1) == 1


@given(items=ITEMS, today=st.integers(0, 130))
def test_the_order_of_what_is_found_changes_nothing(items, today):
    day = FIRST + today * DAY
    unique = list({(item.person_id, item.key): item for item in items}.values())
    one, other = due_mails(day, Facts(unique)), due_mails(day, Facts(unique[::-1]))
    assert [(m.person_id, set(m.due), set(m.others), set(m.passed)) for m in one] == [
        (m.person_id, set(m.due), set(m.others), set(m.passed)) for m in other
    ]


@given(items=ITEMS)
def test_a_server_that_never_sleeps_tells_every_stage_on_its_day(items):
    post = Post()
    one = [item for item in items if item.person_id == 1 and item.occasion == "quarter-1"][:1]
    for offset in range(-20, 140):
        post.sweep(FIRST + offset * DAY, one)
    wanted = {stage.on for item in one for stage in item.stages}
    assert {on for mail in post.written for _, stage in mail.due for on in [stage.on]} == wanted
    assert not any(mail.passed for mail in post.written if mail.due[0][1].on != min(wanted))


def test_a_stage_in_words():
    assert [Stage(DUE, days, DUE).words for days in (-7, -1, 0, 1)] == [
        "7 days before",
        "1 day before",
        "On the day",
        "1 day after",
    ]
