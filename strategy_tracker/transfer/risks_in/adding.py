"""One risk of a file as a risk of the register, with all that the file says of it."""

import datetime as dt
from typing import Any

from strategy_tracker import history
from strategy_tracker.access.policy import Acting
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.parts import add_control, add_response
from strategy_tracker.risks.operations.risks import add_risk
from strategy_tracker.risks.operations.scores import plan_review, review_risk, score_risk
from strategy_tracker.risks.rules import RiskWords, ScoreKind
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.transfer.risks_in.drafts import RiskDraft

ORDER = (ScoreKind.INHERENT, ScoreKind.TARGET, ScoreKind.CURRENT)


def add_drafted(
    person: Acting, register: Register, under: SchemeVersion, draft: RiskDraft, day: dt.date, source: str
) -> None:
    """Inside the transaction of the import. `day` counts where the file gives none. Raises Invalid."""
    scored_on = draft.reviewed_on or day
    first = min((score.given_on or scored_on for score in draft.scores), default=scored_on)
    risk = add_risk(person, register, _words(draft), opened_on=draft.opened_on or first, number=draft.number)
    _note_import(person, risk, draft, source)
    imported = f"Imported from {source}"
    for kind in ORDER:
        if score := draft.score(kind):
            score_risk(
                person,
                risk,
                risk.version,
                kind,
                under=under,
                impact=score.impact,
                likelihood=score.likelihood,
                reason=score.why or imported,
                scored_on=score.given_on or scored_on,
            )
    if draft.reviewed_on and draft.current and risk.reviewed_on and risk.reviewed_on < draft.reviewed_on:
        review_risk(person, risk, risk.version, note=imported, reviewed_on=draft.reviewed_on)
    _add_parts(person, risk, draft)
    if draft.review_on and draft.review_on != risk.review_due_on:
        plan_review(person, risk, risk.version, due_on=draft.review_on)


def _words(draft: RiskDraft) -> RiskWords:
    return RiskWords(
        draft.event,
        draft.cause,
        draft.effect,
        draft.category,
        draft.owner,
        draft.proximity,
        draft.is_opportunity,
        draft.assumptions,
        draft.review_months,
    )


def _add_parts(person: Acting, risk: Risk, draft: RiskDraft) -> None:
    for each in draft.responses:
        said: dict[str, Any] = {"owner": each.owner, "due_on": each.due_on, "state": each.state}
        add_response(person, risk, kind=each.kind, text=each.text, **said)
    for one in draft.controls:
        add_control(person, risk, text=one.text, effectiveness=one.effectiveness)


def _note_import(person: Acting, risk: Risk, draft: RiskDraft, source: str) -> None:
    """The history of each risk says where it came from."""
    history.record(
        person,
        risk.register.partnership_id,
        "risk imported",
        risk,
        version=risk.version,
        reason=f"Imported from {source}, {draft.place}",
    )
