"""A risk's document names its owner as its page does."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.risk_section import risk_document
from tests.cast import person
from tests.risks.making import a_risk

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    ("owner", "said"),
    [(Owner(OwnerKind.POST, "Head of Housing"), "Head of Housing (post)"), (Owner(), "Nobody yet")],
)
def test_it_says_who_and_of_which_kind(owner: Owner, said: str) -> None:
    row = a_risk(owner=owner)
    risk = visible(OPERATOR, Risk).where(Risk.id == row.id).get()
    assert risk_document(person("lead"), risk, ()).facts[0] == ("Owner", said)
