"""Every select of lineage. A link shows where both of its ends are the reader's to see: `visible` says what is."""

from collections.abc import Collection, Iterable
from typing import Any

from peewee import JOIN, SQL, ModelSelect, fn

from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.lineage.models import CarriedForward, Origin
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote, Share


def origin_of(plan_id: int) -> Origin | None:
    return Origin.get_or_none(Origin.plan == plan_id)


def origins_of(partnership_id: int) -> list[Origin]:
    """Where each plan of a partnership comes from; plans that come from nowhere are left out."""
    return list(
        Origin.select().join(Plan, on=Origin.plan).where(Plan.partnership == partnership_id).order_by(Origin.id)
    )


def successor_of(person: Acting, plan_id: int) -> Plan | None:
    """The plan that follows this one, where the person may see it."""
    followers = Origin.select(Origin.plan).where(Origin.predecessor == plan_id)
    found: Plan | None = visible(person, Plan).where(Plan.id.in_(followers)).first()
    return found


def plans_seen(person: Acting, partnership_id: int) -> list[Plan]:
    """The plans of a partnership that the person may see, the oldest first."""
    rows = visible(person, Plan).where(Plan.partnership == partnership_id)
    return list(rows.order_by(Plan.period_from, Plan.id))


def links_of(action_id: int) -> list[tuple[int, int]]:
    """(before, after) of each link that this action is an end of, in the order in which they were made."""
    links = CarriedForward.select(CarriedForward.before, CarriedForward.after)
    ends = (CarriedForward.before == action_id) | (CarriedForward.after == action_id)
    return list(links.where(ends).order_by(CarriedForward.id).tuples())


def links_from(plan_id: int) -> list[tuple[int, int]]:
    """(before, after) of each link whose first end is an action of the plan."""
    links = CarriedForward.select(CarriedForward.before, CarriedForward.after).join(Action, on=CarriedForward.before)
    rows = links.join(Objective).where(Objective.plan == plan_id)
    return list(rows.order_by(CarriedForward.id).tuples())


def goes_on_in(plan_id: int) -> dict[int, str]:
    """Where each action of a plan goes on, in words ("3.4 of Homelessness action plan"), by its id.

    Only in plans that are agreed or closed, which everybody who reads a plan may read.
    """
    after, part, later = Action.alias(), Objective.alias(), Plan.alias()
    rows = (
        CarriedForward.select(CarriedForward.before, after.number, later.title, later.period_from, later.period_to)
        .join(Action, on=(CarriedForward.before == Action.id))
        .join(Objective)
        .switch(CarriedForward)
        .join(after, on=(CarriedForward.after == after.id))
        .join(part, on=(after.objective == part.id))
        .join(later, on=(part.plan == later.id))
        .where(
            Objective.plan == plan_id,
            after.removed_at.is_null(),
            part.removed_at.is_null(),
            later.state != "draft",
        )
        .order_by(CarriedForward.id)
        .tuples()
    )
    found: dict[int, list[str]] = {}
    for before, number, title, first, last in rows:
        found.setdefault(before, []).append(f"{number} of {title}, {first:%B %Y} to {last:%B %Y}")
    return {before: "; ".join(ends) for before, ends in found.items()}


def actions_seen(person: Acting, action_ids: Collection[int]) -> dict[int, Action]:
    """Those of these actions that stand and that the person may see, by id, each with its plan and partnership."""
    rows = visible(person, Action).where(Action.id.in_(list(action_ids))) if action_ids else ()
    return {action.id: action for action in rows}


def ancestors(action_id: int) -> list[tuple[int, int]]:
    """(generation, id) of each action from which this one was carried forward, over any number of plans."""
    first = (
        CarriedForward.select(CarriedForward.before.alias("id"), SQL("1").alias("generation"))
        .where(CarriedForward.after == action_id)
        .cte("earlier", recursive=True, columns=("id", "generation"))
    )
    more = CarriedForward.select(CarriedForward.before, first.c.generation + 1).join(
        first, on=(CarriedForward.after == first.c.id)
    )
    whole = first.union_all(more.where(first.c.generation < LONGEST_CHAIN))
    rows = whole.select_from(fn.MIN(whole.c.generation), whole.c.id).group_by(whole.c.id)
    return sorted(rows.tuples())


LONGEST_CHAIN = 50
"""Plans that a chain is followed back over."""


def actions_of(plan_id: int) -> ModelSelect:
    """The standing actions of a plan in order, each with its objective, plan and partnership."""
    rows = Action.reach().query.where(Objective.plan == plan_id)
    return rows.order_by(Objective.position, Objective.id, Action.position, Action.id)


def last_notes(action_ids: Collection[int], *, but: str = "") -> list[ProgressNote]:
    """What each authority said last about each outcome of these actions, with authority, outcome and author.

    Authorities whose part ended and outcomes that were removed are among them. A note of the words `but` counts only
    where there is no other.
    """
    later = ProgressNote.alias()
    replaced = later.select(later.replaces).where(later.replaces.is_null(False))
    place = fn.ROW_NUMBER().over(
        partition_by=[ProgressNote.outcome, ProgressNote.share],
        order_by=[ProgressNote.text == but, ProgressNote.as_at.desc(), ProgressNote.id.desc()],
    )
    ranked = (
        ProgressNote.select(ProgressNote.id, place.alias("place"))
        .join(Share)
        .where(Share.action.in_(list(action_ids)), ProgressNote.id.not_in(replaced))
        .alias("ranked")
    )
    rows = (
        ProgressNote.select(ProgressNote, Share, Authority, Outcome, Person.id, Person.name)
        .join(ranked, on=(ranked.c.id == ProgressNote.id))
        .switch(ProgressNote)
        .join(Share)
        .join(Authority)
        .switch(ProgressNote)
        .join(Outcome)
        .switch(ProgressNote)
        .join(Person, JOIN.LEFT_OUTER)
        .where(ranked.c.place == 1)
    )
    return list(rows.order_by(Authority.position, Authority.id, Outcome.position, Outcome.id))


def outcomes_of(action_ids: Iterable[int]) -> ModelSelect:
    """The standing outcomes of these actions, in order within each."""
    rows = Outcome.select().where(Outcome.action.in_(list(action_ids)), Outcome.removed_at.is_null())
    return rows.order_by(Outcome.action, Outcome.position, Outcome.id)


def shares_of(action_ids: Iterable[int]) -> ModelSelect:
    """The standing shares of these actions, in the order of their authorities, each with its authority."""
    rows = Share.select(Share, Authority).join(Authority)
    standing = rows.where(Share.action.in_(list(action_ids)), Share.removed_at.is_null())
    return standing.order_by(Share.action, Authority.position, Authority.id)


def by_action(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Outcomes or shares under the id of their action."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.action_id, []).append(row)
    return found
