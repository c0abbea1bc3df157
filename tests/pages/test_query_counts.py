"""A page asks the database as often for 400 actions as for three; so do people, glossary, long histories and files."""

import datetime as dt

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker import db
from strategy_tracker.accounts.roles import Role
from strategy_tracker.people.operations import add_member
from strategy_tracker.plans import operations
from strategy_tracker.plans.comments.operations import add_comment, correct_comment
from strategy_tracker.plans.models import Action, ProgressNote
from strategy_tracker.plans.rules import Status, Timescale
from tests import builders
from tests.cast import authority, partnership, person
from tests.evidence.making import a_file
from tests.links.making import a_link
from tests.milestones.making import a_milestone, edited
from tests.quarters.making import the_quarters

PLAN = "/p/west-kent/plans/2010-11/"
QUARTER = "/p/west-kent/quarters/2010-11-q4/"
MOST = 36
"""Queries of any page, those of the session and of the layout among them."""
ACTIONS = 400


def addresses(action: Action) -> list[str]:
    share, outcome = builders.share(action, "tmbc"), builders.outcomes(action)[0]
    return [
        "/",
        "/p/west-kent/",
        PLAN,
        f"{PLAN}?mine=1&status=well&notes=whole&as_at=2011-03-31",
        f"{PLAN}actions/{action.id}",
        f"{PLAN}shares/{share.id}/outcomes/{outcome.id}/progress",
        "/p/west-kent/people/",
        "/p/west-kent/glossary",
        "/search?q=a",
        "/p/west-kent/quarters/",
        QUARTER,
        f"{QUARTER}returns/tmbc/",
        f"{QUARTER}figures.csv",
        f"{PLAN[:-1]}.json",
        f"{PLAN[:-1]}.xlsx",
    ]


def counted(visitor, action: Action) -> dict[str, int]:
    counts = {}
    for address in addresses(action):
        visitor.get(address)
        with count_queries() as counter:
            visitor.get(address)
        counts[address] = counter.count
    return counts


def write_much(action: Action, note: ProgressNote) -> None:
    """400 actions in ten objectives with shares, outcomes and notes; 60 revisions, abbreviations
    and comments, and 30 people."""
    coordinator, home = person("coordinator"), partnership()
    for number in range(ACTIONS):
        if number % 40 == 0:
            objective = builders.an_objective(action.plan, f"Objective {number}", lead="sdc")
        one = builders.an_action(objective, f"Action {number}", outcomes=("First", "Second"))
        builders.a_note(one, "tmbc", Status.ON_TRACK)
    for number in range(60):
        note = operations.correct_progress(
            person("officer"),
            note,
            status=Status.AT_RISK,
            text=f"Words {number}",
            as_at=builders.AS_AT,
            reason="The post is vacant",
        )
        operations.add_abbreviation(coordinator, home, short=f"AB{number}", meaning="Something")
        comment = add_comment(person("lead"), action, text=f"Remark {number}", named=[person("officer").id])
        correct_comment(person("lead"), comment, 1, text=f"Remark {number}, @Cora", named=[person("officer").id])
    for number in range(15):
        milestone = a_milestone(action, f"Step {number}", of="tmbc")
        edited(milestone, due=Timescale.by(dt.date(2010, 12, 31)), reason="Late")
        a_file(action, f"File {number}", of="tmbc")
        a_link(action)
    for number in range(30):
        add_member(
            coordinator, home, authority("sdc"), Role.OFFICER, email=f"n{number}@sdc.example", name=f"Officer {number}",
            password="a long pass phrase for tests",
        )  # fmt: skip


@pytest.fixture
def quick_passwords(monkeypatch):
    from strategy_tracker.accounts import passwords

    monkeypatch.setattr(passwords, "hashed", lambda _: "x")


def test_size_costs_no_query(app, visitor_as, quick_passwords):
    visitors = {who: visitor_as(who, check=False) for who in ("officer", "coordinator")}
    action = builders.action("1.1")
    note = builders.a_note(action, "tmbc", by=person("officer"))
    builders.an_action(action.objective, "Decided today, so that a date before is a version before")
    the_quarters()
    add_comment(person("lead"), action, text="Seen", named=[person("officer").id, person("coordinator").id])
    few = {who: counted(visitor, action) for who, visitor in visitors.items()}
    db.database.connect(reuse_if_open=True)
    with db.database.atomic():
        write_much(action, note)
    many = {who: counted(visitor, action) for who, visitor in visitors.items()}
    assert many == few
    assert max(count for counts in few.values() for count in counts.values()) <= MOST
