"""PostgreSQL cuts every connection while people write: a plain 503 at most, and then it goes on by itself."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.verification import faults
from tests.databases import using
from tests.serving.people import writers
from tests.serving.process import Served

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
CUTS = 4


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[Served]:
    server = Served(database_url, tmp_path, TRACKER_WORKERS="1")
    server.start()
    yield server
    server.kill()


def cut_off(url: str) -> int:
    """Ends every other connection to the database; returns how many there were."""
    with psycopg.connect(url, autocommit=True) as admin:
        others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        return len(admin.execute(f"select pg_terminate_backend(pid) {others}").fetchall())


def test_what_was_saved_is_there_and_the_rest_is_sent_again(database_url: str, served: Served) -> None:
    with using(database_url):
        people = writers(served.address)
    stop = threading.Event()

    def work(number: int) -> None:
        writer = people[number]
        writer.sign_in()
        while not stop.is_set():
            writer.write(f"Writer {number}, turn {len(writer.answered)}")

    with ThreadPoolExecutor(len(people)) as pool:
        working = [pool.submit(work, number) for number in range(len(people))]
        try:
            for _ in range(CUTS):
                reached = [len(writer.answered) for writer in people]
                while any(len(writer.answered) < before + 2 for writer, before in zip(people, reached, strict=True)):
                    for each in working:
                        assert not each.done(), each.result()
                    time.sleep(0.01)
                assert cut_off(database_url) > 0
        finally:
            stop.set()
        for each in working:
            each.result(timeout=60)

    assert served.answers()
    with using(database_url):
        notes = ProgressNote.select().where(ProgressNote.text.startswith("Writer "))
        assert Counter(note.text for note in notes) == Counter(text for one in people for text in one.answered)
        assert list(faults()) == []
