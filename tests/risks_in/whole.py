"""A register whose risks have every field filled, and all that a register keeps of its risks, as values."""

import datetime as dt
from typing import Any

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.parts import add_control, add_response
from strategy_tracker.risks.operations.risks import add_risk, share_risk
from strategy_tracker.risks.operations.scores import plan_review, review_risk, score_risk
from strategy_tracker.risks.queries import controls_of, responses_of, risks_of, scores_of
from strategy_tracker.risks.rules import Effectiveness, Proximity, ResponseKind, ResponseState, RiskWords, ScoreKind
from strategy_tracker.risks.schemes.queries import current_version
from tests.risks.making import a_register

DAY = dt.date(2010, 10, 1)
FOUND = dt.date(2010, 7, 1)
COLUMNS = (
    *("number", "event", "cause", "effect", "category", "owner_kind", "owner_name", "proximity", "is_opportunity"),
    *("assumptions", "review_months", "opened_on", "reviewed_on", "review_due_on"),
)
"""All columns of a risk but those that say who may read it, and that it is closed."""
OF_SCORE = ("impact", "likelihood", "impact_label", "likelihood_label", "words", "scored_on", "reason")
OF_RESPONSE = ("kind", "text", "owner_kind", "owner_name", "due_on", "state")


def a_whole_register() -> Register:
    """A threat and an opportunity. Words that another file's reader would divide, run or take for nothing are in it."""
    register = a_register(as_at=DAY)
    _add(
        register,
        RiskWords(
            "Risk: grants stop",
            "= no money",
            "Effect: fewer homes\n- and worse",
            "Money",
            Owner(OwnerKind.TEAM, "Manager"),
            Proximity.MONTHS,
            assumptions="Rents stay\nas they are",
            review_months=5,
        ),
        9,
    )
    _add(
        register,
        RiskWords("A new grant", category="Safety", owner=Owner(OwnerKind.POST, "Jane Smith"), is_opportunity=True),
        4,
    )
    return register


def _add(register: Register, words: RiskWords, number: int) -> None:
    risk = add_risk(OPERATOR, register, words, opened_on=FOUND, number=number)
    for months, (kind, impact) in enumerate(
        ((ScoreKind.INHERENT, 3), (ScoreKind.TARGET, 0), (ScoreKind.CURRENT, 2)), start=7
    ):
        score_risk(
            OPERATOR,
            risk,
            risk.version,
            kind,
            under=current_version(register.scheme),
            impact=impact,
            likelihood=number % 6,
            reason=f"Why it is {kind}\nas we see it",
            scored_on=dt.date(2010, months, 5),
        )
    review_risk(OPERATOR, risk, risk.version, reviewed_on=dt.date(2010, 9, 20))
    plan_review(OPERATOR, risk, risk.version, due_on=dt.date(2011, 1, 5))
    for state, kind in zip(ResponseState, ResponseKind, strict=True):
        owner = Owner(OwnerKind.PERSON, f"The {state} lead")
        add_response(
            OPERATOR, risk, kind=kind, text=f"+ {kind.value} it", owner=owner, due_on=dt.date(2011, 3, 31), state=state
        )
    for effectiveness in Effectiveness:
        add_control(OPERATOR, risk, text=f"What is {effectiveness}", effectiveness=effectiveness)
    share_risk(OPERATOR, risk, risk.version)


def kept(register: Register) -> list[dict[str, Any]]:
    """Everything but who wrote it, what was before, and who may read it."""
    risks = sorted(risks_of(OPERATOR, register), key=lambda risk: risk.number)
    ids = [risk.id for risk in risks]
    scores, responses, controls = scores_of(ids), responses_of(ids), controls_of(ids)
    return [_kept(risk, scores[risk.id], responses[risk.id], controls[risk.id]) for risk in risks]


def _kept(risk: Risk, scores: Any, responses: Any, controls: Any) -> dict[str, Any]:
    return {name: getattr(risk, name) for name in COLUMNS} | {
        "scores": {kind.value: {name: getattr(one, name) for name in OF_SCORE} for kind, one in scores.items()},
        "responses": [{name: getattr(one, name) for name in OF_RESPONSE} for one in responses],
        "controls": [(one.text, one.effectiveness) for one in controls],
    }
