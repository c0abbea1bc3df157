"""What risk registers bring to the agenda of the steering group. Importing this module offers it."""

import datetime as dt
from collections.abc import Iterator

from strategy_tracker import clock
from strategy_tracker.access.scope import visible
from strategy_tracker.reviews.meetings.agenda import AgendaContext, Drawn, Point, offer_agenda_source
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.queries import names_of
from strategy_tracker.risks.received import Received, received_by
from strategy_tracker.risks.rows import moved_words, under_words
from strategy_tracker.risks.rules import EscalationState
from strategy_tracker.risks.sections import top_lines
from strategy_tracker.risks.severity import is_mixed
from strategy_tracker.risks.top import top_of

ANSWERED = (EscalationState.ACCEPTED, EscalationState.DECLINED)
TITLE = "Top risks and nominations"
RULE = (
    "Risks that were put forward and wait for an answer, the earliest first; then the top risks of the partnership, "
    "the worst band first and opportunities last."
)


def top_risks(context: AgendaContext) -> Drawn | None:
    """Only what the person may read; nothing where no risk stands before the group."""
    points = (*_nominated(context), *_top(context))
    return Drawn(TITLE, RULE, points) if points else None


def _nominated(context: AgendaContext) -> Iterator[Point]:
    registers = visible(context.person, Register).where(
        Register.partnership == context.partnership, Register.authority.is_null(), Register.closed_at.is_null()
    )
    found = [one for register in registers for one in received_by(context.person, register) if one.is_told]
    for one in sorted(found, key=lambda each: each.nominated_on):
        if one.nominated_on <= context.on and (said := _waits(one, context.on)):
            yield Point(f"{one.whose}: {one.event}", one.address, more=f"{one.score}; {said}")


def _waits(one: Received, on: dt.date) -> str:
    """What is said of one that waited for an answer on that day; "" where it did not, or has come back since."""
    if one.is_waiting:
        return f"waits for an answer since {clock.long_date(one.nominated_on)}"
    if one.state not in ANSWERED or one.state_on is None or one.state_on < on or on >= clock.today():
        return ""
    return f"put forward on {clock.long_date(one.nominated_on)}, {one.state} on {clock.long_date(one.state_on)}"


def _top(context: AgendaContext) -> Iterator[Point]:
    base = f"/p/{context.partnership.slug}/risks/"
    top = top_of(context.partnership)
    lines = top_lines(context.person, context.partnership, top)
    mixed, names = is_mixed(lines), names_of({line.register.id: line.register for line in lines}.values())
    for line in lines:
        taken = top.taken(line)
        since = taken.decided_on if taken else line.opened_on
        if since is None or since > context.on:
            continue
        under = under_words(line, is_mixed=mixed)
        score = line.current.words if line.current else "Not scored"
        said = (score, f"under {under}" if under else "", moved_words(line))
        yield Point(
            f"{line.name(names)}: {line.event}",
            f"{base}{line.register.slug}/{line.slug}/",
            more=", ".join(filter(None, said)),
            late="Review overdue" if line.is_overdue else "",
        )


offer_agenda_source(top_risks)
