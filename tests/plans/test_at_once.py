"""Eight people at one action at once: nothing lost, nothing doubled, on both databases."""

import datetime as dt
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from strategy_tracker.db import database as proxy
from strategy_tracker.db import let_go
from strategy_tracker.errors import Conflict, Repeated
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.owners import Owner
from strategy_tracker.plans import operations, queries
from strategy_tracker.plans.models import Action, ProgressNote
from strategy_tracker.plans.rules import Status
from tests import builders
from tests.cast import person

PEOPLE = 8
ROUNDS = 4


def all_at_once(work):
    """Runs `work(number)` on eight threads that start together, each with a connection of its own."""
    gate = threading.Barrier(PEOPLE)

    def one(number):
        with proxy.connection_context():
            gate.wait()
            return work(number)

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


def test_every_note_of_eight_people_is_kept_once_and_in_order(database):
    action = builders.action("1.1")
    outcome, share = builders.outcomes(action)[0], builders.share(action, "tmbc")
    database.close()

    def write(number):
        conflicts = 0
        for turn in range(ROUNDS):
            while not saved(f"Person {number}, turn {turn}", f"{number}-{turn}-{conflicts}"):
                conflicts += 1
        return conflicts

    def saved(text, key):
        last = queries.last_note(outcome.id, share.id)
        words = {"status": Status.ON_TRACK, "text": text, "as_at": dt.date(2011, 6, 30)}
        try:
            operations.record_progress(
                person("officer"), share, outcome, **words, seen=last.id if last else 0, form_key=key
            )
        except Conflict:
            return False
        return True

    conflicts = all_at_once(write)
    texts = Counter(note.text for note in ProgressNote.select().where(ProgressNote.text.startswith("Person ")))
    assert texts == Counter(f"Person {number}, turn {turn}" for number in range(PEOPLE) for turn in range(ROUNDS))
    assert sum(conflicts) > 0, "they did not meet"
    assert list(chain_faults()) == []
    let_go(database)


def test_of_eight_edits_from_one_version_one_is_saved_and_seven_see_it(database):
    action = builders.action("1.1")
    database.close()

    def edit(number):
        mine = Action.get_by_id(action.id)
        try:
            operations.edit_action(
                person("coordinator"),
                mine,
                action.version,
                text=f"Words of {number}",
                lead=None,
                owner=Owner(),
                change=builders.WHY,
            )
        except Conflict as conflict:
            return conflict.current.text
        return None

    seen = all_at_once(edit)
    saved = Action.get_by_id(action.id)
    assert seen.count(None) == 1
    assert set(seen) - {None} == {saved.text}
    assert saved.version == action.version + 1
    let_go(database)


def test_one_form_sent_eight_times_at_once_is_one_save(database):
    action = builders.action("1.1")
    outcome, share = builders.outcomes(action)[0], builders.share(action, "tmbc")
    before = ProgressNote.select().count()
    database.close()

    def send(_):
        try:
            operations.record_progress(
                person("officer"),
                share,
                outcome,
                status=Status.ON_TRACK,
                text="Once",
                as_at=dt.date(2011, 6, 30),
                form_key="the same",
            )
        except Repeated:
            return False
        return True

    assert sorted(all_at_once(send)) == [False] * 7 + [True]
    assert ProgressNote.select().count() == before + 1
    let_go(database)
