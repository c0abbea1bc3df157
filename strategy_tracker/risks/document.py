"""What the PDFs of registers and risks show: frozen values, in words. Pure."""

from dataclasses import dataclass

from strategy_tracker.risks.drawing import DrawnMap, drawn_map
from strategy_tracker.risks.heat import HeatMap
from strategy_tracker.risks.heights import has_room
from strategy_tracker.risks.schemes.rules import Scheme

LONG = 1_400
"""Letters of a row beyond which it may go on over a page."""
FEW = 6
"""New risks up to which each is listed as new where all are."""

Abbreviations = tuple[tuple[str, str], ...]
"""(abbreviation, what it means)."""


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
class ReceivedEntry:
    """What others put forward to a register: by which name the reader knows the risk ("TMBC E1", "" where she may not
    read it), its words and score as they were then, why, how it stands and since when, and what was said with that.
    """

    event: str
    name: str
    origin: str
    score: str
    tone: str
    words: str
    state: str
    answer: str


@dataclass(frozen=True)
class RegisterDocument:
    """A register as at a day. `private` is what each page says where not everybody may read all of it, or "".

    `empty` is what it says where it has no entry.
    """

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
    received: tuple[ReceivedEntry, ...] = ()
    empty: str = "There is no open risk in this copy."
    abbreviations: Abbreviations = ()

    @property
    def moved(self) -> tuple[RiskEntry, ...]:
        """Where all of many are new there is nothing to compare."""
        return () if self.is_new else tuple(one for one in self.entries if one.has_moved)

    @property
    def is_new(self) -> bool:
        """Whether it has many risks, of which none had a score at the end of the quarter before."""
        return len(self.entries) > FEW and all(one.arrow == "+" or one.current is None for one in self.entries)

    @property
    def is_apart(self) -> bool:
        """Whether the table of risks begins on a page of its own."""
        return not (self.since and self.moved and has_room(self.moved, self.entries[:2]))

    @property
    def map(self) -> DrawnMap:
        return drawn_map(self.heat, [(one.ref, one.event) for one in self.entries])


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
    abbreviations: Abbreviations = ()


@dataclass(frozen=True)
class TopEntry:
    """A top risk with whose it is ("TMBC S2"), by whom and when it was taken up, and what was said then."""

    entry: RiskEntry
    ref: str
    register: str
    taken: str
    words: str


@dataclass(frozen=True)
class TopDocument:
    """The top risks of a partnership, by band: (band's word, class, risks), the worst first.

    `what` says which they are. Opportunities are a group of their own after the bands. `is_mixed`: their scores stand
    under several versions.
    """

    partnership: str
    as_at: str
    bands: tuple[tuple[str, str, tuple[TopEntry, ...]], ...]
    is_mixed: bool
    private: str
    what: str = ""
    standing: str = ""
    abbreviations: Abbreviations = ()

    @property
    def count(self) -> int:
        return sum(len(entries) for _, _, entries in self.bands)
