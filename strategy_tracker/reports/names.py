"""The names that no public copy may have: of everybody who has or had a part in a partnership."""

import json
from collections.abc import Iterator
from typing import Any

from peewee import ModelSelect

from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.owners import OwnerKind
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.models import Action, Objective, Plan, Share
from strategy_tracker.plans.versions.models import PartRevision, PlanVersion


def names_in(partnership_id: int) -> frozenset[str]:
    """Members, also those whose roles ended, administrators, and persons who are or were named as owners."""
    found = {name for (name,) in _members(partnership_id).tuples()}
    for query in _owners(partnership_id):
        found.update(name for (name,) in query.tuples())
    found.update(_owners_before(partnership_id))
    return frozenset(found - {""})


def _members(partnership_id: int) -> ModelSelect:
    return (
        Person.select(Person.name)
        .join(Membership, on=(Membership.person == Person.id))
        .where((Membership.partnership == partnership_id) | (Membership.role == Role.ADMINISTRATOR.value))
        .distinct()
    )


def _owners(partnership_id: int) -> Iterator[ModelSelect]:
    models: tuple[Any, ...] = (Action, Share, Milestone)
    for model in models:
        query = model.select(model.owner_name)
        query = query if model is Action else query.join(Action, on=(model.action == Action.id))
        yield (
            query.join(Objective)
            .join(Plan)
            .where(Plan.partnership == partnership_id, model.owner_kind == OwnerKind.PERSON.value)
            .distinct()
        )


def _owners_before(partnership_id: int) -> Iterator[str]:
    """Owners that a plan named in one of its versions."""
    rows = (
        PartRevision.select(PartRevision.data)
        .join(PlanVersion)
        .join(Plan)
        .where(Plan.partnership == partnership_id, PartRevision.kind.in_(("action", "share")))
        .tuples()
    )
    for (data,) in rows:
        columns = json.loads(data) if data else {}
        if columns.get("owner_kind") == OwnerKind.PERSON:
            yield columns["owner_name"]
