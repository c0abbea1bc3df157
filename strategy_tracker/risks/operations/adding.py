"""Adding a risk with what is known of it at once: its words and its current score."""

from strategy_tracker import history
from strategy_tracker.access.policy import Acting
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.risks import add_risk
from strategy_tracker.risks.operations.scores import score_risk
from strategy_tracker.risks.rules import RiskWords, ScoreKind


def add_scored_risk(
    person: Acting,
    register: Register,
    words: RiskWords,
    *,
    impact: int | None,
    likelihood: int | None,
    reason: str = "",
    form_key: str | None = None,
) -> Risk:
    """Both or neither: a risk, and its current score unless both levels are None. Raises Forbidden, Invalid."""
    with history.writing(person, form_key):
        risk = add_risk(person, register, words)
        if impact is not None and likelihood is not None:
            score_risk(
                person, risk, risk.version, ScoreKind.CURRENT, impact=impact, likelihood=likelihood, reason=reason
            )
    return risk
