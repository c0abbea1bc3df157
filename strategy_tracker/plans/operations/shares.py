"""Which authorities an action is for, and who answers for each part."""

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Authority
from strategy_tracker.checks import Problems, checked_owner
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.owners import Owner
from strategy_tracker.plans.checks import require_open
from strategy_tracker.plans.models import Action, Share
from strategy_tracker.plans.versions.recording import Changing, changing
from strategy_tracker.plans.versions.rules import NO_REASON, Change


def set_shares(
    person: Acting,
    action: Action,
    version: int,
    authorities: list[Authority],
    *,
    change: Change = NO_REASON,
    form_key: str | None = None,
) -> None:
    """The action is for exactly these authorities. A part that ends keeps its notes and comes back with them."""
    require(person, Permission.STRUCTURE_EDIT, action)
    with changing(person, action.plan, change, form_key) as writing:
        save_versioned(action, version)
        write_shares(writing, action, authorities)


def edit_share(person: Acting, share: Share, version: int, owner: Owner, *, form_key: str | None = None) -> None:
    """Who answers for an authority's part. Raises Conflict, Invalid."""
    require(person, Permission.SHARE_EDIT, share)
    problems = Problems()
    columns = checked_owner(problems, owner)
    problems.raise_if_any()
    before = {name: getattr(share, name) for name in columns}
    with history.writing(person, form_key):
        require_open(share.plan)
        save_versioned(share, version, **columns)
        history.record(
            person,
            share.plan.partnership_id,
            "share edited",
            share,
            version=share.version,
            before=before,
            after=columns,
        )


def write_shares(writing: Changing, action: Action, authorities: list[Authority]) -> None:
    """Makes the shares and their history, inside a transaction. Raises Invalid for nobody, or a stranger."""
    if not authorities:
        raise Invalid({"authorities": "Select at least one authority that takes part in this action"})
    if any(authority.partnership_id != action.plan.partnership_id for authority in authorities):
        raise Invalid({"authorities": "Select authorities of this partnership"})
    for one in authorities:
        if one.ended_on is not None and one.ended_on < action.plan.period_from:
            raise Invalid(
                {"authorities": f"{one.short_name} ended before this plan begins: select who goes on with it"}
            )
    known = {share.authority_id: share for share in Share.select().where(Share.action == action)}
    wanted = {authority.id for authority in authorities}
    for authority_id in sorted(wanted - known.keys()):
        share = Share.create(action=action, authority=authority_id)
        _record(writing, action, "share added", share)
    for authority_id, share in sorted(known.items()):
        stands = share.removed_at is None
        if stands != (authority_id in wanted):
            save_versioned(share, share.version, removed_at=clock.now() if stands else None)
            _record(writing, action, "share removed" if stands else "share restored", share)


def _record(writing: Changing, action: Action, verb: str, share: Share) -> None:
    authority = share.authority_id
    history.record(writing.person, action.plan.partnership_id, verb, share, action=action.id, authority=authority)
    writing.keep(share)
