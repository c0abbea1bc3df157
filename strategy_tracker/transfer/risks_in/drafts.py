"""A register as a file tells it, risk by risk as each will be, before anything is stored."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from strategy_tracker.clock import long_date
from strategy_tracker.owners import Owner
from strategy_tracker.risks.rules import Effectiveness, Proximity, ResponseKind, ResponseState, ScoreKind, months_later


class State(StrEnum):
    """What an import does with a risk: adds it; or leaves it, which is there in the same words, or in others."""

    NEW = "new"
    SAME = "already there, unchanged"
    LEFT = "already there in other words, left as it is"


@dataclass(frozen=True)
class ScoreDraft:
    """Places in the scheme, and its words for them and for the cell. `given_on` None: when the risk was reviewed, or
    the day of the import."""

    kind: ScoreKind
    impact: int
    likelihood: int
    impact_words: str
    likelihood_words: str
    words: str
    tone: int
    given_on: dt.date | None = None
    why: str = ""


@dataclass(frozen=True)
class ResponseDraft:
    kind: ResponseKind
    text: str
    owner: Owner = Owner()
    due_on: dt.date | None = None
    state: ResponseState = ResponseState.UNDER_WAY

    @property
    def details(self) -> str:
        """ "Manager, by 30 September 2011, done"; nothing of how far it is where it is under way."""
        due = f"by {long_date(self.due_on)}" if self.due_on else ""
        state = "" if self.state is ResponseState.UNDER_WAY else self.state.value
        return ", ".join(filter(None, (self.owner.name, due, state)))


@dataclass(frozen=True)
class ControlDraft:
    text: str
    effectiveness: Effectiveness = Effectiveness.NOT_TESTED


@dataclass(frozen=True)
class RiskDraft:
    """A risk as it will be. `review_months` and `review_on` are None where the register says when it is reviewed;
    `reviewed_on` where the import's own day counts, `opened_on` where it was found when it was scored first.
    `warnings` do not keep it from being taken."""

    number: int
    place: str
    event: str
    cause: str = ""
    effect: str = ""
    category: str = ""
    owner: Owner = Owner()
    scores: tuple[ScoreDraft, ...] = ()
    responses: tuple[ResponseDraft, ...] = ()
    controls: tuple[ControlDraft, ...] = ()
    assumptions: str = ""
    is_opportunity: bool = False
    proximity: Proximity = Proximity.NOT_SAID
    opened_on: dt.date | None = None
    review_months: int | None = None
    review_on: dt.date | None = None
    reviewed_on: dt.date | None = None
    warnings: tuple[str, ...] = ()
    state: State = State.NEW
    differs: tuple[str, ...] = ()

    def score(self, kind: ScoreKind) -> ScoreDraft | None:
        return next((score for score in self.scores if score.kind is kind), None)

    @property
    def facts(self) -> Iterator[str]:
        """What stands in one line below its name, and where the file says it."""
        if self.is_opportunity:
            yield "Opportunity"
        yield from filter(None, (self.category, self.proximity.capitalize()))
        if self.opened_on:
            yield f"found on {long_date(self.opened_on)}"
        yield self.place

    @property
    def reviews(self) -> Iterator[str]:
        """When it was reviewed and will be, as far as the file says so."""
        if self.review_months:
            yield "Reviewed every month" if self.review_months == 1 else f"Reviewed every {self.review_months} months"
        if self.reviewed_on:
            yield f"Last reviewed on {long_date(self.reviewed_on)}"
        if self.review_on:
            yield f"Next review on {long_date(self.review_on)}"

    @property
    def current(self) -> ScoreDraft | None:
        return self.score(ScoreKind.CURRENT)

    def review_due(self, day: dt.date, months: int) -> dt.date:
        """When it is reviewed next. `day` is that of the import, `months` the register's rhythm."""
        if self.review_on:
            return self.review_on
        scored_on = self.reviewed_on or day
        given = [score.given_on or scored_on for score in self.scores]
        if self.current:
            last = max(self.current.given_on or scored_on, scored_on if self.reviewed_on else dt.date.min)
        else:
            last = self.opened_on or min(given, default=scored_on)
        return months_later(last, self.review_months or months)


@dataclass(frozen=True)
class Kept:
    """A risk that the register has, in the words in which a file would tell it."""

    risk: RiskDraft
    is_closed: bool = False


@dataclass(frozen=True)
class Checked:
    """`risks` as they will be, in the file's order; `problems` maps a place to what is wrong there. `overdue` are the
    days since which new risks will be overdue for their review, the first one first."""

    risks: tuple[RiskDraft, ...]
    problems: dict[str, str]
    overdue: tuple[dt.date, ...] = ()

    @property
    def overdue_words(self) -> str:
        """ "" where no new risk will be overdue."""
        if not self.overdue:
            return ""
        since = long_date(self.overdue[0])
        if len(self.overdue) == 1:
            return f"The next review of 1 new risk is overdue at once, since {since}"
        return f"The next reviews of {len(self.overdue):,} new risks are overdue at once, the first since {since}"

    @property
    def new(self) -> tuple[RiskDraft, ...]:
        return tuple(risk for risk in self.risks if risk.state is State.NEW)
