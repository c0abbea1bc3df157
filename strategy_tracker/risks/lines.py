"""Rows of the database as a line of a register needs them: no models, since a page may show hundreds."""

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from strategy_tracker.risks.models import Register
from strategy_tracker.risks.rules import Mark, ScoreKind, score_words
from strategy_tracker.risks.schemes.models import SchemeVersion


class LineRisk(NamedTuple):
    """A risk. Each field but the last is a column."""

    id: int
    register_id: int
    version: int
    slug: str
    number: int
    outer_number: int | None
    raised_number: int | None
    event: str
    cause: str
    effect: str
    category: str
    owner_kind: str
    owner_name: str
    proximity: str
    is_opportunity: bool
    assumptions: str
    review_months: int | None
    is_shared: bool
    opened_on: dt.date
    reviewed_on: dt.date | None
    review_due_on: dt.date
    told_at: dt.datetime | None
    closed_on: dt.date | None
    closed_why: str
    register: Register


class LineScore(NamedTuple):
    """A score with the words it was given in. Each field but the last is a column."""

    risk_id: int
    kind: str
    scheme_version_id: int
    impact: int
    likelihood: int
    impact_label: str
    likelihood_label: str
    band: int
    band_name: str
    tone: int
    value: int | None
    scored_on: dt.date
    reason: str
    recorded_at: dt.datetime
    scheme_version: SchemeVersion

    @property
    def mark(self) -> Mark:
        return Mark(self.scheme_version_id, self.band, self.tone, self.value)

    @property
    def words(self) -> str:
        """ "12 High"."""
        return score_words(self.value, self.band_name)


class LineResponse(NamedTuple):
    """What is done about a risk."""

    risk_id: int
    number: int
    kind: str
    text: str
    owner_kind: str
    owner_name: str
    due_on: dt.date | None
    state: str


class LineControl(NamedTuple):
    """What is in place already, and how good it is."""

    risk_id: int
    number: int
    text: str
    effectiveness: str


def as_told(scores: dict[ScoreKind, LineScore], risk: Any, own: Collection[int]) -> dict[ScoreKind, LineScore]:
    """The scores of a risk; for whoever is not of its register (`own` are hers) without the reasons from before she
    could read it.
    """
    if risk.register_id in own or risk.register.authority_id is None:
        return scores
    told_at, before = risk.told_at, f"Given before it was {'shared' if risk.is_shared else 'put forward'}"
    return {
        kind: one if told_at is not None and one.recorded_at >= told_at else one._replace(reason=before)
        for kind, one in scores.items()
    }
