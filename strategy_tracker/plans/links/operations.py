"""The verbs of a link."""

from peewee import IntegrityError

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.db import save_versioned, transaction
from strategy_tracker.errors import Invalid
from strategy_tracker.plans import checks
from strategy_tracker.plans.links.models import ActionLink
from strategy_tracker.plans.links.queries import dependences
from strategy_tracker.plans.links.rules import MUTUAL, LinkKind, goes_round
from strategy_tracker.plans.models import Action


def add_link(
    person: Acting, action: Action, kind: LinkKind, other: Action, *, form_key: str | None = None
) -> ActionLink:
    """The action has this to do with the other, which the person must be able to read. Raises Forbidden, Invalid.

    A link that was removed stands again.
    """
    require(person, Permission.STRUCTURE_EDIT, action)
    require(person, Permission.PLAN_READ, other)
    if action.id == other.id:
        raise Invalid({"number": "An action cannot be linked to itself"})
    if action.plan.partnership_id != other.plan.partnership_id:
        raise Invalid({"number": "Only actions of the same partnership can be linked"})
    with history.writing(person, form_key):
        checks.require_open(action.plan)
        link = _written(action, kind, other)
        _record(person, link, "action linked")
        _refuse_both_ways(action, kind, other)
    return link


def remove_link(person: Acting, link: ActionLink, version: int, *, form_key: str | None = None) -> None:
    """The actions have that no more to do with each other. Raises Forbidden, Conflict."""
    require(person, Permission.STRUCTURE_EDIT, link)
    with history.writing(person, form_key):
        checks.require_open(link.plan)
        save_versioned(link, version, removed_at=clock.now())
        _record(person, link, "link removed")


def _written(action: Action, kind: LinkKind, other: Action) -> ActionLink:
    before = _found(action, kind, other)
    if before is None:
        try:
            with transaction():
                return ActionLink.create(action=action, other=other, kind=kind.value)
        except IntegrityError:
            raise _linked_already(other) from None
    if before.removed_at is None:
        raise _linked_already(other)
    save_versioned(before, before.version, removed_at=None)
    return before


def _linked_already(other: Action) -> Invalid:
    return Invalid({"number": f"Action {other.number} is linked in this way already"})


def _found(action: Action, kind: LinkKind, other: Action) -> ActionLink | None:
    here = (ActionLink.action == action.id) & (ActionLink.other == other.id) & (ActionLink.kind == kind.value)
    found: ActionLink | None = ActionLink.select().where(here).first()
    return found


def _refuse_both_ways(action: Action, kind: LinkKind, other: Action) -> None:
    """After history is written, which lets in one writer at a time: two halves of a circle cannot be made at once."""
    if kind in MUTUAL:
        back = _found(other, kind, action)
        if back is not None and back.removed_at is None:
            raise _linked_already(other)
    if kind is not LinkKind.DEPENDS_ON:
        return
    edges = [edge for edge in dependences(action.plan.partnership_id) if edge != (action.id, other.id)]
    if goes_round(edges, action.id, other.id):
        raise Invalid(
            {"number": f"Action {other.number} depends on this action, directly or through others: it would go round"}
        )


def _record(person: Acting, link: ActionLink, verb: str) -> None:
    data = {"action": link.action_id, "other": link.other_id, "kind": link.kind}
    history.record(person, link.plan.partnership_id, verb, link, version=link.version, **data)
