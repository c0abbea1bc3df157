"""An authority ends and others go on: its open parts move, and what it said stays under its name."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.accounts.models import Membership
from strategy_tracker.accounts.queries import current_memberships
from strategy_tracker.authorities.models import Authority, Succession
from strategy_tracker.checks import Problems
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.people.operations import move_membership
from strategy_tracker.plans.evidence.models import Evidence
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.models import Plan, Share
from strategy_tracker.plans.versions.recording import Changing, changing
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.risks.operations.successions import hand_over
from strategy_tracker.successions import queries
from strategy_tracker.successions.models import ShareSuccession

KEPT_WITH_IT: tuple[Any, ...] = (Milestone, Evidence)
"""What goes on with a share, unlike its notes: it would be out of sight where it was."""


@dataclass(frozen=True)
class Choices:
    """Who goes on with what: `shares` by the id of a share, `people` by the id of a membership.

    What is named in neither goes to the first successor; a membership named with None stays where it is.
    """

    first: Authority
    shares: Mapping[int, Authority] = field(default_factory=dict)
    people: Mapping[int, Authority | None] = field(default_factory=dict)

    @property
    def everybody(self) -> list[Authority]:
        """Each authority that takes something over, the first successor first."""
        named = [self.first, *self.shares.values(), *(one for one in self.people.values() if one is not None)]
        return list({one.id: one for one in named}.values())


@dataclass(frozen=True)
class Moved:
    """How many shares, leads, people and registers in use moved."""

    shares: int
    leads: int
    people: int
    registers: int = 0


def succeed(
    person: Acting,
    authority: Authority,
    version: int,
    choices: Choices,
    *,
    on: dt.date,
    reason: str,
    approved_by: str = "",
    form_key: str | None = None,
) -> Moved:
    """Records that others go on with what an authority had, `on` being their first day.

    Its shares in plans that are not closed move, and with them what it leads. Notes stay where they are: with the
    old share and under the old name. Its risk registers go to the first successor, all together. An agreed plan gets
    a version with this reason, dated `on`. Raises Invalid for a day to come, an ended authority or a stranger, and
    Conflict.
    """
    require(person, Permission.AUTHORITY_MANAGE, authority)
    with history.writing(person, form_key):
        reason = _checked(authority, choices.everybody, on, reason)
        change = Change(reason, approved_by, on)
        save_versioned(authority, version, ended_on=on - dt.timedelta(days=1))
        _hold(choices.everybody)
        rows = {one.id: _record(person, authority, one, on, reason) for one in choices.everybody}
        shares = queries.open_shares(authority.id)
        takers = {share.action_id: choices.shares.get(share.id, choices.first) for share in shares}
        leads = queries.open_leads(authority.id)
        for plan in _plans(shares, leads):
            with changing(person, plan, change) as writing:
                for share in shares:
                    if share.plan.id == plan.id:
                        taker = takers[share.action_id]
                        _hand_over(writing, share, taker, rows[taker.id])
                for part in leads:
                    if part.plan.id == plan.id:
                        _lead(writing, part, takers.get(_action_of(part), choices.first))
        registers = hand_over(person, authority, choices.first)
        people = _move_people(person, authority, choices)
    return Moved(len(shares), len(leads), people, registers)


def _checked(authority: Authority, successors: Collection[Authority], on: dt.date, reason: str) -> str:
    problems = Problems()
    problems.date("on", "The first day", on)
    if on > clock.today():
        problems.add("on", "The first day cannot lie ahead: record it on the day itself, or later")
    reason = problems.text("reason", "The reason", reason, longest=2000)
    if authority.ended_on is not None:
        problems.add("successor", f"{authority.short_name} ended on {clock.long_date(authority.ended_on)} already")
    for one in successors:
        if one.partnership_id != authority.partnership_id or one.id == authority.id:
            problems.add("successor", "Select another authority of this partnership")
        if one.ended_on is not None:
            problems.add("successor", f"{one.short_name} ended on {clock.long_date(one.ended_on)}")
    problems.raise_if_any()
    return reason


def _hold(successors: Collection[Authority]) -> None:
    """Nobody ends one of these meanwhile. In the order of their ids, so that two who do this wait for each other."""
    for one in sorted(successors, key=lambda each: each.id):
        standing = (Authority.id == one.id) & Authority.ended_on.is_null()
        if not Authority.update(version=Authority.version + 1).where(standing).execute():
            raise Invalid({"successor": f"{one.short_name} ended a moment ago"})


def _record(person: Acting, old: Authority, new: Authority, on: dt.date, reason: str) -> Succession:
    row = Succession.create(old=old, new=new, dated_on=on, reason=reason, recorded_at=clock.now())
    after = {"old": old.id, "new": new.id, "dated_on": on, "reason": reason}
    history.record(person, old.partnership_id, "authority succeeded", row, after=after)
    return row


def _plans(*rows: Collection[Any]) -> list[Plan]:
    return list({row.plan.id: row.plan for some in rows for row in some}.values())


def _hand_over(writing: Changing, share: Share, taker: Authority, succession: Succession) -> None:
    """Ends a share; the taker's stands from now on, with the owner that the old one had where it is new."""
    known = Share.get_or_none(Share.action == share.action_id, Share.authority == taker)
    save_versioned(share, share.version, removed_at=clock.now())
    _tell(writing, share, "share handed over", share)
    if known is None:
        columns = {"owner_kind": share.owner_kind, "owner_name": share.owner_name}
        known = Share.create(action=share.action, authority=taker, **columns)
        _tell(writing, share, "share taken over", known)
    elif known.removed_at is not None:
        save_versioned(known, known.version, removed_at=None)
        _tell(writing, share, "share taken over", known)
    else:
        _tell(writing, share, "share joined", known, keep=False)
    ShareSuccession.create(before=share, after=known, succession=succession)
    for model in KEPT_WITH_IT:
        model.update(share=known, version=model.version + 1).where(model.share == share).execute()


def _tell(writing: Changing, old: Share, verb: str, subject: Share, *, keep: bool = True) -> None:
    data = {"action": old.action_id, "authority": subject.authority_id, "from": old.authority_id}
    history.record(writing.person, old.plan.partnership_id, verb, subject, **data)
    if keep:
        writing.keep(subject)


def _lead(writing: Changing, part: Any, taker: Authority) -> None:
    before = part.lead_id
    save_versioned(part, part.version, lead=taker)
    history.record(
        writing.person,
        part.plan.partnership_id,
        f"{type(part).__name__.lower()} edited",
        part,
        version=part.version,
        before={"lead": before},
        after={"lead": taker.id},
    )
    writing.keep(part)


def _action_of(part: Any) -> int:
    """The id of the action that a lead belongs to; 0 for an objective's, which goes to the first successor."""
    return {"Action": part.id, "Outcome": getattr(part, "action_id", 0)}.get(type(part).__name__, 0)


def _move_people(person: Acting, authority: Authority, choices: Choices) -> int:
    moved = 0
    for membership in memberships_of(authority):
        taker = choices.people.get(membership.id, choices.first)
        if taker is not None:
            move_membership(person, membership, taker)
            moved += 1
    return moved


def memberships_of(authority: Authority) -> list[Membership]:
    """The roles that are held in an authority now."""
    return list(current_memberships(authority.partnership_id).where(Membership.authority == authority))


def counted(registers: int) -> str:
    """ "1 risk register goes on", "2 risk registers go on"."""
    return "1 risk register goes on" if registers == 1 else f"{registers} risk registers go on"
