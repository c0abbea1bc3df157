"""What the PDFs of registers and risks show: frozen values, in words. Pure."""

from dataclasses import dataclass

from strategy_tracker.risks.heat import HeatMap
from strategy_tracker.risks.schemes.rules import Scheme

LONG = 1_400
"""Letters of a row beyond which it may go on over a page."""
TALL = 7
"""Rows of a heat map beyond which they are drawn low, so that it stays on one page."""
WIDE = 7
"""Columns beyond which their heads are set small."""


@dataclass(frozen=True)
class ScoreWords:
    """A score: "12 High", the class that colours it, and its levels ("3 Critical")."""

    words: str
    tone: str
    impact: str
    likelihood: str


@dataclass(frozen=True)
class ResponseWords:
    """ "Treat", what is done, and who does it by when and how far it is ("Manager, by 4 May 2014, planned")."""

    kind: str
    text: str
    more: str


@dataclass(frozen=True)
class RiskEntry:
    """A row of a register. `moved` are words ("up from 9"), `arrow` its sign; `under` is the version of its score where
    that must be said, else "".

    `reason` is why its current score was given.
    """

    key: str
    ref: str
    event: str
    cause: str
    effect: str
    category: str
    is_opportunity: bool
    current: ScoreWords | None
    target: str
    inherent: str
    arrow: str
    moved: str
    was: str
    reason: str
    responses: tuple[ResponseWords, ...]
    owner: str
    reviewed: str
    overdue: str
    above: str
    under: str

    @property
    def is_long(self) -> bool:
        said = (self.event, self.cause, self.effect, *(one.text for one in self.responses))
        return sum(len(words) + 40 * words.count("\n") for words in said) > LONG

    @property
    def has_moved(self) -> bool:
        return self.arrow in ("↑", "↓", "+")


@dataclass(frozen=True)
class ForwardEntry:
    """A risk put forward: where, in which state and since when, and what was said."""

    ref: str
    event: str
    key: str
    to: str
    state: str
    words: str
    answer: str


@dataclass(frozen=True)
class RegisterDocument:
    """A register as at a day. `private` is what each page says where not everybody may read all of it, or ""."""

    partnership: str
    whose: str
    title: str
    as_at: str
    standing: str
    scheme_name: str
    scheme_version: int
    scheme: Scheme
    heat: HeatMap
    since: str
    entries: tuple[RiskEntry, ...]
    forward: tuple[ForwardEntry, ...]
    private: str

    @property
    def moved(self) -> tuple[RiskEntry, ...]:
        return tuple(one for one in self.entries if one.has_moved)

    @property
    def size(self) -> str:
        """How the map is drawn so that it fits: "tall", "wide", both or neither."""
        tall = " heat-tall" if len(self.heat.rows) > TALL else ""
        return tall + (" heat-wide" if len(self.heat.columns) > WIDE else "")


@dataclass(frozen=True)
class Chapter:
    """A table of a risk's document: its heads, and its rows of words. `note` stands above them, or alone."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class RiskDocument:
    """One risk with all that the reader may know of it.

    `facts` are (label, words), as are `words`, which may be long. `scores` are (kind, what it means, score or None,
    and when); `why` are sentences about the current one. `controls` are (how good it is, what is in place),
    `links` (part of a plan, its words), `standings` (put before whom, how it stands, why, the answer).
    """

    partnership: str
    register: str
    ref: str
    event: str
    as_at: str
    readers: str
    closed: str
    facts: tuple[tuple[str, str], ...]
    scores: tuple[tuple[str, str, ScoreWords | None, str], ...]
    why_head: str
    why: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    responses: tuple[ResponseWords, ...]
    controls: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    standings: tuple[tuple[str, ...], ...]
    chapters: tuple[Chapter, ...]
    private: str


@dataclass(frozen=True)
class TopEntry:
    """A top risk with whose it is ("TMBC S2"), since when it was accepted, and what was said then."""

    entry: RiskEntry
    ref: str
    register: str
    accepted: str
    words: str


@dataclass(frozen=True)
class TopDocument:
    """What was accepted at the registers of the partnership, by band: (band's word, class, risks), the worst first.

    Opportunities are a group of their own after the bands. `is_mixed`: their scores stand under several versions.
    """

    partnership: str
    as_at: str
    bands: tuple[tuple[str, str, tuple[TopEntry, ...]], ...]
    is_mixed: bool
    private: str
    standing: str = ""

    @property
    def count(self) -> int:
        return sum(len(entries) for _, _, entries in self.bands)
