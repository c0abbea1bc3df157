"""What stands in a mail, and what never does: read from the database, from its .eml and in a browser."""

import datetime as dt
import re
from email import message_from_bytes, policy
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker import work
from strategy_tracker.access.permissions import Permission
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.jobs.models import Mail
from strategy_tracker.jobs.worker import Worker
from strategy_tracker.plans.comments.operations import add_comment
from strategy_tracker.plans.models import Share
from strategy_tracker.plans.rules import Status
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.reminders.letters import reminder, told_once, what
from strategy_tracker.reviews.reminders.rules import About, DueMail, Item, Kind
from strategy_tracker.reviews.reminders.stages import Rule, Stage
from tests import builders
from tests.axe import assert_accessible
from tests.cast import person
from tests.decisions.making import a_decision
from tests.html_check import assert_sound, parsed
from tests.meetings.making import a_meeting
from tests.quarters.making import the_quarter
from tests.reminders.making import BASE, mails, sweep, told

DUE = dt.date(2011, 7, 15)


def an_item(number: int = 1, kind: Kind = Kind.REPORT, due: dt.date = DUE, **more) -> Item:
    about = About(f"{number} Advise people", "Last: ongoing", f"/p/x/plans/y/actions/{number}", "Quarter 4", "TMBC")
    values = {"about": about, "needs": Permission.PROGRESS_WRITE, "listed_from": None} | more
    values = {"occasion": "o", "person_id": 1, "partnership_id": 1, "stages": (), "until": due} | values
    return Item(f"{kind}-{number}", kind=kind, due_on=due, **values)


@pytest.mark.parametrize(
    ("items", "today", "words"),
    [
        ([an_item(n) for n in range(8)], dt.date(2011, 7, 1), "8 actions to report by 15 July 2011"),
        ([an_item()], DUE, "1 action to report today, 15 July 2011"),
        ([an_item()], dt.date(2011, 7, 18), "1 action still to report, due 15 July 2011"),
        (
            [an_item(1, due=dt.date(2011, 10, 15)), an_item(2)],
            dt.date(2011, 7, 18),
            "1 action still to report, due 15 July 2011; 1 action to report by 15 October 2011",
        ),
        ([an_item(kind=Kind.RETURN)], DUE, "return of TMBC to submit today, 15 July 2011"),
        (
            [an_item(kind=Kind.ASSIGNED), an_item(2, Kind.ASSIGNED, dt.date(2011, 9, 1)), an_item()],
            dt.date(2011, 7, 1),
            "1 action to report by 15 July 2011; 2 new decisions for you",
        ),
        (
            [an_item(n, kind) for n, kind in enumerate(Kind)],
            dt.date(2011, 7, 1),
            "1 action to report by 15 July 2011; return of TMBC to submit by 15 July 2011; and more",
        ),
    ],
)
def test_the_subject_says_what_and_when(items, today, words):
    assert what(items, today) == words


def test_a_decision_that_is_new_and_due_is_told_once():
    items = [an_item(3, Kind.DECISION), an_item(3, Kind.ASSIGNED), an_item(4, Kind.DECISION)]
    assert [item.key for item in told_once(items)] == ["decision-4", "assigned-3"]


NAMES = st.text(min_size=1, max_size=200)


@given(names=st.lists(NAMES, min_size=1, max_size=4), title=NAMES)
def test_whatever_names_there_are_the_subject_is_one_short_line_and_the_page_is_sound(names, title):
    homes = {n: SimpleNamespace(id=n, name=name) for n, name in enumerate(names)}
    about = About(title, title, "/p/x", "Quarter 4", "TMBC")
    items = [an_item(n, about=about, partnership_id=n) for n in homes]
    mail = DueMail(1, tuple((item, Stage(DUE, 0, DUE)) for item in items), (), ())
    made = reminder(title, mail, homes, {id_: [Rule()] for id_ in homes}, DUE, BASE)
    assert len(made.subject) <= 300
    assert "\n" not in made.subject
    assert "<script" not in made.html
    tags = {each.tag for each in parsed(made.html)[0].iter() if isinstance(each.tag, str)}
    assert tags <= TAGS
    assert [part.partnership_id for part in made.parts] == sorted(homes, key=lambda n: (names[n], n))


TAGS = {"html", "head", "meta", "title", "style", "body", "div", "main", "footer"} | {
    *("h1", "h2", "h3", "p", "a", "ul", "li", "br"),
}


@pytest.fixture
def quarter(app) -> Quarter:
    return the_quarter()


def mail_to(who: str) -> Mail:
    return next(mail for mail in reversed(mails()) if mail.address == person(who).email)


def links(html: str) -> list[str]:
    return [each.attrib["href"] for each in parsed(html)[0].iter("a")]


def test_every_link_leads_to_where_it_is_done(quarter, visitor_as):
    with time_machine.travel(dt.datetime(2011, 7, 15, 9), tick=True):
        sweep(DUE)
        for who in ("officer", "lead", "third officer"):
            mail, visitor = mail_to(who), visitor_as(who)
            found = links(mail.html)
            assert set(re.findall(r"https?://\S+", mail.text)) == set(found)
            assert len(found) >= 2
            for address in found:
                assert address.startswith(f"{BASE}/")
                visitor.get(address.removeprefix(BASE))
        lead = links(mail_to("lead").html)
        assert f"{BASE}/p/west-kent/quarters/2010-11-q4/returns/tmbc/" in lead


def test_the_html_is_a_sound_and_accessible_page_that_asks_for_nothing(quarter, page_as):
    Share.update(owner_name="Olive Officer").where(
        Share.id.in_([builders.share(builders.an_action(builders.action().objective, "More"), "tmbc").id])
    ).execute()
    sweep(DUE)
    html = mail_to("officer").html
    assert "Named to you" in html
    assert_sound(html)
    assert {each.tag for each in parsed(html)[0].iter() if isinstance(each.tag, str)} <= TAGS
    page = page_as()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html)
    assert_accessible(page)
    assert asked == []


def test_it_comes_into_the_folder_as_a_file_that_mail_programs_open(quarter, settings):
    Partnership.update(name="Cadw cartrefi: tŷ a thŵr & Co").where(Partnership.slug == "west-kent").execute()
    sweep(dt.date(2011, 7, 1))
    assert Worker(work.handlers(settings)).until_idle() == 5
    files = sorted(Path(settings.mail_url.removeprefix("file:")).glob("*.eml"))
    opened = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert len(opened) == 5
    first = next(one for one in opened if person("officer").email in one["To"])
    assert first["Subject"] == "Cadw cartrefi: tŷ a thŵr & Co: 1 action to report by 15 July 2011"
    assert "1.2 Keep a fund for small loans" in first.get_body(("plain",)).get_content()
    assert "Cadw cartrefi: tŷ a thŵr &amp; Co" in first.get_body(("html",)).get_content()
    assert all(mail.sent_at and not mail.error for mail in mails())


def test_the_worker_sweeps_for_reminders(quarter, settings):
    for one in work.sweeps(settings):
        one(dt.datetime(2011, 7, 1, 9))
    assert len(mails()) == 5
    assert f"{settings.base_url}/p/west-kent/" in mails()[0].text


def test_what_people_say_to_each_other_and_report_is_not_in_it(quarter):
    action = builders.action("2.1")
    add_comment(person("other lead"), action, text="Between ourselves: she is ill", named=[person("third officer").id])
    builders.a_note(action, "twbc", Status.ACHIEVED_AND_ONGOING, "Empty since May", as_at=dt.date(2011, 3, 31))
    sweep(dt.date(2011, 7, 1))
    mail = mail_to("third officer")
    assert "2.1 Bring empty homes back into use" in mail.text
    assert "Last: achieved and ongoing" in mail.text
    for words in ("Between ourselves", "she is ill", "Empty since May"):
        assert words not in mail.text + mail.html


def decided(
    words: str, *, owner: str, on: dt.date = dt.date(2011, 7, 28), due: dt.date = dt.date(2011, 9, 1)
) -> Decision:
    with time_machine.travel(dt.datetime.combine(on, dt.time(11)), tick=False):
        meeting = Meeting.get_or_none(Meeting.held_on == on) or a_meeting(on)
        return a_decision(meeting, words, owner=owner, due_on=due)


@pytest.fixture
def nothing_missing(database) -> None:
    """No quarter is open, so that only decisions are told."""
    the_quarter()
    Quarter.update(closed_at=dt.datetime(2011, 7, 20)).execute()


def test_a_new_decision_is_told_once_on_the_working_day_after(nothing_missing):
    first = decided("Ask the county [exempt]about the cuts[/exempt]", owner="officer", on=dt.date(2011, 7, 28))
    decided("Write to the minister", owner="officer", on=dt.date(2011, 7, 27), due=dt.date(2011, 9, 2))
    decided("Sign the protocol", owner="tmbc")
    assert [sweep(dt.date(2011, 7, day)) for day in (28, 29, 30)] == [1, 2, 0]
    told_first, own, lead = mails()
    assert told_first.subject == own.subject == "West Kent: 1 new decision for you"
    assert "Write to the minister" in told_first.text
    assert "Ask the county" in own.text
    assert "cuts" not in own.text + own.html
    assert f"{BASE}/p/west-kent/decisions/{first.id}/" in own.text
    assert (lead.address, "Sign the protocol" in lead.text) == (person("lead").email, True)


def test_a_decision_is_told_before_it_is_due_and_after_until_it_is_done(nothing_missing):
    decision = decided("Ask the county", owner="officer")
    days = [dt.date(2011, 7, 29), *(dt.date(2011, 8, day) for day in (11, 18, 25)), dt.date(2011, 9, 1)]
    assert [sweep(day) for day in days] == [1, 1, 1, 1, 1]
    assert mails()[-1].subject == "West Kent: 1 decision to see to today, 1 September 2011"
    sweep(dt.date(2011, 9, 5))
    assert mails()[-1].subject == "West Kent: 1 decision still to see to, due 1 September 2011"
    assert told(mails()[-1]) == [f"decision-{decision.id}"]
    Decision.update(state="done", settled_on=dt.date(2011, 9, 5)).where(Decision.id == decision.id).execute()
    assert sweep(dt.date(2011, 9, 8)) == 0


def test_the_decisions_of_long_ago_tell_nobody(nothing_missing):
    decided("Ask the county", owner="officer")
    assert sweep(dt.date(2026, 7, 29)) == 0


def test_a_decision_stands_in_a_mail_that_goes_out_for_reports(quarter):
    decided("Ask the county", owner="officer", on=dt.date(2011, 7, 4), due=dt.date(2011, 10, 1))
    sweep(dt.date(2011, 7, 5))
    sweep(dt.date(2011, 7, 8))
    mail = mail_to("officer")
    assert mail.subject == "West Kent: 1 action to report by 15 July 2011"
    assert "Ask the county" in mail.text
    assert told(mail) == [f"report-{quarter.id}-{builders.share(builders.action('1.2'), 'tmbc').id}"]


def test_a_decision_of_an_authority_of_which_nobody_leads_tells_nobody(nothing_missing):
    decided("Ask the county", owner="twbc")
    decided("Ask the parish", owner="The clerk", on=dt.date(2011, 7, 27))
    assert sweep(dt.date(2011, 7, 29)) == 0
