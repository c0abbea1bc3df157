"""A risk is added, edited and scored."""

from typing import Any

from flask import redirect, request

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.forms import AddRiskForm, RiskForm, ScoreForm, values_of_risk
from strategy_tracker.risks.models import Register, Risk, Score
from strategy_tracker.risks.operations.adding import add_scored_risk
from strategy_tracker.risks.operations.recording import require_open, require_open_register
from strategy_tracker.risks.operations.risks import edit_risk, problems_with_words
from strategy_tracker.risks.operations.scores import problems_with_score, score_risk
from strategy_tracker.risks.queries import last_score, voided_by
from strategy_tracker.risks.risk_page import MEANINGS
from strategy_tracker.risks.routes.blueprint import REGISTER, RISK, blueprint, the_register, the_risk
from strategy_tracker.risks.routes.forms import confirmed, page_of
from strategy_tracker.risks.routes.levels import bring_up
from strategy_tracker.risks.rows import levels_of
from strategy_tracker.risks.rules import ScoreKind
from strategy_tracker.risks.said_before import known_words, told_since
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.queries import current_version, mapping_between
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, answer


@blueprint.route(f"{REGISTER}add", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def add_risk(partnership: str, register: str) -> Answer:
    person = acting_person()
    found = the_register(person, partnership, register, Permission.RISK_WRITE)
    require_open_register(found)
    version = current_version(found.scheme)
    form = AddRiskForm()
    form.offer_categories(version.shape)
    form.offer_levels(version.shape, "Score it later")
    bring_up(form, person, version)
    added: list[Risk] = []

    def save() -> None:
        risk = add_scored_risk(
            person, found, form.words,
            places=form.places, under=version, reason=form.reason.data or "", form_key=form.key,
        )  # fmt: skip
        added.append(risk)

    page = Page(
        found.partnership,
        "Add a risk",
        address_of_register(found),
        save,
        "The risk is added. Now say what is done about it, and what is in place already.",
        also=lambda: problems_with_words(form.words),
        caption=found.title,
        button="Add the risk",
        nav="risks",
        template="risks/form.html",
        context={"words": [_who_will_read(found)], "levels": version.shape, "wide": "event"},
    )
    shown = answer(form, page)
    return redirect(address_of_risk(added[0])) if added else shown


def _who_will_read(register: Register) -> str:
    if register.authority_id is None:
        return f"Everybody in the {register.partnership.name} partnership will be able to read it."
    return f"It is private to {register.authority.short_name} until it is shared or put forward."


@blueprint.route(f"{RISK}edit", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def edit_a_risk(partnership: str, register: str, risk: str) -> Answer:
    person = acting_person()
    found = the_risk(person, partnership, register, risk, Permission.RISK_WRITE)
    require_open(found)
    form = _edit_form(found)
    return answer(
        form,
        page_of(
            found,
            "Edit a risk",
            lambda: edit_risk(person, found, form.started_from, form.words, form_key=form.key),
            "The risk is saved.",
            lambda now: _edit_form(now, None),
            also=lambda: problems_with_words(form.words),
            words=[f"Who reads it: {_who_reads(found)}"],
        ),
    )


def _who_reads(risk: Risk) -> str:
    if risk.register.authority_id is None or risk.is_shared:
        return "everybody in the partnership."
    short = risk.register.authority.short_name
    raised = ", the coordinator and the steering group" if risk.is_raised else ""
    return f"officers and leads of {short}{raised}."


def _edit_form(risk: Risk, *posted: Any) -> RiskForm:
    form = RiskForm(*posted, data=values_of_risk(risk))
    form.offer_categories(current_version(risk.register.scheme).shape, risk.category)
    return form


@blueprint.route(f"{RISK}scores", methods=["GET", "POST"])
@needs(Permission.RISK_WRITE)
def score(partnership: str, register: str, risk: str) -> Answer:
    """`?kind=` names the kind of score; the current one where it names none."""
    person = acting_person()
    found = the_risk(person, partnership, register, risk, Permission.RISK_WRITE)
    require_open(found)
    kind = _asked_kind()
    version = current_version(found.register.scheme)
    last = last_score(found.id, kind)
    form = _score_form(found, version, last)
    bring_up(form, person, version)

    def is_written() -> bool:
        newest = last_score(found.id, kind)
        return newest is not None and newest.id != form.seen

    def save() -> str:
        impact, likelihood = form.chosen
        with confirmed(form, found, is_written):
            given = score_risk(
                person, found, form.started_from, kind, under=version, impact=impact, likelihood=likelihood,
                reason=form.reason.data or "", scored_on=form.scored_on.data, form_key=form.key,
            )  # fmt: skip
        due = f" The next review is due on {clock.long_date(found.review_due_on)}." if kind is ScoreKind.CURRENT else ""
        voided = voided_by(given)
        void = f" The acceptance by {voided.accepted_by} is void." if voided else ""
        return f"It is {given.words}.{due}{void}"

    page = page_of(
        found,
        f"New {kind.value} score",
        save,
        "The score is saved.",
        lambda now: _score_form_of(now, version, last_score(now.id, kind)),
        button="Save the score",
        also=lambda: problems_with_score(found, kind, form.reason.data or "", form.scored_on.data),
        action=f"{address_of_risk(found)}scores?kind={kind.value}",
        words=[f"{MEANINGS[kind]}.", *_about_last(last, version, is_turned=form.is_turned)],
        levels=version.shape,
    )
    return answer(form, page)


def _asked_kind() -> ScoreKind:
    asked = request.args.get("kind", "")
    return ScoreKind(asked) if asked in list(ScoreKind) else ScoreKind.CURRENT


def _score_form(risk: Risk, version: SchemeVersion, last: Score | None, *posted: Any) -> ScoreForm:
    """Filled with the last levels, as they are proposed under the version in force."""
    values: dict[str, Any] = {"scored_on": risk.register.day, "version": risk.version, "score": 0}
    if last is not None:
        values["score"] = last.id
        places: tuple[int | None, int | None] = (last.impact, last.likelihood)
        if last.scheme_version_id != version.id:
            places = mapping_between(last.scheme_version, version).new_place(last.impact, last.likelihood)
        values |= {name: "" if place is None else str(place) for name, place in zip(PLACES, places, strict=True)}
    form = ScoreForm(*posted, data=values)
    form.offer_levels(version.shape, "Select a level")
    return form


PLACES = ("impact", "likelihood")


def _score_form_of(risk: Risk, version: SchemeVersion, last: Score | None) -> ScoreForm:
    """As somebody else filled it, for whoever wrote another score at the same time."""
    form = _score_form(risk, version, last, None)
    if last is not None:
        form.scored_on.data = last.scored_on
        form.reason.data = known_words(last, risk, told_since(acting_person(), risk))[1]
    return form


def _about_last(last: Score | None, version: SchemeVersion, *, is_turned: bool) -> list[str]:
    if last is None:
        return []
    said = f"The last one is {last.words}, of {clock.long_date(last.scored_on)}: {levels_of(last)}."
    if last.scheme_version_id == version.id:
        return [said]
    proposed = "" if is_turned else " The levels below are proposed in its place; look whether they are right."
    return [said, f"It was given under {last.scheme_version.words}, which is no longer in force.{proposed}"]
