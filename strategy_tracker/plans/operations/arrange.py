"""The order of a plan's parts when all of it is given at once."""

from collections.abc import Sequence

from strategy_tracker import history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.db import save_versioned
from strategy_tracker.plans.models import Action, Objective, Outcome
from strategy_tracker.plans.versions.recording import changing
from strategy_tracker.plans.versions.rules import NO_REASON, Change


def arrange(
    person: Acting, parts: Sequence[Objective] | Sequence[Action] | Sequence[Outcome], *, change: Change = NO_REASON
) -> None:
    """Makes the order of these parts, all of one container, that in which they are given. Numbers stay as they are.

    Only those that stand elsewhere are written. Raises Conflict where one was changed meanwhile.
    """
    moved = [(position, part) for position, part in enumerate(parts, 1) if part.position != position]
    if not moved:
        return
    with changing(person, parts[0].plan, change) as writing:
        for position, part in moved:
            permission = Permission.PLAN_EDIT if isinstance(part, Objective) else Permission.STRUCTURE_EDIT
            require(person, permission, part)
            before = part.position
            save_versioned(part, part.version, position=position)
            history.record(
                person,
                part.plan.partnership_id,
                f"{type(part).__name__.lower()} moved",
                part,
                version=part.version,
                before={"position": before},
                after={"position": position},
            )
            writing.keep(part)
