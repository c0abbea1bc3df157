"""What everybody has left to do, item by item."""

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Extent, extents
from strategy_tracker.accounts.models import Grant
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.plans.rules import NOT_REPORTED
from strategy_tracker.quarters.models import Quarter, Reopening
from strategy_tracker.quarters.rules import WRITABLE, ReturnState
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.decisions.rules import reference
from strategy_tracker.reviews.reminders.around import Around, moved_in
from strategy_tracker.reviews.reminders.queries import LATEST_DIGEST, Member
from strategy_tracker.reviews.reminders.risks import risk_items
from strategy_tracker.reviews.reminders.rules import About, Item, Kind, shortened
from strategy_tracker.reviews.reminders.stages import Stage, stages, told_of_new, told_of_reopening
from strategy_tracker.reviews.returns.rules import Told
from strategy_tracker.reviews.returns.shapes import ReturnFigures, ShareFigure
from strategy_tracker.text import without_exempt


def holds(grants: tuple[Grant, ...], item: Item) -> bool:
    """Whether somebody with these roles may know of the item."""
    held = extents(grants, item.needs, item.partnership_id)
    if item.authority_id is None:
        return any(extent in (Extent.ALL, Extent.RAISED) for extent, _ in held)
    return (Extent.OWN, item.authority_id) in held


def items_of(around: Around) -> Iterator[Item]:
    """Everybody's items, in the order in which a mail tells them."""
    for quarter in around.quarters:
        for figures in around.board(quarter).returns:
            if figures.state in WRITABLE:
                yield from _quarter_items(around, quarter, figures)
    for reopening in around.reopenings:
        yield from _reopened(around, reopening)
    yield from uncounted(around)


def uncounted(around: Around) -> Iterator[Item]:
    """Those of risks and decisions, for which no figures are counted."""
    yield from risk_items(around)
    for row in around.decisions:
        for member in _owners(around, row):
            yield from _decision(around, row, member)


def _quarter_items(around: Around, quarter: Quarter, figures: ReturnFigures) -> Iterator[Item]:
    authority, home = around.authorities[figures.authority_id], around.partnerships[quarter.partnership_id]
    found = around.stages(quarter, authority.nation)
    if not found:
        return
    make = partial(
        Item,
        occasion=f"quarter-{quarter.id}",
        partnership_id=home.id,
        due_on=moved_in([authority.nation])(quarter.due_on),
        until=found[-1].on,
        authority_id=authority.id,
        quarter_id=quarter.id,
    )
    for share, member, is_named in _missing(around, authority, figures):
        yield make(
            key=f"report-{quarter.id}-{share.share_id}",
            person_id=member.id,
            kind=Kind.REPORT,
            stages=found,
            listed_from=quarter.opens_on,
            about=_about_share(home, quarter, authority, share, is_named),
            needs=Permission.PROGRESS_WRITE,
        )
    late = tuple(stage for stage in found if stage.days >= 0)
    if late and figures.due and authority.ended_on is None:
        for member in around.holders(Permission.RETURN_SUBMIT, authority.id):
            yield make(
                key=f"return-{quarter.id}-{authority.id}",
                person_id=member.id,
                kind=Kind.RETURN,
                stages=late,
                listed_from=late[0].on,
                about=_about_return(home, quarter, authority, figures),
                needs=Permission.RETURN_SUBMIT,
            )


def _missing(
    around: Around, authority: Authority, figures: ReturnFigures
) -> Iterator[tuple[ShareFigure, Member, bool]]:
    """What is missing, with whom to ask: those whom the share names, else everybody who writes for the authority."""
    writers = around.holders(Permission.PROGRESS_WRITE, authority.id)
    for share in figures.shares:
        if share.told is Told.MISSING and share.plan_id not in around.closed_plans:
            named = [one for one in writers if share.owner and one.name.casefold() == share.owner.casefold()]
            for member in named or writers:
                yield share, member, bool(named)


def _about_share(
    home: Partnership, quarter: Quarter, authority: Authority, share: ShareFigure, is_named: bool
) -> About:
    if any(one.said for one in share.outcomes):
        detail = "Partly reported"
    else:
        detail = "Never reported" if share.before == NOT_REPORTED else f"Last: {share.before}"
    return About(
        title=f"{share.number} {shortened(share.action)}",
        detail=detail,
        address=f"/p/{home.slug}/plans/{share.plan}/actions/{share.action_id}",
        context=quarter.words,
        authority=authority.short_name,
        is_named=is_named,
    )


def _about_return(home: Partnership, quarter: Quarter, authority: Authority, figures: ReturnFigures) -> About:
    again = " again" if figures.state is ReturnState.SENT_BACK else ""
    return About(
        title=f"The return of {authority.short_name} is not submitted{again}",
        detail=f"{figures.missing} of {figures.due} action{'' if figures.due == 1 else 's'} not reported",
        address=f"/p/{home.slug}/quarters/{quarter.slug}/returns/{authority.slug}/",
        context=quarter.words,
        authority=authority.short_name,
    )


def _reopened(around: Around, reopening: Reopening) -> Iterator[Item]:
    quarter, authority = reopening.of.quarter, around.authorities[reopening.of.authority_id]
    home, opened_on = quarter.partnership, clock.in_london(reopening.opened_at).date()
    found = told_of_reopening(opened_on, reopening.until, around.rules[home.id], moved_in([authority.nation]))
    about = About(
        title=f"{quarter.words} of {authority.short_name}",
        detail=f"Open again for {'you' if reopening.person_id else 'all who report for it'}",
        address=f"/p/{home.slug}/quarters/{quarter.slug}/returns/{authority.slug}/",
        context=quarter.words,
        authority=authority.short_name,
        is_named=reopening.person_id is not None,
    )
    for member in around.holders(Permission.PROGRESS_WRITE, authority.id):
        if reopening.person_id in (None, member.id):
            yield Item(
                key=f"reopening-{reopening.id}",
                occasion=f"reopening-{reopening.id}",
                person_id=member.id,
                partnership_id=home.id,
                kind=Kind.REOPENED,
                due_on=reopening.until,
                stages=found,
                until=reopening.until,
                listed_from=opened_on,
                about=about,
                needs=Permission.PROGRESS_WRITE,
                authority_id=authority.id,
                quarter_id=quarter.id,
            )


def _owners(around: Around, row: Decision) -> Iterable[Member]:
    """The decision's owner; else the leads of the authority that owns it."""
    if row.owner_id is not None:
        return [one for one in around.members if one.id == row.owner_id]
    if row.authority_id is not None:
        return around.holders(Permission.RETURN_SUBMIT, row.authority_id)
    return []


def _decision(around: Around, row: Decision, member: Member) -> Iterator[Item]:
    home, assigned_on = row.meeting.partnership, clock.in_london(row.assigned_at).date()
    moved = moved_in(_nations_of(around, row, member))
    new = told_of_new(assigned_on, moved)
    found = tuple(one for one in stages(row.due_on, around.rules[home.id], moved) if one.on > new.on)
    make = partial(
        Item,
        person_id=member.id,
        partnership_id=home.id,
        due_on=row.due_on,
        about=About(
            title=shortened(without_exempt(row.words)) or "In the exempt part of the minutes",
            detail=reference(row.number, row.meeting.held_on),
            address=f"/p/{home.slug}/decisions/{row.id}/",
            context="",
            is_named=row.owner_id is not None,
        ),
        needs=Permission.MEETING_READ,
        quarter_id=around.running.get(home.id),
    )
    if row.due_on >= around.today:
        yield _told_apart(make, Kind.ASSIGNED, row, (new,), new)
    if found:
        yield _told_apart(make, Kind.DECISION, row, found, new)


def _told_apart(make: "partial[Item]", kind: Kind, row: Decision, found: tuple[Stage, ...], new: Stage) -> Item:
    """A new decision is told once; a due one stands in every later mail, too."""
    is_new, name = kind is Kind.ASSIGNED, f"{kind}-{row.id}"
    return make(
        key=name,
        occasion=name,
        kind=kind,
        stages=found,
        until=new.on + LATEST_DIGEST if is_new else found[-1].on,
        listed_from=None if is_new else new.on,
    )


def _nations_of(around: Around, row: Decision, member: Member) -> Collection[str]:
    """That of the authority whose it is, else of the owner's; else every partner's."""
    theirs = [row.authority_id, *(one.authority_id for one in member.grants)]
    known = [around.authorities[id_].nation for id_ in theirs if id_ in around.authorities]
    return known[:1] or around.nations(row.meeting.partnership_id)
