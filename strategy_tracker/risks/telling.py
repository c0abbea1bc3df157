"""What the page of a risk says in words: who may read it, and why its score is what it is called."""

from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.risks import queries
from strategy_tracker.risks.models import Acceptance, Escalation, Risk, Score
from strategy_tracker.risks.rows import TONES
from strategy_tracker.risks.rules import acceptance_holds
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.rules import Grid, Scheme, grid_of

NOBODY_ACCEPTS = "Nobody accepts it."


@dataclass(frozen=True)
class Why:
    """Why a score is called what it is called, and what follows.

    `cell` names the levels and what they make; `rule` the scheme, its version and the tolerance; `verdict` what the
    rule makes of this score; `acceptance` who takes it upon herself, "" where nobody needs to. `grid` is the scheme's
    own, with the `place` of the score on it.
    """

    heading: str
    tone: str
    cell: str
    scheme: str
    scheme_address: str
    rule: str
    verdict: str
    acceptance: str
    is_above: bool
    is_older: bool
    shape: Scheme
    grid: Grid
    place: tuple[int, int]


def why_of(risk: Risk, score: Score, now: SchemeVersion, held: Acceptance | None) -> Why:
    """`now` is the version in force in its register, `held` an acceptance that was not ended."""
    version, shape = score.scheme_version, score.scheme_version.shape
    scheme: ScoringScheme = version.scheme
    impact, likelihood = score.impact_label, score.likelihood_label
    is_above = queries.is_above_tolerance(risk, score)
    return Why(
        heading=f"Why is it {score.band_name[:1].lower()}{score.band_name[1:]}?",
        tone=TONES[score.tone],
        cell=f"{shape.impact_word} {impact} and {shape.likelihood_word.lower()} {likelihood} make {score.words}",
        scheme=f"{scheme.name}, version {version.number}",
        scheme_address=f"/p/{risk.register.partnership.slug}/risks/schemes/{scheme.slug}/",
        rule=_rule(risk, version),
        verdict=_verdict(risk, score, is_above=is_above),
        acceptance=_acceptance(risk, held, is_above=is_above),
        is_above=is_above,
        is_older=version.id != now.id,
        shape=shape,
        grid=grid_of(shape),
        place=(score.impact, score.likelihood),
    )


def _rule(risk: Risk, version: SchemeVersion) -> str:
    """ "Tolerated in Money: Medium or lower"."""
    shape = version.shape
    own = next((one for one in shape.categories if one.name.casefold() == risk.category.casefold()), None)
    where = f"In the category {own.name}" if own else "In this scheme"
    return f"{where}, what is tolerated is {_lower(shape.tolerance_words(risk.category))}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _verdict(risk: Risk, score: Score, *, is_above: bool) -> str:
    if risk.is_opportunity:
        return "It is an opportunity: a high score is welcome, and no tolerance is exceeded."
    if is_above:
        return f"{score.words} is above that: a named person must accept it until a day, or its score must come down."
    return f"{score.words} is within that: nobody needs to accept it."


def _acceptance(risk: Risk, held: Acceptance | None, *, is_above: bool) -> str:
    if not is_above:
        return ""
    if held is None:
        return NOBODY_ACCEPTS
    if acceptance_holds(held.until, held.ended_on, risk.register.day):
        return f"{held.accepted_by} accepts it until {clock.long_date(held.until)}."
    return f"{NOBODY_ACCEPTS} {held.accepted_by} did until {clock.long_date(held.until)}, which has passed."


@dataclass(frozen=True)
class Readers:
    """Who may read a risk: in one word, and in a sentence."""

    word: str
    sentence: str


def readers_of(person: Acting, risk: Risk, running: Escalation | None) -> Readers:
    """`running`: where it stands at the next level."""
    register = risk.register
    home = register.partnership.name
    if register.authority_id is None:
        return Readers("The partnership’s own", f"Everybody in the {home} partnership may read it.")
    short = register.authority.short_name
    if risk.is_shared:
        return Readers(
            "Shared", f"Everybody in the {home} partnership may read it, and it may stand in the partnership’s reports."
        )
    own = f"officers and leads of {short}"
    if risk.is_raised:
        return Readers(
            "Private, and put forward",
            f"Only {own}, the coordinator and the steering group may read it. It stands in none of the partnership’s"
            " reports while it is not shared.",
        )
    inside = f" It stands in “{running.to.title}”, which is {short}’s own." if running is not None else ""
    return Readers("Private", f"Only {own} may read it: for everybody else it does not exist.{inside}")
