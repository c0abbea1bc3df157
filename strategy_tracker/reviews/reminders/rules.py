"""Who gets a mail on a day, and about what: pure functions of values."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from strategy_tracker.access.permissions import Permission
from strategy_tracker.reviews.reminders.stages import Stage
from strategy_tracker.text import one_line

OWN = "own-"
"""What an occasion begins with of which nobody outside the authority may know, not even who keeps the mails."""
LONGEST_WORDS = 160


class Kind(StrEnum):
    """What a person is told of, in the order in which a mail tells it."""

    REPORT = "report"
    RETURN = "return"
    REOPENED = "reopened"
    RISK = "risk"
    ACCEPTANCE = "acceptance"
    NOMINATION = "nomination"
    DECISION = "decision"
    ASSIGNED = "assigned"


@dataclass(frozen=True)
class About:
    """What a mail says of an item. `context` is what it belongs to, `detail` where it stands; `address` is a path.

    `is_named`: it is hers by name; else it is her authority's, with no person named.
    """

    title: str
    detail: str
    address: str
    context: str
    authority: str = ""
    is_named: bool = False


@dataclass(frozen=True)
class Item:
    """One thing that is one person's to do.

    `key` names it for ever, `occasion` what it belongs to: who was told of an occasion on a day, is not told again of
    it for that day whatever items came to it since. After `until` nobody is told any more. From `listed_from` on it
    stands, too, in a mail that goes out for something else (None: never). She may know of it while she has the
    permission `needs`, as a role in the authority where one is named.
    """

    key: str
    occasion: str
    person_id: int
    partnership_id: int
    kind: Kind
    due_on: dt.date
    stages: tuple[Stage, ...]
    until: dt.date
    listed_from: dt.date | None
    about: About
    needs: Permission
    authority_id: int | None = None
    quarter_id: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether nobody outside the authority may know of it: it stands in the mail, and in no copy that they read."""
        return self.occasion.startswith(OWN)

    def reached(self, today: dt.date) -> tuple[Stage, ...]:
        """The stages whose day has come, the last one last; none where it is too late for all of them."""
        return tuple(stage for stage in self.stages if stage.on <= today) if today <= self.until else ()

    def is_listed(self, today: dt.date) -> bool:
        """Whether it stands in a mail that goes out for something else."""
        return self.listed_from is not None and self.listed_from <= today <= self.until


Told = Mapping[tuple[int, str], dt.date]
"""By person and occasion the last day for which she was told of it, or passed over."""


@dataclass(frozen=True)
class Facts:
    """What is to be known for one day: everybody's items, when each was told of what, and who had her mail today."""

    items: Sequence[Item] = ()
    told: Told = field(default_factory=dict)
    mailed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class DueMail:
    """One person's mail of a day.

    `due` is why it goes out; `others` are hers, too, and stand in it; `passed` are earlier stages of `due` for which
    no mail was written in time.
    """

    person_id: int
    due: tuple[tuple[Item, Stage], ...]
    others: tuple[Item, ...]
    passed: tuple[tuple[Item, Stage], ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return (*(item for item, _ in self.due), *self.others)


def due_mails(today: dt.date, facts: Facts) -> list[DueMail]:
    """The mails of a day, at most one a person, in the order of their ids; nobody gets one who has nothing due."""
    hers: dict[int, list[Item]] = {}
    for item in facts.items:
        if item.person_id not in facts.mailed:
            hers.setdefault(item.person_id, []).append(item)
    found = (due_mail(today, hers[person_id], facts.told) for person_id in sorted(hers))
    return [mail for mail in found if mail is not None]


def due_mail(today: dt.date, items: Sequence[Item], told: Told) -> DueMail | None:
    """One person's mail of a day; None where nothing of hers is due.

    Of stages that nobody could be told of in time (the server was off) the latest alone makes a mail.
    """
    due, others, passed = [], [], []
    for item in {item.key: item for item in items}.values():
        last = told.get((item.person_id, item.occasion))
        new = [stage for stage in item.reached(today) if last is None or stage.on > last]
        if new:
            due.append((item, new[-1]))
            passed += [(item, stage) for stage in new[:-1]]
        elif item.is_listed(today):
            others.append(item)
    return DueMail(items[0].person_id, tuple(due), tuple(others), tuple(passed)) if due else None


def shortened(words: str) -> str:
    """On one line, cut after a whole word where it is long."""
    line = one_line(words)
    if len(line) <= LONGEST_WORDS:
        return line
    return f"{line[:LONGEST_WORDS].rpartition(' ')[0] or line[:LONGEST_WORDS]} …"
