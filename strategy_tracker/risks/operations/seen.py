"""What is confirmed of a risk is the score that was seen."""

from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Score
from strategy_tracker.risks.queries import current_score


def seen_score(risk_id: int, seen: int | None) -> Score | None:
    """The current score of a risk, None where it has none.

    `seen` is the id of the one that was shown; None: to nobody. Raises Invalid where another counts by now, even if it
    is called the same: it was given since, and by somebody who knew more.
    """
    now = current_score(risk_id)
    if now is not None and seen not in (None, now.id):
        before = Score.get_or_none(Score.id == seen, Score.risk == risk_id)
        was = f"; you read {_named(before)}" if before else ""
        raise Invalid({"score": f"The score was given anew meanwhile: it is {_named(now)} now{was}"})
    return now


def _named(score: Score) -> str:
    """ "16 High (4 Major, 4 Likely)"."""
    return f"{score.words} ({score.impact_label}, {score.likelihood_label})"
