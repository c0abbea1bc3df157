"""Pages of lineage and of reorganisations ask the database as often for 40 actions as for three."""

import datetime as dt

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.db import database
from strategy_tracker.plans import queries as plan_queries
from strategy_tracker.plans.lineage.operations import begin_plan
from strategy_tracker.plans.lineage.rules import Kind
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Status
from strategy_tracker.successions.operations import Choices, succeed
from tests import builders
from tests.cast import authority, person

PLAN = "/p/west-kent/plans/2010-11/"
MOST = 25


def follow(source: Plan, slug: str, year: int) -> Plan:
    """A plan with all actions of another."""
    return begin_plan(
        person("coordinator"),
        source,
        Kind.SUCCESSOR,
        slug=slug,
        title=f"Plan {slug}",
        strategy="",
        period_from=dt.date(year, 7, 1),
        period_to=dt.date(year + 1, 6, 30),
        actions=list(plan_queries.actions(source.id)),
    )


def counted(visitor, addresses: list[str]) -> dict[str, int]:
    counts = {}
    for address in addresses:
        visitor.get(address)
        with count_queries() as counter:
            visitor.get(address)
        counts[address.rstrip("0123456789")] = counter.count
    return counts


@pytest.mark.parametrize("many", [40])
def test_more_actions_and_more_plans_cost_no_query(app, visitor_as, many):
    coordinator = visitor_as("coordinator", check=False)
    with database.connection_context():
        sdc, kcc = authority("sdc"), authority("kcc")
        succeed(person("coordinator"), sdc, sdc.version, Choices(kcc), on=dt.date(2011, 4, 1), reason="One council")
        second = follow(builders.plan(), "2011-13", 2011)
        action = next(iter(plan_queries.actions(second.id)))
    base = "/p/west-kent/plans/2011-13/"
    addresses = [f"{base}lineage", f"{base}lineage/new", f"{base}actions/{action.id}", "/p/west-kent/authorities/"]
    succession = f"/p/west-kent/authorities/{authority('tmbc').id}/succession"
    few = counted(coordinator, [*addresses, succession])
    with database.connection_context(), database.atomic():
        objective = builders.an_objective(second, "Many")
        for number in range(many):
            one = builders.an_action(objective, f"Action {number}", of=["tmbc", "twbc"], outcomes=("First", "Second"))
            builders.a_note(one, "tmbc", Status.ON_TRACK)
        for slug, year in (("2012-14", 2012), ("2013-15", 2013)):
            second = follow(second, slug, year)
        last = next(one for one in plan_queries.actions(second.id) if one.text == action.text)
    base = f"/p/west-kent/plans/{second.slug}/"
    addresses = [f"{base}lineage", f"{base}lineage/new", f"{base}actions/{last.id}", "/p/west-kent/authorities/"]
    lot = counted(coordinator, [*addresses, succession])
    assert list(lot.values()) == list(few.values())
    assert max(count for address, count in lot.items() if "/actions/" not in address) <= MOST
