"""Adding a risk with what is known of it at once: its words and its current score."""

from strategy_tracker import history
from strategy_tracker.access.policy import Acting
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.risks import add_risk
from strategy_tracker.risks.operations.scores import score_risk
from strategy_tracker.risks.rules import RiskWords, ScoreKind
from strategy_tracker.risks.schemes.models import SchemeVersion


def add_scored_risk(
    person: Acting,
    register: Register,
    words: RiskWords,
    *,
    places: tuple[int, int] | None,
    under: SchemeVersion,
    reason: str = "",
    form_key: str | None = None,
) -> Risk:
    """Both or neither: a risk, and its current score unless `places` is None, the levels as they stand in `under`.

    Raises Forbidden, Invalid.
    """
    with history.writing(person, form_key):
        risk = add_risk(person, register, words)
        if places is not None:
            impact, likelihood = places
            score_risk(
                person, risk, risk.version, ScoreKind.CURRENT,
                under=under, impact=impact, likelihood=likelihood, reason=reason,
            )  # fmt: skip
    return risk
