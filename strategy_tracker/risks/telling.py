"""What the page of a risk says in words: who may read it, and why its score is what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.risks import queries
from strategy_tracker.risks.accepted import Accepted
from strategy_tracker.risks.models import Escalation, Risk, Score
from strategy_tracker.risks.rows import TONES, levels_of
from strategy_tracker.risks.rules import RUNNING
from strategy_tracker.risks.said_before import is_told, known_words, told_since, who_words
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.rules import Grid, Scheme, grid_of

NOBODY_ACCEPTS = "Nobody accepts it."
KEPT = "The steering group keeps what was put forward: its name and score then, and the words with it."


@dataclass(frozen=True)
class Why:
    """Why a score is called what it is called, and what follows.

    `cell` names the levels and what they make; `rule` the scheme, its version and the tolerance; `verdict` what the
    rule makes of this score; `acceptance` who accepts it and who did last, "" where nobody needs to. `grid` is the
    scheme's own, with the `place` of the score on it.
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


def why_of(risk: Risk, score: Score, now: SchemeVersion, accepted: Accepted) -> Why:
    """`now` is the version in force in its register."""
    version, shape = score.scheme_version, score.scheme_version.shape
    scheme: ScoringScheme = version.scheme
    impact, likelihood = score.impact_label, score.likelihood_label
    is_above = not risk.is_closed and queries.is_above_tolerance(risk, score)
    asked = "" if version.id == now.id else f"?version={version.number}"
    return Why(
        heading=f"Why is it {score.band_name[:1].lower()}{score.band_name[1:]}?",
        tone=TONES[score.tone],
        cell=f"{shape.impact_word} {impact} and {shape.likelihood_word.lower()} {likelihood} make {score.words}",
        scheme=version.words,
        scheme_address=f"/p/{risk.register.partnership.slug}/risks/schemes/{scheme.slug}/{asked}",
        rule=_rule(risk, version),
        verdict=_verdict(risk, score, is_above=is_above),
        acceptance=_acceptance(accepted) if is_above else "",
        is_above=is_above,
        is_older=version.id != now.id,
        shape=shape,
        grid=grid_of(shape),
        place=(score.impact, score.likelihood),
    )


def _rule(risk: Risk, version: SchemeVersion) -> str:
    """ "In the category Money, what is tolerated is medium or lower"; "In this scheme, nothing is tolerated"."""
    shape = version.shape
    own = next((one for one in shape.categories if one.name.casefold() == risk.category.casefold()), None)
    where = f"In the category {own.name}" if own else "In this scheme"
    tolerated = shape.tolerance_words(risk.category)
    if tolerated in ("nothing", "everything"):
        return f"{where}, {tolerated} is tolerated"
    return f"{where}, what is tolerated is {_lower(tolerated)}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _verdict(risk: Risk, score: Score, *, is_above: bool) -> str:
    if risk.is_opportunity:
        return "It is an opportunity: a high score is welcome, and no tolerance is exceeded."
    if risk.is_closed and queries.is_above_tolerance(risk, score):
        return f"{score.words} was above that when the risk was closed; nobody needs to accept it any more."
    if is_above:
        asked = "somebody must accept it, by name and until a date, or its score must come down"
        return f"{score.words} is above that: {asked}."
    return f"{score.words} is within that: nobody needs to accept it."


def _acceptance(accepted: Accepted) -> str:
    held = accepted.held
    if held is None:
        return " ".join([NOBODY_ACCEPTS, *(one.words for one in accepted.earlier[:1])])
    if accepted.holds:
        return f"{held.accepted_by} accepts it until {clock.long_date(held.until)}."
    return f"{NOBODY_ACCEPTS} {held.accepted_by} did until {clock.long_date(held.until)}, which has passed."


def standing_words(person: Acting, risk: Risk, score: Score) -> list[str]:
    """What whoever accepts or reviews a risk confirms: its score, who gave it and why, and who reviewed it since."""
    since = told_since(person, risk)
    who, why = known_words(score, risk, since)
    day = clock.long_date(score.scored_on)
    said = [f"Its score is {score.words}.", _quoted(f"It is of {day}: {levels_of(score)}. {_upper(who)}", why)]
    last = next(iter(queries.reviews_of(risk.id)), None)
    if last is not None and last.score_id is None and is_told(last, since):
        reviewed = f"Reviewed on {clock.long_date(last.reviewed_on)}, still valid. {who_words(last, risk.register)}"
        said.append(_quoted(reviewed, last.note))
    return said


def _quoted(who: str, words: str) -> str:
    return f"{who}: {words}" if words else f"{who}."


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Readers:
    """Who may read a risk: in one word, and in a sentence."""

    word: str
    sentence: str


def readers_of(person: Acting, risk: Risk, forward: Sequence[Escalation]) -> Readers:
    """`forward`: where it stands at the next level, and where it ever stood, as far as the reader may know."""
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
    running = [one for one in forward if one.state in RUNNING]
    inside = f" It stands in “{running[0].to.title}”, which is {short}’s own." if running else ""
    if any(one.to.authority_id is None for one in forward):
        return Readers("Private", f"Only {own} may read it.{inside} {KEPT}")
    return Readers("Private", f"Only {own} may read it: for everybody else it does not exist.{inside}")
