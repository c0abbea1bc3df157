"""What pages show of reorganisations: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of, successions_of
from strategy_tracker.plans.changes import author_of
from strategy_tracker.plans.lineage.queries import last_notes
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import facts_of
from strategy_tracker.plans.rules import NOT_GIVEN
from strategy_tracker.risks.operations.successions import registers_of
from strategy_tracker.successions import queries
from strategy_tracker.successions.operations import memberships_of


@dataclass(frozen=True)
class Part:
    """An open share that somebody must go on with; `field` names its list of authorities in the form."""

    field: str
    number: str
    text: str
    plan: str


@dataclass(frozen=True)
class Holder:
    """Somebody with a role in the authority."""

    field: str
    name: str
    role: str


@dataclass(frozen=True)
class Estate:
    """What an authority has to hand over. Without `sees_parts` their words stay hidden, and only their number shows."""

    parts: tuple[Part, ...]
    people: tuple[Holder, ...]
    leads: int
    sees_parts: bool
    registers: int = 0


@dataclass(frozen=True)
class Words:
    """What an authority said last about an outcome before its part was handed over."""

    outcome: str
    status: str
    text: str
    reason: str
    as_at: dt.date
    by: str


@dataclass(frozen=True)
class Before:
    """An authority whose part this one took over, and what it said last."""

    authority: str
    name: str
    on: dt.date
    words: tuple[Words, ...]


def estate_of(authority: Authority, person: Acting) -> Estate:
    """Everything that moves when the authority ends."""
    shares = queries.open_shares(authority.id)
    return Estate(
        parts=tuple(
            Part(f"share-{share.id}", share.action.number, share.action.text, _named(share.plan)) for share in shares
        ),
        people=tuple(
            Holder(f"person-{one.id}", one.person.name, one.role.replace("-", " ")) for one in memberships_of(authority)
        ),
        leads=len(queries.open_leads(authority.id)),
        sees_parts=all(may(person, Permission.PLAN_READ, share) for share in shares),
        registers=sum(one.closed_at is None for one in registers_of(authority)),
    )


def endings_of(partnership_id: int) -> dict[int, str]:
    """ "until 31 March 2011, now West Kent Council", by the id of each authority that ended."""
    authorities = {one.id: one for one in authorities_of(partnership_id)}
    if all(one.ended_on is None for one in authorities.values()):
        return {}
    after: dict[int, list[str]] = {}
    for succession in successions_of(partnership_id):
        after.setdefault(succession.old_id, []).append(authorities[succession.new_id].name)
    return {
        id_: f"until {clock.long_date(one.ended_on)}, now {_and(after.get(id_, []))}"
        for id_, one in authorities.items()
        if one.ended_on is not None
    }


def taken_over(action_id: int) -> Mapping[int, tuple[Before, ...]]:
    """By the id of a share all whose parts it took over, over any number of reorganisations, the latest first."""
    rows = list(queries.handed_over(action_id))
    if not rows:
        return {}
    notes: dict[int, list[Any]] = {}
    for note in last_notes([action_id]):
        notes.setdefault(note.share_id, []).append(note)
    by_taker: dict[int, list[Any]] = {}
    for row in rows:
        by_taker.setdefault(row.after_id, []).append(row)
    return {share_id: tuple(_before(share_id, by_taker, notes, set())) for share_id in by_taker}


def _before(
    share_id: int, by_taker: Mapping[int, list[Any]], notes: Mapping[int, list[Any]], seen: set[int]
) -> Iterator[Before]:
    for row in reversed(by_taker.get(share_id, [])):
        if row.id in seen:
            continue
        seen.add(row.id)
        old = row.before.authority
        yield Before(old.short_name, old.name, row.succession.dated_on, tuple(_words(notes.get(row.before_id, []))))
        yield from _before(row.before_id, by_taker, notes, seen)


def _words(notes: list[Any]) -> Iterator[Words]:
    for note in notes:
        outcome = note.outcome.text if len(notes) > 1 else ""
        yield Words(outcome, note.status or NOT_GIVEN, note.text, note.reason, note.as_at, author_of(note))


def _named(plan: Plan) -> str:
    return f"{plan.title}, {facts_of(plan, plan.period_to).period}"


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "nobody"
