"""Mails about risks: to those who write, accept or decide, and not a word of them to anybody else."""

import datetime as dt

import pytest
import time_machine
from playhouse.test_utils import count_queries

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.jobs.models import Mail
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.reviews.reminders import queries
from strategy_tracker.reviews.reminders.models import ReminderPart
from strategy_tracker.risks.models import Register, Risk, Score
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.escalations import decline_escalation
from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.risks.operations.scores import review_risk
from tests.cast import authority, person
from tests.quarters.making import the_quarter
from tests.reminders.making import at, mails, sweep, told
from tests.risks.making import a_register, a_risk, a_score, put_forward

CANARY = "The canary in the mine stops singing"
DUE = dt.date(2011, 10, 3)
"""A Monday; three weeks before it is a Monday, too."""
FIRST = DUE - dt.timedelta(21)
TMBC = ("officer", "lead")


def due(register: Register | None = None, day: dt.date = DUE, event: str = CANARY, **words) -> Risk:
    risk = a_risk(register, event, **words)
    Risk.update(review_due_on=day).where(Risk.id == risk.id).execute()
    return fresh(risk)


def fresh(risk: Risk) -> Risk:
    return Risk.reach().query.where(Risk.id == risk.id).get()


def to() -> list[str]:
    return sorted(mail.person.name for mail in mails())


def names(*who: str) -> list[str]:
    return sorted(person(one).name for one in who)


@pytest.mark.parametrize(
    "day", [FIRST, DUE - dt.timedelta(14), DUE - dt.timedelta(7), DUE, DUE + dt.timedelta(3), DUE + dt.timedelta(14)]
)
def test_who_writes_for_the_register_is_told_on_the_days_of_the_rule(database, day):
    risk = due()
    assert sweep(day) == 2
    assert to() == names(*TMBC)
    (mail, _) = mails()
    late = "still to review, due 3 October 2011" if day > DUE else "to review "
    assert mail.subject.startswith(f"West Kent: 1 risk {late}")
    assert f"1 {CANARY}" in mail.text
    assert "Operational risks of tmbc. 12 High, due 3 October 2011" in mail.text
    assert f"https://plans.example/p/west-kent/risks/tmbc-risks/{risk.slug}/" in mail.text
    assert told(mail) == [f"own-risk-{risk.id}-20111003"]
    assert sweep(day) == 0


def test_a_day_on_a_weekend_moves_to_the_next_working_day(database):
    due(day=dt.date(2011, 10, 1))
    assert sweep(dt.date(2011, 9, 26)) == 2
    assert sweep(dt.date(2011, 10, 1)) == sweep(dt.date(2011, 10, 2)) == 0
    assert sweep(dt.date(2011, 10, 3)) == 2


def test_other_days_tell_nobody(database):
    due()
    assert sweep(FIRST - dt.timedelta(1)) == sweep(DUE + dt.timedelta(15)) == 0


def test_who_is_named_is_told_and_the_others_are_not(database):
    due(owner=Owner(OwnerKind.PERSON, "OLIVE officer"))
    due(event="Of somebody who left", owner=Owner(OwnerKind.PERSON, "Wilma Whoever"), day=DUE + dt.timedelta(1))
    sweep(FIRST)
    assert to() == names("officer")
    assert sweep(FIRST + dt.timedelta(1)) == 2


def test_a_review_ends_the_chase_and_the_next_one_is_told_anew(database):
    risk = due()
    sweep(FIRST)
    with time_machine.travel(at(dt.date(2011, 9, 20)), tick=False):
        review_risk(person("officer"), risk, risk.version)
    assert sweep(DUE) == 0
    assert fresh(risk).review_due_on == dt.date(2011, 12, 20)
    assert sweep(dt.date(2011, 12, 20)) == 2


def test_a_closed_risk_and_a_register_that_stands_still_tell_nobody(database):
    risk = due()
    close_risk(OPERATOR, risk, risk.version, reason="Over")
    due(a_register("sdc", as_at=dt.date(2011, 9, 1)))
    assert sweep(DUE) == 0


def test_the_partnerships_own_come_to_the_coordinator_who_reads_the_mail_about_them(database):
    due(a_register(""))
    sweep(DUE)
    assert to() == names("coordinator")
    (part,) = ReminderPart.select()
    assert CANARY in part.text


def test_the_keeper_of_the_mails_reads_no_word_of_what_is_an_authoritys_own(database, visitor_as):
    due(day=dt.date(2011, 7, 15))
    with time_machine.travel(at(dt.date(2011, 7, 4)), tick=True):
        quarter = the_quarter()
        assert sweep(dt.date(2011, 7, 1)) == 5
        coordinator = visitor_as("coordinator")
        parts = list(ReminderPart.select().join(Mail).where(Mail.person == person("officer")))
        assert [CANARY in one.mail.text for one in parts] == [True]
        pages = [f"/p/west-kent/reminders/{one.id}" for one in ReminderPart.select()]
        for address in (*pages, f"/p/west-kent/quarters/{quarter.slug}/reminders", "/p/west-kent/jobs/"):
            page = coordinator.get(address)
            assert "canary" not in page.html, address
            assert "1 risk" not in page.words, address
        assert not any("canary" in row.why for one in parts for row in queries.items_of_part(one))


def test_of_a_mail_about_ones_own_alone_there_is_no_copy(database):
    due()
    sweep(DUE)
    assert len(mails()) == 2
    assert not ReminderPart.select().exists()


def test_who_lost_her_role_is_not_told(database):
    from strategy_tracker.accounts.models import Membership

    due()
    Membership.update(ended_at=at(FIRST)).where(Membership.person == person("officer")).execute()
    sweep(DUE)
    assert to() == names("lead")


def accepted(until: dt.date, register: Register | None = None) -> Risk:
    """A risk with a far review, accepted on 1 September 2011 until a day."""
    with time_machine.travel(at(dt.date(2011, 9, 1)), tick=False):
        risk = due(register, dt.date(2012, 6, 30), score=(3, 5))
        accept_risk(OPERATOR, risk, risk.version, accepted_by="The board", until=until, reason="No money")
    return fresh(risk)


def test_an_acceptance_that_runs_out_is_told_to_the_lead_from_two_weeks_before(database):
    accepted(DUE)
    assert sweep(FIRST) == 0
    assert sweep(DUE - dt.timedelta(14)) == 1
    (mail,) = mails()
    assert mail.person.name == person("lead").name
    assert mail.subject == "West Kent: acceptance of 1 risk runs out 3 October 2011"
    assert "Accepted by The board until 3 October 2011" in mail.text
    assert sweep(DUE + dt.timedelta(3)) == 1
    assert mails()[1].subject == "West Kent: acceptance of 1 risk ran out 3 October 2011"


def test_what_is_no_longer_above_tolerance_needs_no_acceptance(database):
    risk = accepted(DUE)
    with time_machine.travel(at(dt.date(2011, 9, 2)), tick=False):
        a_score(risk, 0, 0)
        Risk.update(review_due_on=dt.date(2012, 6, 30)).execute()
    assert sweep(DUE) == 0
    assert Score.select().count() == 2


def test_a_nomination_is_told_once_to_those_who_decide(database):
    day = dt.date(2011, 9, 8)
    with time_machine.travel(at(day), tick=False):
        put_forward(due(day=dt.date(2012, 6, 30)))
    assert sweep(day) == 0
    assert sweep(day + dt.timedelta(1)) == 2
    assert to() == names("coordinator", "steering member")
    (mail, _) = mails()
    assert mail.subject == "West Kent: 1 risk put forward for you to decide"
    assert "Put forward to Operational risks of west-kent on 8 September 2011: 12 High" in mail.text
    assert sweep(day + dt.timedelta(4)) == sweep(day + dt.timedelta(11)) == 0
    due(a_register(""), dt.date(2011, 9, 13), "The partnership ends")
    assert sweep(dt.date(2011, 9, 13)) == 1
    assert "The partnership ends" in mails()[2].text and CANARY not in mails()[2].text


def test_a_nomination_inside_an_authority_comes_to_its_lead(database):
    day = dt.date(2011, 9, 8)
    corporate = a_register("tmbc", "tmbc-corporate")
    with time_machine.travel(at(day), tick=False):
        put_forward(due(a_register("tmbc", goes_to=corporate), day=dt.date(2012, 6, 30)))
    sweep(day + dt.timedelta(1))
    assert to() == names("lead")
    assert not ReminderPart.select().exists()


def test_what_was_decided_before_the_mail_is_not_told(database):
    day = dt.date(2011, 9, 8)
    with time_machine.travel(at(day), tick=False):
        escalation = put_forward(due(day=dt.date(2012, 6, 30)))
        decline_escalation(OPERATOR, escalation, escalation.version, words="Yours to carry")
    assert sweep(day + dt.timedelta(1)) == 0


def test_many_risks_cost_the_sweep_no_query(database):
    register, counts = a_register(), []
    for day, more in ((DUE, 1), (DUE + dt.timedelta(14), 20)):
        for _ in range(more):
            due(register)
        with count_queries() as counter:
            assert sweep(day) == 2
        counts.append(counter.count)
    assert counts[0] == counts[1]


def test_the_successors_people_are_told_and_the_others_not(database):
    risk = due()
    Register.update(authority=authority("sdc")).where(Register.id == risk.register_id).execute()
    sweep(DUE)
    assert to() == names("other officer", "other lead")
