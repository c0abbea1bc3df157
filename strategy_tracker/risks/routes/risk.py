"""The page of one risk, what it said before, and its reviews."""

from typing import Any

from flask import render_template

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.risks.accepted import accepted_of
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.forms import ReviewForm
from strategy_tracker.risks.models import Risk, Score
from strategy_tracker.risks.operations.recording import require_open
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.queries import current_score, is_own, reference
from strategy_tracker.risks.risk_page import risk_page
from strategy_tracker.risks.routes.blueprint import RISK, blueprint, the_risk
from strategy_tracker.risks.routes.forms import confirmed, page_of
from strategy_tracker.risks.said_before import entries_of, told_since
from strategy_tracker.risks.telling import standing_words
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, answer


@blueprint.get(RISK)
@needs(Permission.RISK_READ)
def risk(partnership: str, register: str, risk: str) -> str:
    person = acting_person()
    found = the_risk(person, partnership, register, risk)
    page = risk_page(person, found)
    return render_template(
        "risks/risk.html",
        partnership=found.register.partnership,
        nav="risks",
        page=page,
        risk=found,
        reviewing=_review_form(found, page.current, None),
    )


@blueprint.get(f"{RISK}history")
@needs(Permission.RISK_READ)
def risk_history(partnership: str, register: str, risk: str) -> str:
    person = acting_person()
    found = the_risk(person, partnership, register, risk)
    own = is_own(person, found.register)
    return render_template(
        "risks/history.html",
        partnership=found.register.partnership,
        nav="risks",
        risk=found,
        ref=reference(found, own=own),
        address=address_of_risk(found),
        entries=entries_of(person, found),
        accepted=accepted_of(found, told_since(person, found)),
        is_own=own,
    )


@blueprint.route(f"{RISK}review", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def review(partnership: str, register: str, risk: str) -> Answer:
    person = acting_person()
    found = the_risk(person, partnership, register, risk, Permission.RISK_WRITE)
    require_open(found)
    score = current_score(found.id)
    form = _review_form(found, score)

    today = clock.long_date(found.register.day)

    def save() -> str:
        with confirmed(form, found):
            note = form.note.data or ""
            review_risk(person, found, form.started_from, note=note, seen=form.seen, form_key=form.key)
        return f"The next review is due on {clock.long_date(found.review_due_on)}."

    page = page_of(
        found,
        "Reviewed, still valid",
        save,
        "The review is recorded: the risk is still valid as it stands.",
        lambda _: ReviewForm(None),
        button="Record the review",
        words=[f"Is its score still valid? It stays as it is, and the next review is counted from {today}."],
        standing=standing_words(person, found, score) if score else [],
        instead=[(f"{address_of_risk(found)}scores?kind=current", "Give a new score instead")],
    )
    return answer(form, page)


def _review_form(risk: Risk, score: Score | None, *posted: Any) -> ReviewForm:
    return ReviewForm(*posted, data={"version": risk.version, "score": score.id if score else 0})
