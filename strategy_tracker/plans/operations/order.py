"""The order of objectives, actions and outcomes."""

from typing import Any

from strategy_tracker import history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.db import save_versioned
from strategy_tracker.plans.models import Action, Objective, Outcome
from strategy_tracker.plans.versions.recording import changing
from strategy_tracker.plans.versions.rules import NO_REASON, Change


def move(
    person: Acting,
    part: Objective | Action | Outcome,
    version: int,
    *,
    up: bool,
    change: Change = NO_REASON,
    form_key: str | None = None,
) -> bool:
    """Changes places with the neighbour above or below; False where there is none.

    Numbers belong to places: the two exchange theirs, so that a plan is always numbered in its order.
    Raises Conflict where either was changed meanwhile.
    """
    container: Any = part.plan if isinstance(part, Objective) else _container(part)
    permission = Permission.PLAN_EDIT if isinstance(part, Objective) else Permission.STRUCTURE_EDIT
    require(person, permission, container)
    with changing(person, part.plan, change, form_key) as writing:
        other = _neighbour(part, container, up)
        if other is None:
            return False
        mine, theirs = _place(part), _place(other)
        save_versioned(part, version, **theirs)
        save_versioned(other, other.version, **mine)
        verb = f"{type(part).__name__.lower()} moved"
        for row, before, after in ((part, mine, theirs), (other, theirs, mine)):
            history.record(person, part.plan.partnership_id, verb, row, version=row.version, before=before, after=after)
        writing.keep(part, other)
    return True


def _container(part: Action | Outcome) -> Any:
    return part.objective if isinstance(part, Action) else part.action


def _place(part: Any) -> dict[str, Any]:
    place = {"position": part.position}
    return place if isinstance(part, Outcome) else place | {"number": part.number}


def _neighbour(part: Any, container: Any, up: bool) -> Any:
    model = type(part)
    inside = {Objective: "plan", Action: "objective", Outcome: "action"}[model]
    rows = (
        model.select()
        .where(getattr(model, inside) == container, model.removed_at.is_null())
        .order_by(model.position, model.id)
    )
    standing = list(rows)
    at = next((index for index, row in enumerate(standing) if row.id == part.id), None)
    wanted = None if at is None else at + (-1 if up else 1)
    return standing[wanted] if wanted is not None and 0 <= wanted < len(standing) else None
