"""A reminder in words: all that is hers, partnership by partnership, as text and as HTML."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from strategy_tracker import clock
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.jobs.letters import Letter, letter
from strategy_tracker.reviews.reminders.rules import DueMail, Item, Kind
from strategy_tracker.reviews.reminders.stages import Rule, ruling
from strategy_tracker.text import one_line

LONGEST_NAME = 80
MOST_NAMED = 2
TOGETHER = frozenset({Kind.DECISION, Kind.ASSIGNED, Kind.RISK, Kind.ACCEPTANCE, Kind.NOMINATION})
"""Kinds of which all stand in one group, whatever their dates."""
DATED = frozenset({Kind.DECISION, Kind.ASSIGNED, Kind.RISK})
"""Of those the ones whose entry ends in the date."""


@dataclass(frozen=True)
class Entry:
    """One thing, where it stands, and where it is done."""

    title: str
    detail: str
    address: str


@dataclass(frozen=True)
class Group:
    """What is of one kind. `lists` are under a heading each, which is empty where there is but one."""

    heading: str
    lists: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True)
class Block:
    """What is hers in one partnership. `rule` are the days of its reminders, in words."""

    partnership_id: int
    name: str
    groups: tuple[Group, ...]
    rule: str


@dataclass(frozen=True)
class Part:
    """A mail as it would be if it were about one partnership alone: what its coordinator may read of it.

    What is an authority's own is not in it; of a mail that has nothing else there is no part.
    """

    partnership_id: int
    subject: str
    text: str


@dataclass(frozen=True)
class Reminder:
    """A whole mail, and its parts by the names of the partnerships."""

    subject: str
    text: str
    html: str
    parts: tuple[Part, ...]


def reminder(
    name: str,
    mail: DueMail,
    partnerships: Mapping[int, Partnership],
    rules: Mapping[int, Sequence[Rule]],
    today: dt.date,
    base_url: str,
) -> Reminder:
    """The mail to a person of this name. Links begin with the base address of the installation.

    The subject tells what the mail goes out for; where a partnership has nothing of that, its part tells what it has.
    """
    due = {item.key for item, _ in mail.due}

    def of(items: Sequence[Item]) -> tuple[str, Letter]:
        blocks = [
            _block(partnerships[id_], hers, ruling(rules[id_], today) or Rule(), today, base_url)
            for id_, hers in _by_home(items, partnerships)
        ]
        first = [item for item in items if item.key in due] or items
        named = {item.partnership_id for item in first}
        subject = f"{_homes([one.name for one in blocks if one.partnership_id in named])}: {what(first, today)}"
        reports = any(item.kind is Kind.REPORT for item in items)
        content = {"subject": subject, "name": name, "today": today, "blocks": blocks, "reports": reports}
        return subject, letter("reminder", my_work=f"{base_url}/", **content)

    items = told_once(mail.items)
    subject, whole = of(items)
    parts = []
    for id_, here in _by_home([item for item in items if not item.is_own], partnerships):
        words, part = of(here) if len(here) < len(items) else (subject, whole)
        parts.append(Part(id_, words, part.text))
    return Reminder(subject, whole.text, whole.html, tuple(parts))


def _by_home(items: Sequence[Item], partnerships: Mapping[int, Partnership]) -> list[tuple[int, list[Item]]]:
    hers: dict[int, list[Item]] = {}
    for item in items:
        hers.setdefault(item.partnership_id, []).append(item)
    return sorted(hers.items(), key=lambda one: (partnerships[one[0]].name, one[0]))


def told_once(items: Sequence[Item]) -> list[Item]:
    """A decision that is both new and due is told as a new one."""
    new = {item.key.partition("-")[2] for item in items if item.kind is Kind.ASSIGNED}
    kept = [item for item in items if item.kind is not Kind.DECISION or item.key.partition("-")[2] not in new]
    return sorted(kept, key=_group_of)


def _group_of(item: Item) -> tuple[int, dt.date, str]:
    is_one = item.kind in TOGETHER
    return list(Kind).index(item.kind), dt.date.min if is_one else item.due_on, item.about.context


def what(items: Sequence[Item], today: dt.date) -> str:
    """What a mail is about and when, in plain words: "8 actions to report by 15 July 2011"."""
    dated = groupby(sorted(items, key=_group_of), key=lambda item: _group_of(item)[:2])
    said = [_said(list(same), today) for _, same in dated]
    return f"{'; '.join(said[:MOST_NAMED])}{'; and more' if len(said) > MOST_NAMED else ''}"


def _said(items: Sequence[Item], today: dt.date) -> str:
    """Of items of one kind, which have one date unless all of their kind stand together."""
    due = min(item.due_on for item in items)
    day = clock.long_date(due)
    when = f"today, {day}" if due == today else f"by {day}"
    late, count = due < today, len(items)
    match items[0].kind:
        case Kind.REPORT:
            actions = f"{count} action{'' if count == 1 else 's'}"
            return f"{actions} still to report, due {day}" if late else f"{actions} to report {when}"
        case Kind.RETURN:
            whose = " and ".join(dict.fromkeys(item.about.authority for item in items))
            return f"return of {whose} not submitted, due {day}" if late else f"return of {whose} to submit {when}"
        case Kind.REOPENED:
            return f"open again for your reports until {day}"
        case Kind.RISK:
            risks = f"{count} risk{'' if count == 1 else 's'}"
            return f"{risks} still to review, due {day}" if late else f"{risks} to review {when}"
        case Kind.ACCEPTANCE:
            risks = f"{count} risk{'' if count == 1 else 's'}"
            return f"acceptance of {risks} {'ran' if late else 'runs'} out {day}"
        case Kind.NOMINATION:
            return f"{count} risk{'' if count == 1 else 's'} put forward for you to decide"
        case Kind.DECISION:
            decisions = f"{count} decision{'' if count == 1 else 's'}"
            return f"{decisions} still to see to, due {day}" if late else f"{decisions} to see to {when}"
        case Kind.ASSIGNED:
            return f"{count} new decision{'' if count == 1 else 's'} for you"


def _block(home: Partnership, items: Sequence[Item], rule: Rule, today: dt.date, base_url: str) -> Block:
    groups = []
    for _, found in groupby(items, key=_group_of):
        same = list(found)
        groups.append(Group(_heading(same, today), _lists(same, base_url)))
    return Block(home.id, one_line(home.name), tuple(groups), rule.words)


def _heading(items: Sequence[Item], today: dt.date) -> str:
    """Over a group of these items."""
    item, count = items[0], len(items)
    when = _due(item.due_on, today)
    many = "" if count == 1 else "s"
    match item.kind:
        case Kind.REPORT:
            return f"{count} action{many} to report: {item.about.context}, {when}"
        case Kind.RETURN:
            return f"Your authority’s return: {item.about.context}, {when}"
        case Kind.REOPENED:
            return f"Open again until {clock.long_date(item.due_on)}"
        case Kind.RISK:
            return f"Risk{many} to review"
        case Kind.ACCEPTANCE:
            late = {one.due_on < today for one in items}
            ends = " or ".join(
                words for is_late, words in ((True, "run out"), (False, "running out")) if is_late in late
            )
            return f"Accepted above tolerance, and {ends}: accept {'it' if count == 1 else 'them'} anew or act"
        case Kind.NOMINATION:
            return f"Risk{many} put forward: accept or decline"
        case Kind.DECISION:
            return f"Decision{many} to see to"
        case Kind.ASSIGNED:
            return f"New decision{many} for you"


def _due(day: dt.date, today: dt.date) -> str:
    shown = clock.long_date(day)
    return f"was due {shown}" if day < today else f"due today, {shown}" if day == today else f"due {shown}"


def _lists(items: Sequence[Item], base_url: str) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Reports that name her stand before those of her authority; nothing else is parted."""
    named = [item for item in items if item.about.is_named]
    others = [item for item in items if not item.about.is_named]
    found = [("Named to you", named), ("Your authority’s, with nobody of it named", others)]
    if not (items[0].kind is Kind.REPORT and named and others):
        found = [("", [*named, *others])]
    return tuple((words, tuple(_entry(item, base_url) for item in some)) for words, some in found)


def _entry(item: Item, base_url: str) -> Entry:
    about, shown = item.about, item.about.detail
    if item.kind is Kind.REPORT:
        shown = f"{about.authority}. {shown}"
    elif item.kind in DATED:
        shown = f"{shown}, due {clock.long_date(item.due_on)}"
    return Entry(about.title, shown, f"{base_url}{about.address}")


def _homes(names: Sequence[str]) -> str:
    """So that a subject stays one that is read."""
    if len(names) > MOST_NAMED:
        return f"{len(names)} partnerships"
    return " and ".join(name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…" for name in names)
