"""A plan on its way into a file: what stands on its cover, its columns and its rows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.versions.view import view_of
from strategy_tracker.transfer.out.earlier import told_earlier, with_earlier
from strategy_tracker.transfer.out.layout import Column, Row, rows_of
from strategy_tracker.transfer.out.stamps import stamp_of
from strategy_tracker.transfer.snapshot import snapshot_of
from strategy_tracker.transfer.stored import stored_plan

WHERE_USED = (Column.EARLIER,)
"""Columns that a file has only where something stands in them; a Word table, where width is dear, in SPARING too."""
SPARING = (*WHERE_USED, Column.OBJECTIVE_LEAD, Column.OUTCOME_LEAD, Column.SHARE_OWNER, Column.REASON)
HOW_TO = (
    "Change the words where they stand and bring the file back with Import a plan. You see first what would change",
    "A row is one authority’s part of one outcome. For a new action or outcome add a row, and leave its Row empty",
    "Delete all rows of an action or outcome to take it out of the plan. A file of one authority takes nothing out",
    "Sorting and filtering change nothing. What others changed in the tracker meanwhile stays as they left it",
    "Changes on this sheet are not read",
)


@dataclass(frozen=True)
class Export:
    """`facts` are (label, words) for the cover. `rows` are in the plan's order."""

    partnership: str
    title: str
    strategy: str
    period: str
    as_at: str
    whose: str
    stamp: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    made_at: dt.datetime

    @property
    def heading(self) -> str:
        return ", ".join(filter(None, (self.title, self.whose)))

    def columns(self, *, sparing: bool = False) -> tuple[Column, ...]:
        """All that are wanted; `sparing`: where width is dear."""
        used = {column for row in self.rows for column in row.values}
        left_out = set(SPARING if sparing else WHERE_USED) - used
        return tuple(column for column in Column if column not in left_out)


def export_of(
    person: Acting,
    plan: Plan,
    *,
    authority: Authority | None,
    as_at: dt.date | None,
    base_url: str,
    version: int | None = None,
    latest: bool = False,
) -> Export:
    """The plan, or one authority's part of it, as it stood on a date or in a version (None: as it stands).

    It keeps what went out. `latest`: with every report, whatever date it speaks of. Raises NotFound for a version that
    is not there.

    Whether the reader may see the plan is settled by whoever loaded it.
    """
    view = view_of(plan, as_at, version)
    parts = view.parts()
    stored = stored_plan(plan.partnership_id, plan, parts)
    plan = stored.row or plan
    until = None if latest else view.as_at if view.is_past else as_at or plan.as_at
    slug = authority.slug if authority else ""
    snapshot = snapshot_of(stored, slug, until)
    shorts = {found: row.short_name for found, row in stored.authorities.items()}
    told = told_earlier(view, parts, stored, authority, until)
    made_at = clock.now()
    export = Export(
        plan.partnership.name,
        plan.title,
        plan.strategy,
        f"{clock.long_date(plan.period_from)} to {clock.long_date(plan.period_to)}",
        clock.long_date(until or clock.today()),
        authority.name if authority else "",
        stamp_of(plan, snapshot),
        (),
        tuple(with_earlier(rows_of(snapshot.plan, shorts), told)),
        made_at,
    )
    return replace(export, facts=tuple(_facts(person, plan, export, base_url)))


def _facts(person: Acting, plan: Plan, export: Export, base_url: str) -> Sequence[tuple[str, str]]:
    on = clock.in_london(export.made_at)
    agreed = f", agreed on {clock.long_date(plan.agreed_on)}" if plan.agreed_on else ""
    return (
        ("Partnership", export.partnership),
        ("Plan", export.title),
        ("Strategy", export.strategy),
        ("Period", export.period),
        ("Version", "Draft" if plan.state == "draft" else f"{plan.edition} ({plan.state}{agreed})"),
        ("As at", export.as_at),
        ("Contents", f"Only the part of {export.whose}" if export.whose else "The whole plan"),
        ("Exported", f"{clock.long_date(on.date())} at {on:%H:%M}, mark {export.stamp}"),
        ("Source", f"{base_url.rstrip('/')}/p/{plan.partnership.slug}/plans/{plan.slug}/"),
        ("Contact", _contact(person, plan, bool(export.whose))),
    )


def _contact(person: Acting, plan: Plan, is_extract: bool) -> str:
    """The coordinators by name and address for those who may see people; an extract names nobody."""
    office = f"The coordinator of {plan.partnership.name}"
    if is_extract or not may(person, Permission.PEOPLE_READ, plan.partnership):
        return office
    query = (
        Person.select(Person.name, Person.email)
        .join(Membership, on=(Membership.person == Person.id))
        .where(
            Membership.partnership == plan.partnership_id,
            Membership.role == Role.COORDINATOR.value,
            Membership.ended_at.is_null(),
        )
        .order_by(Person.name, Person.id)
    )
    return "; ".join(f"{name}, {email}" for name, email in query.tuples()) or office
