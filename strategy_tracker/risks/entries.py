"""A risk in the words of a document."""

import datetime as dt
from collections.abc import Iterator, Sequence

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.access.scope import may
from strategy_tracker.risks import queries
from strategy_tracker.risks.document import ForwardEntry, ReceivedEntry, ResponseWords, RiskEntry, ScoreWords
from strategy_tracker.risks.heat import counted
from strategy_tracker.risks.lines import LineResponse, LineScore
from strategy_tracker.risks.models import Acceptance, Escalation, Register, Score
from strategy_tracker.risks.past import running_on
from strategy_tracker.risks.received import Received
from strategy_tracker.risks.rows import TONES, moved_words, under_words, was_of
from strategy_tracker.risks.rules import EscalationState
from strategy_tracker.risks.standing import RiskLine

MONTH = 30
TOLD_THERE = "Told to those who decide there"
"""Why a risk was put forward, to everybody else."""


def entry_of(line: RiskLine, key: str = "", *, is_mixed: bool = False) -> RiskEntry:
    """`key` is its id in the document, "": by its number; `is_mixed`: it stands among scores of other versions."""
    return RiskEntry(
        key=key or f"r{line.ref}",
        ref=line.ref,
        event=line.event,
        cause=line.cause,
        effect=line.effect,
        category=line.category,
        is_opportunity=line.is_opportunity,
        current=score_words(line.current) if line.current else None,
        target=line.target.words if line.target else "",
        inherent=line.inherent.words if line.inherent else "",
        arrow=line.moved.arrow if line.moved else "",
        moved=moved_words(line),
        was=_then_words(line),
        reason=line.current.reason if line.current else "",
        responses=tuple(response_words(one, is_late=line.is_late(one)) for one in line.responses),
        owner=line.owner.name or "Nobody yet",
        reviewed=clock.short_date(line.reviewed_on) if line.reviewed_on else "Not reviewed yet",
        overdue=f"Review overdue by {late_words(line.review_due_on, line.day)}" if line.is_overdue else "",
        above=above_words(line.accepted) if line.is_above else "",
        under=under_words(line, is_mixed=is_mixed),
    )


def _then_words(line: RiskLine) -> str:
    """The score before in its own words, for a column of its own."""
    was, before = was_of(line), line.before
    return before.words if before and was == str(before.value) else was


def score_words(score: Score | LineScore) -> ScoreWords:
    return ScoreWords(score.words, TONES[score.tone], score.impact_label, score.likelihood_label)


def response_words(row: LineResponse, *, is_late: bool) -> ResponseWords:
    by = f"by {clock.long_date(row.due_on)}{', overdue' if is_late else ''}" if row.due_on else ""
    state = "" if row.state == "under way" else row.state
    return ResponseWords(row.kind.capitalize(), row.text, ", ".join(filter(None, (row.owner_name, by, state))))


def above_words(accepted: Acceptance | None) -> str:
    if accepted is None:
        return "Above tolerance, accepted by nobody"
    return f"Above tolerance, accepted by {accepted.accepted_by} until {clock.short_date(accepted.until)}"


def late_words(due_on: dt.date, day: dt.date) -> str:
    """ "3 days", "1 month", "4 months"."""
    days = (day - due_on).days
    count, unit = (days // MONTH, "month") if days >= MONTH else (days, "day")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def forward_of(person: Acting, lines: Sequence[RiskLine], *, is_own: bool) -> Iterator[ForwardEntry]:
    """Where risks stand at the next level, as far as the person may know."""
    for line in lines:
        for one in running_on(line.escalations, line.day):
            if is_own or may(person, Permission.RISK_READ, one):
                yield forward_entry(line.ref, line.event, one)


def forward_entry(ref: str, event: str, one: Escalation) -> ForwardEntry:
    said = one.ended_words or one.decided_words
    return ForwardEntry(ref, event, f"r{ref}", one.to.title, standing_words(one), one.words, said)


def standing_words(one: Escalation) -> str:
    """ "Waits for an answer, put forward 5 Jun 2014", "Taken up 20 Mar 2014"."""
    on = one.ended_on or one.decided_on or one.nominated_on
    said = {EscalationState.NOMINATED: "Waits for an answer, put forward", EscalationState.ACCEPTED: "Taken up"}
    return f"{said.get(EscalationState(one.state), one.state.capitalize())} {clock.short_date(on)}"


def received_entry(one: Received) -> ReceivedEntry:
    return ReceivedEntry(
        event=one.event,
        name=one.name,
        origin=f"{one.whose}: {one.from_title}",
        score=one.score if one.is_told else "Not told",
        tone=one.tone,
        words=one.words if one.is_told else TOLD_THERE,
        state=one.standing,
        answer=one.state_words,
    )


def empty_words(received: Sequence[Received]) -> str:
    """What a register says that has no open risk of its own, but may hold what others put forward."""
    held, waiting = sum(one.is_accepted for one in received), sum(one.is_waiting for one in received)
    if not held and not waiting:
        return "There is no open risk in this copy."
    parts = []
    if held:
        parts.append(f"{counted(held)} that {'was' if held == 1 else 'were'} taken up")
    if waiting:
        parts.append(f"{counted(waiting)} that {'waits' if waiting == 1 else 'wait'} for an answer")
    return f"This register has no open risk of its own. It holds risks of other registers: {' and '.join(parts)}."


def private_words(
    person: Acting, register: Register, lines: Sequence[RiskLine], received: Sequence[Received] = ()
) -> str:
    """What each page says where some of what it holds is not for everybody in the partnership."""
    is_private = register.authority_id is not None and not all(line.is_shared for line in lines)
    what = "contains private risks" if is_private else "contains what was put forward"
    if not is_private and not any(one.is_told for one in received):
        return ""
    if register.authority_id is not None and (person is OPERATOR or queries.is_own(person, register)):
        return f"For {register.authority.short_name}: {what}"
    return f"For the steering group: {'contains risks that are not shared' if is_private else what}"
