"""What is to do in a register, each with the risks that ask for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.risks.filters import NO_OWNER, Wanted
from strategy_tracker.risks.heat import counted
from strategy_tracker.risks.on_map import elsewhere
from strategy_tracker.risks.received import Received
from strategy_tracker.risks.standing import RiskLine
from strategy_tracker.text import listed

MOST_NAMED = 8
"""Numbers that are named in a line of the list To do; the rest stand behind its link."""
LONGEST_NAME = 80
FORWARD = "#put-forward"
"""Where what was put forward stands on the page of the register that receives it."""


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    words: str
    address: str


@dataclass(frozen=True)
class Task:
    """What is to do: words, the risks that ask for it, and where all of them are shown.

    `is_numbered`: the words of its links are numbers of risks.
    """

    words: str
    links: tuple[Link, ...]
    whole: Link | None
    note: str = ""
    is_numbered: bool = True


def _flagged(name: str) -> Wanted:
    return Wanted(flags=frozenset({name}))


TASKS: tuple[tuple[str, str, Wanted], ...] = (
    ("{0} review{s} overdue", "{0} review{s} overdue", _flagged("overdue")),
    ("{0} with a response overdue", "{0} with a response overdue", _flagged("late")),
    ("{0} risk{s} without an owner", "{0} without an owner", Wanted(owner=NO_OWNER)),
    (
        "{0} above tolerance and accepted by nobody",
        "{0} above tolerance, not accepted",
        _flagged("unaccepted"),
    ),
    ("{0} not scored yet, so not on the map", "{0} not scored", _flagged("unscored")),
    ("{0} scored under {versions}, so not on the map", "{0} scored under another version", _flagged("older")),
)
"""What is to do about open risks, the most pressing first: the words on the page of the register and on that of all,
and the filter that shows those that ask for it."""


def tasks_of(
    lines: Sequence[RiskLine], received: Sequence[Received], base: str, to_row: Callable[[RiskLine], str]
) -> Iterator[Task]:
    """Nothing where nothing is to do. `base` is the address of the register, `to_row` that of a row of its page."""
    yield from _waiting(received)
    for words, _, wanted in TASKS:
        found = sorted(wanted.matching(lines), key=lambda line: line.number)
        if not found:
            continue
        count = len(found)
        is_one_late = count == 1 and "overdue" in wanted.flags
        versions = " or ".join(elsewhere(found)) if "older" in wanted.flags else ""
        yield Task(
            words=words.format(count, s="" if count == 1 else "s", versions=versions),
            links=tuple(Link(line.ref, to_row(line)) for line in found[:MOST_NAMED]),
            whole=Link(f"{count - MOST_NAMED} more", base + wanted.query()) if count > MOST_NAMED else None,
            note=f"due {clock.long_date(found[0].review_due_on)}" if is_one_late else "",
        )


def short_tasks(lines: Sequence[RiskLine], waiting: int, base: str) -> Iterator[Link]:
    """The same on the page of all registers, each leading to the risks that ask for it."""
    if waiting:
        yield Link(f"{_wait(waiting)} for your answer", f"{base}{FORWARD}")
    for _, words, wanted in TASKS:
        count = len(wanted.matching(lines))
        if count:
            yield Link(words.format(count, s="" if count == 1 else "s"), base + wanted.query())


def received_words(received: Sequence[Received]) -> str:
    """ "two are accepted here, one waits for an answer"; "" where none stands here."""
    accepted = sum(one.is_accepted for one in received)
    waiting = sum(one.is_waiting for one in received)
    parts = [f"{counted(accepted)} {'is' if accepted == 1 else 'are'} accepted here"] if accepted else []
    if waiting:
        parts.append(f"{counted(waiting)} wait{'s' if waiting == 1 else ''} for an answer")
    return listed(parts)


def _waiting(received: Sequence[Received]) -> Iterator[Task]:
    found = [one for one in received if one.is_waiting]
    if not found:
        return
    whose = "your" if all(one.may_answer for one in found) else "an"
    more = len(found) - MOST_NAMED
    yield Task(
        words=f"{_wait(len(found))} for {whose} answer",
        links=tuple(Link(_short(one.event), one.address) for one in found[:MOST_NAMED]),
        whole=Link(f"{more} more", FORWARD) if more > 0 else None,
        is_numbered=False,
    )


def _wait(count: int) -> str:
    return f"{count} wait{'s' if count == 1 else ''}"


def _short(event: str) -> str:
    return event if len(event) <= LONGEST_NAME else f"{event[: LONGEST_NAME - 1]}…"
