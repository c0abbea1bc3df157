"""kill -9 of the web process while people write: what was answered is there once, what was not once or not at all."""

import os
import random
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import html5lib
import pytest

from strategy_tracker.history.models import Event
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.verification import faults
from tests import builders
from tests.cast import CAST, PASSWORD, authority
from tests.databases import using
from tests.serving.process import Served
from tests.visitor import standing_values

NO_ANSWER = (OSError, HTTPException)
EACH = 12
"""How many saves each writer must have had answered before it stops."""


class Redirected(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect as it is: it says that the save is done."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Writer:
    """One person at one form, who sends again what got no answer, under the same form key."""

    who: str
    base: str
    form: str
    answered: list[str] = field(default_factory=list)
    again: int = 0

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies, Redirected)

    def sign_in(self) -> None:
        fields = self.fields_of("/sign-in") | {"email": CAST[self.who].email, "password": PASSWORD}
        assert self.send("/sign-in", fields) == 302

    def write(self, text: str) -> None:
        fields = self.fields_of(self.form) | {"status": "on track", "text": text}
        while self.send(self.form, fields) != 302:
            self.again += 1
        self.answered.append(text)

    def fields_of(self, path: str) -> dict[str, Any]:
        """What the page's form holds, asked for until there is an answer."""
        while True:
            with suppress(*NO_ANSWER), self.opener.open(self.base + path, timeout=10) as page:
                root = html5lib.parse(page.read(), namespaceHTMLElements=False, transport_encoding="utf-8")
                main = root.find(".//main")
                return standing_values(next(each for each in main.iter("form") if each.get("method") == "post"))
            time.sleep(0.02)

    def send(self, path: str, fields: dict[str, Any]) -> int:
        """The status of the answer; 0: there was none."""
        sent = urllib.parse.urlencode(fields, doseq=True).encode()
        try:
            with self.opener.open(self.base + path, sent, timeout=10) as answer:
                return pytest.fail(f"no redirect after saving at {path}: {answer.read()!r}")
        except urllib.error.HTTPError as answer:
            return answer.code if answer.code in (302, 503) else pytest.fail(f"{answer.code}: {answer.read()[:500]!r}")
        except NO_ANSWER:
            time.sleep(0.02)
            return 0


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[Served]:
    server = Served(database_url, tmp_path, TRACKER_WORKERS="2")
    server.start()
    yield server
    server.kill()


def writers(base: str) -> list[Writer]:
    """Four people, each with a form that nobody else writes to."""
    parts = [
        ("officer", "1.1", "tmbc", 0),
        ("lead", "1.2", "tmbc", 0),
        ("coordinator", "1.2", "tmbc", 1),
        ("other officer", "1.1", "sdc", 0),
    ]
    made = []
    for who, number, slug, place in parts:
        action = builders.action(number)
        share, outcome = builders.share(action, slug), builders.outcomes(action)[place]
        made.append(Writer(who, base, f"/p/west-kent/plans/2010-11/shares/{share.id}/outcomes/{outcome.id}/progress"))
    return made


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
