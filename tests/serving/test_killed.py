"""kill -9 of the web process while people write: what was answered is there once, what was not once or not at all."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from strategy_tracker.history.models import Event
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.verification import faults
from tests.cast import CAST, authority
from tests.databases import using
from tests.serving.people import Writer, writers
from tests.serving.process import Served

EACH = 12
"""How many saves each writer must have had answered before it stops."""


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[Served]:
    server = Served(database_url, tmp_path, TRACKER_WORKERS="2")
    server.start()
    yield server
    server.kill()


def test_every_acknowledged_save_is_there_exactly_once(database_url: str, served: Served) -> None:
    with using(database_url):
        people = writers(served.address)
    stop = threading.Event()

    def work(number: int) -> None:
        writer, turn = people[number], 0
        writer.sign_in()
        while not (stop.is_set() and turn >= EACH):
            writer.write(f"Writer {number}, turn {turn}")
            turn += 1

    with ThreadPoolExecutor(len(people)) as pool:
        working = [pool.submit(work, number) for number in range(len(people))]
        try:
            kill_now_and_then(served, people, working)
        finally:
            stop.set()
        for each in working:
            each.result(timeout=60)

    with using(database_url):
        notes = list(ProgressNote.select().where(ProgressNote.text.startswith("Writer ")))
        answered = [text for writer in people for text in writer.answered]
        assert Counter(note.text for note in notes) == Counter(answered)
        assert sum(writer.again for writer in people) > 0, "nobody was interrupted"
        assert written_by(notes) == {
            ("tmbc", "officer"),
            ("tmbc", "lead"),
            ("tmbc", "coordinator"),
            ("sdc", "other officer"),
        }
        told = Event.select().where(
            Event.verb == "progress recorded", Event.subject_id.in_([note.id for note in notes])
        )
        assert told.count() == len(notes)
        assert list(faults()) == []


def kill_now_and_then(served: Served, people: list[Writer], working: list[Future[None]]) -> None:
    """Two workers, then everything, then a worker again: each while people write."""
    chance = random.Random(11)

    def until_they_write() -> None:
        reached = sum(len(writer.answered) for writer in people)
        while sum(len(writer.answered) for writer in people) < reached + 6:
            for each in working:
                each.done() and each.result()
            time.sleep(0.01)
        time.sleep(chance.random() / 20)

    for what in ("worker", "worker", "everything", "worker"):
        until_they_write()
        if what == "everything":
            served.kill()
            served.start()
        else:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(served.workers()), signal.SIGKILL)
    until_they_write()


def written_by(notes: list[ProgressNote]) -> set[tuple[str, str]]:
    """Which authority's part was written to, by whom."""
    slugs = {authority(slug).id: slug for slug in ("tmbc", "sdc")}
    names = {part.email: who for who, part in CAST.items()}
    return {(slugs[note.share.authority_id], names[note.person.email]) for note in notes}
