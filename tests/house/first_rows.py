"""What an installation of the first schema holds: rows as its columns were then, written without today's models."""

import datetime as dt
from typing import Any

from peewee import SQL, Database, Table

from strategy_tracker.history.chain import ORIGIN, Link

Contents = dict[str, list[dict[str, Any]]]
AT = dt.datetime(2010, 7, 15, 9, 30)
DAY = dt.date(2011, 6, 30)
ROWS: list[tuple[str, dict[str, Any]]] = [
    ("partnership", {"version": 1, "slug": "west-kent", "name": "West Kent"}),
    ("abbreviation", {"version": 2, "partnership_id": 1, "short": "CBL", "meaning": "Choice Based Lettings"}),
    (
        "authority",
        {
            "version": 1,
            "partnership_id": 1,
            "slug": "tmbc",
            "name": "Tonbridge and Malling Borough Council",
            "short_name": "TMBC",
            "nation": "england",
            "position": 1,
        },
    ),
    (
        "person",
        {
            "version": 1,
            "email": "officer@tmbc.example",
            "name": "Olive Officer",
            "password_hash": None,
            "token": "t" * 64,
            "salt": "s" * 64,
        },
    ),
    (
        "membership",
        {
            "version": 1,
            "person_id": 1,
            "role": "officer",
            "partnership_id": 1,
            "authority_id": 1,
            "started_at": AT,
            "ended_at": None,
        },
    ),
    ("session", {"digest": "d" * 64, "person_id": 1, "data": "{}", "created_at": AT, "seen_at": AT, "ended_at": None}),
    ("sign_in_attempt", {"account": "a" * 64, "address": "b" * 64, "at": AT}),
    ("form_key", {"person_id": 1, "key": "k" * 32, "at": AT}),
    (
        "plan",
        {
            "version": 3,
            "partnership_id": 1,
            "slug": "2010-11",
            "title": "Action plan",
            "strategy": "Strategy 2007",
            "period_from": dt.date(2010, 7, 1),
            "period_to": DAY,
            "state": "agreed",
            "edition": 1,
            "agreed_on": dt.date(2010, 7, 15),
            "as_at": DAY,
        },
    ),
    (
        "objective",
        {
            "version": 1,
            "plan_id": 1,
            "number": "1",
            "title": "Cadw cartrefi: tŷ a thŵr",
            "lead_id": 1,
            "position": 1,
            "removed_at": None,
        },
    ),
    (
        "action",
        {
            "version": 1,
            "objective_id": 1,
            "number": "1.1",
            "text": "Advise people – early",
            "lead_id": None,
            "owner_kind": "post",
            "owner_name": "Housing options manager",
            "position": 1,
            "removed_at": None,
        },
    ),
    (
        "outcome",
        {
            "version": 1,
            "action_id": 1,
            "text": "",
            "lead_id": None,
            "position": 1,
            "timescale_kind": "date",
            "due_on": DAY,
            "due_precision": "month",
            "timescale_words": "",
            "removed_at": None,
        },
    ),
    (
        "share",
        {"version": 1, "action_id": 1, "authority_id": 1, "owner_kind": "", "owner_name": "", "removed_at": None},
    ),
    (
        "progress_note",
        {
            "share_id": 1,
            "outcome_id": 1,
            "as_at": DAY,
            "status": None,
            "text": "41 people came\n\n• 30 stayed, £400 each",
            "reason": "",
            "person_id": 1,
            "on_behalf": False,
            "recorded_at": AT,
            "replaces_id": None,
        },
    ),
]


def write_first_rows(database: Database) -> None:
    """A row in every table of the first schema, and a history that says so."""
    for table, row in ROWS:
        _insert(database, table, row)
    link = Link("partnership-1", 1, AT, "progress recorded", "ProgressNote", 1, None, "{}", ORIGIN)
    event = {name: getattr(link, name) for name in Link.__dataclass_fields__} | {"hash": link.computed()}
    _insert(database, "event", event | {"partnership_id": 1, "person_id": None})
    _insert(database, "chain_head", {"chain": "partnership-1", "sequence": 1, "hash": link.computed()})


def contents(database: Database) -> Contents:
    """Every table with its rows by column, but for the list of migrations."""
    tables = sorted(set(database.get_tables()) - {"schema_migration"})
    return {table: _rows(Table(table).bind(database)) for table in tables}


def kept(before: Contents, after: Contents) -> bool:
    """Whether every row is still there with what it held, whatever columns and tables came since."""
    return all(
        len(rows) == len(after[table])
        and all(old.items() <= new.items() for old, new in zip(rows, after[table], strict=True))
        for table, rows in before.items()
    )


def _insert(database: Database, table: str, row: dict[str, Any]) -> None:
    Table(table, tuple(row)).bind(database).insert(row).execute()


def _rows(table: Table) -> list[dict[str, Any]]:
    return list(table.select(SQL("*")).order_by(table.c.id).dicts())
