"""Plans in the words of the domain, made by the product's own operations.

Every test begins with what `write_plans` makes: a small agreed plan and a draft of West Kent's, and East Fen's.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.owners import Owner
from strategy_tracker.plans import operations
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rules import Status, Timescale
from strategy_tracker.plans.versions.rules import Change
from tests.cast import authority, partnership

AS_AT = dt.date(2011, 6, 30)
COUNCILS = ("sdc", "tmbc", "twbc")
WHY = Change("The steering group asked for it")
"""Why a plan that is agreed is changed in a test."""


def a_plan(slug: str = "2010-11", *, of: str = "west-kent", agreed: bool = True, **changes: Any) -> Plan:
    """A plan for July 2010 to June 2011, agreed unless it is said to be a draft."""
    words: dict[str, Any] = {
        "title": f"Action plan {slug}",
        "strategy": "Strategy for the homeless 2007",
        "period_from": dt.date(2010, 7, 1),
        "period_to": dt.date(2011, 6, 30),
    }
    plan = operations.add_plan(OPERATOR, partnership(of), slug=slug, **(words | changes))
    return agree(plan) if agreed else plan


def agree(plan: Plan) -> Plan:
    """The plan, agreed on 15 July 2010."""
    operations.agree_plan(OPERATOR, plan, plan.version, agreed_on=dt.date(2010, 7, 15))
    return plan


def an_objective(plan: Plan, title: str = "Prevent homelessness", *, lead: str | None = None) -> Objective:
    """The next objective of a plan."""
    return operations.add_objective(OPERATOR, plan, title=title, lead=authority(lead) if lead else None, change=WHY)


def an_action(
    objective: Objective,
    text: str = "Advise people before they lose their home",
    *,
    of: Sequence[str] = COUNCILS,
    lead: str | None = None,
    owner: Owner = Owner(),
    outcomes: Sequence[str | tuple[str, Timescale]] = ("Fewer people become homeless",),
) -> Action:
    """The next action of an objective, with its shares and outcomes."""
    action = operations.add_action(
        OPERATOR,
        objective,
        text=text,
        owner=owner,
        lead=authority(lead) if lead else None,
        authorities=[authority(slug) for slug in of],
        change=WHY,
    )
    for outcome in outcomes:
        words, timescale = (outcome, Timescale()) if isinstance(outcome, str) else outcome
        operations.add_outcome(OPERATOR, action, text=words, timescale=timescale, change=WHY)
    return action


def a_note(
    action: Action,
    slug: str = "tmbc",
    status: Status | None = Status.ON_TRACK,
    text: str = "Under way",
    *,
    outcome: int = 0,
    as_at: dt.date = AS_AT,
    by: Acting = OPERATOR,
    reason: str = "",
) -> ProgressNote:
    """What an authority says about an action's outcome (counted from 0)."""
    return operations.record_progress(
        by, share(action, slug), outcomes(action)[outcome], status=status, text=text, as_at=as_at, reason=reason
    )


def share(action: Action, slug: str) -> Share:
    """An authority's part of an action."""
    return Share.get(Share.action == action, Share.authority == authority(slug))


def outcomes(action: Action) -> list[Outcome]:
    """The standing outcomes of an action, in order."""
    rows = Outcome.select().where(Outcome.action == action, Outcome.removed_at.is_null())
    return list(rows.order_by(Outcome.position, Outcome.id))


def plan(slug: str = "2010-11", of: str = "west-kent") -> Plan:
    """A plan by its slug."""
    return Plan.get(Plan.slug == slug, Plan.partnership == partnership(of))


def action(number: str = "1.1", slug: str = "2010-11", of: str = "west-kent") -> Action:
    """An action by its number."""
    query = Action.select().join(Objective).where(Objective.plan == plan(slug, of), Action.number == number)
    return query.get()


def write_plans() -> None:
    """West Kent's 2010-11 (1.1 of all councils, 1.2 of TMBC, 2.1 of SDC and TWBC), the draft 2011-12, East Fen's."""
    agreed = a_plan("2010-11", agreed=False)
    prevent = an_objective(agreed, "Prevent homelessness", lead="tmbc")
    advice = an_action(
        prevent, outcomes=[("Three out of four stay where they are", Timescale.by(dt.date(2010, 7, 30)))]
    )
    fund = an_action(prevent, "Keep a fund for small loans", of=["tmbc"], outcomes=["", "Ten loans a year"])
    houses = an_objective(agreed, "Find more homes")
    an_action(houses, "Bring empty homes back into use", of=["sdc", "twbc"], lead="sdc")
    agree(agreed)
    a_note(advice, "tmbc", Status.ONGOING, "Advice is given at two offices.\n\n• 41 people came\n• 30 stayed")
    a_note(advice, "sdc", Status.OFF_TRACK, "The post is vacant")
    a_note(fund, "tmbc", Status.ACHIEVED, "12 loans of £400 each", outcome=1)

    draft = a_plan("2011-12", agreed=False, period_from=dt.date(2011, 7, 1), period_to=dt.date(2012, 6, 30))
    an_action(an_objective(draft, "House the young"), "Write a protocol with the county", of=["tmbc", "kcc"])

    foreign = a_plan("2010-11", of="east-fen", agreed=False)
    drained = an_action(an_objective(foreign, "Keep the fen dry"), "Clear the dykes", of=["marsh", "dyke"])
    agree(foreign)
    a_note(drained, "marsh", Status.AT_RISK, "The pump is old")
