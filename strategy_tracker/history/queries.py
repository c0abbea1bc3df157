"""Reading history."""

from collections.abc import Iterator
from typing import Any

from peewee import JOIN, ModelSelect

from strategy_tracker.accounts.models import Person
from strategy_tracker.history.chain import Link, faults
from strategy_tracker.history.models import ChainHead, Event


def events_of(subject_type: str, subject_ids: list[int]) -> ModelSelect:
    """Events about these rows with the name of who acted (None: the command line), newest first, as named tuples."""
    return (
        Event.select(Event.id, Event.at, Event.verb, Event.subject_type, Event.subject_id, Event.data, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(Event.subject_type == subject_type, Event.subject_id.in_(subject_ids))
        .order_by(Event.id.desc())
        .namedtuples()
    )


def saved_by(row: Any) -> str:
    """Who changed this row last, by name; "Somebody else" where history does not say."""
    last = events_of(type(row).__name__, [row.id]).first()
    return (last.name if last else None) or "Somebody else"


def chain_faults() -> Iterator[str]:
    """A line for each fault in any chain of the installation."""
    heads = {head.chain: (head.sequence, head.hash) for head in ChainHead.select().order_by(ChainHead.chain)}
    chains = {row[0] for row in Event.select(Event.chain).distinct().tuples()} | set(heads)
    for chain in sorted(chains):
        yield from faults(chain, _links(chain), heads.get(chain, (0, "")))


def _links(chain: str) -> Iterator[Link]:
    columns: list[Any] = [getattr(Event, name) for name in Link.__dataclass_fields__]
    rows = Event.select(*columns).where(Event.chain == chain).order_by(Event.sequence).tuples()
    return (Link(*row) for row in rows.iterator())
