"""A file that somebody brought: hers alone, kept for a day, looked at, chosen for, and applied once.

What it is for is its model's own. Each has the columns person, filename, content, choices, created_at and applied_at.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from pathlib import PureWindowsPath
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, require, visible
from strategy_tracker.errors import Repeated
from strategy_tracker.history.models import Event, FormKey
from strategy_tracker.text import one_line

KEPT_FOR = dt.timedelta(days=1)
LONGEST_NAME = 200


def plain_name(filename: str) -> str:
    """The last part of whatever path a browser sends."""
    return one_line(PureWindowsPath(filename).name)[:LONGEST_NAME] or "file"


def keep(model: Any, person: Acting, filename: str, content: bytes, **columns: Any) -> tuple[Any, str]:
    """The row, and the digest of the content for history; older files go. In the caller's transaction."""
    model.delete().where(model.created_at < clock.now() - KEPT_FOR).execute()
    row = model.create(
        person=person.id, filename=plain_name(filename), content=content, created_at=clock.now(), **columns
    )
    return row, hashlib.sha256(content).hexdigest()


def own(model: Any, person: Acting, number: int, permission: Permission, *within: Any, applied: bool) -> Any:
    """The file, for whoever brought it alone. Raises NotFound for everybody else, and where it is old.

    It still waits, or else it is `applied`; the other is not found.
    """
    mine = model.person == person.id, model.applied_at.is_null(not applied)
    return load(person, model, number, permission, *within, *mine, model.created_at >= clock.now() - KEPT_FOR)


def last(model: Any, person: Acting, filename: str, permission: Permission, *within: Any) -> Any:
    """What this person brought last within these, if it has that name; else None."""
    mine = visible(person, model, permission).where(*within, model.person == person.id)
    row = mine.order_by(model.id.desc()).first()
    return row if row is not None and row.filename == plain_name(filename) else None


def waiting(model: Any, person: Acting, permission: Permission, *within: Any) -> list[Any]:
    """What this person brought within these and has not applied, the newest first: id, filename, created_at."""
    mine = model.person == person.id, model.applied_at.is_null(), model.created_at > clock.now() - KEPT_FOR
    query = visible(person, model, permission).where(*within, *mine).order_by(model.id.desc())
    return list(query.select(model.id, model.filename, model.created_at).namedtuples())


def was_sent(person: Acting, form_key: str) -> bool:
    """Whether this person sent this form before, and what it asked for was done."""
    return FormKey.select().where(FormKey.person == person.id, FormKey.key == form_key).exists()


def keep_choices(row: Any, person: Acting, permission: Permission, choices: Mapping[str, Any]) -> None:
    """What its person chose on the page, unless it was applied meanwhile."""
    require(person, permission, row)
    chosen, model = json.dumps(dict(choices)), type(row)
    with history.writing(person):
        model.update(choices=chosen).where(model.id == row.id, model.applied_at.is_null()).execute()
    row.choices = chosen


def claim(row: Any) -> None:
    """Applied from now on, in the caller's transaction. Raises Repeated where it was before."""
    model = type(row)
    waiting = model.update(applied_at=clock.now()).where(model.id == row.id, model.applied_at.is_null())
    if not waiting.execute():
        raise Repeated


def told_of(row: Any, verb: str) -> dict[str, Any]:
    """What history says of a file that was applied."""
    of_it = Event.verb == verb, Event.subject_type == type(row).__name__, Event.subject_id == row.id
    found: dict[str, Any] = json.loads(Event.select(Event.data).where(*of_it).get().data)
    return found


def digest_of(shown: object) -> str:
    """Tells two previews apart: of values whose words say all that they hold."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()
