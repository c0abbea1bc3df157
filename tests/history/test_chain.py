"""History cannot be changed unseen."""

import pytest
from click.testing import CliRunner

from strategy_tracker.cli import main
from strategy_tracker.history.models import ChainHead, Event
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.plans import operations
from tests import builders
from tests.cast import person
from tests.databases import using


def without_triggers(database, statement: str) -> None:
    """What somebody with the database in hand could do."""
    if "Sqlite" in type(database).__name__:
        for (name,) in database.execute_sql("select name from sqlite_master where type = 'trigger'").fetchall():
            database.execute_sql(f"drop trigger {name}")
        database.execute_sql(statement)
    else:
        with database.atomic():
            database.execute_sql("set local session_replication_role = replica")
            database.execute_sql(statement)


def test_an_honest_history_has_no_fault_and_one_chain_for_each_partnership(database):
    assert list(chain_faults()) == []
    assert {head.chain for head in ChainHead.select()} >= {"partnership-1", "partnership-2"}
    for head in ChainHead.select():
        sequences = [event.sequence for event in Event.select().where(Event.chain == head.chain).order_by(Event.id)]
        assert sequences == list(range(1, head.sequence + 1))


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("update event set data = '{}' where sequence = 3 and chain = 'partnership-1'", "event 3 was changed"),
        (
            "update event set person_id = null, actor = 'x' where sequence = 2 and chain = 'partnership-1'",
            "event 2 was",
        ),
        ("delete from event where sequence = 4 and chain = 'partnership-1'", "event 4 is missing"),
        (
            "delete from event where id = (select max(id) from event where chain = 'partnership-1')",
            "it ends at event",
        ),
    ],
)
def test_whatever_is_changed_behind_its_back_is_named(database, statement, fault):
    without_triggers(database, statement)
    found = list(chain_faults())
    assert any(fault in line for line in found), found
    assert all("partnership-1" in line for line in found)


def test_verify_says_so_and_exits_with_one(database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path))
    fine = CliRunner().invoke(main, ["verify"])
    assert (fine.exit_code, fine.output) == (0, "History and database are whole\n")
    with using(database_url) as again:
        without_triggers(again, "update event set verb = 'other' where sequence = 1 and chain = 'partnership-2'")
    wrong = CliRunner().invoke(main, ["verify"])
    assert wrong.exit_code == 1
    assert wrong.stderr == "history partnership-2: event 1 was changed after it was written\n"


def test_forgetting_who_somebody_was_leaves_the_chain_whole(database):
    plan = builders.plan()
    operations.add_abbreviation(person("coordinator"), plan.partnership, short="TA", meaning="Temporary homes")
    forgotten = person("coordinator")
    forgotten.name, forgotten.email, forgotten.salt = "Somebody", "nobody@nowhere.invalid", ""
    forgotten.save()
    assert list(chain_faults()) == []
