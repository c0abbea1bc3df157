"""What can be found. A new kind is a function that gives its entries, and a line in KINDS."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.plans.pages import address_of
from strategy_tracker.plans.rules import Precision, shown_date
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.queries import reference
from strategy_tracker.risks.said_before import is_told, told_since
from strategy_tracker.search import queries


@dataclass(frozen=True)
class Entry:
    """Something that may be found.

    `label` is the link, searched where `label_is_own`; `own` are its other words. `context` (its number, whose it is)
    helps to match and finds nothing alone. `order` puts entries of a kind that match alike in a stable order.
    """

    label: str
    address: str
    order: tuple[Any, ...]
    own: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    facts: str = ""
    label_is_own: bool = True

    @property
    def searched(self) -> tuple[str, ...]:
        return (self.label, *self.own) if self.label_is_own else self.own


@dataclass(frozen=True)
class Kind:
    """`name` stands in addresses, `one` and `many` on the page; `entries` takes the partnership's id or None: all."""

    name: str
    one: str
    many: str
    entries: Callable[[Acting, int | None], Iterator[Entry]]


def _newest_first(row: Any) -> tuple[Any, ...]:
    return -row.period_from.toordinal(), row.plan_id


def _plan_of(row: Any) -> str:
    return f"{row.plan_title}, {_period(row)}, {row.partnership_name}"


def _period(row: Any) -> str:
    return f"{row.period_from:%B %Y} to {row.period_to:%B %Y}"


def _base(row: Any) -> str:
    return address_of(row.partnership_slug, row.plan_slug)


def _action(row: Any) -> str:
    """The label of what stands on an action's page."""
    return f"{row.number} {row.action_text}"


def plans(person: Acting, home: int | None) -> Iterator[Entry]:
    for row in queries.plans(person, home):
        yield Entry(
            row.plan_title,
            _base(row),
            _newest_first(row),
            own=(row.strategy,),
            facts=f"{row.state.capitalize()}, {_period(row)}, {row.partnership_name}",
        )


def objectives(person: Acting, home: int | None) -> Iterator[Entry]:
    for row in queries.objectives(person, home):
        order = (*_newest_first(row), row.position, row.id)
        yield Entry(f"{row.number} {row.title}", f"{_base(row)}#o{row.id}", order, facts=_plan_of(row))


def actions(person: Acting, home: int | None) -> Iterator[Entry]:
    for row in queries.actions(person, home):
        order = (*_newest_first(row), row.objective_position, row.position, row.id)
        owner = (row.owner_name,) if row.owner_name else ()
        yield Entry(_action(row), f"{_base(row)}actions/{row.id}", order, own=owner, facts=_plan_of(row))


def outcomes(person: Acting, home: int | None) -> Iterator[Entry]:
    for row in queries.outcomes(person, home):
        order = (*_newest_first(row), row.objective_position, row.action_position, row.position, row.id)
        yield Entry(
            _action(row),
            f"{_base(row)}actions/{row.action_id}",
            order,
            own=(row.text, row.timescale_words),
            context=(row.number,),
            facts=_plan_of(row),
            label_is_own=False,
        )


def milestones(person: Acting, home: int | None) -> Iterator[Entry]:
    for row in queries.milestones(person, home):
        due = shown_date(row.due_on, Precision(row.due_precision))
        words = (row.text, row.owner_name)
        yield _attached(row, "milestones", words, f"{row.short_name or 'All'}, due {due}. {_plan_of(row)}")


def evidence(person: Acting, home: int | None) -> Iterator[Entry]:
    for row in queries.evidence(person, home):
        facts = f"{row.short_name}. {_plan_of(row)}" if row.short_name else _plan_of(row)
        yield _attached(row, "evidence", (row.title, row.filename), facts)


def _attached(row: Any, section: str, words: tuple[str, ...], facts: str) -> Entry:
    """What is kept with an action, shown in a section of its page."""
    return Entry(
        _action(row),
        f"{_base(row)}actions/{row.action_id}#{section}",
        (*_newest_first(row), row.objective_position, row.action_position, row.id),
        own=words,
        context=(row.number, row.short_name or ""),
        facts=facts,
        label_is_own=False,
    )


def progress(person: Acting, home: int | None) -> Iterator[Entry]:
    for row in queries.current_notes(person, home):
        order = (*_newest_first(row), row.objective_position, row.action_position, row.authority_position, row.id)
        said = f"{row.short_name}, {row.status or 'status not given'}, as at {clock.long_date(row.as_at)}"
        yield Entry(
            _action(row),
            f"{_base(row)}actions/{row.action_id}#s{row.share_id}",
            order,
            own=(row.text, row.reason),
            context=(row.number, row.short_name),
            facts=f"{said}. {_plan_of(row)}",
            label_is_own=False,
        )


def comments(person: Acting, home: int | None) -> Iterator[Entry]:
    for row in queries.comments(person, home):
        day = clock.long_date(clock.in_london(row.written_at).date())
        author = row.author or "Command line"
        yield Entry(
            _action(row),
            f"{_base(row)}actions/{row.action_id}#c{row.id}",
            (*_newest_first(row), row.objective_position, row.action_position, row.id),
            own=(row.text,),
            context=(row.number, author),
            facts=f"{author}, {day}. {_plan_of(row)}",
            label_is_own=False,
        )


def risks(person: Acting, home: int | None) -> Iterator[Entry]:
    """Under the numbers by which the person knows them, with as many of their words as their pages show her."""
    done: dict[int, list[str]] = defaultdict(list)
    for each in queries.responses(person, home):
        done[each.risk_id] += (f"{each.kind.capitalize()}: {each.text}", each.owner_name)
    for each in queries.controls(person, home):
        done[each.risk_id].append(each.text)
    reasons: dict[int, list[Any]] = defaultdict(list)
    for each in queries.reasons(person, home):
        reasons[each.risk_id].append(each)
    for row in queries.risks(person, home):
        since = told_since(person, row)
        ref = reference(row, own=since is None)
        told = dict.fromkeys(each.text for each in reasons[row.id] if is_told(each, since))
        own = row.cause, row.effect, row.category, row.owner_name, row.assumptions, row.closed_why
        yield Entry(
            f"Risk {ref} {row.event}",
            address_of_risk(row),
            (row.is_closed, row.register.title, row.register_id, int(ref.lstrip("SE"))),
            own=(*own, *done[row.id], *told),
            facts=_register_of(row),
        )


def _register_of(row: Risk) -> str:
    register = row.register
    whose = f"{register.authority.short_name}, " if register.authority_id else ""
    closed = f"Closed {clock.long_date(row.closed_on)}. " if row.closed_on else ""
    return f"{closed}{register.title}, {whose}{register.partnership.name}"


def glossary(person: Acting, home: int | None) -> Iterator[Entry]:
    for row in queries.glossary(person, home):
        address = f"/p/{row.partnership_slug}/glossary"
        yield Entry(row.short, address, (row.short, row.id), own=(row.meaning,), facts=row.partnership_name)


KINDS = (
    Kind("plans", "Plan", "Plans", plans),
    Kind("objectives", "Objective", "Objectives", objectives),
    Kind("actions", "Action", "Actions", actions),
    Kind("outcomes", "Outcome", "Outcomes", outcomes),
    Kind("milestones", "Milestone", "Milestones", milestones),
    Kind("evidence", "Evidence", "Evidence", evidence),
    Kind("progress", "Progress", "Progress", progress),
    Kind("comments", "Comment", "Comments", comments),
    Kind("risks", "Risk", "Risks", risks),
    Kind("glossary", "Glossary", "Glossary", glossary),
)
"""In the order in which they are shown."""
