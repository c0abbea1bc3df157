"""The chain's arithmetic: pure, so that anybody can recompute it from an export."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

ORIGIN = "0" * 64
"""What the first event of a chain follows."""


@dataclass(frozen=True)
class Link:
    """The parts of an event that its hash covers, and the hash that was stored."""

    chain: str
    sequence: int
    at: datetime
    verb: str
    subject_type: str
    subject_id: int
    actor: str | None
    data: str
    previous: str
    hash: str = ""

    def computed(self) -> str:
        """SHA-256, as 64 hexadecimal digits, of the canonical JSON of all parts but the hash itself."""
        parts = [
            self.chain,
            self.sequence,
            self.at.isoformat(timespec="microseconds"),
            self.verb,
            self.subject_type,
            self.subject_id,
            self.actor,
            self.data,
            self.previous,
        ]
        return hashlib.sha256(canonical(parts).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces; dates in ISO form."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def faults(chain: str, links: Iterable[Link], head: tuple[int, str]) -> Iterator[str]:
    """A line for each thing wrong with a chain, read in order of sequence; `head` is its stored end."""
    sequence, previous = 0, ORIGIN
    for link in links:
        if link.sequence != sequence + 1:
            yield f"history {chain}: event {sequence + 1} is missing"
        if link.previous != previous:
            yield f"history {chain}: event {link.sequence} does not follow the event before it"
        if link.computed() != link.hash:
            yield f"history {chain}: event {link.sequence} was changed after it was written"
        sequence, previous = link.sequence, link.hash
    if (sequence, previous) != head:
        yield f"history {chain}: it ends at event {sequence}, and should end at event {head[0]}"
