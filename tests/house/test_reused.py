"""A PostgreSQL database that one test has used is as good as new for the next."""

import psycopg
import pytest

ADDED = "insert into partnership (version, slug, name) values (1, 'new-vale', 'New Vale') returning id"
TRIGGER = "select tgname from pg_trigger where not tgisinternal and tgrelid = 'progress_note'::regclass"


def test_what_a_test_wrote_is_gone_and_numbers_begin_again(postgres_databases):
    with postgres_databases.lend() as address, psycopg.connect(address) as connection:
        before = connection.execute("select * from person order by id").fetchall()
        notes = connection.execute("select count(*) from progress_note").fetchone()
        given = connection.execute(ADDED).fetchone()
        connection.execute("set session_replication_role = replica")
        connection.execute("update person set name = 'Nobody'; delete from progress_note")
    with postgres_databases.lend() as again, psycopg.connect(again) as connection:
        assert again == address
        assert connection.execute("select * from person order by id").fetchall() == before
        assert connection.execute("select count(*) from progress_note").fetchone() == notes
        assert connection.execute(ADDED).fetchone() == given
        connection.rollback()
    with postgres_databases.lend() as again, psycopg.connect(again) as connection:
        assert connection.execute(ADDED).fetchone() == given


def test_what_is_still_open_in_a_test_keeps_nothing(postgres_databases):
    with postgres_databases.lend() as address:
        left_open = psycopg.connect(address)
        left_open.execute(ADDED)
    with postgres_databases.lend() as again, psycopg.connect(again) as connection:
        assert not connection.execute("select 1 from partnership where slug = 'new-vale'").fetchone()
    with pytest.raises(psycopg.OperationalError):
        left_open.execute("select 1")


@pytest.mark.parametrize(
    "change",
    [
        "alter table person add column more int",
        "drop trigger {} on progress_note",
        "create table more (id int)",
        "create function more() returns int language sql as 'select 1'",
    ],
)
def test_one_that_was_altered_is_not_lent_again(postgres_databases, change):
    with postgres_databases.lend() as address, psycopg.connect(address) as connection:
        trigger = connection.execute(TRIGGER).fetchone()
        connection.execute(change.format(*trigger or ()))
    with postgres_databases.lend() as another:
        assert another != address
