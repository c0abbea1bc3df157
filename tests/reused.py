"""PostgreSQL databases that tests use one after another, each put back to how its template is.

Making one means making some three hundred files, which costs more than most tests do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

USES = 100
"""Tests that a database serves: rows that were deleted stay in its files for a while."""
CHANGED = """
select relnamespace = 'public'::regnamespace, relname from pg_class
where (relnamespace = 'public'::regnamespace and relkind = 'r' or relname in ('pg_class', 'pg_attribute',
        'pg_attrdef', 'pg_constraint', 'pg_trigger', 'pg_proc', 'pg_namespace'))
    and pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid) + pg_stat_get_tuples_deleted(oid) > 0
"""
"""Tables, and catalogues of what tables are like, that were written since the counting began, rolled back or not."""
COUNTED_SINCE = "select stats_reset from pg_stat_database where datname = current_database()"
COLUMNS = """
select relname, string_agg(quote_ident(attname), ', ' order by attnum)
from pg_class join pg_attribute on attrelid = pg_class.oid
where relkind = 'r' and relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped and attgenerated = ''
group by relname order by relname
"""
SEQUENCES = """
select pg_depend.refobjid::regclass::text, quote_ident(sequencename), coalesce(last_value, 1), last_value is not null
from pg_sequences join pg_depend on objid = quote_ident(sequencename)::regclass and deptype in ('a', 'i')
"""
NO_ROWS = b"PGCOPY\n\xff\r\n\0" + bytes(8) + b"\xff\xff"
OTHERS = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database()"


@dataclass
class Copy:
    """A copy of the template, and since when PostgreSQL counts what is written to it."""

    name: str
    uses: int = 0
    counted_since: datetime | None = None


class Reused:
    """Lends copies of a template. A copy whose tables were altered is thrown away."""

    def __init__(self, server: Any, template: str):
        self._server, self._template = server, template
        self._spare: list[Copy] = []
        self._made = 0
        with psycopg.connect(server.get_uri(template)) as connection:
            columns = connection.execute(COLUMNS).fetchall()
            self._columns = {table: f'"{table}" ({names})' for table, names in columns}
            self._rows = {table: _copied(connection, table, names) for table, names in columns}
            self._sequences: dict[str, list[str]] = {table: [] for table in self._columns}
            for table, *values in connection.execute(SEQUENCES).fetchall():
                self._sequences[table.strip('"')].append("select setval('{}', {}, {})".format(*values))

    @contextmanager
    def lend(self) -> Iterator[str]:
        """The address of a copy, for one test."""
        copy = self._spare.pop() if self._spare else self._new()
        yield self._server.get_uri(copy.name)
        copy.uses += 1
        if copy.uses < USES and self._put_back(copy):
            self._spare.append(copy)
        else:
            self._administer(f"drop database if exists {copy.name} with (force)")

    def _new(self) -> Copy:
        self._made += 1
        copy = Copy(f"reused_{self._made}")
        self._administer(f"create database {copy.name} template {self._template}")
        with psycopg.connect(self._server.get_uri(copy.name), autocommit=True) as connection:
            _count_anew(connection, copy)
        return copy

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as admin:
            admin.execute(statement)

    def _put_back(self, copy: Copy) -> bool:
        """Whether it is as good as new. Who is still connected is sent away: only then all is counted."""
        try:
            with psycopg.connect(self._server.get_uri(copy.name), autocommit=True) as connection:
                connection.execute(f"{OTHERS} and pid <> pg_backend_pid()")
                (since,) = connection.execute(COUNTED_SINCE).fetchone() or (None,)
                changed = connection.execute(CHANGED).fetchall()
                if since is None or since != copy.counted_since or not all(is_ours for is_ours, _ in changed):
                    return False
                self._write(connection, [table for _, table in changed])
                _count_anew(connection, copy)
        except psycopg.OperationalError:
            return False
        return True

    def _write(self, connection: psycopg.Connection[Any], tables: list[str]) -> None:
        """Without triggers, those that refuse to delete and those of foreign keys among them."""
        if not tables:
            return
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")
            cursor.execute(";".join(f'delete from "{table}"' for table in tables))
            for table in tables:
                if self._rows[table] != NO_ROWS:
                    with cursor.copy(f"copy {self._columns[table]} from stdin (format binary)") as copy:
                        copy.write(self._rows[table])
            cursor.execute(";".join(value for table in tables for value in self._sequences[table]) or "select 1")


def _count_anew(connection: psycopg.Connection[Any], copy: Copy) -> None:
    connection.execute("select pg_stat_force_next_flush()")
    connection.execute("select pg_stat_reset()")
    (copy.counted_since,) = connection.execute(COUNTED_SINCE).fetchone() or (None,)


def _copied(connection: psycopg.Connection[Any], table: str, columns: str) -> bytes:
    with (
        connection.cursor() as cursor,
        cursor.copy(f'copy (select {columns} from "{table}") to stdout (format binary)') as copy,
    ):
        return b"".join(copy)
