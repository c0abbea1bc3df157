"""Ties of risks in the words of the domain."""

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.plans.models import Plan
from strategy_tracker.reviews.risks.models import RiskLink
from strategy_tracker.reviews.risks.operations import link_risk, set_plan
from strategy_tracker.reviews.risks.queries import Target, tie_of
from strategy_tracker.risks.models import Register, Risk
from tests import builders
from tests.risks.making import a_risk


def a_risk_link(risk: Risk | None = None, target: Target | None = None, *, by: Acting = OPERATOR) -> RiskLink:
    """A risk linked to an action: action 1.1 unless another thing is named."""
    return link_risk(by, risk or a_risk(), target or builders.action("1.1"))


def about(register: Register, plan: Plan | None) -> None:
    """The register is about this plan."""
    tie = tie_of(register)
    set_plan(OPERATOR, register, tie.version if tie else 0, plan)


def address_of(risk: Risk) -> str:
    return f"/p/{risk.register.partnership.slug}/risks/{risk.register.slug}/{risk.slug}/"
