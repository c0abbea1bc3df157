"""The verbs that tie risks and registers to plans."""

from typing import Any

from peewee import IntegrityError

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.db import save_versioned, transaction
from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.plans.models import Plan
from strategy_tracker.reviews.risks.models import RegisterPlan, RiskLink
from strategy_tracker.reviews.risks.queries import Target, kind_of, tie_of
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.recording import record, require_open, require_open_register
from strategy_tracker.risks.operations.registers import random_slug

ALREADY = "The risk is linked to this already"


def link_risk(person: Acting, risk: Risk, target: Target, *, form_key: str | None = None) -> RiskLink:
    """The risk has to do with this, which the person must be able to read; a link that was removed stands again.

    Raises Forbidden, Invalid.
    """
    require(person, Permission.RISK_WRITE, risk)
    require(person, Permission.PLAN_READ, target)
    require_open(risk)
    if target.plan.partnership_id != risk.register.partnership_id:
        raise Invalid({"what": "Choose from the plans of the risk’s own partnership"})
    with history.writing(person, form_key):
        link = _written(risk, target)
        record(person, risk, "risk linked", after=_said(link))
    return link


def unlink_risk(person: Acting, link: RiskLink, version: int, *, form_key: str | None = None) -> None:
    """The risk has to do with it no more; history keeps that it had. Raises Conflict, Forbidden."""
    require(person, Permission.RISK_WRITE, link.risk)
    require_open(link.risk)
    with history.writing(person, form_key):
        save_versioned(link, version, removed_at=clock.now())
        record(person, link.risk, "link of risk removed", before=_said(link))


def set_plan(
    person: Acting, register: Register, version: int, plan: Plan | None, *, form_key: str | None = None
) -> None:
    """The register is about this plan, or (None) about none. `version` is that of what was said before, 0 if nothing.

    Raises Conflict, Forbidden, Invalid.
    """
    require(person, Permission.REGISTER_EDIT, register)
    require_open_register(register)
    if plan is not None:
        require(person, Permission.PLAN_READ, plan)
        if plan.partnership_id != register.partnership_id:
            raise Invalid({"plan": "Choose a plan of the register’s own partnership"})
    with history.writing(person, form_key):
        before = _tie(register, version, plan)
        after = {"plan": plan.id if plan else None}
        history.record(person, register.partnership_id, "plan of register set", register, before=before, after=after)


def _tie(register: Register, version: int, plan: Plan | None) -> dict[str, Any]:
    """Writes the tie, and returns what was said before."""
    tie = tie_of(register)
    if tie is not None:
        before = tie.plan_id
        save_versioned(tie, version, plan=plan)
        return {"plan": before}
    try:
        with transaction():
            RegisterPlan.create(register=register, plan=plan)
    except IntegrityError:
        raise Conflict(tie_of(register)) from None
    return {"plan": None}


def _written(risk: Risk, target: Target) -> RiskLink:
    """Whoever links this risk waits for whoever did before, so that nothing is linked twice."""
    Risk.update(version=Risk.version).where(Risk.id == risk.id).execute()
    kind = kind_of(target)
    found = RiskLink.get_or_none(RiskLink.risk == risk, getattr(RiskLink, kind) == target.id)
    if found is None:
        link: RiskLink = RiskLink.create(risk=risk, slug=random_slug(), **{kind.value: target})
        return link
    if found.removed_at is None:
        raise Invalid({"what": ALREADY})
    save_versioned(found, found.version, removed_at=None)
    return found


def _said(link: RiskLink) -> dict[str, Any]:
    return {"objective": link.objective_id, "action": link.action_id}
