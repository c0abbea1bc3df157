"""The days on which people are told of something due: pure functions of values."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

DAY = dt.timedelta(days=1)
MOST_DAYS = 92
MOST_STAGES = 10
BEFORE, AFTER = (21, 14, 7, 0), (3, 7, 14)
"""The product's own rule, which holds until a partnership gives itself one."""

Moved = Callable[[dt.date], dt.date]
"""A day, or the next working day after it, in one nation."""


@dataclass(frozen=True)
class Rule:
    """On how many days before something is due, and after, a mail goes out. `since` None: the product's own rule."""

    since: dt.date | None = None
    before: tuple[int, ...] = BEFORE
    after: tuple[int, ...] = AFTER

    @property
    def words(self) -> str:
        """ "21, 14 and 7 days before, on the day, and 3, 7 and 14 days after"."""
        early, said = [day for day in self.before if day], []
        if early:
            said.append(f"{_and(early)} day{'' if early == [1] else 's'} before")
        if 0 in self.before:
            said.append("on the day")
        if self.after:
            said.append(f"{_and(self.after)} day{'' if self.after == (1,) else 's'} after")
        return f"{', '.join(said[:-1])}, and {said[-1]}" if len(said) > 1 else "".join(said)


@dataclass(frozen=True, order=True)
class Stage:
    """One day on which a mail goes out. `days` after the due date (less than 0: before it); `planned_on`: not moved.

    `rule_since` is the date of the rule that has it; None: the product's own.
    """

    on: dt.date
    days: int
    planned_on: dt.date = field(compare=False)
    rule_since: dt.date | None = field(default=None, compare=False)

    @property
    def words(self) -> str:
        return stage_words(self.days)


def stage_words(days: int) -> str:
    """ "7 days before", "On the day", "3 days after"."""
    if days == 0:
        return "On the day"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'before' if days < 0 else 'after'}"


def stages(
    due_on: dt.date,
    rules: Iterable[Rule],
    moved: Moved,
    *,
    opens_on: dt.date | None = None,
    late_only: bool = False,
    lapses: bool = False,
) -> tuple[Stage, ...]:
    """The days on which people are told of something due, the first one first.

    Each is moved to the next working day; the due date itself, from which they are counted, too. None is before the
    day on which it opens. A stage is there where the rule that holds on its day has it. Of two on one day the later
    stays. `late_only`: from the day itself on. `lapses`: it ends by itself on that day, which is not moved; until then
    people are told on the last working day that is left, at the latest.
    """
    if lapses:
        due, moved = due_on, _within(moved, _last_working_day(moved, due_on), due_on)
    else:
        due = moved(due_on)
    dated = sorted(rules, key=lambda rule: rule.since or dt.date.min)
    found: dict[dt.date, Stage] = {}
    for rule in dated:
        for days in sorted({*(-day for day in rule.before), *rule.after}):
            if late_only and days < 0:
                continue
            planned = due + days * DAY
            on = moved(max(planned, opens_on) if opens_on else planned)
            if ruling(dated, on) is rule:
                found[on] = Stage(on, days, planned, rule.since)
    return tuple(sorted(found.values()))


def ruling(rules: Sequence[Rule], day: dt.date) -> Rule | None:
    """The rule that holds on a day, of rules in the order of their dates; None where none holds yet."""
    holding = [rule for rule in rules if rule.since is None or rule.since <= day]
    return holding[-1] if holding else None


def with_own_beginning(rules: Iterable[Rule]) -> list[Rule]:
    """A partnership's rules in the order of their dates, after the product's own, which holds before the first."""
    return [Rule(), *sorted(rules, key=lambda rule: rule.since or dt.date.min)]


def told_of_new(assigned_on: dt.date, moved: Moved) -> Stage:
    """When a decision is told as a new one: on the working day after, so that one mail has all of a meeting's."""
    return Stage(moved(assigned_on + DAY), 0, assigned_on + DAY)


def told_of_reopening(opened_on: dt.date, until: dt.date, rules: Iterable[Rule], moved: Moved) -> tuple[Stage, ...]:
    """At once, then as for what is due; `until` is a promise and is not moved."""
    due = stages(until, rules, _within(moved, until, until), opens_on=opened_on)
    later = [stage for stage in due if opened_on < stage.on <= until and stage.days <= 0]
    return (Stage(opened_on, (opened_on - until).days, opened_on), *later)


def problem_with_days(given: str, *, least: int) -> str:
    """What is wrong with days such as "21, 14, 7, 0"; empty where nothing is."""
    parts = [part.strip() for part in given.split(",")] if given.strip() else []
    if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in parts):
        return "Enter whole numbers with commas between them, such as 21, 14, 7"
    if any(not least <= int(part) <= MOST_DAYS for part in parts):
        return f"Each must be between {least} and {MOST_DAYS} days"
    if len({int(part) for part in parts}) < len(parts):
        return "A number is there twice"
    if len(parts) > MOST_STAGES:
        return f"Enter {MOST_STAGES} numbers at most"
    return ""


def days_in(given: str) -> tuple[int, ...]:
    """The days in a text that has no problem."""
    return tuple(int(part) for part in given.split(",")) if given.strip() else ()


def _within(moved: Moved, last: dt.date, until: dt.date) -> Moved:
    """Moved, but up to the day on which it ends never past the last one."""
    return lambda day: min(moved(day), last) if day <= until else moved(day)


def _last_working_day(moved: Moved, until: dt.date) -> dt.date:
    return next(day for back in range(MOST_DAYS) if moved(day := until - back * DAY) == day)


def _and(numbers: Sequence[int]) -> str:
    words = [str(number) for number in numbers]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
