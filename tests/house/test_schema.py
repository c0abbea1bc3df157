"""The schema that the migrations make is the one that the models describe, on both databases."""

from peewee import Database

from strategy_tracker import db, schema


def test_migrations_equal_the_models(database: Database) -> None:
    assert schema.difference() == ""


def test_nothing_is_pending_after_migrating(database: Database) -> None:
    assert db.pending_migrations() == []


def test_a_second_migration_does_nothing(database: Database) -> None:
    assert db.migrate() == []
