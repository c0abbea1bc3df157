"""The partnership's abbreviations."""

from peewee import IntegrityError

from strategy_tracker import history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import Problems
from strategy_tracker.db import save_versioned, transaction
from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.plans.models import Abbreviation


def add_abbreviation(
    person: Acting, partnership: Partnership, *, short: str, meaning: str, form_key: str | None = None
) -> Abbreviation:
    """Raises Invalid where the glossary explains it already."""
    require(person, Permission.GLOSSARY_EDIT, partnership)
    columns = _columns(short, meaning)
    with history.writing(person, form_key):
        try:
            with transaction():
                entry = Abbreviation.create(partnership=partnership, **columns)
        except IntegrityError:
            raise _taken(columns["short"]) from None
        history.record(person, partnership.id, "abbreviation added", entry, after=columns)
    return entry


def edit_abbreviation(
    person: Acting, entry: Abbreviation, version: int, *, short: str, meaning: str, form_key: str | None = None
) -> None:
    """Raises Conflict, and Invalid where another entry has the same abbreviation."""
    require(person, Permission.GLOSSARY_EDIT, entry)
    columns = _columns(short, meaning)
    before = {name: getattr(entry, name) for name in columns}
    with history.writing(person, form_key):
        try:
            with transaction():
                save_versioned(entry, version, **columns)
        except IntegrityError:
            raise _taken(columns["short"]) from None
        history.record(
            person,
            entry.partnership_id,
            "abbreviation edited",
            entry,
            version=entry.version,
            before=before,
            after=columns,
        )


def remove_abbreviation(person: Acting, entry: Abbreviation, version: int, *, form_key: str | None = None) -> None:
    """Takes the entry away; history keeps what it said. Raises Conflict."""
    require(person, Permission.GLOSSARY_EDIT, entry)
    before = {"short": entry.short, "meaning": entry.meaning}
    with history.writing(person, form_key):
        gone = Abbreviation.delete().where(Abbreviation.id == entry.id, Abbreviation.version == version).execute()
        if not gone:
            raise Conflict(Abbreviation.get_or_none(Abbreviation.id == entry.id))
        history.record(person, entry.partnership_id, "abbreviation removed", entry, before=before)


def _columns(short: str, meaning: str) -> dict[str, str]:
    problems = Problems()
    columns = {
        "short": problems.line("short", "The abbreviation", short, longest=40),
        "meaning": problems.line("meaning", "What it means", meaning),
    }
    problems.raise_if_any()
    return columns


def _taken(short: str) -> Invalid:
    return Invalid({"short": f"The glossary explains {short} already"})
