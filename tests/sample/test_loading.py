"""Loading the sample: once, whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import Database

from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts import passwords
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Invalid
from strategy_tracker.history.models import Event
from strategy_tracker.people.operations import add_partnership
from strategy_tracker.sample import loader
from tests.cast import QUICK
from tests.databases import using
from tests.sample.rendering import quick_pdf


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing takes its time on purpose; here nobody waits for it."""
    monkeypatch.setattr(passwords, "HASHER", QUICK)


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Database]:
    """A migrated database with nothing in it."""
    with using(empty_database_url) as database:
        db.migrate()
        yield database


def test_it_says_how_everybody_signs_in_and_a_second_run_changes_nothing(empty: Database, tmp_path: Path) -> None:
    said, password = loader.load(tmp_path, render=quick_pdf), loader.content()["password"]
    assert password in said
    for person in Person.select():
        assert person.email in said
        assert passwords.matches(person.password_hash, password)
    events, people = Event.select().count(), Person.select().count()
    assert loader.load(tmp_path).startswith("The sample is loaded already; nothing was changed.")
    assert (Event.select().count(), Person.select().count()) == (events, people)


def test_another_partnership_of_the_same_name_is_left_alone(empty: Database, tmp_path: Path) -> None:
    add_partnership(OPERATOR, "west-kent", "West Kent Health")
    assert not loader.is_loaded()
    with pytest.raises(Invalid):
        loader.load(tmp_path, render=quick_pdf)
    assert [place.name for place in Partnership.select()] == ["West Kent Health"]
    assert not Person.select().exists()
