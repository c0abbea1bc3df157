"""What the group is asked to decide, what it puts before boards, and what came of earlier decisions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.decisions.queries import Told, decisions_asked, decisions_followed_up
from strategy_tracker.reviews.decisions.rules import Kind, State
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.report_sections.rules import brief, number_of

NAMED_IN = frozenset({"full", "extract"})
"""The audiences that read who a person is."""
LONGEST_WORDS, LONGEST_TITLE = 260, 80


@dataclass(frozen=True)
class Question:
    """What is asked, whose wish it is, and the answer, once there is one."""

    title: str
    words: str
    by: str
    answer: str


@dataclass(frozen=True)
class DecisionsAsked:
    """`on` is the day of the meeting, empty where none is made."""

    on: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Followed:
    """A decision as it stood at the end of the quarter. `mark` is "late" where it is open and its day has passed."""

    reference: str
    words: str
    about: str
    owner: str
    due: str
    state: str
    how: str
    mark: str


@dataclass(frozen=True)
class DecisionsFollowed:
    decisions: tuple[Followed, ...]


@dataclass(frozen=True)
class Before:
    """What a board is asked, and by when."""

    words: str
    about: str
    by: str


@dataclass(frozen=True)
class BoardAsked:
    """What the group puts before boards, and what it is itself asked; how many more there are of each."""

    escalated: tuple[Before, ...]
    more_escalated: int
    questions: tuple[Question, ...]
    more_questions: int


def asked(context: SectionContext) -> DecisionsAsked:
    quarter = Quarter.get_by_id(context.quarter_id)
    found = decisions_asked(quarter)
    return DecisionsAsked(
        on=clock.long_date(found[0].held_on) if found else "",
        questions=tuple(Question(one.title, one.words, one.by, _answer(one.decision)) for one in found),
    )


def _answer(decision: Told | None) -> str:
    return f"{decision.kind_words}. {decision.words}" if decision else ""


def followed(context: SectionContext) -> DecisionsFollowed:
    """Those that were open in the quarter, and those that were settled in it."""
    found = decisions_followed_up(context.partnership_id, context.as_at, context.period_from)
    if context.authority_id is not None:
        rows = Decision.select(Decision.id).where(Decision.authority == context.authority_id).tuples()
        theirs = {row[0] for row in rows}
        found = tuple(one for one in found if one.id in theirs)
    return DecisionsFollowed(tuple(_followed(one, context) for one in found))


def _followed(one: Told, context: SectionContext) -> Followed:
    return Followed(
        reference=one.reference,
        words=one.words,
        about=brief(one.about, LONGEST_TITLE),
        owner=one.owner if context.audience in NAMED_IN else one.owner_without_name,
        due=clock.long_date(one.due_on),
        state={State.OPEN: "Not done" if one.is_overdue else "Open"}.get(one.state, one.state.value.capitalize()),
        how=how(one, context.as_at),
        mark="late" if one.is_overdue else "",
    )


def how(one: Told, on: dt.date) -> str:
    """ "30 days late", "14 days late", "on time"; what came of it stands with it."""
    settled = one.settled_on or on
    days = (settled - one.due_on).days
    late = f"{number_of(days, 'day')} late" if days > 0 else "on time" if one.settled_on else ""
    return ". ".join(filter(None, (late, one.answer)))


def board_asked(context: SectionContext, most: int) -> BoardAsked:
    """What was escalated and is open, up to and with the meeting that reviews the quarter."""
    quarter = Quarter.get_by_id(context.quarter_id)
    held = Meeting.select(Meeting.held_on).where(Meeting.quarter == quarter, Meeting.called_off_at.is_null())
    until = max((row[0] for row in held.tuples()), default=context.as_at)
    escalated = [
        one
        for one in decisions_followed_up(context.partnership_id, max(until, context.as_at))
        if one.kind is Kind.ESCALATE and one.state is State.OPEN
    ]
    questions = asked(context).questions
    return BoardAsked(
        escalated=tuple(
            Before(brief(one.words, LONGEST_WORDS), brief(one.about, LONGEST_TITLE), clock.long_date(one.due_on))
            for one in escalated[:most]
        ),
        more_escalated=_more(escalated, most),
        questions=tuple(
            Question(
                brief(one.title, LONGEST_TITLE),
                brief(one.words, LONGEST_WORDS),
                brief(one.by, 60),
                brief(one.answer, 120),
            )
            for one in questions[:most]
        ),
        more_questions=_more(questions, most),
    )


def _more(found: Sequence[object], most: int) -> int:
    return max(0, len(found) - most)
