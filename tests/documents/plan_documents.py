"""Plan documents for the tests: of any size, and with the words that have broken PDFs before."""

import datetime as dt
from dataclasses import replace
from itertools import cycle

from strategy_tracker.plans.dates.rules import Move
from strategy_tracker.plans.document import (
    MEANINGS,
    ActionEntry,
    DatesSection,
    ObjectiveSection,
    OutcomeEntry,
    PlanDocument,
    Progress,
    Standing,
    VersionRow,
)
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.plans.timeline.rules import Entry, Mark, pictures_of, scale_of

AUTHORITIES = (("SDC", "Sevenoaks"), ("TMBC", "Tonbridge and Malling"), ("TWBC", "Tunbridge Wells"))
NOTES = (
    "Eleven households were helped to stay where they are, two more than in the quarter before.",
    "The protocol was signed in October. Training follows in the spring; the county’s social workers will take part.",
    "Agreed with partners:\n• 62 homes against a target of 60\n• 14 of them with three bedrooms or more",
    "",
)

MOVE = Move(Timescale.by(dt.date(2010, 7, 31)), Timescale.by(dt.date(2010, 12, 31)), "Late", "Coordinator")
ENTRIES = tuple(
    Entry(1, f"1.{place}", "Fewer families in bed and breakfast", "Outcome", MOVE.new, (MOVE,), mark, "At risk")
    for place, mark in enumerate(Mark, start=1)
)
PERIOD = (dt.date(2010, 7, 1), dt.date(2011, 6, 30))
DATES = DatesSection(
    "3 dates, 3 of them moved, 3 slips. 4 outcomes have no date.",
    pictures_of("line", "the plan", ENTRIES, scale_of(PERIOD, ENTRIES), dt.date(2011, 6, 30)),
    ENTRIES,
)
VERSIONS = (
    VersionRow(1, "14 July 2010", "Coordinator", "Agreed", "The whole plan: 16 objectives", "Steering group"),
    VersionRow(2, "15 December 2010", "Coordinator", "Landlords asked for time", "1 outcome given another date", ""),
)


def plan_document(actions: int = 33, *notes: str, authorities: int = 3) -> PlanDocument:
    """About two actions an objective, each with one outcome and a note from every authority."""
    names = AUTHORITIES[:authorities] + tuple((f"A{n}", f"Authority {n}") for n in range(3, authorities))
    words, statuses = cycle(notes or NOTES), cycle(MEANINGS)
    objectives = []
    for first in range(1, actions + 1, 2):
        number = str(first // 2 + 1)
        entries = tuple(
            _action(f"{number}.{n}", names, words, statuses) for n in range(1, 1 + min(2, actions - first + 1))
        )
        standings = tuple(Standing(short, "at risk", 1, 2) for short, _ in names)
        objectives.append(
            ObjectiveSection(f"objective-{number}", number, "Keep people in their homes", "TMBC", entries, standings)
        )
    return PlanDocument(
        partnership="West Kent",
        strategy="Joint Homelessness Strategy for West Kent: Towards 2010",
        title="Homelessness action plan",
        period="July 2010 to June 2011",
        as_at="30 June 2011",
        edition="Version 3, agreed 14 July 2011",
        is_draft=False,
        extract_of="",
        authorities=names,
        counts=f"{actions} actions.",
        objectives=tuple(objectives),
        dates=DATES if actions else DatesSection(),
        versions=VERSIONS,
        statuses=tuple(MEANINGS.items()),
        abbreviations=(("RSL", "Registered social landlord"), ("B&B", "Bed and breakfast")),
    )


def empty_plan() -> PlanDocument:
    return replace(plan_document(0), authorities=(), counts="", versions=(), statuses=(), abbreviations=())


def _action(number: str, names: tuple[tuple[str, str], ...], words: cycle, statuses: cycle) -> ActionEntry:
    progress = tuple(Progress(short, next(statuses), next(words)) for short, _ in names)
    outcome = OutcomeEntry("Fewer families in bed and breakfast", "December 2010", "Overdue by 6 months", "", progress)
    text = "Offer mediation to every young person whose family asks them to leave, and a bed for the night meanwhile"
    return ActionEntry(number, text, "TMBC, Housing Needs Manager", (outcome,))
