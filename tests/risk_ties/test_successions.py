"""An authority ends: its registers go on with another, and its private risks with them to nobody else."""

import datetime as dt

import pytest

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import load, visible
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.history.models import Event
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.people.operations import end_membership
from strategy_tracker.risks.models import Register, Risk, RiskReview
from strategy_tracker.risks.operations.registers import RegisterTerms, edit_register
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.queries import history_of_scores
from strategy_tracker.successions import operations
from strategy_tracker.successions.operations import Choices, Moved
from tests.cast import CAST, authority, person
from tests.risks.making import a_register, a_risk, a_scheme, put_forward

ON = dt.date(2011, 4, 1)


def succeed(old: str = "sdc", by: str = "tmbc") -> Moved:
    row = authority(old)
    return operations.succeed(
        person("coordinator"), row, row.version, Choices(authority(by)), on=ON, reason="They are one"
    )


@pytest.fixture
def risk(database) -> Risk:
    """A private risk of SDC, given by its officer, in a register with a scheme of its own that goes to another."""
    scheme = a_scheme("sdc-own", whose="sdc")
    corporate = a_register("sdc", "sdc-corporate", scheme=scheme)
    register = a_register("sdc", scheme=scheme, goes_to=corporate)
    return a_risk(register, "The canary is ill", by=person("other officer"))


def readers(risk: Risk) -> set[str]:
    return {who for who in CAST if visible(person(who), Risk).where(Risk.id == risk.id).exists()}


def test_the_successors_people_read_and_write_the_registers_and_nobody_else_does(risk):
    put_forward(risk)
    assert readers(risk) == {"other officer", "other lead"}
    assert succeed().registers == 2
    # The roles of SDC's people moved with it.
    assert readers(risk) == {"officer", "lead", "other officer", "other lead"}
    taken = load(person("officer"), Risk, risk.id, Permission.RISK_WRITE)
    review_risk(person("officer"), taken, taken.version)
    assert RiskReview.select().order_by(RiskReview.id.desc()).first().on_behalf is False


def test_the_lead_goes_on_with_the_settings_the_scheme_and_the_next_level(risk):
    succeed()
    register = Register.reach().query.where(Register.id == risk.register_id).get()
    terms = RegisterTerms(register.title, register.scheme, goes_to=register.goes_to, review_months=1)
    edit_register(person("lead"), register, register.version, terms)
    assert Register.get_by_id(register.id).review_months == 1


def test_what_was_said_stays_with_who_said_it_and_history_tells_of_the_move(risk):
    succeed()
    assert [score.person.name for score in history_of_scores(risk.id)] == ["Oscar Officer"]
    moved = Event.select().where(Event.verb == "register taken over")
    assert moved.count() == 2
    assert list(chain_faults()) == []


def test_without_registers_nothing_is_said_of_them(database):
    assert succeed().registers == 0


def test_somebody_who_left_reads_nothing_and_breaks_nothing(risk):
    role = Membership.get(Membership.person == person("other officer"))
    end_membership(person("other lead"), role, role.version)
    assert readers(risk) == {"other lead"}
    assert [score.person.name for score in history_of_scores(risk.id)] == ["Oscar Officer"]


def test_forgetting_a_person_leaves_risks_and_their_history_whole(risk, visitor_as):
    Person.update(name="Somebody forgotten", email="forgotten@nowhere.example", salt="", password_hash=None).where(
        Person.id == person("other officer").id
    ).execute()
    assert [score.person.name for score in history_of_scores(risk.id)] == ["Somebody forgotten"]
    assert list(chain_faults()) == []
    page = visitor_as("other lead").get(f"/p/west-kent/risks/{risk.register.slug}/")
    assert "The canary is ill" in page.words and "Oscar" not in page.words


def test_the_page_of_the_succession_says_how_many_go_and_where(risk, visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.get(f"/p/west-kent/authorities/{authority('sdc').id}/succession")
    assert "2 risk registers go to the authority" in page.words
    assert "canary" not in page.html
    done = coordinator.send(
        page, {"successor": str(authority("tmbc").id), "on": ["1", "4", "2011"], "reason": "They are one"}
    )
    assert "2 risk registers go on under Tonbridge and Malling Borough Council." in done.words
