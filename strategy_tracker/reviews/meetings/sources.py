"""What the plan, the returns and earlier meetings bring to an agenda."""

from collections.abc import Iterable, Iterator

from strategy_tracker import clock
from strategy_tracker.authorities.queries import partners_of
from strategy_tracker.plans.pages import address_of
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rules import Status, is_overdue, late_by
from strategy_tracker.quarters.queries import returns_of, state_of
from strategy_tracker.quarters.rules import ReturnState
from strategy_tracker.reviews.decisions.queries import Told as ToldDecision
from strategy_tracker.reviews.decisions.queries import decisions_of_partnership
from strategy_tracker.reviews.decisions.rules import State
from strategy_tracker.reviews.meetings.agenda import AgendaContext, AgendaSource, Drawn, Point
from strategy_tracker.reviews.meetings.queries import unapproved_before
from strategy_tracker.reviews.meetings.rules import Presence
from strategy_tracker.reviews.returns.rules import Exceptional, Told
from strategy_tracker.reviews.returns.shapes import ShareFigure

ATTENTION = (Status.OFF_TRACK, Status.AT_RISK)
MISSING = "not reported"
HANDED_IN = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED})
Whose = tuple[str, ShareFigure]


def minutes_to_approve(context: AgendaContext) -> Drawn | None:
    """The minutes of earlier meetings that wait for this one."""
    waiting = unapproved_before(context.meeting)
    if not waiting:
        return None
    base = f"/p/{context.partnership.slug}/meetings/"
    points = tuple(
        Point(f"Minutes of {clock.long_date(one.meeting.held_on)}", f"{base}{one.meeting_id}/#minutes")
        for one in waiting
    )
    return Drawn("Minutes to approve", "Written, and not yet approved by a later meeting.", points)


def exceptions(context: AgendaContext) -> Drawn | None:
    """The actions with a share that is off track or at risk, the worst first."""
    if context.board is None or context.quarter is None:
        return None
    found = [(whose, share) for whose, share in _shares(context) if share.status in ATTENTION]
    points = sorted(_by_action(context, found), key=lambda point: Status.OFF_TRACK not in dict(point.marks))
    rule = f"As reported at the end of {context.quarter.words}; actions with a share that is off track come first."
    return Drawn("Off track or at risk", rule, tuple(points), "Nothing is off track or at risk.")


def overdue(context: AgendaContext) -> Drawn | None:
    """The actions with a date that has passed."""
    quarter = context.quarter
    if context.board is None or quarter is None:
        return None
    last = quarter.period_to
    late_on = rule_of(quarter.partnership_id, last).late_on(last)
    shares = [(whose, share) for whose, share in _shares(context) if Exceptional.OVERDUE in share.exceptions]
    points = []
    for group in _grouped(shares):
        late = [one for _, share in group for one in share.outcomes if is_overdue(one.timescale, one.status, late_on)]
        first = min(late, key=lambda one: one.timescale.due_on or last)
        more = f"due {first.when}: {', '.join(whose for whose, _ in group)}"
        how = f"{late_by(first.timescale.due_on, last)} late" if first.timescale.due_on else ""
        points.append(_point(context, group[0][1], more=more, late=how))
    rule = f"Their date had passed on {clock.long_date(last)}, and they are neither achieved nor set aside."
    return Drawn("Overdue", rule, tuple(points), "Nothing is overdue.")


def missing(context: AgendaContext) -> Drawn | None:
    """The authorities whose return is not handed in, or leaves a share out."""
    quarter, board = context.quarter, context.board
    if quarter is None or board is None:
        return None
    base, states = f"/p/{context.partnership.slug}/quarters/{quarter.slug}/", returns_of(quarter.id)
    silent = {one.authority_id: one.count(Told.MISSING) for one in board.returns}
    points = []
    for each in partners_of(quarter.partnership_id, *states):
        state, count = state_of(states.get(each.id)), silent.get(each.id, 0)
        if each.id not in silent or (state in HANDED_IN and not count):
            continue
        more = f"{count} share{'' if count == 1 else 's'} not reported" if count else "Every share is reported"
        points.append(Point(f"{each.short_name} {each.name}: {state}", f"{base}returns/{each.slug}/", more=more))
    rule = f"Returns for {quarter.words} that are not submitted, or leave shares out. They were due on "
    rule += f"{clock.long_date(quarter.due_on)}."
    return Drawn(
        "Returns that are missing", rule, tuple(points), "Every return is handed in, and none leaves a share out."
    )


def decisions(context: AgendaContext) -> Drawn | None:
    """The decisions of earlier meetings that are open, those that are due first."""
    earlier = [
        one
        for one in decisions_of_partnership(context.person, context.partnership, context.on)
        if one.held_on < context.meeting.held_on and _is_open_at(one, context)
    ]
    if not earlier:
        return None
    points = tuple(_decision(one) for one in sorted(earlier, key=lambda one: (one.due_on, one.id)))
    return Drawn(
        "Decisions to follow up", "Taken at earlier meetings and still open; those that are due first.", points
    )


BUILT_IN: tuple[AgendaSource, ...] = (minutes_to_approve, exceptions, overdue, missing, decisions)
PRESENCE = {Presence.PRESENT: "Present", Presence.APOLOGIES: "Apologies", Presence.ABSENT: "Absent"}


def _is_open_at(one: ToldDecision, context: AgendaContext) -> bool:
    """What was settled at the meeting itself, or later, was still open when it began."""
    return one.state is State.OPEN or (one.settled_on is not None and one.settled_on >= context.meeting.held_on)


def _decision(one: ToldDecision) -> Point:
    more = f"{one.owner}, by {clock.long_date(one.due_on)}"
    return Point(f"{one.reference}: {one.words}", one.address, more=more, late="Overdue" if one.is_overdue else "")


def _shares(context: AgendaContext) -> Iterator[Whose]:
    """Every share of the quarter with the short name of its authority."""
    if context.board is not None:
        for returned in context.board.returns:
            for share in returned.shares:
                yield returned.short_name, share


def _grouped(shares: Iterable[Whose]) -> list[list[Whose]]:
    """By action, in the order of the plans."""
    found: dict[int, list[Whose]] = {}
    for whose, share in shares:
        found.setdefault(share.action_id, []).append((whose, share))
    return list(found.values())


def _by_action(context: AgendaContext, shares: Iterable[Whose]) -> Iterator[Point]:
    for group in _grouped(shares):
        names = {status: [whose for whose, share in group if share.status == status] for status in ATTENTION}
        marks = tuple((status.value, ", ".join(whose)) for status, whose in names.items() if whose)
        yield _point(context, group[0][1], marks=marks)


def _point(
    context: AgendaContext,
    share: ShareFigure,
    *,
    marks: tuple[tuple[str, str], ...] = (),
    more: str = "",
    late: str = "",
) -> Point:
    address = f"{address_of(context.partnership.slug, share.plan)}actions/{share.action_id}"
    return Point(f"{share.number} {share.action}", address, marks, more, late)
