"""Tells what went from an authority that ended to those that go on with it as that, not as something lost and new."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from strategy_tracker.plans.versions.differences import (
    Difference,
    FieldChange,
    Kind,
    States,
    differences,
    standing,
)

Takers = Mapping[int, frozenset[int]]
"""By the id of an authority that ended, the ids of all that went on with what it had."""
LEADS = ("objective", "action", "outcome")


def differences_told(before: States, after: States, names: Mapping[int, str], takers: Takers) -> list[Difference]:
    """The differences, where what an ended authority had and its successors have now is one of its own kind."""
    told = differences(before, after, names)
    if not takers:
        return told
    old, new = standing(before), standing(after)
    went = _parts_that_went(old, new, takers)
    came = {share for _, share in went.values()}
    found: list[Difference] = []
    for one in told:
        if one.what == "share" and one.kind is Kind.CLOSED and one.row_id in went:
            who = FieldChange("Authority", names[old["share", one.row_id]["authority_id"]], names[went[one.row_id][0]])
            label, where = f"{one.label} goes on with {who.new}", one.label.partition(" in ")[2]
            found.append(replace(one, kind=Kind.SUCCEEDED, label=label, words=where, changes=(who,)))
        elif one.kind is Kind.CHANGED and one.what in LEADS:
            found += _with_lead(one, old, new, names, takers)
        elif not (one.what == "share" and one.kind is Kind.NEW and one.row_id in came):
            found.append(one)
    return found


def _parts_that_went(old: States, new: States, takers: Takers) -> dict[int, tuple[int, int]]:
    """By the id of each share that ended with its authority: who has it now, and the id of that share."""
    found: dict[int, tuple[int, int]] = {}
    here: dict[int, list[tuple[int, int]]] = {}
    for (kind, row_id), row in new.items():
        if kind == "share":
            here.setdefault(row["action_id"], []).append((row["authority_id"], row_id))
    for (kind, row_id), row in old.items():
        if kind == "share" and (kind, row_id) not in new:
            after = takers.get(row["authority_id"], frozenset())
            going_on = [pair for pair in here.get(row["action_id"], ()) if pair[0] in after]
            if going_on:
                found[row_id] = max(going_on, key=lambda pair: ("share", pair[1]) not in old)
    return found


def _with_lead(
    one: Difference, old: States, new: States, names: Mapping[int, str], takers: Takers
) -> Iterator[Difference]:
    was, now = (states[one.what, one.row_id].get("lead_id") or 0 for states in (old, new))
    if now not in takers.get(was, frozenset()):
        yield one
        return
    rest: tuple[FieldChange, ...] = tuple(change for change in one.changes if change.label != "Lead authority")
    if rest:
        yield replace(one, changes=rest)
    where, who = f"{one.label[:1].lower()}{one.label[1:]}", FieldChange("Authority", names[was], names[now])
    label = f"The lead of {where}, {who.old}’s, goes on with {who.new}"
    yield replace(one, kind=Kind.SUCCEEDED, what="lead", label=label, words=where, changes=(who,))


def joined(succeeded: Iterable[Difference]) -> tuple[Difference, ...]:
    """One line for all parts, and one for all leads, that went from one authority to another; where, in its words."""
    groups: dict[tuple[str, FieldChange], list[str]] = {}
    for one in succeeded:
        groups.setdefault((one.what, one.changes[0]), []).append(one.words)
    return tuple(
        Difference(Kind.SUCCEEDED, what, 0, _line(what, who, len(places)), ", ".join(places))
        for (what, who), places in groups.items()
    )


def _line(what: str, who: FieldChange, count: int) -> str:
    noun = "lead" if what == "lead" else "part"
    some = f"{noun} goes" if count == 1 else f"{count} {noun}s go"
    return f"{who.old}’s {some} on with {who.new}"
