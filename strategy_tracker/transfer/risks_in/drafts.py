"""A register as a file tells it, risk by risk as each will be, before anything is stored."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from strategy_tracker.owners import Owner
from strategy_tracker.risks.rules import ResponseKind, ScoreKind
from strategy_tracker.transfer.risks_in.responses import Said


class State(StrEnum):
    """What an import does with a risk: adds it; or leaves it, which is there in the same words, or in others."""

    NEW = "new"
    SAME = "already there, unchanged"
    LEFT = "already there in other words, left as it is"


@dataclass(frozen=True)
class ScoreDraft:
    """Places in the scheme, and its words for them and for the cell."""

    kind: ScoreKind
    impact: int
    likelihood: int
    impact_words: str
    likelihood_words: str
    words: str
    tone: int


@dataclass(frozen=True)
class RiskDraft:
    """A risk as it will be. `review_months` and `review_on` are None where the register says when it is reviewed;
    `scored_on` where the import's own day counts. `warnings` do not keep it from being taken."""

    number: int
    place: str
    event: str
    cause: str = ""
    effect: str = ""
    category: str = ""
    owner: Owner = Owner()
    scores: tuple[ScoreDraft, ...] = ()
    responses: tuple[Said, ...] = ()
    due_on: dt.date | None = None
    review_months: int | None = None
    review_on: dt.date | None = None
    scored_on: dt.date | None = None
    warnings: tuple[str, ...] = ()
    state: State = State.NEW
    differs: tuple[str, ...] = ()

    def score(self, kind: ScoreKind) -> ScoreDraft | None:
        return next((score for score in self.scores if score.kind is kind), None)

    @property
    def current(self) -> ScoreDraft | None:
        return self.score(ScoreKind.CURRENT)


@dataclass(frozen=True)
class Kept:
    """A risk that the register has. `scores` are the words of impact and likelihood."""

    event: str
    cause: str
    effect: str
    category: str
    owner: str
    scores: Mapping[ScoreKind, tuple[str, str]]
    responses: tuple[tuple[ResponseKind, str], ...]
    is_closed: bool = False


@dataclass(frozen=True)
class Checked:
    """`risks` as they will be, in the file's order; `problems` maps a place to what is wrong there."""

    risks: tuple[RiskDraft, ...]
    problems: dict[str, str]

    @property
    def new(self) -> tuple[RiskDraft, ...]:
        return tuple(risk for risk in self.risks if risk.state is State.NEW)
