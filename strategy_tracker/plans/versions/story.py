"""The versions of a plan in words: which, when, who, why, what, and who approved it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from strategy_tracker import clock
from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of, successors_in
from strategy_tracker.plans.document import VersionRow
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.versions.differences import Difference, Kind
from strategy_tracker.plans.versions.parts import States, states_at
from strategy_tracker.plans.versions.queries import revisions_of, versions_of
from strategy_tracker.plans.versions.succeeding import differences_told

VERBS = {
    Kind.NEW: "added",
    Kind.CHANGED: "changed",
    Kind.DATE: "given another date",
    Kind.PLACE: "renumbered",
    Kind.CLOSED: "taken out",
}
NOUNS = {"objective": "objective", "action": "action", "outcome": "outcome", "share": "authority’s part"}


def versions_told(
    plan: Plan, until: int | None = None, authorities: Sequence[Authority] | None = None
) -> tuple[VersionRow, ...]:
    """A row for each version up to a number (None: all), the first one first; none for a draft.

    `authorities` are the partnership's, where whoever asks has them at hand.
    """
    versions = [each for each in versions_of(plan.id) if until is None or each.number <= until]
    if not versions:
        return ()
    partners = authorities_of(plan.partnership_id) if authorities is None else authorities
    names, takers = {each.id: each.short_name for each in partners}, successors_in(partners)
    revisions = revisions_of(plan.id)
    told, before = [], None
    for version in versions:
        states = states_at(revisions, version.number)
        told.append(
            VersionRow(
                number=version.number,
                on=clock.long_date(version.dated_on),
                who=version.person.name if version.person_id else "Command line",
                reason=version.reason,
                what=_begun(states) if before is None else in_words(differences_told(before, states, names, takers)),
                approved_by=version.approved_by,
            )
        )
        before = states
    return tuple(told)


def in_words(found: Iterable[Difference]) -> str:
    """ "2 actions changed, 1 outcome given another date"; what the plan itself says comes first."""
    counted = Counter((one.what, one.kind) for one in found)
    parts = ["the plan’s title or period changed"] if counted.pop(("plan", Kind.CHANGED), 0) else []
    for what, noun in NOUNS.items():
        for kind, verb in VERBS.items():
            if count := counted[what, kind]:
                parts.append(f"{count} {_many(noun) if count > 1 else noun} {verb}")
    went_on = [
        f"{count} {_many(noun) if count > 1 else noun}"
        for what, noun in {"share": NOUNS["share"], "lead": "lead"}.items()
        if (count := counted[what, Kind.SUCCEEDED])
    ]
    if went_on:
        is_one = sum(count for (_, kind), count in counted.items() if kind is Kind.SUCCEEDED) == 1
        parts.append(f"{' and '.join(went_on)} {'goes' if is_one else 'go'} on with another authority")
    words = ", ".join(parts)
    return words[:1].upper() + words[1:] if words else "Order or owners changed"


def _begun(states: States) -> str:
    counted = Counter(kind for kind, _ in states)
    shown = (
        f"{counted[what]} {_many(what) if counted[what] != 1 else what}" for what in ("objective", "action", "outcome")
    )
    return "The whole plan: " + ", ".join(shown)


def _many(noun: str) -> str:
    return "authorities’ parts" if noun == "authority’s part" else f"{noun}s"
