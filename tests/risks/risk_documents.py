"""Documents of registers and risks of any shape, without a database."""

from dataclasses import replace

from strategy_tracker.risks.document import (
    Chapter,
    ForwardEntry,
    RegisterDocument,
    ResponseWords,
    RiskDocument,
    RiskEntry,
    ScoreWords,
    TopDocument,
    TopEntry,
)
from strategy_tracker.risks.heat import Spot, heat_map
from strategy_tracker.risks.rules import Movement
from strategy_tracker.risks.schemes.rules import Axis, Level, Scheme, product_cells
from tests.risks.making import BANDS

EVENT = "Partners give less money for services that are run together"
MOVES = (Movement.UP, Movement.SAME, Movement.NEW, Movement.DOWN, None)
TONES = ("b-l", "b-m", "b-h", "b-v")


def a_shape(impact: int, likelihood: int, **drawn: object) -> Scheme:
    """A scheme of any size, its levels with long names and descriptions."""

    def axis(word: str, count: int) -> tuple[Level, ...]:
        return tuple(Level(str(n), f"{word} that is number {n}", f"It is said of {n}" * 3) for n in range(1, count + 1))

    levels = axis("Harm", impact), axis("Chance", likelihood)
    whole = impact * likelihood
    cells = product_cells(*levels, (whole // 4 + 1, whole // 2 + 1, whole * 3 // 4 + 1))
    made = Scheme(*levels, BANDS, cells, tolerated=1)
    return replace(made, **drawn)


LIKELIHOOD_UP = {"rows": Axis.LIKELIHOOD, "worst_on_top": False, "worst_on_right": False}


def a_register_document(
    scheme: Scheme, risks: int = 12, event: str = EVENT, words: str = "Look for other money", private: str = ""
) -> RegisterDocument:
    sizes = len(scheme.impact), len(scheme.likelihood)
    spots = [
        Spot(str(n), n % sizes[0], (n * 3) % sizes[1], MOVES[n % 5], "9 Medium", f"#r{n}") for n in range(1, risks + 1)
    ]
    return RegisterDocument(
        partnership="West Kent",
        whose="Tonbridge and Malling Borough Council",
        title=event[:80],
        as_at="30 June 2011",
        standing="Risks are reviewed every month.",
        scheme_name="Our scheme",
        scheme_version=2,
        scheme=scheme,
        heat=heat_map(scheme, spots, "31 March 2011", {"Our scheme, version 1": ["98", "99"]}, ["100"]),
        since="31 March 2011",
        entries=tuple(an_entry(spot, scheme, event, words) for spot in spots),
        forward=tuple(ForwardEntry(spot.ref, event, f"r{spot.ref}", "Top risks", "Accepted 1 May 2011", words, words)
                      for spot in spots[:3]),
        private=private,
    )  # fmt: skip


def an_entry(spot: Spot, scheme: Scheme, event: str = EVENT, words: str = "Look for other money") -> RiskEntry:
    cell = scheme.cell(*spot.place)
    score = ScoreWords(
        f"{cell.value} {scheme.bands[cell.band].name}",
        TONES[cell.band],
        scheme.impact[spot.impact].words,
        scheme.likelihood[spot.likelihood].words,
    )
    return RiskEntry(
        key=f"r{spot.ref}",
        ref=spot.ref,
        event=event,
        cause=words,
        effect=words,
        category="Money",
        is_opportunity=False,
        current=score if spot.moved else None,
        target="4 Low",
        inherent="",
        arrow=spot.arrow,
        moved="up from 9" if spot.moved is Movement.UP else "",
        was="9",
        reason=words,
        responses=tuple(ResponseWords(kind, words, "Manager, by 4 May 2011") for kind in ("Treat", "Tolerate")),
        owner="Housing services manager",
        reviewed="2 Jun 2011",
        overdue="Review overdue by 2 months" if spot.moved is None else "",
        above="Above tolerance, accepted by nobody",
        under="Our scheme, version 1",
    )


def a_risk_document(event: str = EVENT, words: str = "Look for other money", rows: int = 4) -> RiskDocument:
    score = ScoreWords("12 High", "b-h", "3 Critical", "4 Significant")
    chapters = tuple(
        Chapter(f"Table of {count}", tuple(f"Head {n}" for n in range(count)), ((words,) * count,) * rows, words[:80])
        for count in (3, 4)
    )
    return RiskDocument(
        partnership="West Kent",
        register="Operational risks",
        ref="TMBC 3",
        event=event,
        as_at="30 June 2011",
        readers="Only officers and leads of TMBC may read it.",
        closed=f"Closed on 4 May 2011: {words}",
        facts=(("Owner", words[:200]), ("How soon", "Now")),
        scores=(("Current", "As it stands now", score, f"4 May 2011, {words}"), ("Target", "Where to", None, "")),
        why_head="Why is it high?",
        why=(words, "12 High is above that."),
        words=(("Cause", words), ("Effect", words)),
        responses=(ResponseWords("Treat", words, "Manager"),),
        controls=(("Good", words), ("Not tested", words)),
        links=(("Action 7.2", words),),
        standings=(("Top risks", "Accepted 1 May 2011 at 12 High.", words, words),),
        chapters=chapters,
        private="For TMBC: a private risk",
    )


def a_top_document(scheme: Scheme, risks: int = 8, event: str = EVENT, words: str = "We take it") -> TopDocument:
    entries = tuple(
        TopEntry(replace(an_entry(Spot(str(n), 0, 0, MOVES[n % 4]), scheme, event, words), key=f"sdc-S{n}"),
                 f"SDC S{n}", "Operational risks", "4 May 2011", words)
        for n in range(1, risks + 1)
    )  # fmt: skip
    bands = (("Very high", "b-v", entries[::2]), ("Low", "b-l", entries[1::2])) if risks else ()
    return TopDocument("West Kent", "30 June 2011", bands, True, "For the steering group: contains risks not shared")
