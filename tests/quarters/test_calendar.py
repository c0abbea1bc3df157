"""The calendar of quarters: made for years ahead, never twice and never across another, and put right by hand."""

import datetime as dt
import json

import pytest
import time_machine
from peewee import DatabaseError

from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.authorities.models import Authority
from strategy_tracker.errors import Conflict, Forbidden, Invalid, Repeated
from strategy_tracker.history.models import Event
from strategy_tracker.quarters.calendar import calendar_of
from strategy_tracker.quarters.models import CalendarRule, Quarter, Return
from strategy_tracker.quarters.operations import edit_quarter, make_quarters, remove_quarter
from strategy_tracker.quarters.queries import neighbours, quarters_of
from strategy_tracker.quarters.rules import DateRule, overlap
from tests.cast import authority, partnership, person
from tests.quarters.making import FROM_JULY, the_quarter, the_quarters

FROM_APRIL = DateRule(first_month=4, opens_after=0, due_after=10, meeting_after=30)
CALENDAR = "/p/west-kent/quarters/"


def made(rule=FROM_JULY, year=2010, years=1, reason="As agreed", who="coordinator", **more):
    return make_quarters(person(who), partnership(), rule, first_year=year, years=years, reason=reason, **more)


def dates(quarter, **changes):
    names = ("period_from", "period_to", "opens_on", "due_on", "meeting_on")
    return {name: getattr(quarter, name) for name in names} | changes


def test_a_coordinator_makes_quarters_for_years_ahead_and_the_rule_is_kept(database):
    quarters = made(years=3, form_key="k")
    assert [one.slug for one in quarters[:5]] == ["2010-11-q1", "2010-11-q2", "2010-11-q3", "2010-11-q4", "2011-12-q1"]
    last = quarters[3]
    assert (last.opens_on, last.due_on, last.meeting_on) == (
        dt.date(2011, 6, 24), dt.date(2011, 7, 15), dt.date(2011, 7, 28),
    )  # fmt: skip
    with pytest.raises(Repeated):
        made(years=3, form_key="k")
    rule = CalendarRule.get()
    assert (rule.since, rule.first_month, rule.reason) == (dt.date(2010, 7, 1), 7, "As agreed")
    with pytest.raises(Forbidden):
        made(who="lead")
    for refused in (CalendarRule.update(reason="Another"), CalendarRule.delete()):
        with pytest.raises(DatabaseError), db.transaction():
            refused.execute()


def test_dates_move_past_the_holidays_of_every_partners_nation(database):
    Authority.update(nation="northern-ireland").where(Authority.slug == "sdc").execute()
    [*_, last] = made(DateRule(7, 0, 12, 28))
    assert last.due_on == dt.date(2011, 7, 13), "the Battle of the Boyne is no working day there"


def test_no_quarter_is_made_twice_and_none_across_another(database):
    made(years=2)
    assert made(year=2011, years=2)[0].slug == "2012-13-q1", "what is there stays, the rest is added"
    with pytest.raises(Invalid, match="All these quarters are there already"):
        made(years=3)
    with pytest.raises(Invalid) as refused:
        made(FROM_APRIL, 2012, reason="The county asks for it")
    assert "is there already. Begin with a year after it" in refused.value.problems["first_year"]
    with pytest.raises(Invalid) as refused:
        made(FROM_APRIL, 2014, reason=" ")
    assert list(refused.value.problems) == ["reason"]
    made(FROM_APRIL, 2014, reason="The county asks for it")
    assert [rule.reason for rule in CalendarRule.select().order_by(CalendarRule.id)][1:] == ["The county asks for it"]
    periods = [(one.period_from, one.period_to) for one in quarters_of(partnership().id)]
    assert not any(overlap(one, other) for one in periods for other in periods if one != other)
    assert len(set(periods)) == len(periods) == 16


@pytest.mark.parametrize(
    ("rule", "year", "years", "field"),
    [
        (DateRule(13, 0, 1, 2), 2010, 1, "first_month"),
        (DateRule(7, 5, 4, 9), 2010, 1, "due_after"),
        (FROM_JULY, 2010, 0, "years"),
        (FROM_JULY, 2010, 11, "years"),
        (FROM_JULY, 1066, 1, "first_year"),
    ],
)
def test_what_cannot_be_made_says_why(database, rule, year, years, field):
    with pytest.raises(Invalid) as refused:
        made(rule, year, years)
    assert list(refused.value.problems) == [field]
    assert Quarter.select().count() == 0


def test_each_quarters_dates_are_put_right_with_a_reason(database):
    quarter = the_quarter()
    coordinator = person("coordinator")
    later = dates(quarter, due_on=dt.date(2011, 7, 20), meeting_on=None)
    edit_quarter(coordinator, quarter, quarter.version, reason="Holidays", **later)
    event = Event.select().where(Event.verb == "quarter edited").get()
    assert json.loads(event.data)["after"] == {"due_on": "2011-07-20", "meeting_on": None}
    assert json.loads(event.data)["reason"] == "Holidays"
    with pytest.raises(Conflict):
        edit_quarter(coordinator, quarter, 1, reason="Again", **later)
    with pytest.raises(Forbidden):
        edit_quarter(person("lead"), quarter, 2, reason="Mine", **later)
    for changes, field in (
        ({"due_on": dt.date(2011, 6, 1)}, "due_on"),
        ({"meeting_on": dt.date(2011, 7, 1)}, "meeting_on"),
        ({"period_from": dt.date(2011, 7, 1)}, "period_to"),
        ({"period_from": dt.date(2011, 3, 31)}, "period_from"),
        ({"opens_on": dt.date(1066, 1, 1)}, "opens_on"),
        ({"reason": "  "}, "reason"),
    ):
        with pytest.raises(Invalid) as refused:
            edit_quarter(coordinator, the_quarter(), 2, **({"reason": "Why"} | later | changes))
        assert list(refused.value.problems) == [field]


def test_a_quarter_with_returns_keeps_its_period_and_its_place(database):
    quarter = the_quarter()
    Return.create(quarter=quarter, authority=authority("tmbc"), state="submitted")
    shorter = dates(quarter, period_to=dt.date(2011, 6, 29))
    with pytest.raises(Invalid, match="its period stays as it is"):
        edit_quarter(OPERATOR, quarter, quarter.version, reason="Why", **shorter)
    with pytest.raises(Invalid, match="has returns: it stays in the calendar"):
        remove_quarter(OPERATOR, the_quarter(), the_quarter().version, reason="Why")
    edit_quarter(OPERATOR, the_quarter(), 1, reason="Why", **dates(the_quarter(), due_on=dt.date(2011, 7, 20)))


def test_a_quarter_without_returns_can_go_and_come_again(database):
    the_quarter()
    with pytest.raises(Invalid, match="Say why"):
        remove_quarter(OPERATOR, the_quarter(), 1, reason=" ")
    remove_quarter(OPERATOR, the_quarter(), 1, reason="The year is cut short")
    assert [one.slug for one in made()] == ["2010-11-q4"]


def test_the_current_quarter_is_the_open_one_else_the_latest_begun(database):
    here = partnership().id
    assert calendar_of(here).current_on(dt.date(2011, 7, 6)) is None
    the_quarters(years=2)
    current = [
        calendar_of(here).current_on(day).slug
        for day in (dt.date(2009, 1, 1), dt.date(2010, 7, 1), dt.date(2011, 6, 23), dt.date(2011, 7, 6))
    ]
    assert current == ["2010-11-q1", "2010-11-q1", "2010-11-q3", "2010-11-q4"]
    Quarter.update(closed_at=dt.datetime(2011, 7, 20)).where(Quarter.year == "2010-11").execute()
    assert calendar_of(here).current_on(dt.date(2011, 7, 21)).slug == "2011-12-q1"
    assert [one and one.slug for one in neighbours(the_quarter(1))] == [None, "2010-11-q2"]


def test_a_quarter_in_which_nobody_returns_is_current_only_where_there_is_no_other(database, visitor_as):
    here, today = calendar_of(partnership().id), dt.date(2011, 10, 6)
    assert here.current_on(today) is None
    the_quarters(first_year=2009, years=3)
    Quarter.update(closed_at=dt.datetime(2011, 7, 20)).where(Quarter.year == "2010-11").execute()
    calendar = calendar_of(partnership().id)
    plan = dt.date(2010, 7, 1), dt.date(2011, 6, 30)
    assert calendar.current_on(today).slug == "2011-12-q1"
    assert calendar.current_on(today, [plan]).slug == "2010-11-q4"
    assert calendar.current_on(today, [(dt.date(2001, 1, 1), dt.date(2001, 6, 30))]).slug == "2011-12-q1"
    with time_machine.travel(dt.datetime(2011, 10, 6, 12)):
        page = visitor_as("officer").get("/p/west-kent/")
    quarter = [each.attrib["href"] for each in page.all("nav")[0].iter("a") if each.text_content().strip() == "Quarter"]
    assert quarter == ["/p/west-kent/quarters/2010-11-q4/"]


DAYS = {"opens_after": "-6", "due_after": "15", "meeting_after": "28"}
FILLED = {"first_month": "7", "first_year": "2010", "years": "1", **DAYS}


def test_the_page_of_the_calendar_from_nothing_to_a_changed_date(visitor_as):
    with time_machine.travel(dt.datetime(2011, 7, 6, 10)):
        coordinator = visitor_as("coordinator")
        page = coordinator.get(CALENDAR)
        assert "There are no quarters yet." in page.words
        refused = coordinator.send(coordinator.get(f"{CALENDAR}new"), FILLED | {"due_after": "soon", "years": "11"})
        assert refused.errors == [
            "Returns are due so many days after the quarter ends: enter a whole number, such as 15"
        ]
        refused = coordinator.send(refused, FILLED | {"years": "11"})
        assert refused.errors == ["Make quarters for 1 to 10 years at a time"]
        page = coordinator.send(refused, FILLED)
        assert "The quarters are made. Quarter 1, July to September 2010 is the first of them." in page.words
        assert "Quarter 4, April to June 2011 24 June 2011 15 July 2011 28 July 2011 Open for returns" in page.words
        again = coordinator.get(f"{CALENDAR}new")
        assert [each.attrib["value"] for each in again.all("input", name="first_year")] == ["2011"]
        edit = coordinator.get(f"{CALENDAR}2010-11-q4/edit")
        page = coordinator.send(edit, {"due_on": ["20", "7", "2011"], "reason": "Holidays"})
        assert "24 June 2011 20 July 2011" in page.words
        both = coordinator.send(edit, {"due_on": ["21", "7", "2011"], "reason": "Other holidays"}, status=409)
        assert "20 July 2011" in both.words
        page = coordinator.send(coordinator.get(f"{CALENDAR}2010-11-q1/removal"), {"reason": "It is over"})
        assert "Quarter 1, July to September 2010" not in page.words
        officer = visitor_as("officer").get(CALENDAR)
        assert "Plan year 2010-11" in officer.words
        assert "Make quarters" not in officer.words
