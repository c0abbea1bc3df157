"""Scores and reviews: appended, never changed."""

import datetime as dt

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.checks import LONGEST_REASON, Problems
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Risk, RiskReview, Score
from strategy_tracker.risks.operations.recording import is_on_behalf, keep, record, require_open
from strategy_tracker.risks.operations.seen import seen_score
from strategy_tracker.risks.queries import acceptance_of, last_score
from strategy_tracker.risks.rules import Mark, ScoreKind, has_risen, months_later
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.operations import require_in_force
from strategy_tracker.risks.schemes.queries import mapping_between, version_in_force


def score_risk(
    person: Acting,
    risk: Risk,
    version: int,
    kind: ScoreKind,
    *,
    under: SchemeVersion,
    impact: int,
    likelihood: int,
    reason: str,
    scored_on: dt.date | None = None,
    form_key: str | None = None,
) -> Score:
    """A score under the version in force; `impact` and `likelihood` are places from 0 in the version that was seen.

    A current score is a review as well, and voids an acceptance that it exceeds. `reason` is asked for unless it is
    the first of its kind. Raises Conflict, Forbidden, and Invalid where another version than `under` is in force by
    now, for levels that it has not, and for a day before the last score's or in the future. `scored_on` None: the
    register's day.
    """
    require(person, Permission.RISK_WRITE, risk)
    require_open(risk)
    day = scored_on or risk.register.day
    with history.writing(person, form_key):
        require_in_force(under, version_in_force(risk.register))
        last = last_score(risk.id, kind)
        why = _checked(risk, kind, last, reason, day)
        is_current = kind is ScoreKind.CURRENT
        save_versioned(risk, version, **(_reviewed(risk, day) if is_current else {}))
        score = _write(person, risk, kind, under, impact, likelihood, why, day)
        if is_current:
            RiskReview.create(
                risk=risk, reviewed_on=day, score=score, note=why, person=score.person, on_behalf=score.on_behalf,
                recorded_at=score.recorded_at,
            )  # fmt: skip
            _void_acceptance(risk, score, last)
        said = {"kind": kind.value, "score": score.words, "impact": score.impact_label}
        record(person, risk, "risk scored", after=said | {"likelihood": score.likelihood_label, "on": day}, reason=why)
    return score


def review_risk(
    person: Acting,
    risk: Risk,
    version: int,
    *,
    note: str = "",
    reviewed_on: dt.date | None = None,
    seen: int | None = None,
    form_key: str | None = None,
) -> RiskReview:
    """Reviewed, still valid: the score stands, and the next review is due from here.

    `seen` is as in `seen_score`. Raises Conflict, Forbidden, and Invalid for another score than that, and for a risk
    without a current score: nothing could still be valid.
    """
    require(person, Permission.RISK_WRITE, risk)
    require_open(risk)
    day = reviewed_on or risk.register.day
    problems = Problems()
    note = problems.text("note", "The note", note, longest=LONGEST_REASON, required=False)
    problems.marks(note=note)
    _check_day(problems, "reviewed_on", day, risk, risk.reviewed_on)
    problems.raise_if_any()
    with history.writing(person, form_key):
        if seen_score(risk.id, seen) is None:
            raise Invalid({"": "Score the risk first: it has no current score that could still be valid"})
        save_versioned(risk, version, **_reviewed(risk, day))
        review = RiskReview.create(
            risk=risk, reviewed_on=day, note=note, person=person.id, on_behalf=is_on_behalf(person, risk),
            recorded_at=clock.now(),
        )  # fmt: skip
        record(person, risk, "risk reviewed", after={"on": day, "note": note})
    return review


def plan_review(person: Acting, risk: Risk, version: int, *, due_on: dt.date, form_key: str | None = None) -> None:
    """The next review falls on this day, and those after it as ever. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.RISK_WRITE, risk)
    require_open(risk)
    problems = Problems()
    problems.date("review_due_on", "The day of the next review", due_on)
    problems.raise_if_any()
    before = risk.review_due_on
    with history.writing(person, form_key):
        save_versioned(risk, version, review_due_on=due_on)
        keep(person, risk)
        record(person, risk, "review planned", before={"due": before}, after={"due": due_on})


def _reviewed(risk: Risk, day: dt.date) -> dict[str, dt.date]:
    months = risk.review_months or risk.register.review_months
    return {"reviewed_on": day, "review_due_on": months_later(day, months)}


def problems_with_score(risk: Risk, kind: ScoreKind, reason: str, scored_on: dt.date | None) -> dict[str, str]:
    """What scoring the risk would refuse in these, whatever the levels are."""
    problems = Problems()
    _check_words(problems, risk, kind, last_score(risk.id, kind), reason, scored_on or risk.register.day)
    return problems.found


def _checked(risk: Risk, kind: ScoreKind, last: Score | None, reason: str, day: dt.date) -> str:
    problems = Problems()
    why = _check_words(problems, risk, kind, last, reason, day)
    problems.raise_if_any()
    return why


def _check_words(problems: Problems, risk: Risk, kind: ScoreKind, last: Score | None, reason: str, day: dt.date) -> str:
    why = problems.text("reason", "The reason", reason, longest=LONGEST_REASON, required=False)
    problems.marks(reason=why)
    if last is not None and not why:
        problems.add("reason", "Say why the score is what it is now")
    is_review = kind is ScoreKind.CURRENT
    said_on = [last.scored_on] if last else []
    said_on += [risk.reviewed_on] if is_review and risk.reviewed_on else []
    _check_day(problems, "scored_on", day, risk, max(said_on, default=None))
    return why


def _check_day(problems: Problems, field: str, day: dt.date, risk: Risk, last: dt.date | None) -> None:
    """Between what was said last (None: nothing yet) and the day as at which the register is shown."""
    latest, earliest = risk.register.day, last or risk.opened_on
    if day > latest:
        shown = f"after {clock.long_date(latest)}, the day of the register" if risk.register.as_at else "in the future"
        problems.add(field, f"The day cannot be {shown}")
    if day < earliest:
        what = "when something was said last" if last else "when it was found"
        problems.add(field, f"The day cannot be before {clock.long_date(earliest)}, {what}")


def _write(
    person: Acting,
    risk: Risk,
    kind: ScoreKind,
    version: SchemeVersion,
    impact: int,
    likelihood: int,
    reason: str,
    day: dt.date,
) -> Score:
    shape = version.shape
    for name, place, levels in (("impact", impact, shape.impact), ("likelihood", likelihood, shape.likelihood)):
        if not 0 <= place < len(levels):
            raise Invalid({name: "Choose one of the scheme's levels"})
    cell = shape.cell(impact, likelihood)
    band = shape.bands[cell.band]
    return Score.create(
        risk=risk,
        kind=kind.value,
        scheme_version=version,
        impact=impact,
        likelihood=likelihood,
        impact_label=shape.impact[impact].words,
        likelihood_label=shape.likelihood[likelihood].words,
        band=cell.band,
        band_name=band.name,
        tone=band.tone.value,
        value=cell.value,
        scored_on=day,
        reason=reason,
        person=person.id,
        on_behalf=is_on_behalf(person, risk),
        recorded_at=clock.now(),
    )


def _void_acceptance(risk: Risk, score: Score, last: Score | None) -> None:
    """From the day of the score; where that was given later than it is dated, not before the acceptance was."""
    held = acceptance_of(risk.id)
    if held is not None and any(_has_risen(score, earlier) for earlier in (held.score, last) if earlier):
        day = max(score.scored_on, held.accepted_on)
        save_versioned(held, held.version, ended_on=day, ended_at=score.recorded_at, void_by=score)


def _has_risen(score: Score, earlier: Score) -> bool:
    """Where the versions differ, what is proposed for the earlier score under that of the new one counts."""
    now: SchemeVersion = score.scheme_version
    if earlier.scheme_version_id == now.id:
        return has_risen(score.mark, earlier.mark)
    levels = mapping_between(earlier.scheme_version, now)
    impact, likelihood = levels.new_place(earlier.impact, earlier.likelihood)
    proposed = None
    if impact is not None and likelihood is not None:
        cell = now.shape.cell(impact, likelihood)
        proposed = Mark(now.id, cell.band, now.shape.bands[cell.band].tone, cell.value)
    return has_risen(score.mark, earlier.mark, proposed)
