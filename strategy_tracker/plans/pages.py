"""What the plan page shows, ready for its template: frozen, and built without a request."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from markupsafe import Markup, escape

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Extent, Place, allows, extents
from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.plans import counts
from strategy_tracker.plans.compare import ObjectiveRow, Silence, by_objective, silence
from strategy_tracker.plans.filters import ATTENTION, STATUS_CHOICES, Filter, query_of
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rollup.rules import RollUp, Rule, roll_up
from strategy_tracker.plans.rows import view_rows
from strategy_tracker.plans.rules import NOT_REPORTED
from strategy_tracker.plans.standing import ActionPart, Line, ObjectivePart, Reader, standing
from strategy_tracker.plans.versions.view import View
from strategy_tracker.plans.yours import Yours, yours_of
from strategy_tracker.quarters.calendar import calendar_of
from strategy_tracker.quarters.queries import reporting_day


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; `count` is None where nothing is counted."""

    words: str
    address: str
    count: int | None = None
    is_here: bool = False


@dataclass(frozen=True)
class Heading:
    """An objective in the navigation and above its actions, with the exceptions that it holds."""

    part: ObjectivePart
    exceptions: tuple[tuple[str, int], ...]
    rollup: RollUp
    may_edit: bool


@dataclass(frozen=True)
class PlanFacts:
    """What the head of every page about a plan says."""

    id: int
    slug: str
    title: str
    strategy: str
    state: str
    edition: int
    as_at: dt.date
    period: str
    version: int

    @property
    def as_at_words(self) -> str:
        return clock.long_date(self.as_at)


@dataclass(frozen=True)
class PlanPage:
    """The plan, filtered. `total` counts actions before the filter, `shown` after it.

    `past` names the version that is shown; empty where it is the plan as it stands.
    """

    facts: PlanFacts
    base: str
    past: str
    is_past: bool
    filter: Filter
    kept: Mapping[str, str]
    headings: tuple[Heading, ...]
    rollup: RollUp
    total: int
    shown: int
    views: tuple[Link, ...]
    tags: tuple[Link, ...]
    tallies: tuple[counts.Tally, ...]
    groups: tuple[counts.Group, ...]
    all_counts: counts.Tally
    yours: Yours | None
    authorities: tuple[Authority, ...]
    objectives: tuple[tuple[str, str], ...]
    may_edit: bool
    writes_for: frozenset[int]
    is_whole: bool
    by_objective: tuple[ObjectiveRow, ...]
    silence: tuple[Silence, ...]
    is_compared: bool

    @cached_property
    def escaped_names(self) -> dict[int, Markup]:
        """The short name of each authority by its id, ready to stand in HTML."""
        return {each.id: escape(each.short_name) for each in self.authorities}

    @property
    def is_by_objective(self) -> bool:
        """Whether authorities are compared objective by objective."""
        return self.kept.get("by") == "objectives"

    def compare_address(self, by: str) -> str:
        """This comparison, action by action or objective by objective."""
        kept = {**self.kept, "view": "compare", "by": by if by == "objectives" else ""}
        return self.base + self.filter.query(kept)

    @property
    def at_query(self) -> str:
        """What keeps the asked date on the way to an action; empty where none was asked for."""
        return query_of(Filter(), self.state)

    @property
    def state(self) -> dict[str, str]:
        """The parameters that say which state of the plan is shown."""
        return {name: self.kept.get(name, "") for name in ("version", "as_at")}

    @property
    def whole_address(self) -> str:
        return self.base + self.filter.query({**self.kept, "notes": "whole"})

    @property
    def brief_address(self) -> str:
        return self.base + self.filter.query({**self.kept, "notes": ""})

    @property
    def download_query(self) -> str:
        """What a download of this page takes from its address: the version, the date and the authority."""
        return query_of(Filter(authority=self.filter.authority), self.state)

    def with_query(self, extra: str) -> str:
        """The page's address with this filter alone, at the same date."""
        kept = query_of(Filter(), self.kept)
        return f"{self.base}{kept}&{extra}" if kept else f"{self.base}?{extra}"


def effective_date(plan: Plan, asked: dt.date | None) -> dt.date:
    """The asked date, else the plan's own, else today."""
    return asked or plan.as_at or clock.today()


def report_date(plan: Plan, authority_id: int, person: Acting) -> dt.date:
    """The as-at date that a form proposes to whoever reports for an authority: the plan's own, else the quarter's."""
    return plan.as_at or reporting_day(calendar_of(plan.partnership_id), authority_id, clock.today(), person)


def facts_of(plan: Plan, as_at: dt.date) -> PlanFacts:
    period = f"{plan.period_from:%B %Y} to {plan.period_to:%B %Y}"
    return PlanFacts(
        *(plan.id, plan.slug, plan.title, plan.strategy, plan.state, plan.edition),
        *(as_at, period, plan.version),
    )


def reader_of(person: Acting, partnership_id: int) -> Reader:
    """Whose lines come first for this person in this partnership: those of the authorities she reports for."""
    held = extents(person.grants, Permission.PROGRESS_WRITE, partnership_id)
    own = frozenset(authority for extent, authority in held if extent is Extent.OWN and authority is not None)
    return Reader(own, getattr(person, "name", ""))


def address_of(partnership_slug: str, plan_slug: str) -> str:
    return f"/p/{partnership_slug}/plans/{plan_slug}/"


def plan_page(view: View, person: Acting, wanted: Filter, kept: Mapping[str, str]) -> PlanPage:
    """A plan that the person may read, in one of its states. `kept` are the address's parameters that are no filter."""
    authorities = authorities_of(view.plan.partnership_id)
    reader = reader_of(person, view.plan.partnership_id)
    plan, rows = view_rows(view)
    rule = rule_of(plan.partnership_id, view.as_at)
    is_compared = kept.get("view") == "compare"
    whole = standing(rows, authorities, rule.late_on(view.as_at), reader)
    chosen = wanted.chosen(whole)
    lines = counts.lines_of(whole)
    all_counts = counts.Tally("All", "", "", is_mine=False, counts=counts.tally(lines))
    base = address_of(plan.partnership.slug, plan.slug)
    return PlanPage(
        facts=facts_of(plan, view.as_at),
        base=base,
        past=view.words,
        is_past=view.is_past,
        filter=wanted,
        kept=kept,
        headings=_headings(chosen, person, plan, rule, view.is_past),
        rollup=roll_up(_counted(lines), rule),
        total=sum(len(part.actions) for part in whole),
        shown=sum(len(part.actions) for part in chosen),
        views=_views(whole, wanted, kept, base),
        tags=_tags(wanted, kept, base, authorities),
        tallies=counts.tallies(lines, authorities, reader.authority_ids),
        groups=tuple(group for group in counts.GROUPS if group.is_always_shown or all_counts.of(group)),
        all_counts=all_counts,
        yours=yours_of(whole, reader, authorities),
        authorities=tuple(authorities),
        objectives=tuple((part.number, part.title) for part in whole),
        may_edit=not view.is_past and _may(person, Permission.STRUCTURE_EDIT, plan, None),
        writes_for=frozenset(
            each.id
            for each in authorities
            if not view.is_past and _may(person, Permission.PROGRESS_WRITE, plan, each.id)
        ),
        is_whole=kept.get("notes") == "whole",
        by_objective=by_objective(chosen, rule) if is_compared else (),
        silence=silence(whole, authorities) if is_compared else (),
        is_compared=is_compared,
    )


def _may(person: Acting, permission: Permission, plan: Plan, authority_id: int | None) -> bool:
    if plan.state == "closed":
        return False
    return allows(person, permission, Place(plan.partnership_id, authority_id, plan.is_settled))


def _counted(lines: Iterable[Line]) -> Iterator[tuple[str, bool]]:
    return map(attrgetter("status", "is_overdue"), lines)


def _headings(
    parts: Sequence[ObjectivePart], person: Acting, plan: Plan, rule: Rule, is_past: bool
) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            part,
            counts.exceptions(counts.lines_of([part])),
            roll_up(_counted(counts.lines_of([part])), rule),
            not is_past and _may(person, Permission.STRUCTURE_EDIT, plan, part.lead_id),
        )
        for part in parts
    )


def _views(whole: Sequence[ObjectivePart], wanted: Filter, kept: Mapping[str, str], base: str) -> tuple[Link, ...]:
    views = {
        "Whole plan": Filter(),
        "Yours": Filter(mine=True),
        "Off track or at risk": Filter(status="attention"),
        "Overdue": Filter(overdue=True),
        "Not reported": Filter(not_reported=True),
    }
    found = Counter(words for part in whole for action in part.actions for words in _views_of(action))
    is_compared = "view" in kept
    listed = {name: value for name, value in kept.items() if name not in ("view", "by")}
    links = [
        Link(words, base + query_of(view, listed), found[words], view == wanted and not is_compared)
        for words, view in views.items()
        if found[words] or not view.mine
    ]
    compare = base + query_of(wanted, {**listed, "view": "compare"})
    return (*links, Link("Compare authorities", compare, is_here=is_compared))


def _views_of(action: ActionPart) -> set[str]:
    """The views in which an action stands."""
    found = {"Whole plan"}
    for line in action.lines:
        if line.is_mine:
            found.add("Yours")
        if line.is_overdue:
            found.add("Overdue")
        if line.status == NOT_REPORTED:
            found.add("Not reported")
        elif line.status in ATTENTION:
            found.add("Off track or at risk")
    return found


def _tags(wanted: Filter, kept: Mapping[str, str], base: str, authorities: Sequence[Authority]) -> tuple[Link, ...]:
    names = {each.slug: each.short_name for each in authorities}
    said: dict[str, str] = {
        "authority": f"Authority: {names.get(wanted.authority, wanted.authority)}",
        "status": f"Status: {STATUS_CHOICES[wanted.status].words.lower()}" if wanted.status else "",
        "objective": f"Objective {wanted.objective}",
        "q": f"Words: {wanted.q}",
        "overdue": "Overdue",
        "not_reported": "Not reported",
        "mine": "Yours",
    }
    without: dict[str, Any] = {name: type(getattr(wanted, name))() for name in said}
    return tuple(
        Link(words, base + wanted.query(kept, **{name: without[name]}))
        for name, words in said.items()
        if getattr(wanted, name)
    )
