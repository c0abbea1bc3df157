"""Schemes, registers and risks in the words of the domain."""

import datetime as dt
from typing import Any

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.risks.models import Escalation, Register, Risk, Score
from strategy_tracker.risks.operations.escalations import accept_escalation, nominate_risk
from strategy_tracker.risks.operations.registers import RegisterTerms, add_register
from strategy_tracker.risks.operations.risks import add_risk, share_risk
from strategy_tracker.risks.operations.scores import score_risk
from strategy_tracker.risks.rules import RiskWords, ScoreKind
from strategy_tracker.risks.schemes.models import ScoringScheme
from strategy_tracker.risks.schemes.operations import add_scheme
from strategy_tracker.risks.schemes.queries import version_in_force
from strategy_tracker.risks.schemes.rules import Band, Category, Level, Scheme, Tone, product_cells
from tests.cast import authority, partnership

BANDS = (
    Band("Low", Tone.LOW),
    Band("Medium", Tone.MEDIUM),
    Band("High", Tone.HIGH),
    Band("Very high", Tone.VERY_HIGH),
)
IMPACT = ("Negligible", "Marginal", "Critical", "Catastrophic")
LIKELIHOOD = ("Almost impossible", "Very low", "Low", "Significant", "High", "Very high")


def levels(*names: str) -> tuple[Level, ...]:
    return tuple(Level(str(number), name) for number, name in enumerate(names, start=1))


def four_by_six(**changes: Any) -> Scheme:
    """Copeland's: impact 1 to 4 by likelihood 1 to 6."""
    impact, likelihood = levels(*IMPACT), levels(*LIKELIHOOD)
    said = {"tolerated": 1, "categories": (Category("Money", 1), Category("Safety", 0))} | changes
    return Scheme(impact, likelihood, BANDS, product_cells(impact, likelihood, (5, 10, 15)), **said)


def five_by_five(**changes: Any) -> Scheme:
    impact = levels("Insignificant", "Minor", "Moderate", "Major", "Severe")
    likelihood = levels("Rare", "Unlikely", "Possible", "Likely", "Almost certain")
    return Scheme(
        impact, likelihood, BANDS, product_cells(impact, likelihood, (5, 10, 17)), **{"tolerated": 1} | changes
    )


def a_scheme(
    slug: str = "four-by-six", shape: Scheme | None = None, *, of: str = "west-kent", whose: str = ""
) -> ScoringScheme:
    """A scheme of the partnership, or of an authority; the same one where it is there already."""
    home = partnership(of)
    found = ScoringScheme.get_or_none(ScoringScheme.partnership == home, ScoringScheme.slug == slug)
    owner = authority(whose) if whose else None
    return found or add_scheme(
        OPERATOR, home, owner, slug=slug, name=slug.replace("-", " "), shape=shape or four_by_six()
    )


def a_register(whose: str = "tmbc", slug: str = "", *, of: str = "west-kent", **terms: Any) -> Register:
    """A register of an authority, or ("") of the partnership; the same one where it is there already.

    `as_at` is the day as at which it is shown, whatever will be written in it.
    """
    home = partnership(of)
    slug = slug or f"{whose or of}-risks"
    found = Register.get_or_none(Register.partnership == home, Register.slug == slug)
    if found is not None:
        return found
    said = {"title": f"Operational risks of {whose or of}", "scheme": a_scheme(of=of)} | terms
    owner, as_at = authority(whose) if whose else None, said.pop("as_at", None)
    register = add_register(OPERATOR, home, owner, slug=slug, terms=RegisterTerms(**said))
    Register.update(as_at=as_at).where(Register.id == register.id).execute()
    register.as_at = as_at
    return register


def a_risk(
    register: Register | None = None,
    event: str = "Partners give less money",
    *,
    score: tuple[int, int] | None = (2, 3),
    shared: bool = False,
    by: Acting = OPERATOR,
    opened_on: dt.date = dt.date(2010, 7, 1),
    number: int | None = None,
    **words: Any,
) -> Risk:
    """A risk with a current score (places from 0; None: none yet), private unless `shared`."""
    register = register or a_register()
    risk = add_risk(by, register, RiskWords(event, **words), opened_on=opened_on, number=number)
    if score is not None:
        a_score(risk, *score, by=by, on=opened_on)
    if shared:
        share_risk(OPERATOR, risk, risk.version)
    return risk


def a_score(
    risk: Risk,
    impact: int,
    likelihood: int,
    kind: ScoreKind = ScoreKind.CURRENT,
    *,
    on: dt.date | None = None,
    by: Acting = OPERATOR,
    reason: str = "As we see it",
) -> Score:
    """Under the version in force; places from 0."""
    return score_risk(
        by, risk, risk.version, kind,
        under=version_in_force(risk.register), impact=impact, likelihood=likelihood, reason=reason, scored_on=on,
    )  # fmt: skip


def put_forward(risk: Risk, *, accepted: bool = False, share: bool = False) -> Escalation:
    """The risk before the register of the next level: the partnership's, unless its register says otherwise."""
    if risk.register.goes_to is None:
        home = risk.register.partnership.slug
        Register.update(goes_to=a_register("", of=home)).where(Register.id == risk.register_id).execute()
        risk.register = Register.get_by_id(risk.register_id)
    escalation = nominate_risk(OPERATOR, risk, risk.version, words="It is beyond us", share=share)
    if accepted:
        accept_escalation(OPERATOR, escalation, escalation.version, words="We take it")
    return escalation
