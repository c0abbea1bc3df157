"""Whatever is merged and split, in whatever order: no note is lost, doubled or put under another name."""

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.plans import queries as plan_queries
from strategy_tracker.plans.models import Action, ProgressNote, Share
from strategy_tracker.plans.rules import Status
from strategy_tracker.successions.operations import Choices, succeed
from strategy_tracker.successions.pages import taken_over
from tests import builders
from tests.cast import authority

SLUGS = ("sdc", "tmbc", "twbc", "kcc")
TAKING_PART = some.sets(some.sampled_from(SLUGS), min_size=1)
ACTIONS = some.lists(some.tuples(TAKING_PART, some.sets(some.sampled_from(SLUGS))), min_size=1, max_size=3)
CHANGES = some.lists(
    some.tuples(some.sampled_from(SLUGS), some.sampled_from(SLUGS), some.lists(some.sampled_from(SLUGS), max_size=3)),
    min_size=1,
    max_size=4,
)
ON = dt.date(2011, 4, 1)


def write(actions: Any) -> list[Action]:
    """An action for each set of authorities, with a note of those that say something."""
    objective = builders.an_objective(builders.a_plan("2013-14", agreed=False))
    made = []
    for place, (taking_part, saying) in enumerate(actions):
        action = builders.an_action(objective, f"Action {place}", of=sorted(taking_part))
        for slug in sorted(saying & taking_part):
            builders.a_note(action, slug, Status.ON_TRACK, f"{slug} on {place}")
        made.append(action)
    return made


def standing(action: Action) -> set[str]:
    shares = Share.select().where(Share.action == action, Share.removed_at.is_null())
    return {share.authority.slug for share in shares}


def change(actions: list[Action], old: str, by: str, split: list[str], wanted: dict[int, set[str]]) -> None:
    """Applies one reorganisation where it can be, and works out who should take part afterwards."""
    rows = {slug: authority(slug) for slug in SLUGS}
    if old == by or rows[old].ended_on or rows[by].ended_on:
        return
    takers = [slug for slug in split if slug != old and not rows[slug].ended_on]
    shares = {}
    for action, taker in zip(actions, takers, strict=False):
        if old in wanted[action.id]:
            shares[builders.share(action, old).id] = rows[taker]
    for place, action in enumerate(actions):
        if old in wanted[action.id]:
            wanted[action.id] = wanted[action.id] - {old} | {takers[place] if place < len(takers) else by}
    succeed(OPERATOR, rows[old], rows[old].version, Choices(rows[by], shares), on=ON, reason="A reorganisation")


def said(action: Action) -> list[tuple[str, str]]:
    """Every note of the action's history, with the name it stands under."""
    return sorted((note.share.authority.short_name, note.text) for note in plan_queries.notes_of_action(action.id))


def reached(action: Action) -> list[tuple[str, str]]:
    """Every note that the page shows: of the parts that stand, and beside each what it took over."""
    before = taken_over(action.id)
    found = []
    for share in Share.select().where(Share.action == action, Share.removed_at.is_null()):
        found += [
            (share.authority.short_name, note.text) for note in ProgressNote.select().where(ProgressNote.share == share)
        ]
        found += [(one.authority, words.text) for one in before.get(share.id, ()) for words in one.words]
    return sorted(found)


def test_no_note_is_lost_or_doubled_and_every_part_is_somebodys_once(database):
    @settings(max_examples=25, deadline=None)
    @given(ACTIONS, CHANGES)
    def holds(planned, changes):
        with database.atomic() as transaction:
            actions = write(planned)
            wanted = {action.id: standing(action) for action in actions}
            before = {action.id: said(action) for action in actions}
            for old, by, split in changes:
                change(actions, old, by, split, wanted)
            for action in actions:
                assert standing(action) == wanted[action.id]
                assert said(action) == before[action.id]
                assert reached(action) == before[action.id]
            assert list(chain_faults()) == []
            transaction.rollback()

    holds()
