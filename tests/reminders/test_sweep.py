"""What the sweep writes, on both databases: to whom, of what, and never twice."""

import datetime as dt
import threading

import pytest
import time_machine
from playhouse.test_utils import count_queries

from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.models import Membership
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.jobs.models import Job
from strategy_tracker.people.operations import add_member
from strategy_tracker.plans.models import Share
from strategy_tracker.plans.rules import Status
from strategy_tracker.quarters.models import Quarter, Reopening
from strategy_tracker.reviews.reminders import operations
from strategy_tracker.reviews.reminders.models import ReminderItem, ReminderPart, ReminderRule
from strategy_tracker.reviews.reminders.operations import set_rule
from strategy_tracker.reviews.returns.closing import close_quarter, reopen_return
from strategy_tracker.reviews.returns.operations import submit_return
from tests import builders
from tests.cast import authority, partnership, person
from tests.quarters.making import the_quarter
from tests.reminders.making import mails, sweep, told

DUE = dt.date(2011, 7, 15)
FIRST, SECOND, THIRD = dt.date(2011, 6, 24), dt.date(2011, 7, 1), dt.date(2011, 7, 8)
STAGES = (FIRST, SECOND, THIRD, DUE, *(dt.date(2011, 7, day) for day in (18, 22, 29)))
TMBC, SDC, TWBC = ("officer", "lead"), ("other officer", "other lead"), ("third officer",)
EVERYBODY = (*TMBC, *SDC, *TWBC)


@pytest.fixture
def quarter(database) -> Quarter:
    """West Kent's fourth quarter of 2010-11: due on 15 July 2011, with something missing of every authority."""
    return the_quarter()


def report_all(slug: str) -> None:
    """Says of everything that an authority has in the quarter that it is achieved."""
    for share in Share.select().where(Share.authority == authority(slug)):
        if share.action.plan.slug == "2010-11":
            for number in range(len(builders.outcomes(share.action))):
                builders.a_note(share.action, slug, Status.ACHIEVED, "Done", outcome=number, as_at=dt.date(2011, 6, 30))


def to() -> list[str]:
    return [mail.address for mail in mails()]


def of(*who: str) -> list[str]:
    return [person(one).email for one in who]


def test_everybody_with_something_missing_gets_one_mail(quarter):
    assert sweep(FIRST) == 5
    assert to() == of(*EVERYBODY)
    (mail, *_) = mails()
    assert mail.subject == "West Kent: 1 action to report by 15 July 2011"
    assert "1.2 Keep a fund for small loans" in mail.text
    assert f"https://plans.example/p/west-kent/plans/2010-11/actions/{builders.action('1.2').id}" in mail.text
    assert sweep(FIRST) == 0


def test_who_has_reported_everything_gets_nothing(quarter):
    report_all("tmbc")
    sweep(FIRST)
    assert to() == of(*SDC, *TWBC)


def test_who_is_named_is_told_and_the_others_are_not(quarter):
    Share.update(owner_kind="person", owner_name="OLIVE officer").where(
        Share.id == builders.share(builders.action("1.2"), "tmbc")
    ).execute()
    sweep(FIRST)
    assert to() == of("officer", *SDC, *TWBC)


def test_what_names_nobody_of_the_authority_comes_to_all_who_write_for_it(quarter):
    share = builders.share(builders.action("1.2"), "tmbc")
    owners = ("post", "Housing Advice Manager"), ("team", "Housing"), ("person", "Somebody who left")
    for (kind, name), day in zip(owners, STAGES, strict=False):
        Share.update(owner_kind=kind, owner_name=name).where(Share.id == share).execute()
        sweep(day)
    assert to() == 3 * of(*EVERYBODY)


def test_a_submitted_return_reminds_nobody_of_its_authority(quarter):
    with time_machine.travel(dt.datetime(2011, 6, 27), tick=False):
        submit_return(person("lead"), quarter, authority("tmbc"), 1)
    sweep(SECOND)
    assert to() == of(*SDC, *TWBC)


def test_a_closed_quarter_reminds_nobody(quarter):
    with time_machine.travel(dt.datetime(2011, 7, 1), tick=False):
        close_quarter(person("coordinator"), quarter, quarter.version)
    assert sweep(SECOND) == 0


def test_a_lead_is_told_on_the_day_that_the_return_is_not_submitted(quarter):
    report_all("tmbc")
    sweep(THIRD)
    assert person("lead").email not in to()
    sweep(DUE)
    mail = next(mail for mail in mails() if mail.address == person("lead").email)
    assert mail.subject == "West Kent: return of TMBC to submit today, 15 July 2011"
    assert told(mail) == [f"return-{quarter.id}-{authority('tmbc').id}"]
    sweep(dt.date(2011, 7, 18))
    assert [mail.subject for mail in mails() if mail.address == person("lead").email][
        -1
    ] == "West Kent: return of TMBC not submitted, due 15 July 2011"


def test_the_whole_quarter_of_one_officer(quarter):
    for day in (dt.date(2011, 6, 23), *STAGES, dt.date(2011, 7, 30)):
        sweep(day)
        sweep(day, hour=15)
    hers = [mail for mail in mails() if mail.address == person("third officer").email]
    assert [mail.dated_on for mail in hers] == list(STAGES)
    assert hers[4].subject == "West Kent: 2 actions still to report, due 15 July 2011"
    assert ReminderItem.select().where(ReminderItem.mail.is_null()).count() == 0


def test_a_server_that_was_off_catches_up_with_one_mail_and_says_what_it_passed_over(quarter):
    assert sweep(dt.date(2011, 7, 20)) == 5
    hers = ReminderItem.select().where(ReminderItem.person == person("third officer"))
    assert {row.days for row in hers.where(ReminderItem.mail.is_null(False))} == {3}
    assert {row.days for row in hers.where(ReminderItem.mail.is_null())} == {-21, -14, -7, 0}
    assert sweep(dt.date(2011, 7, 21)) == 0
    assert sweep(dt.date(2011, 7, 22)) == 5


def test_before_the_first_day_and_after_the_last_there_is_nothing(quarter):
    assert [sweep(day) for day in (dt.date(2011, 6, 23), dt.date(2011, 7, 30), dt.date(2026, 7, 15))] == [0, 0, 0]


def test_nations_have_their_own_days(quarter):
    """Easter Monday of 2011 is a working day in Scotland alone."""
    Authority.update(nation="scotland").where(Authority.slug == "twbc").execute()
    Quarter.update(closed_at=dt.datetime(2011, 4, 1)).where(Quarter.id != quarter.id).execute()
    Quarter.update(due_on=dt.date(2011, 4, 25), opens_on=dt.date(2011, 4, 21)).where(Quarter.id == quarter.id).execute()
    days = {day: sweep(dt.date(2011, 4, day)) for day in (21, 22, 25, 26)}
    assert days == {21: 5, 22: 0, 25: 1, 26: 4}
    by_day = {(mail.address, mail.dated_on.day): mail.subject for mail in mails()}
    assert by_day[person("third officer").email, 25].endswith("today, 25 April 2011")
    assert by_day[person("officer").email, 26].endswith("today, 26 April 2011")


def test_one_mail_across_partnerships_and_each_coordinator_reads_her_own_part(quarter):
    add_member(OPERATOR, partnership("east-fen"), authority("dyke"), Role.OFFICER, email=CAST_OFFICER, name="Olive")
    the_quarter(4, of="east-fen")
    sweep(DUE)
    (mail,) = [mail for mail in mails() if mail.address == CAST_OFFICER]
    assert mail.subject == "East Fen and West Kent: 2 actions to report today, 15 July 2011"
    parts = {part.partnership.slug: part for part in ReminderPart.select().where(ReminderPart.mail == mail)}
    assert set(parts) == {"west-kent", "east-fen"}
    assert parts["west-kent"].subject == "West Kent: 1 action to report today, 15 July 2011"
    for words in ("East Fen", "Clear the dykes", "east-fen"):
        assert words in mail.text
        assert words not in parts["west-kent"].text


CAST_OFFICER = "officer@tmbc.example"


def test_whose_membership_has_ended_gets_nothing(quarter):
    Membership.update(ended_at=dt.datetime(2011, 6, 1)).where(Membership.person == person("third officer")).execute()
    sweep(FIRST)
    assert person("third officer").email not in to()


def test_who_loses_her_role_between_counting_and_writing_gets_nothing(quarter, monkeypatch):
    counted = operations.facts_of

    def then_ends(today):
        found = counted(today)
        ended = Membership.update(ended_at=dt.datetime(2011, 6, 24))
        ended.where(Membership.person == person("third officer")).execute()
        return found

    monkeypatch.setattr(operations, "facts_of", then_ends)
    sweep(FIRST)
    assert to() == of(*TMBC, *SDC)


def test_a_reopening_is_told_to_whom_it_lets_write(quarter):
    coordinator = person("coordinator")
    with time_machine.travel(dt.datetime(2011, 8, 1, 9), tick=False):
        close_quarter(coordinator, quarter, quarter.version)
        reopen_return(
            coordinator,
            Quarter.get_by_id(quarter.id),
            authority("tmbc"),
            who=person("officer"),
            until=dt.date(2011, 8, 20),
            reason="The figures came late",
        )
    assert sweep(dt.date(2011, 8, 1)) == 1
    (mail,) = mails()
    assert mail.address == person("officer").email
    assert mail.subject == "West Kent: open again for your reports until 20 August 2011"
    assert "The figures came late" not in mail.text
    assert [sweep(dt.date(2011, 8, day)) for day in (2, 8, 20, 21)] == [0, 1, 1, 0]
    assert Reopening.select().count() == 1


def test_mail_and_items_are_written_together_or_not_at_all(quarter, monkeypatch):
    def breaks(*_):
        raise ValueError("broken")
        yield

    monkeypatch.setattr(operations, "_rows", breaks)
    with pytest.raises(ValueError, match="broken"):
        sweep(FIRST)
    assert (mails(), ReminderPart.select().count(), Job.select().count()) == ([], 0, 0)
    monkeypatch.undo()
    assert sweep(FIRST) == 5


def test_several_workers_at_once_write_each_mail_once(quarter, database_url):
    start, wrong = threading.Barrier(4), []

    def worker():
        try:
            with db.database.connection_context():
                start.wait(20)
                sweep(FIRST)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not wrong
    assert len(to()) == len(set(to())) == 5
    assert Job.select().count() == 5


def test_two_days_begun_at_once_tell_a_stage_once(quarter, monkeypatch):
    """One worker counts before midnight and writes after another has written for the new day."""
    counted = operations.facts_of

    def slow(today):
        found = counted(today)
        monkeypatch.setattr(operations, "facts_of", counted)
        sweep(FIRST + dt.timedelta(days=1))
        return found

    monkeypatch.setattr(operations, "facts_of", slow)
    sweep(FIRST)
    assert len(to()) == len(set(to())) == 5


def test_the_clock_that_goes_back_at_night_tells_nobody_twice(database):
    quarter = the_quarter(1, year="2011-12")
    Quarter.update(due_on=dt.date(2011, 10, 31), opens_on=dt.date(2011, 10, 3)).where(Quarter.id == quarter).execute()
    builders.agree(builders.plan("2011-12"))
    night = [
        operations.write_due(dt.datetime(2011, 10, 30, hour, 30), base_url="https://x.example") for hour in range(4)
    ]
    day = [operations.write_due(dt.datetime(2011, 10, 30, 23, 30), base_url="https://x.example")]
    assert sum([*night, *day]) == len(to()) == len(set(to()))
    assert operations.write_due(dt.datetime(2011, 10, 31, 0, 10), base_url="https://x.example") > 0


def test_people_cost_no_query(quarter):
    sweep(FIRST)

    def counted() -> int:
        with count_queries() as counter:
            assert sweep(FIRST) == 0
        return counter.count

    few = counted()
    for number in range(12):
        with time_machine.travel(dt.datetime(2011, 6, 20), tick=False):
            add_member(
                OPERATOR,
                partnership(),
                authority("tmbc"),
                Role.OFFICER,
                email=f"n{number}@x.example",
                name=f"N{number}",
                password="a long pass phrase for tests",
            )
        builders.an_action(builders.action().objective, f"Action {number}")
    assert sweep(FIRST) > 0
    assert counted() == few


def test_the_days_are_the_partnerships_own_from_their_date_on(quarter):
    with time_machine.travel(dt.datetime(2011, 7, 4, 12), tick=False):
        set_rule(
            person("coordinator"), partnership(), since=dt.date(2011, 7, 4),
            days_before="5, 10,0", days_after="", reason="Fewer mails",
        )  # fmt: skip
    kept = ReminderRule.get()
    assert (kept.days_before, kept.days_after) == ("10,5,0", "")
    own = (dt.date(2011, 7, 5), dt.date(2011, 7, 11))
    assert [day for day in sorted({*STAGES, *own}) if sweep(day)] == [FIRST, SECOND, *own, DUE]


def test_only_the_coordinator_sets_the_days_and_not_for_the_past(quarter):
    words = {"days_before": "7", "days_after": "", "reason": "Why not", "since": dt.date(2099, 1, 1)}
    for who in ("lead", "steering member", "foreign coordinator"):
        with pytest.raises(Forbidden):
            set_rule(person(who), partnership(), **words)
    wrong = [
        {"since": dt.date(2011, 1, 1)},
        {"days_before": ""},
        {"days_before": "7,x"},
        {"days_after": "0"},
        {"reason": ""},
    ]
    for change in wrong:
        with pytest.raises(Invalid) as refused:
            set_rule(person("coordinator"), partnership(), **(words | change))
        assert set(refused.value.problems) == set(change)


def test_what_was_told_is_never_changed(quarter):
    sweep(FIRST)
    for model in (ReminderItem, ReminderPart):
        with pytest.raises(Exception, match="append-only"), db.transaction():
            model.delete().execute()
        with pytest.raises(Exception, match="append-only"), db.transaction():
            model.update(partnership=partnership("east-fen")).execute()
