"""A plan made from another, and actions that go on in the plan that follows."""

import datetime as dt
from collections.abc import Sequence

from peewee import IntegrityError

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.db import transaction
from strategy_tracker.errors import Invalid
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.checks import require_open
from strategy_tracker.plans.lineage import queries
from strategy_tracker.plans.lineage.copying import Copying
from strategy_tracker.plans.lineage.models import CarriedForward, Origin
from strategy_tracker.plans.lineage.rules import SAID, TOLD, Kind, months_between
from strategy_tracker.plans.models import Action, Objective, Plan
from strategy_tracker.plans.pages import effective_date
from strategy_tracker.plans.rules import Status
from strategy_tracker.plans.versions.rules import NO_REASON, Change
from strategy_tracker.text import normalise


def begin_plan(
    person: Acting,
    source: Plan,
    kind: Kind,
    *,
    slug: str,
    title: str,
    strategy: str,
    period_from: dt.date,
    period_to: dt.date,
    actions: Sequence[Action],
    reason: str | None = None,
    form_key: str | None = None,
) -> Plan:
    """A draft with these actions of a plan, in its order, and their objectives.

    A successor keeps dates and is linked action by action; a template's dates move by as many months as the period.
    With a `reason`, each unfinished part of a carried action is reported as carried forward. Raises Invalid where the
    plan is followed already, Forbidden where a closed one is to be reported on.
    """
    require(person, Permission.PLAN_EDIT, source)
    with history.writing(person, form_key):
        plan = plans.add_plan(
            person,
            source.partnership,
            slug=slug,
            title=title,
            strategy=strategy,
            period_from=period_from,
            period_to=period_to,
        )
        is_successor = kind is Kind.SUCCESSOR
        _link_plans(person, plan, source, kind)
        months = 0 if is_successor else months_between(source.period_from, period_from)
        copied = _copy(person, source, plan, actions, months)
        if is_successor:
            for old, new in copied:
                _link(person, old, new)
            if reason is not None:
                _report(person, source, [old for old, _ in copied], reason)
    return plan


def carry_forward(
    person: Acting,
    action: Action,
    into: Plan | Objective | Action,
    *,
    reason: str = "",
    tell: bool = False,
    form_key: str | None = None,
) -> Action:
    """Lets an action go on in the plan that follows its own: as a new action at the end of an objective, in a new
    objective (where `into` is the plan), or as an action that is there already.

    `tell`: each unfinished part is reported as carried forward, for this reason. An agreed plan takes a new action
    for a reason alone. Raises Invalid, and Forbidden for what is closed.
    """
    require(person, Permission.PLAN_EDIT, action)
    plan: Plan = into if isinstance(into, Plan) else into.plan
    require(person, Permission.PLAN_EDIT, plan)
    follows = queries.origin_of(plan.id)
    if follows is None or follows.predecessor_id != action.plan.id:
        raise Invalid({"into": "An action goes on in the plan that follows its own, and in no other"})
    change = Change(reason) if plan.state == "agreed" else NO_REASON
    with history.writing(person, form_key):
        require_open(plan)
        new = into if isinstance(into, Action) else _copy_into(person, action, into, change)
        _link(person, action, new)
        if tell:
            _report(person, action.plan, [action], reason)
    return new


def set_predecessor(person: Acting, plan: Plan, before: Plan, *, form_key: str | None = None) -> None:
    """Says that one plan of a partnership follows another. Raises Invalid where either has another neighbour already,
    or where the plan would follow itself."""
    require(person, Permission.PLAN_EDIT, plan)
    require(person, Permission.PLAN_EDIT, before)
    if plan.partnership_id != before.partnership_id:
        raise Invalid({"predecessor": "Select a plan of this partnership"})
    with history.writing(person, form_key):
        followed = {origin.plan_id: origin.predecessor_id for origin in queries.origins_of(plan.partnership_id)}
        if followed.get(plan.id):
            raise Invalid({"predecessor": "This plan follows another already"})
        earlier: int | None = before.id
        while earlier is not None:
            if earlier == plan.id:
                raise Invalid({"predecessor": f"{before.title} comes after this plan, so it cannot come before it"})
            earlier = followed.get(earlier)
        _link_plans(person, plan, before, Kind.SUCCESSOR)


def _link_plans(person: Acting, plan: Plan, source: Plan, kind: Kind) -> None:
    column = "predecessor" if kind is Kind.SUCCESSOR else "template"
    known = queries.origin_of(plan.id)
    try:
        with transaction():
            if known is None:
                Origin.create(plan=plan, recorded_at=clock.now(), **{column: source})
            else:
                Origin.update(**{column: source}).where(Origin.id == known.id).execute()
    except IntegrityError:
        raise Invalid({"kind": "Another plan follows this one already. It can still serve as a template"}) from None
    history.record(person, plan.partnership_id, f"plan {column} set", plan, after={column: source.id})


def _copy(
    person: Acting, source: Plan, plan: Plan, actions: Sequence[Action], months: int
) -> list[tuple[Action, Action]]:
    """Old and new, in the old plan's order."""
    copying = Copying(person, plan.partnership_id, actions, months=months)
    wanted = {action.id: action for action in actions}
    objectives: dict[int, Objective] = {}
    copied = []
    for old in queries.actions_of(source.id):
        if old.id in wanted:
            if old.objective_id not in objectives:
                objectives[old.objective_id] = copying.objective(old.objective, plan)
            copied.append((old, copying.action(old, objectives[old.objective_id])))
    return copied


def _copy_into(person: Acting, action: Action, into: Plan | Objective, change: Change) -> Action:
    plan: Plan = into if isinstance(into, Plan) else into.plan
    copying = Copying(person, plan.partnership_id, [action], change=change)
    objective = into if isinstance(into, Objective) else copying.objective(action.objective, into)
    return copying.action(action, objective)


def _link(person: Acting, before: Action, after: Action) -> None:
    try:
        with transaction():
            row = CarriedForward.create(before=before, after=after, person=person.id, recorded_at=clock.now())
    except IntegrityError:
        raise Invalid({"into": f"It is carried forward to {after.number} already"}) from None
    ends = {"before": before.id, "after": after.id}
    history.record(person, before.plan.partnership_id, "action carried forward", row, **ends)


def _report(person: Acting, plan: Plan, actions: Sequence[Action], reason: str) -> None:
    """Says of each part that is neither done nor stopped that it is carried forward."""
    if not normalise(reason):
        raise Invalid({"reason": "Enter a reason: the parts are reported as carried forward"})
    as_at = effective_date(plan, None)
    ids = [action.id for action in actions]
    last = {(note.share_id, note.outcome_id): note.status for note in queries.last_notes(ids)}
    outcomes = queries.by_action(queries.outcomes_of(ids))
    shares = queries.by_action(queries.shares_of(ids))
    for action in actions:
        for share in shares.get(action.id, []):
            share.action = action
            for outcome in outcomes.get(action.id, []):
                if last.get((share.id, outcome.id)) not in TOLD:
                    plans.record_progress(
                        person,
                        share,
                        outcome,
                        status=Status.CARRIED_FORWARD,
                        text=SAID,
                        as_at=as_at,
                        reason=reason,
                    )
