"""What is said of an acceptance: until which days it may last, and why one is void."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.accepted import accepted_of
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.schemes.models import ScoringScheme
from strategy_tracker.risks.schemes.operations import change_scheme
from tests.cast import person
from tests.risks.making import a_register, a_risk, a_score, five_by_five

pytestmark = pytest.mark.usefixtures("database")

MAY = dt.date(2011, 5, 1)


def now(risk: Risk) -> Risk:
    return Risk.reach().query.where(Risk.id == risk.id).get()


def accept(risk: Risk, until: dt.date) -> None:
    accept_risk(person("lead"), now(risk), now(risk).version, accepted_by="Bo Boss", until=until, reason="We can")


def void(risk: Risk) -> str:
    (ended,) = accepted_of(now(risk), None).earlier
    return ended.end.partition(": ")[2]


def scored(*places: tuple[int, int]) -> Risk:
    """A risk of which the first score was accepted, and the others given after it."""
    first, *then = places
    risk = a_risk(score=first)
    accept(risk, clock.today() + dt.timedelta(30))
    for place in then:
        a_score(now(risk), *place)
    return risk


def test_it_is_void_since_the_score_rose_from_what_was_accepted():
    assert void(scored((2, 3), (3, 3))) == "the score rose from 12 High to 16 Very high."


def test_or_from_what_it_had_come_down_to():
    assert void(scored((3, 3), (2, 3), (3, 3))) == "the score rose from 12 High to 16 Very high."


def test_or_since_another_version_calls_it_otherwise():
    risk = scored((2, 3))
    scheme = ScoringScheme.get()
    change_scheme(OPERATOR, scheme, scheme.version, name="Wider", shape=five_by_five(), reason="As the county")
    a_score(now(risk), 3, 3)
    assert void(risk) == "the score became 16 High under another version; what was accepted is 12 High."


@pytest.mark.parametrize("until", [MAY, MAY + dt.timedelta(800)])
def test_the_days_between_which_it_may_end_are_named(until):
    risk = a_risk(a_register(as_at=MAY))
    said = "Enter a day from 2 May 2011, since the register stands as at the day before, to 1 May 2013"
    with pytest.raises(Invalid, match=said):
        accept(risk, until)
    for day in (MAY + dt.timedelta(1), dt.date(2013, 5, 1)):
        accept(risk, day)


def test_of_a_register_as_at_today_too():
    first, last = clock.today() + dt.timedelta(1), clock.today().replace(year=clock.today().year + 2)
    with pytest.raises(Invalid, match=f"^Enter a day from {clock.long_date(first)} to {clock.long_date(last)}$"):
        accept(a_risk(), clock.today())
