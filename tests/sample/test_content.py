"""What the sample says. These tests only read, so they share one loaded database of each kind."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from peewee import fn

from strategy_tracker import clock, db
from strategy_tracker.accounts import passwords
from strategy_tracker.accounts.models import Membership
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.history.models import Event
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.plans import queries
from strategy_tracker.plans.models import Abbreviation, Action, Objective, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rules import SET_ASIDE, Status
from strategy_tracker.quarters.models import Quarter, ReturnStep
from strategy_tracker.quarters.rules import ReturnState
from strategy_tracker.reports.models import Report, ReportIssue
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.reminders.operations import write_due
from strategy_tracker.reviews.returns.figures import board_figures
from strategy_tracker.risks.models import Register, Risk, Score
from strategy_tracker.risks.queries import current_score, escalations_of
from strategy_tracker.risks.rules import ScoreKind
from strategy_tracker.sample import loader, year
from strategy_tracker.transfer.plan_json import plan_as_json
from strategy_tracker.verification import faults
from tests.cast import QUICK
from tests.databases import new_postgres_database, using
from tests.sample.rendering import quick_pdf

SIZES = {
    Objective: 16,
    Action: 33,
    Outcome: 35,
    Share: 104,
    Abbreviation: 9,
    Authority: 5,
    Partnership: 2,
    Plan: 1,
    Register: 6,
    Risk: 18,
}
COUNCILS = ("sdc", "tmbc", "twbc")

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with the sample in it and nothing else; the folder with its mails."""
    outbox = tmp_path_factory.mktemp("outbox")
    if request.param == "sqlite":
        yield from _loaded(f"sqlite:///{tmp_path_factory.mktemp('sample') / 'sample.db'}", outbox)
        return
    server: Any = request.getfixturevalue("postgres")
    with new_postgres_database(server) as url:
        yield from _loaded(url, outbox)


def _loaded(url: str, outbox: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch, using(url):
        patch.setattr(passwords, "HASHER", QUICK)
        db.migrate()
        loader.load(outbox, render=quick_pdf)
        yield outbox


def test_the_sample_is_whole() -> None:
    assert {model: model.select().count() for model in SIZES} == SIZES
    assert list(faults()) == []


def test_there_is_a_person_for_every_role() -> None:
    assert {membership.role for membership in Membership.select()} == set(Role)


def test_every_council_has_a_share_of_every_action() -> None:
    for slug in COUNCILS:
        assert Share.select().join(Authority).where(Authority.slug == slug).count() == SIZES[Action]


def test_the_councils_tell_different_stories() -> None:
    told = {
        slug: [note.status for note in queries.current_notes(Plan.get().id) if note.share.authority.slug == slug]
        for slug in COUNCILS
    }
    assert len({tuple(statuses) for statuses in told.values()}) == len(COUNCILS)
    assert {status for statuses in told.values() for status in statuses} == set(Status)


def test_officers_write_for_their_own_authority_and_the_coordinator_for_others() -> None:
    for note in ProgressNote.select():
        own = note.share.authority_id in {grant.authority_id for grant in note.person.grants}
        assert note.on_behalf == (not own)
    assert {note.person.email for note in ProgressNote.select().where(ProgressNote.on_behalf)} == {
        "coordinator@westkent.example"
    }


def test_what_is_set_aside_has_a_reason() -> None:
    set_aside = ProgressNote.select().where(ProgressNote.status.in_(sorted(SET_ASIDE)))
    assert set_aside.count() and all(note.reason for note in set_aside)


def test_some_shares_are_not_reported_at_all_and_some_not_this_time() -> None:
    plan = Plan.get()
    notes = list(queries.current_notes(plan.id))
    assert any(note.as_at < plan.as_at for note in notes)
    assert {share.id for share in Share.select()} - {note.share_id for note in notes}


def test_a_note_was_written_after_the_day_it_speaks_of_and_before_today() -> None:
    for note in ProgressNote.select():
        assert note.as_at < note.recorded_at.date() <= dt.date(2011, 8, 1)


def test_the_plan_leaves_as_the_json_it_came_from() -> None:
    given = loader.content()
    loading = (
        "partnership_name",
        "authorities",
        "people",
        "password",
        "approved_by",
        "revisions",
        "milestones",
        "links",
    )
    expected = {name: given[name] for name in given if name not in loading} | {"edition": given["edition"] + 1}
    decided = {each["action"]: each["new_date"] for each in decisions() if "new_date" in each}
    for action in actions_of(expected):
        for revision in given["revisions"]:
            action["text"] = revision["words"].get(action["number"], action["text"])
            for outcome in action["outcomes"]:
                outcome["timescale"] = revision["dates"].get(action["number"], outcome["timescale"])
        if action["number"] in decided:
            date = {"kind": "date", "date": decided[action["number"]], "precision": "day", "words": ""}
            action["outcomes"][0]["timescale"] = date
    for note in notes_of(expected):
        for name in ("person", "recorded_at", "replaces"):
            note.pop(name, None)
    left = json.loads(plan_as_json(Plan.get()))
    moved = sum(len(revision["dates"]) for revision in given["revisions"]) + len(decided)
    assert len(left.pop("timescale_changes")) == moved
    assert left.pop("mark") and (left.pop("extract_of"), left.pop("version")) == (None, None)
    assert left == expected


def test_the_four_quarters_stand_in_every_state() -> None:
    home = Partnership.get(Partnership.slug == "west-kent")
    quarters = {quarter.number: quarter for quarter in Quarter.select().where(Quarter.partnership == home)}
    assert [quarters[number].is_closed for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert {board.state for board in board_figures(quarters[4]).returns} == set(ReturnState)
    for number in (1, 2, 3):
        assert {board.state for board in board_figures(quarters[number]).returns} == {ReturnState.ACCEPTED}


def test_each_thing_happened_on_its_day() -> None:
    assert Event.select(fn.MIN(Event.at), fn.MAX(Event.at)).tuples()[0] < (
        dt.datetime(2010, 7, 2),
        dt.datetime(2014, 7, 1),
    )
    for home in Partnership.select():
        instants = [event.at for event in Event.select().where(Event.partnership == home).order_by(Event.sequence)]
        assert instants == sorted(instants)
    assert {step.at.year for step in ReturnStep.select()} == {2010, 2011}


def test_two_reports_are_published_and_one_is_a_draft() -> None:
    found = {report.slug: report.state for report in Report.select()}
    assert found == {"2010-11-q2": "published", "2010-11-q3": "published", "2010-11-q4": "draft"}
    assert {issue.audience for issue in ReportIssue.select()} == {"full", "board", "public"}
    assert "one of the two sites may sell" not in ReportIssue.get(ReportIssue.audience == "public").html


def test_mails_were_sent_on_their_day_and_nobody_had_two(loaded: Path) -> None:
    mails = list(Mail.select())
    keys = [(mail.person_id, mail.kind, mail.dated_on) for mail in mails]
    assert len(keys) == len(set(keys)) and {day.year for *_, day in keys} == {2010, 2011}
    assert all(mail.sent_at.date() == mail.dated_on for mail in mails)
    assert len(list(loaded.glob("*.eml"))) == len(mails)
    assert {job.state for job in Job.select()} == {"done"}
    assert write_due(clock.now(), base_url="http://127.0.0.1:8000") == 0, "a year that is over reminds nobody"


def test_decisions_are_done_open_and_applied() -> None:
    found = list(Decision.select())
    assert {decision.state for decision in found} == {"open", "done"}
    assert [decision.action.number for decision in found if decision.applied_at] == ["12.1"]


def decisions() -> list[dict[str, Any]]:
    return [each for meeting in year.content()["meetings"] for each in meeting["decisions"]]


def actions_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for objective in plan["objectives"]:
        yield from objective["actions"]


def notes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for action in actions_of(plan):
        for outcome in action["outcomes"]:
            yield from outcome["progress"]


def test_the_seven_risks_of_copeland_have_the_scores_of_their_register() -> None:
    risks = list(Risk.select().join(Register).where(Register.slug == "housing").order_by(Risk.number))
    assert [found.value for risk in risks if (found := current_score(risk.id))] == [12, 6, 12, 9, 12, 8, 12]
    assert [risk.number for risk in risks if escalations_of([risk.id])] == [3, 5, 7]


def test_the_councils_of_west_kent_score_under_two_schemes_and_keep_one_risk_each_to_themselves() -> None:
    registers = {slug: Register.get(Register.slug == slug) for slug in COUNCILS}
    assert len({register.scheme_id for register in registers.values()}) == 2
    for register in registers.values():
        rows = Risk.select().where(Risk.register == register)
        assert [(row.is_shared, row.is_raised) for row in rows].count((False, False)) == 1
    assert Risk.select().where(Risk.is_raised, Risk.register.in_(list(registers.values()))).count() == 2
    assert {score.kind for score in Score.select()} == {kind.value for kind in ScoreKind}
