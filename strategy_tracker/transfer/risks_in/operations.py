"""A file of risks on its way into a register: kept, looked at, chosen for, applied at once or not at all."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import FIRST_YEAR
from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.lines import LineResponse, LineScore
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.operations.recording import hold, require_open_register
from strategy_tracker.risks.queries import controls_of, responses_of, risks_of, scores_of
from strategy_tracker.risks.rules import (
    Effectiveness,
    Proximity,
    ResponseKind,
    ResponseState,
    ScoreKind,
    is_review_overdue,
)
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.queries import version_in_force
from strategy_tracker.transfer import keeping
from strategy_tracker.transfer.risks_in.adding import add_drafted
from strategy_tracker.transfer.risks_in.check import checked
from strategy_tracker.transfer.risks_in.drafts import Checked, ControlDraft, Kept, ResponseDraft, RiskDraft, ScoreDraft
from strategy_tracker.transfer.risks_in.heads import Field
from strategy_tracker.transfer.risks_in.models import RiskImport
from strategy_tracker.transfer.risks_in.reading import RegisterFile, register_in

IMPORTED = "risks imported"
"""The verb of the event that says how many risks a file brought."""
NO_FUTURE = "not in the future"


@dataclass(frozen=True)
class Choices:
    """What the file cannot say and a person does. `leaves`: risks that are there in other words stay as they are.

    `day` is the one on which scores are given of which the file has none, and the risks are found; None: the
    register's.
    """

    mapping: Mapping[str, Field] = field(default_factory=dict)
    leaves: bool = False
    day: dt.date | None = None


def require_taking(person: Acting, register: Register) -> None:
    """Raises Forbidden where this person may not add to the register, or nobody may any more."""
    require(person, Permission.RISK_WRITE, register)
    require_open_register(register)


def keep_import(
    person: Acting, register: Register, filename: str, content: bytes, *, form_key: str | None = None
) -> RiskImport:
    """Keeps a file for a day. Raises Forbidden, Repeated."""
    require_taking(person, register)
    with history.writing(person, form_key):
        row: RiskImport
        row, digest = keeping.keep(RiskImport, person, filename, content, register=register)
        history.record(person, register.partnership_id, "risks uploaded", row, sha256=digest, register=register.id)
    return row


def own_import(person: Acting, number: int, *within: Any, applied: bool = False) -> RiskImport:
    """As `keeping.own`."""
    found: RiskImport = keeping.own(RiskImport, person, number, Permission.RISK_WRITE, *within, applied=applied)
    return found


def within(partnership: str, register: str) -> tuple[Any, ...]:
    """That a row is of the register at an address."""
    return Register.slug == register, Partnership.slug == partnership


def last_import(person: Acting, register: Register, filename: str) -> RiskImport | None:
    """What this person brought last for a register, if it has that name."""
    last: RiskImport | None = keeping.last(
        RiskImport, person, filename, Permission.RISK_WRITE, RiskImport.register == register.id
    )
    return last


def waiting_for(person: Acting, register: Register) -> list[Any]:
    """As `keeping.waiting`."""
    return keeping.waiting(RiskImport, person, Permission.RISK_WRITE, RiskImport.register == register.id)


def choose(person: Acting, row: RiskImport, choices: Choices) -> None:
    """Keeps what its person chose on the page."""
    day = choices.day.isoformat() if choices.day else ""
    chosen = {"map": dict(choices.mapping), "leaves": choices.leaves, "day": day}
    keeping.keep_choices(row, person, Permission.RISK_WRITE, chosen)


def choices_of(row: RiskImport) -> Choices:
    kept = json.loads(row.choices)
    day = kept.get("day") or ""
    mapping = {head: Field(code) for head, code in kept.get("map", {}).items()}
    return Choices(mapping, bool(kept.get("leaves")), dt.date.fromisoformat(day) if day else None)


def compared(
    person: Acting, register: Register, file: RegisterFile, choices: Choices, under: SchemeVersion | None = None
) -> Checked:
    """The file beside the register as it stands. `under` None: the scheme's version in force. Raises Forbidden, Invalid
    for a day that cannot be.
    """
    require_taking(person, register)
    day = choices.day or register.day
    if day.year < FIRST_YEAR or day > register.day:
        last = f"not after {clock.long_date(register.day)}, the day of the register" if register.as_at else NO_FUTURE
        raise Invalid({"day": f"The day must be after {FIRST_YEAR - 1}, and {last}"})
    version = under or version_in_force(register)
    kept = _kept(person, register)
    found = checked(file, version.shape, kept, day=day, leaves=choices.leaves, scheme=version.words)
    due = sorted(draft.review_due(day, register.review_months) for draft in found.new)
    return replace(found, overdue=tuple(one for one in due if is_review_overdue(one, None, register.day)))


def import_risks(
    person: Acting,
    register: Register,
    file: RegisterFile,
    choices: Choices,
    source: str,
    *,
    form_key: str | None = None,
) -> Checked:
    """Adds every risk of a file that the register has not, private like any new one. `source` is the file's name.

    Raises Forbidden, and Invalid with everything that is wrong; then nothing is done.
    """
    with history.writing(person, form_key):
        hold(register)
        under = version_in_force(register)
        found = compared(person, register, file, choices, under)
        if found.problems:
            raise Invalid(found.problems)
        for draft in found.new:
            try:
                add_drafted(person, register, under, draft, choices.day or register.day, source)
            except Invalid as refused:
                raise Invalid({draft.place: "; ".join(refused.problems.values())}) from refused
    return found


def apply_import(person: Acting, row: RiskImport, seen: str, *, form_key: str | None = None) -> Checked:
    """Adds the risks of a file as its person saw them: `seen` is the digest of what the preview showed.

    Raises Conflict where the register was changed meanwhile so that something else would be done, Repeated where the
    file was applied before, and Invalid with everything that is wrong.
    """
    choices = choices_of(row)
    with history.writing(person, form_key):
        keeping.claim(row)
        file = register_in(bytes(row.content), choices.mapping)
        done = import_risks(person, row.register, file, choices, row.filename)
        if digest_of(done) != seen:
            raise Conflict(row)
        said = {"register": row.register_id, "map": dict(choices.mapping), "added": len(done.new)}
        history.record(person, row.register.partnership_id, IMPORTED, row, **said)
    return done


def digest_of(found: Checked) -> str:
    """Tells two sets of risks apart."""
    return keeping.digest_of(found.risks)


def added_by(row: RiskImport) -> int:
    """How many risks an import brought."""
    return int(keeping.told_of(row, IMPORTED)["added"])


def _kept(person: Acting, register: Register) -> dict[int, Kept]:
    """What the register has, by number; whoever may add to it reads all of it."""
    risks = risks_of(person, register, closed=None)
    ids = [risk.id for risk in risks]
    scores, responses, controls = scores_of(ids), responses_of(ids), controls_of(ids)
    return {
        risk.number: Kept(
            RiskDraft(
                number=risk.number,
                place="",
                event=risk.event,
                cause=risk.cause,
                effect=risk.effect,
                category=risk.category,
                owner=Owner(OwnerKind(risk.owner_kind), risk.owner_name),
                scores=tuple(map(_score, scores.get(risk.id, {}).values())),
                responses=tuple(map(_response, responses.get(risk.id, ()))),
                controls=tuple(
                    ControlDraft(each.text, Effectiveness(each.effectiveness)) for each in controls.get(risk.id, ())
                ),
                assumptions=risk.assumptions,
                is_opportunity=risk.is_opportunity,
                proximity=Proximity(risk.proximity),
                opened_on=risk.opened_on,
                review_months=risk.review_months,
            ),
            risk.is_closed,
        )
        for risk in risks
    }


def _score(score: LineScore) -> ScoreDraft:
    levels = score.impact, score.likelihood, score.impact_label, score.likelihood_label
    return ScoreDraft(ScoreKind(score.kind), *levels, score.words, score.tone)


def _response(row: LineResponse) -> ResponseDraft:
    owner = Owner(OwnerKind(row.owner_kind), row.owner_name)
    return ResponseDraft(ResponseKind(row.kind), row.text, owner, row.due_on, ResponseState(row.state))
