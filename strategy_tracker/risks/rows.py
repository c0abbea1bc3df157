"""A risk as a row of a table of risks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.risks.heat import counted
from strategy_tracker.risks.lines import LineScore
from strategy_tracker.risks.models import Escalation, Score
from strategy_tracker.risks.rules import EscalationState, Movement, ResponseKind, ResponseState
from strategy_tracker.risks.schemes.rules import Tone
from strategy_tracker.risks.standing import RiskLine

TONES = ("", *(tone.css for tone in Tone))
"""The class of each tone in the style sheet, by the tone's value."""

KINDS = {kind.value: kind.value.capitalize() for kind in ResponseKind}
STATES = {state.value: "" if state is ResponseState.UNDER_WAY else state.value for state in ResponseState}


@dataclass(frozen=True)
class Badge:
    """A word beside a risk; `is_strong` for what goes up."""

    words: str
    is_strong: bool = False


SHARED, PRIVATE, OPPORTUNITY = Badge("Shared"), Badge("Private"), Badge("Opportunity")


@dataclass(frozen=True)
class Row:
    """`mark` and `moved` say how the score moved, "" where that is not known; `levels` where it stands.

    Rows with one `look` show their current score alike; `under` is the version of its score where that must be said,
    else "". `responses` are kind, words, the state where it is not the usual one, and the day that
    has passed.
    """

    line: RiskLine
    address: str
    tone: str
    levels: str
    mark: str
    moved: str
    badges: tuple[Badge, ...]
    look: tuple[Any, ...]
    under: str
    responses: tuple[tuple[str, str, str, dt.date | None], ...]


def row_of(person: Acting, line: RiskLine, base: str, *, is_own: bool, is_mixed: bool = False) -> Row:
    """`base` is the address of its register; `is_mixed`: it stands among scores of other versions."""
    score, moved, accepted = line.current, moved_words(line), line.accepted
    levels = levels_of(score) if score else ""
    look: tuple[Any, ...] = ()
    if score is not None:
        cell = score.scheme_version_id, score.impact, score.likelihood
        look = (*cell, moved, line.is_above, accepted.id if accepted else 0)
    return Row(
        line=line,
        address=f"{base}{line.slug}/",
        tone=TONES[score.tone] if score else "",
        levels=levels,
        mark=line.moved.sign if line.moved else "",
        moved=moved,
        badges=_badges(person, line, is_own=is_own),
        look=look,
        under=under_words(line, is_mixed=is_mixed),
        responses=tuple(
            (KINDS[one.kind], one.text, STATES[one.state], one.due_on if line.is_late(one) else None)
            for one in line.responses
        ),
    )


def under_words(line: RiskLine, *, is_mixed: bool = False) -> str:
    """The version of its score, where that has no place in the one in force, or it stands among others; else ""."""
    return version_words(line.current) if line.current and (is_mixed or line.is_under_old_version) else ""


def version_words(score: Score | LineScore) -> str:
    """ "Copeland risk scheme, version 1": the scheme may be another than the register has now."""
    return str(score.scheme_version.words)


def levels_of(score: Score | LineScore) -> str:
    """ "impact 3 Critical, likelihood 4 Significant"."""
    shape = score.scheme_version.shape
    impact, likelihood = score.impact_label, score.likelihood_label
    return f"{shape.impact_word.lower()} {impact}, {shape.likelihood_word.lower()} {likelihood}"


def was_of(line: RiskLine) -> str:
    """The score before: its number where both stand under one version ("9"), else "9 Medium under another version"."""
    before, now = line.before, line.current
    if before is None:
        return ""
    if now is None or before.scheme_version_id != now.scheme_version_id:
        return f"{before.words} under another version"
    return before.words if before.value is None else str(before.value)


def moved_words(line: RiskLine) -> str:
    """ "up from 9", "as before", "new"; "" where it is not known."""
    match line.moved:
        case Movement.UP:
            return f"up from {was_of(line)}"
        case Movement.DOWN:
            return f"down from {was_of(line)}"
        case Movement.OTHER_SCHEME:
            return f"was {was_of(line)}"
        case None:
            return ""
        case other:
            return other.value


def is_everybodys(line: RiskLine, one: Escalation) -> bool:
    """Whether all who read the risk may know where it stands: among the top risks of the partnership, and shared.

    Else only its own people, and those who decide at the next level.
    """
    return one.is_at_top and (line.is_shared or line.register.authority_id is None)


def _badges(person: Acting, line: RiskLine, *, is_own: bool) -> tuple[Badge, ...]:
    found = [_going_up(line, one) for one in _known(person, line, is_own=is_own)[:1]]
    if line.register.authority_id is not None and is_own:
        found.append(SHARED if line.is_shared else PRIVATE)
    if line.is_opportunity:
        found.append(OPPORTUNITY)
    return tuple(found)


def _known(person: Acting, line: RiskLine, *, is_own: bool) -> list[Escalation]:
    """Where it stands, as far as the reader may know, the highest level first."""
    return [
        one for one in line.escalations if is_own or is_everybodys(line, one) or may(person, Permission.RISK_READ, one)
    ]


def _going_up(line: RiskLine, one: Escalation) -> Badge:
    """ "Top three, nominated": by the register from which it went there."""
    below = next((lower.to for lower in line.escalations if lower.id < one.id), line.register)
    nominated = "" if one.state == EscalationState.ACCEPTED else ", nominated"
    return Badge(f"Top {counted(below.top)}{nominated}", is_strong=True)
