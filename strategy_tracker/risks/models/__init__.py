"""Risk registers, risks, and what is said of each: scores, responses, controls, reviews, acceptances, escalations."""

from strategy_tracker.risks.models.escalations import Escalation
from strategy_tracker.risks.models.registers import Register, Risk
from strategy_tracker.risks.models.said import Acceptance, Control, Response, RiskReview, RiskRevision, Score

__all__ = [
    "Acceptance",
    "Control",
    "Escalation",
    "Register",
    "Response",
    "Risk",
    "RiskReview",
    "RiskRevision",
    "Score",
]
