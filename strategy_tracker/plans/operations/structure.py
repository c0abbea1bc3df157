"""Objectives, actions and outcomes: added, edited, removed."""

from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Authority
from strategy_tracker.checks import Problems, checked_owner
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.owners import Owner
from strategy_tracker.plans import checks
from strategy_tracker.plans.dates import recording as dates
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan
from strategy_tracker.plans.operations.shares import write_shares
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.plans.versions.recording import Changing, changing
from strategy_tracker.plans.versions.rules import NO_REASON, Change

Part = Objective | Action | Outcome
NOBODY = Owner()
AT_NO_TIME = Timescale()


def add_objective(
    person: Acting,
    plan: Plan,
    *,
    title: str,
    number: str = "",
    lead: Authority | None = None,
    change: Change = NO_REASON,
    form_key: str | None = None,
) -> Objective:
    """An objective at the end of the plan; without a number it gets the next."""
    require(person, Permission.PLAN_EDIT, plan)
    siblings = Objective.select().where(Objective.plan == plan)
    columns = _objective_columns(title, lead, plan)
    with changing(person, plan, change, form_key) as writing:
        position = _next_position(siblings)
        columns |= {"number": _number(number or _next_number(siblings, "")), "position": position}
        objective = Objective.create(plan=plan, **columns)
        _record_added(writing, objective, columns)
    return objective


def edit_objective(
    person: Acting,
    objective: Objective,
    version: int,
    *,
    title: str,
    lead: Authority | None,
    number: str | None = None,
    change: Change = NO_REASON,
    form_key: str | None = None,
) -> None:
    """New words, lead or number (None: as it is). Raises Conflict with the objective as it stands."""
    columns = _objective_columns(title, lead, objective.plan)
    if number is not None:
        columns["number"] = _number(number)
    _edit(person, objective, version, columns, change, form_key)


def add_action(
    person: Acting,
    objective: Objective,
    *,
    text: str,
    number: str = "",
    lead: Authority | None = None,
    owner: Owner = NOBODY,
    authorities: list[Authority],
    change: Change = NO_REASON,
    form_key: str | None = None,
) -> Action:
    """An action at the end of the objective, with a share for each authority and no outcome yet."""
    require(person, Permission.STRUCTURE_EDIT, objective)
    siblings = Action.select().where(Action.objective == objective)
    columns = _action_columns(text, lead, owner, objective.plan)
    with changing(person, objective.plan, change, form_key) as writing:
        given = _number(number or _next_number(siblings, f"{objective.number}."))
        columns |= {"number": given, "position": _next_position(siblings)}
        action = Action.create(objective=objective, **columns)
        _record_added(writing, action, columns)
        write_shares(writing, action, authorities)
    return action


def edit_action(
    person: Acting,
    action: Action,
    version: int,
    *,
    text: str,
    lead: Authority | None,
    owner: Owner,
    number: str | None = None,
    change: Change = NO_REASON,
    form_key: str | None = None,
) -> None:
    """New words, lead, owner or number (None: as it is). Raises Conflict with the action as it stands."""
    columns = _action_columns(text, lead, owner, action.plan)
    if number is not None:
        columns["number"] = _number(number)
    _edit(person, action, version, columns, change, form_key)


def add_outcome(
    person: Acting,
    action: Action,
    *,
    text: str,
    timescale: Timescale = AT_NO_TIME,
    lead: Authority | None = None,
    change: Change = NO_REASON,
    form_key: str | None = None,
) -> Outcome:
    """An outcome at the end of the action; its text may be blank."""
    require(person, Permission.STRUCTURE_EDIT, action)
    columns = _outcome_columns(text, timescale, lead, action.plan)
    with changing(person, action.plan, change, form_key) as writing:
        columns["position"] = _next_position(Outcome.select().where(Outcome.action == action))
        outcome = Outcome.create(action=action, **columns)
        _record_added(writing, outcome, columns)
    return outcome


def edit_outcome(
    person: Acting,
    outcome: Outcome,
    version: int,
    *,
    text: str,
    timescale: Timescale,
    lead: Authority | None,
    change: Change = NO_REASON,
    form_key: str | None = None,
) -> None:
    """New words, timescale or lead. Raises Conflict with the outcome as it stands.

    A timescale that was set is revised, in a draft too: `change` must say why, and the old one is kept.
    """
    _edit(person, outcome, version, _outcome_columns(text, timescale, lead, outcome.plan), change, form_key)


def remove(
    person: Acting, part: Part, version: int, *, change: Change = NO_REASON, form_key: str | None = None
) -> None:
    """Takes a part out of the plan. What was said about it stays in history."""
    require(person, _permission_to_remove(part), part)
    with changing(person, part.plan, change, form_key) as writing:
        save_versioned(part, version, removed_at=clock.now())
        _record(writing, f"{_noun(part)} removed", part)


def _permission_to_remove(part: Part) -> Permission:
    return Permission.PLAN_EDIT if isinstance(part, Objective) else Permission.STRUCTURE_EDIT


def _edit(
    person: Acting, part: Part, version: int, columns: dict[str, Any], change: Change, form_key: str | None
) -> None:
    require(person, Permission.STRUCTURE_EDIT, part)
    before = {name: getattr(part, f"{name}_id" if name == "lead" else name) for name in columns}
    if part.version == version and before == _plain(columns) and part.plan.state != "closed":
        return
    is_moved = isinstance(part, Outcome) and dates.is_moved(part, before, columns)
    if is_moved:
        dates.require_reason(change)
    with changing(person, part.plan, change, form_key) as writing:
        save_versioned(part, version, **columns)
        _record(writing, f"{_noun(part)} edited", part, before=before, after=_plain(columns))
        if isinstance(part, Outcome) and is_moved:
            dates.keep_move(person, part, before, columns, writing.change)


def _record_added(writing: Changing, part: Part, columns: dict[str, Any]) -> None:
    _record(writing, f"{_noun(part)} added", part, after=_plain(columns))


def _record(writing: Changing, verb: str, part: Part, **data: Any) -> None:
    why = {"reason": writing.change.reason} if writing.change.reason else {}
    history.record(writing.person, part.plan.partnership_id, verb, part, version=part.version, **why, **data)
    writing.keep(part)


def _plain(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: value.id if isinstance(value, Authority) else value for name, value in columns.items()}


def _noun(part: Part) -> str:
    return type(part).__name__.lower()


def _next_position(siblings: Any) -> int:
    return max((sibling.position for sibling in siblings), default=0) + 1


def _next_number(siblings: Any, prefix: str) -> str:
    """The number after the highest that is in use, or ever was: a number is never given twice."""
    used = [sibling.number.removeprefix(prefix) for sibling in siblings]
    return f"{prefix}{max((int(number) for number in used if number.isdecimal()), default=0) + 1}"


def _number(given: str) -> str:
    problems = Problems()
    number = problems.line("number", "The number", given, longest=20)
    problems.raise_if_any()
    return number


def _objective_columns(title: str, lead: Authority | None, plan: Plan) -> dict[str, Any]:
    problems = Problems()
    columns = {"title": problems.text("title", "The objective", title, longest=1000), "lead": _lead(lead, plan)}
    problems.raise_if_any()
    return columns


def _action_columns(text: str, lead: Authority | None, owner: Owner, plan: Plan) -> dict[str, Any]:
    problems = Problems()
    columns = {"text": problems.text("text", "What will be done", text), "lead": _lead(lead, plan)}
    columns |= checked_owner(problems, owner)
    problems.raise_if_any()
    return columns


def _outcome_columns(text: str, timescale: Timescale, lead: Authority | None, plan: Plan) -> dict[str, Any]:
    problems = Problems()
    columns = {"text": problems.text("text", "The outcome", text, required=False), "lead": _lead(lead, plan)}
    columns |= checks.timescale(problems, timescale)
    problems.raise_if_any()
    return columns


def _lead(lead: Authority | None, plan: Plan) -> Authority | None:
    if lead is not None and lead.partnership_id != plan.partnership_id:
        raise Invalid({"lead": "The lead must be an authority of this partnership"})
    return lead
