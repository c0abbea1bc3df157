"""What a coordinator is told of reminders, what everybody sees of them on the board, and the days that are changed."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority
from strategy_tracker.jobs.models import Mail
from strategy_tracker.people.operations import add_member
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.reminders import page, queries
from strategy_tracker.reviews.reminders.facts import Known
from strategy_tracker.reviews.reminders.models import ReminderPart
from tests.cast import authority, partnership, person
from tests.decisions.making import a_decision
from tests.meetings.making import a_meeting
from tests.quarters.making import the_quarter
from tests.reminders.making import sweep

PAGE = "/p/west-kent/quarters/2010-11-q4/reminders"
BOARD = "/p/west-kent/quarters/2010-11-q4/"
RULES = "/p/west-kent/reminders"


@pytest.fixture
def now():
    with time_machine.travel(dt.datetime(2011, 7, 4, 9), tick=True):
        yield


@pytest.fixture
def quarter(app, now) -> Quarter:
    """Of West Kent, after the mails of 1 July; those of 24 June were passed over."""
    row = the_quarter()
    sweep(dt.date(2011, 7, 1))
    return row


def table(page, caption: str) -> list[list[str]]:
    """The cells of a table, row by row."""
    from tests.html_check import words

    (found,) = [one for one in page.all("table") if words(one.find("caption")).startswith(caption)]
    return [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in found.iter("tr")][1:]


def test_what_was_sent_what_will_be_and_what_was_passed_over(quarter, visitor_as):
    page = visitor_as("coordinator").get(PAGE)
    assert table(page, "Dates")[:4] == [
        ["24 June 2011", "21 days before", "5 people", "Passed over: no mail was written in time"],
        ["1 July 2011", "14 days before", "5 people", "Being sent"],
        ["8 July 2011", "7 days before", "5 people", "Planned"],
        ["15 July 2011", "On the day", "Who is left", "Planned"],
    ]
    assert [
        "Omar Officer",
        "1 Jul 2011",
        "14 days before",
        "2",
        "Waiting to be sent",
        "Read it: to Omar Officer, 1 July 2011",
    ] in table(page, "Mails, the newest first")
    assert ["24 Jun 2011", "21 days before", "Omar Officer", "2"] in table(page, "Days for which")
    assert "8 July 2011: 5 people" in page.words
    assert "1.2 Keep a fund for small loans (TMBC): 7 days before 15 July 2011, by the usual days" in page.words
    assert "15 July 2011: 5 people" in page.words


def test_a_mail_can_be_read_with_why_it_was_sent(quarter, visitor_as):
    part = ReminderPart.select().order_by(ReminderPart.id).first()
    page = visitor_as("coordinator").get(f"{RULES}/{part.id}")
    assert "West Kent: 1 action to report by 15 July 2011" in page.words
    assert "Hello Olive Officer," in page.words
    assert "1.2 Keep a fund for small loans (TMBC): 14 days before 15 July 2011, by the usual days" in page.words


def test_what_a_mail_says_of_another_partnership_is_not_there(quarter, visitor_as):
    add_member(
        OPERATOR, partnership("east-fen"), authority("dyke"), Role.OFFICER, email=person("officer").email, name="O"
    )
    the_quarter(of="east-fen")
    sweep(dt.date(2011, 7, 8))
    west, east = (
        ReminderPart.select()
        .where(ReminderPart.partnership == partnership(slug))
        .order_by(ReminderPart.mail_id.desc(), ReminderPart.id)
        for slug in ("west-kent", "east-fen")
    )
    part = next(part for part in west if part.mail == east[-1].mail)
    assert "East Fen" in part.mail.text
    visitor = visitor_as("coordinator")
    page = visitor.get(f"{RULES}/{part.id}")
    assert "East Fen" not in page.words
    assert "dykes" not in page.words
    visitor.get(f"{RULES}/{east[-1].id}", status=404)
    assert "East Fen" not in visitor.get(PAGE).words


def test_the_board_tells_everybody_the_dates_and_the_coordinator_where_to_read_more(quarter, visitor_as):
    rows = [
        ["24 Jun 2011", "5 people", "Passed over"],
        ["1 Jul 2011", "5 people", "Being sent"],
        ["8 Jul 2011", "5 people", "Planned"],
        ["15 Jul 2011", "Who is left", "Planned"],
    ]
    for who, may_read in (("coordinator", True), ("officer", False), ("steering member", False)):
        page = visitor_as(who).get(BOARD)
        assert table(page, "Reminders")[:4] == rows
        assert bool(page.all("a", href=PAGE)) is may_read


def test_nations_with_days_of_their_own_are_named(app, now, visitor_as):
    quarter = the_quarter()
    Authority.update(nation="scotland").where(Authority.slug == "twbc").execute()
    Quarter.update(due_on=dt.date(2011, 8, 1)).where(Quarter.id == quarter.id).execute()
    days = [row[0] for row in table(visitor_as("coordinator").get(PAGE), "Dates")]
    assert "1 August 2011 England" in days
    assert "2 August 2011 Scotland" in days


def test_an_old_quarter_and_one_to_come(app, now, visitor_as):
    the_quarter()
    visitor = visitor_as("coordinator")
    page = visitor.get("/p/west-kent/quarters/2010-11-q1/reminders")
    assert {row[3].partition(":")[0] for row in table(page, "Dates")} == {"No mail"}
    assert "nobody has anything left to do, or the last date is over" in page.words
    the_quarter(1, year="2011-12")
    page = visitor.get("/p/west-kent/quarters/2011-12-q1/reminders")
    assert {row[3] for row in table(page, "Dates")} == {"Planned"}


def test_of_a_day_without_mails_it_is_said_why_as_far_as_it_is_known(quarter, visitor_as, monkeypatch):
    visitor = visitor_as("coordinator")
    of_q1 = "/p/west-kent/quarters/2010-11-q1/reminders"
    reasons = {row[3] for row in table(visitor.get(of_q1), "Dates")}
    assert reasons == {"No mail: the tracker was not running on that day"}
    assert reasons == {row[2] for row in table(visitor.get(of_q1.removesuffix("reminders")), "Reminders")}
    monkeypatch.setattr(page.queries, "running_days", frozenset)
    assert {row[3] for row in table(visitor.get(of_q1), "Dates")} == {"No mail"}
    monkeypatch.undo()
    assert page._why_none(dt.date(2010, 7, 1), Known(), ran=True) == "nobody had anything left to report"
    assert page._why_none(dt.date(2010, 7, 1), Known(), ran=False) == ""
    july = [dt.date(2011, 7, day) for day in (3, 4, 5)]
    assert queries.running_days(july) == {july[1]}, "the mails"
    assert queries.running_days([]) == frozenset()


def test_the_coordinator_changes_the_days_and_gives_a_reason(quarter, visitor_as):
    visitor = visitor_as("coordinator")
    form = visitor.get(f"{RULES}/new")
    wrong = visitor.send(form, {"days_before": "soon", "days_after": "0", "reason": ""})
    assert wrong.errors == [
        "Days before the due date: enter whole numbers with commas between them, such as 21, 14, 7",
        "Days after the due date: each must be between 1 and 92 days",
        "Say why the days change",
    ]
    assert 'value="soon"' in wrong.html
    page = visitor.send(wrong, {"days_before": "10, 0", "days_after": "", "reason": "Fewer mails"})
    assert "The reminder days are set." in page.words
    assert "10 days before, and on the day" in page.words
    assert "Cora Coordinator, 4 July 2011: Fewer mails" in page.words
    assert "Change the days" not in visitor_as("officer").get(RULES).words


def test_many_people_cost_no_query(quarter, visitor_as):
    from playhouse.test_utils import count_queries

    visitor = visitor_as("coordinator", check=False)

    def counted() -> list[int]:
        counts = []
        for address in (PAGE, BOARD):
            visitor.get(address)
            with count_queries() as counter:
                visitor.get(address)
            counts.append(counter.count)
        return counts

    few = counted()
    for number in range(6):
        add_member(
            OPERATOR,
            partnership(),
            authority("sdc"),
            Role.OFFICER,
            email=f"n{number}@x.example",
            name=f"N{number}",
            password="a long pass phrase for tests",
        )
    sweep(dt.date(2011, 7, 4))
    assert counted() == few
    assert max(few) <= 36


def test_what_became_of_the_mails_of_a_day(quarter, visitor_as):
    visitor = visitor_as("coordinator")

    def state() -> str:
        return table(visitor.get(PAGE), "Dates")[1][3]

    assert state() == "Being sent"
    Mail.update(sent_at=dt.datetime(2011, 7, 1, 6)).execute()
    assert state() == "Sent"
    Mail.update(sent_at=None, error="No such address").where(Mail.person == person("officer")).execute()
    page = visitor.get(PAGE)
    assert state() == "1 not sent"
    assert "Not sent: No such address" in page.words
    assert table(visitor.get(BOARD), "Reminders")[1][2] == "1 not sent"
    sweep(dt.date(2011, 7, 11))
    assert table(visitor.get(PAGE), "Dates")[2][3] == "Being sent: on 11 July 2011, when the tracker ran again"


def test_why_a_mail_went_out_when_it_was_for_a_decision(quarter, visitor_as):
    with time_machine.travel(dt.datetime(2011, 7, 1, 12), tick=False):
        a_decision(a_meeting(dt.date(2011, 7, 1)), owner="officer", due_on=dt.date(2011, 7, 12))
    for day in (4, 5, 12):
        sweep(dt.date(2011, 7, day))
    why = {row[1]: row[2] for row in table(visitor_as("coordinator").get(PAGE), "Mails") if row[0] == "Olive Officer"}
    assert why == {
        "1 Jul 2011": "14 days before",
        "4 Jul 2011": "New decision",
        "5 Jul 2011": "7 days before: decision",
        "12 Jul 2011": "7 days before",
    }
