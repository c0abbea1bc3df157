"""A status as people write it. Nothing is guessed: what is not clearly a status is none."""

import re

from strategy_tracker.plans.rules import Status

ONGOING = ("ongoing", "on going", "on-going")
COLUMN_WORDS: dict[Status, tuple[str, ...]] = {
    Status.NOT_STARTED: (
        *("not started", "not begun", "not yet started", "not due", "not yet due", "to start"),
        "heb ddechrau",
    ),
    Status.ON_TRACK: ("on track", "on target", "green", "g", "gwyrdd", "ar y trywydd iawn"),
    Status.AT_RISK: ("at risk", "amber", "a", "some concerns", "behind schedule", "ambr", "oren", "mewn perygl"),
    Status.OFF_TRACK: ("off track", "off target", "red", "r", "coch"),
    Status.ACHIEVED: (
        *("achieved", "complete", "completed", "done", "blue", "b", "closed", "delivered"),
        *("glas", "wedi'i gwblhau", "cwblhawyd", "wedi'i gyflawni"),
    ),
    Status.ONGOING: (*ONGOING, "continuing", "continuous", "in progress", "under way", "underway", "parhaus"),
    Status.ACHIEVED_AND_ONGOING: tuple(
        f"{first} and {last}" for first in ("achieved", "complete", "completed") for last in ONGOING
    ),
    Status.DEFERRED: ("deferred", "postponed", "on hold"),
    Status.CARRIED_FORWARD: ("carried forward", "deferred and carried forward", "carry forward"),
    Status.STOPPED: ("stopped", "cancelled", "withdrawn", "no longer required", "abandoned"),
}
BY_WORDS = {words: status for status, many in COLUMN_WORDS.items() for words in many}
UNSAID = {"", "-", "–", "n/a", "na", "tbc", "not reported", "status not given", "no update", "not given"}

PIECES = re.compile(r"\s*[()\[\]:;,/=–↑↓↔→▲▼]\s*|\s+-\s+|\s*\N{HEAVY CHECK MARK}\s*")
"""What parts "G (on target)" and "Blue – complete": each part must say the same."""
ON_GOING = r"on[ -]?going"
END = r"(?=\s*(?:[.,;:(–-]|$))"
OPENINGS: tuple[tuple[Status, re.Pattern[str]], ...] = tuple(
    (status, re.compile(words, re.IGNORECASE))
    for status, words in (
        (Status.ACHIEVED_AND_ONGOING, rf"achieved (?:and|&) {ON_GOING}(?: process)?{END}"),
        (Status.CARRIED_FORWARD, r"(?:action )?(?:deferred and )?carried forward (?:in)?to\b"),
        (Status.CARRIED_FORWARD, rf"(?:action )?(?:deferred and )?carried forward{END}"),
        (Status.DEFERRED, rf"(?:action )?deferred(?: at present| until\b| to\b| pending\b|{END})"),
        (Status.STOPPED, rf"(?:action )?(?:stopped|cancelled|withdrawn|no longer required){END}"),
        (Status.NOT_STARTED, rf"not (?:yet )?started{END}"),
        (Status.ACHIEVED, rf"(?:achieved|completed?){END}"),
        (Status.ONGOING, rf"{ON_GOING}(?: process\b| and\b| on\b|{END})"),
    )
)
BUT = re.compile(r"\b(?:but|except|partly|partially|in part|not)\b", re.IGNORECASE)


def status_in_column(words: str) -> tuple[Status | None, bool]:
    """The status that a status column's cell names, and whether its words were understood: blank means none."""
    plain = " ".join(words.replace("’", "'").split()).strip(" .:").casefold()
    if plain in UNSAID:
        return None, True
    status = BY_WORDS.get(plain) or BY_WORDS.get(plain.removeprefix("rag ").strip("()"))
    if status is None:
        said = {BY_WORDS.get(piece) for piece in PIECES.split(plain) if piece}
        status = said.pop() if len(said) == 1 else None
    return status, status is not None


def status_said(progress: str) -> Status | None:
    """The status that a progress text opens with ("Achieved – subject to review", "On going on an annual basis").

    None where the words are no clear status, or the first sentence takes them back ("Achieved, but not in full").
    """
    text = " ".join(progress.split())
    sentence = re.split(r"(?<=[.;])\s", text, maxsplit=1)[0]
    for status, opening in OPENINGS:
        if opened := opening.match(text):
            return None if BUT.search(sentence, opened.end()) else status
    return None
