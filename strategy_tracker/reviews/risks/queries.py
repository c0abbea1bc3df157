"""The selects of what ties risks to plans. What a person may not read is in none of them."""

import datetime as dt
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any

from peewee import fn

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import one_of
from strategy_tracker.plans.models import Action, Objective, Plan
from strategy_tracker.reviews.risks.models import RegisterPlan, RiskLink
from strategy_tracker.risks.models import Escalation, Register, Response, Risk
from strategy_tracker.risks.rules import UNFINISHED, EscalationState

Target = Objective | Action
"""What a risk may be linked to."""


class Kind(StrEnum):
    """The kinds of what a risk may be linked to: each is the name of a column of RiskLink."""

    OBJECTIVE = "objective"
    ACTION = "action"


KINDS: dict[Kind, Any] = {Kind.OBJECTIVE: Objective, Kind.ACTION: Action}
"""Each kind's model, in the order in which links stand on the page."""


def kind_of(target: Target) -> Kind:
    return next(kind for kind, model in KINDS.items() if isinstance(target, model))


def links_of(*risk_ids: int) -> list[RiskLink]:
    """The links of risks that stand, in the order in which they were made."""
    standing = RiskLink.select().where(RiskLink.risk.in_(one_of(risk_ids)), RiskLink.removed_at.is_null())
    return list(standing.order_by(RiskLink.id))


def readable_targets(person: Acting, links: Sequence[RiskLink]) -> dict[tuple[Kind, int], Target]:
    """What these links lead to, as far as it stands and the person may read it; one select for each kind in use."""
    found: dict[tuple[Kind, int], Target] = {}
    for kind, model in KINDS.items():
        ids = [id_ for link in links if (id_ := getattr(link, f"{kind}_id")) is not None]
        if ids:
            found |= {(kind, row.id): row for row in visible(person, model).where(model.id.in_(ids))}
    return found


def plans_of(person: Acting, home: Partnership) -> list[Plan]:
    """The partnership's plans that the person may read, the newest first."""
    rows = visible(person, Plan).where(Plan.partnership == home)
    return list(rows.order_by(Plan.period_from.desc(), Plan.id.desc()))


def targets_in(person: Acting, plan: Plan) -> list[Target]:
    """The plan's objectives, each followed by its actions, in the order of the plan."""
    objectives = visible(person, Objective).where(Objective.plan == plan).order_by(Objective.position, Objective.id)
    actions: dict[int, list[Target]] = {}
    for action in visible(person, Action).where(Objective.plan == plan).order_by(Action.position, Action.id):
        actions.setdefault(action.objective_id, []).append(action)
    return [row for objective in objectives for row in (objective, *actions.get(objective.id, ()))]


def open_risks_about(person: Acting, action_id: int, objective_id: int) -> list[tuple[Risk, bool]]:
    """The open risks that the person may read and that are linked to an action, or (True) to its objective alone.

    By register and number.
    """
    either = (RiskLink.action == action_id) | (RiskLink.objective == objective_id)
    rows = RiskLink.select(RiskLink.risk, RiskLink.action).where(either, RiskLink.removed_at.is_null()).tuples()
    direct: dict[int, bool] = {}
    for risk_id, of_action in rows:
        direct[risk_id] = direct.get(risk_id, False) or of_action is not None
    if not direct:
        return []
    risks = visible(person, Risk).where(Risk.id.in_(list(direct)), Risk.closed_on.is_null())
    ordered = risks.order_by(Register.title, Register.id, Risk.number)
    return [(risk, not direct[risk.id]) for risk in ordered]


def tie_of(register: Register) -> RegisterPlan | None:
    """What was ever said of which plan the register is about."""
    found: RegisterPlan | None = RegisterPlan.get_or_none(RegisterPlan.register == register)
    return found


def plan_about(person: Acting, register: Register) -> Plan | None:
    """The plan that a register is about; None also for whoever may not read that plan."""
    query = visible(person, Plan).join_from(Plan, RegisterPlan, on=(RegisterPlan.plan == Plan.id))
    found: Plan | None = query.where(RegisterPlan.register == register).first()
    return found


def registers_about(person: Acting, plan_id: int) -> list[tuple[str, str, str]]:
    """Of the registers in use that are about a plan and that the person may read: partnership, address and title."""
    query = visible(person, Register).join_from(Register, RegisterPlan)
    wanted = (RegisterPlan.plan == plan_id) & Register.closed_at.is_null()
    columns = Partnership.slug, Register.slug, Register.title
    return list(query.where(wanted).order_by(Register.title, Register.id).select(*columns).tuples())


ANSWERS = (EscalationState.DECLINED.value, EscalationState.RETURNED.value)


def registers_written_by(person: Acting) -> list[Register]:
    """The registers in use whose risks are the person's to write: her authorities', the coordinator's partnership's.

    What she may write on behalf of others is not among them.
    """
    query = visible(person, Register, Permission.RISK_WRITE).where(Register.closed_at.is_null())
    return list(query.order_by(Register.id))


def open_risks_in(register_ids: Collection[int]) -> list[tuple[Any, ...]]:
    """Of each open risk what `work.Open` holds, in its order."""
    columns = Risk.id, Risk.slug, Risk.version, Risk.number, Risk.register, Risk.owner_name, Risk.review_due_on
    query = Risk.select(*columns, Risk.category, Risk.is_opportunity)
    return list(query.where(Risk.register.in_(list(register_ids)), Risk.closed_on.is_null()).tuples())


def risks_with(ids: Collection[int]) -> dict[int, Risk]:
    """These risks by id, whoever may read them."""
    return {risk.id: risk for risk in Risk.reach().query.where(Risk.id.in_(list(ids)))} if ids else {}


def unfinished_responses(register_ids: Collection[int], until: dt.date) -> list[Response]:
    """What of the open risks of these registers was to be done before a day, and is not."""
    query = Response.reach().query.where(
        Risk.register.in_(list(register_ids)),
        Risk.closed_on.is_null(),
        Response.state.in_(UNFINISHED),
        Response.due_on < until,
    )
    return list(query.order_by(Response.id))


def waiting_for(person: Acting) -> list[Escalation]:
    """What was put forward to where the person decides, and waits for an answer; the earliest first."""
    query = visible(person, Escalation, Permission.ESCALATION_DECIDE).where(
        Escalation.state == EscalationState.NOMINATED.value, Register.closed_at.is_null()
    )
    return list(query.order_by(Escalation.nominated_on, Escalation.id))


def registers_shared_by(person: Acting) -> list[Register]:
    """The registers in use of whose risks the person says how far they go."""
    return list(visible(person, Register, Permission.RISK_SHARE).where(Register.closed_at.is_null()))


def answers_about(registers: Collection[Register], last: dt.timedelta) -> list[Escalation]:
    """What of these registers was declined or given back within so long before each one's day, and not put again."""
    days = {register.id: register.day for register in registers}
    if not days:
        return []
    newest = Escalation.select(fn.MAX(Escalation.id)).group_by(Escalation.risk, Escalation.to)
    answered = fn.COALESCE(Escalation.ended_on, Escalation.decided_on)
    query = Escalation.reach().query.where(
        Risk.register.in_(list(days)),
        Risk.closed_on.is_null(),
        Escalation.state.in_(ANSWERS),
        Escalation.id.in_(newest),
        answered >= min(days.values()) - last,
    )
    by_id = {register.id: register for register in registers}
    rows = list(query)
    for row in rows:
        row.risk.register = by_id[row.risk.register_id]
    return [row for row in rows if (row.ended_on or row.decided_on) >= days[row.risk.register_id] - last]
