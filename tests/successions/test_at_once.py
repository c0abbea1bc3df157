"""Eight people who record the same reorganisation at once record it once, on both databases."""

import datetime as dt

from strategy_tracker.authorities.models import Authority, Succession
from strategy_tracker.db import let_go
from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.plans.models import Share
from strategy_tracker.successions.models import ShareSuccession
from strategy_tracker.successions.operations import Choices, succeed
from tests.cast import authority, person
from tests.plans.test_at_once import all_at_once

ON = dt.date(2011, 4, 1)


def record(old: str, by: str) -> bool:
    row = authority(old)
    try:
        succeed(person("coordinator"), row, row.version, Choices(authority(by)), on=ON, reason="One council")
    except (Conflict, Invalid):
        return False
    return True


def test_one_of_eight_records_it(database):
    database.close()
    done = all_at_once(lambda number: record("sdc", ("kcc", "twbc")[number % 2]))
    assert sum(done) == 1
    assert Succession.select().count() == 1
    assert ShareSuccession.select().count() == 2
    assert list(chain_faults()) == []
    let_go(database)


def test_nobody_is_left_with_a_part_after_it_ended(database):
    database.close()
    all_at_once(lambda number: record(*(("sdc", "twbc"), ("twbc", "kcc"))[number % 2]))
    ended = Authority.select(Authority.id).where(Authority.ended_on.is_null(False))
    assert not Share.reach().query.where(Share.authority.in_(ended)).exists()
    assert list(chain_faults()) == []
    let_go(database)
