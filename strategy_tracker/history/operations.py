"""Writing history: always in the transaction of the change itself."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import IntegrityError

from strategy_tracker import clock
from strategy_tracker.db import database, is_postgresql, transaction
from strategy_tracker.errors import Repeated
from strategy_tracker.history.chain import ORIGIN, Link, canonical
from strategy_tracker.history.models import ChainHead, Event, FormKey

INSTALLATION = "installation"


@contextmanager
def writing(person: Any, form_key: str | None = None) -> Iterator[None]:
    """The transaction of one write. With a form's key, a second sending raises Repeated and changes nothing."""
    with transaction():
        if form_key and person.id is not None:
            _use_key(person.id, form_key)
        yield


def record(
    person: Any, partnership_id: int | None, verb: str, subject: Any, *, version: int | None = None, **data: Any
) -> Event:
    """Adds an event to the partnership's chain (None: the installation's). Must run inside `writing`."""
    if not database.in_transaction():
        raise RuntimeError("history is written in the transaction of its change")
    chain = INSTALLATION if partnership_id is None else f"partnership-{partnership_id}"
    head = _locked_head(chain)
    if version is not None:
        data["version"] = version
    link = Link(
        chain=chain,
        sequence=head.sequence + 1,
        at=clock.now(),
        verb=verb,
        subject_type=type(subject).__name__,
        subject_id=subject.id,
        actor=actor_digest(person),
        data=canonical(data),
        previous=head.hash,
    )
    event = Event.create(
        **{name: getattr(link, name) for name in Link.__dataclass_fields__ if name != "hash"},
        partnership=partnership_id,
        person=person.id,
        hash=link.computed(),
    )
    ChainHead.update(sequence=event.sequence, hash=event.hash).where(ChainHead.chain == chain).execute()
    return event


def actor_digest(person: Any) -> str | None:
    """Who acted, without saying who: None for the command line."""
    if person.id is None:
        return None
    return hashlib.sha256(f"{person.salt}:{person.id}".encode()).hexdigest()


def _locked_head(chain: str) -> ChainHead:
    query = ChainHead.select().where(ChainHead.chain == chain)
    head = (query.for_update() if is_postgresql() else query).first()
    if head is not None:
        return head
    ChainHead.insert(chain=chain, sequence=0, hash=ORIGIN).on_conflict_ignore().execute()
    return _locked_head(chain)


def _use_key(person_id: int, key: str) -> None:
    try:
        with transaction():
            FormKey.create(person=person_id, key=key, at=clock.now())
    except IntegrityError:
        raise Repeated from None
