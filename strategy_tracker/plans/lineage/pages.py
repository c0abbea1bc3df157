"""What the pages of lineage show: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.access.scope import may
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.plans.changes import author_of
from strategy_tracker.plans.lineage import queries
from strategy_tracker.plans.lineage.models import Origin
from strategy_tracker.plans.lineage.rules import SAID, is_unfinished
from strategy_tracker.plans.models import Action, Plan
from strategy_tracker.plans.pages import PlanFacts, address_of, effective_date, facts_of
from strategy_tracker.plans.rows import plan_rows
from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, worst
from strategy_tracker.plans.standing import ActionPart, Reader, standing


@dataclass(frozen=True)
class Choice:
    """An action that may go on, with the worst status of its shares."""

    id: int
    number: str
    text: str
    status: str
    is_unfinished: bool


@dataclass(frozen=True)
class Group:
    """An objective with its actions."""

    id: int
    number: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class End:
    """An action at the other end of a link."""

    number: str
    text: str
    plan: str
    address: str


@dataclass(frozen=True)
class Saying:
    """What an authority said last about an outcome of an earlier action."""

    authority: str
    outcome: str
    status: str
    text: str
    reason: str
    as_at: dt.date
    by: str


@dataclass(frozen=True)
class Earlier:
    """An action from which this one was carried forward, over one plan or several, with what was said last."""

    end: End
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class ActionLineage:
    """Where an action came from and where it went, as far as the reader may see."""

    into: tuple[End, ...] = ()
    out_of: tuple[End, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    may_carry: bool = False


@dataclass(frozen=True)
class Generation:
    """A plan in the chain. `relation` says what it is to the plan whose page it is; `depth` indents a copy."""

    plan: str
    period: str
    state: str
    address: str
    relation: str
    depth: int
    is_here: bool


@dataclass(frozen=True)
class Row:
    """An action of either plan: carried forward where both ends are there."""

    old: End | None
    status: str
    new: End | None
    is_reworded: bool


@dataclass(frozen=True)
class Passage:
    """What became of each action from one plan to the next, each plan named by its period."""

    key: str
    before: str
    after: str
    rows: tuple[Row, ...]
    carried: int
    dropped: int
    added: int


@dataclass(frozen=True)
class LineagePage:
    """The chain of a plan, and its two passages as far as there are any."""

    facts: PlanFacts
    base: str
    chain: tuple[Generation, ...]
    passages: tuple[Passage, ...]
    may_edit: bool
    has_predecessor: bool
    has_successor: bool


def choices_of(plan: Plan) -> tuple[Group, ...]:
    """Every action of a plan, as its coordinator chooses among them."""
    return tuple(
        Group(
            *(part.id, part.number, part.title),
            tuple(
                Choice(action.id, action.number, action.text, _status(action), _goes_on(action))
                for action in part.actions
            ),
        )
        for part in _standing(plan)
    )


def action_lineage(person: Acting, action_id: int, partnership_id: int) -> ActionLineage:
    """For the page of an action that the person may read; of others it tells what she may read of them."""
    may_carry = allows(person, Permission.PLAN_EDIT, Place(partnership_id))
    links = queries.links_of(action_id)
    if not links:
        return ActionLineage(may_carry=may_carry)
    generations = queries.ancestors(action_id)
    ids = {end for link in links for end in link} | {id_ for _, id_ in generations}
    seen = queries.actions_seen(person, ids - {action_id})
    earlier = [seen[id_] for _, id_ in generations if id_ in seen]
    return ActionLineage(
        into=tuple(_end(seen[after]) for before, after in links if before == action_id and after in seen),
        out_of=tuple(_end(seen[before]) for before, after in links if after == action_id and before in seen),
        earlier=_earlier(earlier),
        may_carry=may_carry,
    )


def lineage_page(plan: Plan, person: Acting) -> LineagePage:
    """The lineage of a plan that the person may read; of others it tells what she may read of them."""
    plans = {one.id: one for one in queries.plans_seen(person, plan.partnership_id)}
    origins = [one for one in queries.origins_of(plan.partnership_id) if one.plan_id in plans]
    follows = {one.plan_id: one.predecessor_id for one in origins if one.predecessor_id in plans}
    before, after = follows.get(plan.id), next((id_ for id_, old in follows.items() if old == plan.id), None)
    passages = [
        _passage("before", plans[before], plan) if before else None,
        _passage("after", plan, plans[after]) if after else None,
    ]
    return LineagePage(
        facts=_facts(plan),
        base=address_of(plan.partnership.slug, plan.slug),
        chain=tuple(_chain(plan, plans, origins, follows)),
        passages=tuple(passage for passage in passages if passage),
        may_edit=may(person, Permission.PLAN_EDIT, plan),
        has_predecessor=before is not None,
        has_successor=after is not None,
    )


def _chain(
    plan: Plan, plans: Mapping[int, Plan], origins: Sequence[Origin], follows: Mapping[int, int]
) -> Iterable[Generation]:
    """From the earliest that is seen to the latest, each with the copies that were made of it."""
    line = [plan.id]
    while line[0] in follows and follows[line[0]] not in line:
        line.insert(0, follows[line[0]])
    after = {old: new for new, old in follows.items()}
    while line[-1] in after and after[line[-1]] not in line:
        line.append(after[line[-1]])
    here = line.index(plan.id)
    for place, id_ in enumerate(line):
        if place == 0:
            yield from _made_from(plans[id_], plans, origins)
        relation = "" if place == here else "Comes before" if place < here else "Follows"
        yield _generation(plans[id_], relation, 0, is_here=place == here)
        for copy in origins:
            if copy.template_id == id_ and copy.plan_id not in line:
                yield _generation(plans[copy.plan_id], f"Copied from {plans[id_].title}", 1)


def _made_from(plan: Plan, plans: Mapping[int, Plan], origins: Sequence[Origin]) -> Iterable[Generation]:
    for origin in origins:
        if origin.plan_id == plan.id and origin.template_id in plans:
            yield _generation(plans[origin.template_id], f"{plan.title} was copied from it", 0)


def _generation(plan: Plan, relation: str, depth: int, *, is_here: bool = False) -> Generation:
    address = address_of(plan.partnership.slug, plan.slug)
    return Generation(plan.title, _facts(plan).period, plan.state, address, relation, depth, is_here)


def _passage(key: str, before: Plan, after: Plan) -> Passage:
    links = queries.links_from(before.id)
    new = {action.id: action for action in queries.actions_of(after.id)}
    ends: dict[int, list[Action | None]] = {}
    for old_id, new_id in links:
        if new_id in new:
            ends.setdefault(old_id, []).append(new[new_id])
    actions = [action for part in _standing(before) for action in part.actions]
    rows = [_row(before, action, end) for action in actions for end in ends.get(action.id, [None])]
    reached = {row.new.address for row in rows if row.new}
    added = [Row(None, "", end, is_reworded=False) for end in map(_end, new.values()) if end.address not in reached]
    carried = len({row.old for row in rows if row.new})
    dropped = sum(row.new is None for row in rows)
    return Passage(key, _facts(before).period, _facts(after).period, (*rows, *added), carried, dropped, len(added))


def _row(plan: Plan, action: ActionPart, new: Action | None) -> Row:
    address = f"{address_of(plan.partnership.slug, plan.slug)}actions/{action.id}"
    old = End(action.number, action.text, _named(plan), address)
    return Row(old, _status(action), _end(new) if new else None, new is not None and new.text != action.text)


def _standing(plan: Plan) -> Any:
    as_at = effective_date(plan, None)
    return standing(plan_rows(plan.id, as_at), authorities_of(plan.partnership_id), as_at, Reader())


def _status(action: ActionPart) -> str:
    statuses = [line.status for line in action.lines]
    given = worst(status for status in statuses if status not in (NOT_REPORTED, NOT_GIVEN))  # type: ignore[misc]
    return str(given) if given else NOT_GIVEN if NOT_GIVEN in statuses else NOT_REPORTED


def _goes_on(action: ActionPart) -> bool:
    return is_unfinished(NOT_REPORTED if line.missing else line.status for line in action.lines)


def _end(action: Action) -> End:
    plan = action.plan
    address = f"{address_of(plan.partnership.slug, plan.slug)}actions/{action.id}"
    return End(action.number, action.text, _named(plan), address)


def _named(plan: Plan) -> str:
    """With its period, since plans of one strategy often have one title."""
    return f"{plan.title}, {_facts(plan).period}"


def _facts(plan: Plan) -> PlanFacts:
    return facts_of(plan, effective_date(plan, None))


def _earlier(actions: Sequence[Action]) -> tuple[Earlier, ...]:
    notes = queries.last_notes([action.id for action in actions], but=SAID) if actions else []
    by_action = {id_: list(some) for id_, some in groupby(sorted(notes, key=_action_of), key=_action_of)}
    return tuple(Earlier(_end(action), tuple(_sayings(by_action.get(action.id, [])))) for action in actions)


def _action_of(note: Any) -> int:
    action_id: int = note.share.action_id
    return action_id


def _sayings(notes: Sequence[Any]) -> Iterable[Saying]:
    several = len({note.outcome_id for note in notes}) > 1
    for note in notes:
        yield Saying(
            authority=note.share.authority.short_name,
            outcome=note.outcome.text if several else "",
            status=note.status or NOT_GIVEN,
            text=note.text,
            reason=note.reason,
            as_at=note.as_at,
            by=author_of(note),
        )
