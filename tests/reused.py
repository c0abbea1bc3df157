"""PostgreSQL databases that tests use one after another, each put back to how its template is.

Making one means making some three hundred files, which costs more than most tests do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

USES = 100
"""Tests that a database serves: rows that were deleted stay in its files for a while."""
SHAPE = """
select md5(string_agg(kind || ':' || oid || ':' || stamp, ',' order by kind, oid, stamp)) from (
    select 'table', oid, xmin::text from pg_class where oid >= 16384
    union all select 'column', attrelid, attnum || ':' || xmin from pg_attribute where attrelid >= 16384
    union all select 'default', oid, xmin::text from pg_attrdef
    union all select 'constraint', oid, xmin::text from pg_constraint where oid >= 16384
    union all select 'trigger', oid, xmin::text from pg_trigger
    union all select 'function', oid, xmin::text from pg_proc where oid >= 16384
    union all select 'schema', oid, xmin::text from pg_namespace where oid >= 16384
) as made (kind, oid, stamp)
"""
COLUMNS = """
select relname, string_agg(quote_ident(attname), ', ' order by attnum)
from pg_class join pg_attribute on attrelid = pg_class.oid
where relkind = 'r' and relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped and attgenerated = ''
group by relname order by relname
"""
SEQUENCES = "select quote_ident(sequencename), coalesce(last_value, 1), last_value is not null from pg_sequences"
OTHERS = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database()"


class Reused:
    """Lends copies of a template. A copy whose tables were altered is thrown away."""

    def __init__(self, server: Any, template: str):
        self._server, self._template = server, template
        self._spare: list[tuple[str, int]] = []
        self._made = 0
        with psycopg.connect(server.get_uri(template)) as connection:
            self._shape = connection.execute(SHAPE).fetchone()
            self._columns = dict(connection.execute(COLUMNS).fetchall())
            self._rows = {table: _copied(connection, table, columns) for table, columns in self._columns.items()}
            self._sequences = connection.execute(SEQUENCES).fetchall()

    @contextmanager
    def lend(self) -> Iterator[str]:
        """The address of a copy, for one test."""
        name, uses = self._spare.pop() if self._spare else (self._new(), 0)
        yield self._server.get_uri(name)
        if uses < USES and self._put_back(name):
            self._spare.append((name, uses + 1))
        else:
            self._administer(f"drop database if exists {name} with (force)")

    def _new(self) -> str:
        self._made += 1
        name = f"reused_{self._made}"
        self._administer(f"create database {name} template {self._template}")
        return name

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as admin:
            admin.execute(statement)

    def _put_back(self, name: str) -> bool:
        try:
            with psycopg.connect(self._server.get_uri(name)) as connection:
                connection.execute(f"{OTHERS} and pid <> pg_backend_pid()")
                if connection.execute(SHAPE).fetchone() != self._shape:
                    return False
                self._write(connection)
        except psycopg.OperationalError:
            return False
        return True

    def _write(self, connection: psycopg.Connection[Any]) -> None:
        """Without triggers, those that refuse to delete and those of foreign keys among them."""
        connection.execute("set session_replication_role = replica")
        connection.execute(";".join(f'delete from "{table}"' for table in self._columns))
        with connection.cursor() as cursor:
            for table, columns in self._columns.items():
                with cursor.copy(f'copy "{table}" ({columns}) from stdin (format binary)') as copy:
                    copy.write(self._rows[table])
        for name, value, called in self._sequences:
            connection.execute("select setval(%s, %s, %s)", (name, value, called))


def _copied(connection: psycopg.Connection[Any], table: str, columns: str) -> bytes:
    with (
        connection.cursor() as cursor,
        cursor.copy(f'copy (select {columns} from "{table}") to stdout (format binary)') as copy,
    ):
        return b"".join(copy)
