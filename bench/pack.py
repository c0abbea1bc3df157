"""A pack of 100 pages is made by the job worker while 16 people use the site: what they wait, against a quiet site."""

import io
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader

from bench.measure import line
from bench.page import add_plan
from bench.start import settings
from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.jobs.models import Job
from strategy_tracker.plans.models import Plan
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.packs.models import BoardPack, PackEdition
from strategy_tracker.reports.packs.operations import Details, add_pack, ask_for_pack
from strategy_tracker.reports.packs.queries import pdf_of
from strategy_tracker.reports.packs.rules import Chosen
from strategy_tracker.sample import loader

PEOPLE = 16
REQUESTS = 5
"""Of each person on the quiet site, before each edition."""
THINKING = (1.0, 3.0)
"""Seconds between an answer and the next question."""
ROLES = ("officer", "lead", "coordinator", "steering-member")
GOAL = 2.0
PLANS = (170, 171)
"""Actions of the plans in the pack; together more than 100 pages."""
PAGES, EDITIONS = 100, 4
WARM, MOST, PATIENCE = 3, 1000, 300


def report() -> Iterator[str]:
    """The line of what people wait while it is made; quiet and busy take turns, so that both see the same machine."""
    with TemporaryDirectory() as folder:
        environment = settings(folder) | {"TRACKER_WORKERS": "2"}
        database = db.use(environment["TRACKER_DATABASE_URL"])
        with database.connection_context():
            db.migrate()
            loader.load(Path(folder) / "outbox", render=lambda _: b"%PDF-")
            pack, pages = prepared()
        base = environment["TRACKER_BASE_URL"]
        with running(environment, "serve", "--no-worker"), running(environment, "work"):
            wait_for(base)
            people = [Visitor(base, email, pages, number) for number, email in enumerate(emails())]
            for person in people:
                person.sign_in()
            with ThreadPoolExecutor(PEOPLE) as pool:
                together(pool, people, WARM)
                quiet, busy, seconds = [], [], []
                for _ in range(EDITIONS):
                    quiet += together(pool, people, REQUESTS)
                    with database.connection_context():
                        taken, answers = while_it_is_made(pool, people, pack)
                    seconds.append(taken)
                    busy += answers
        with database.connection_context():
            count = len(PdfReader(io.BytesIO(pdf_of(PackEdition.get()))).pages)
    assert count >= PAGES, f"the pack has only {count} pages"
    detail = (
        f"{count} pages in {statistics.median(seconds):.0f} s; p95 quiet {p95(quiet) * 1000:.0f} ms of {len(quiet)} "
        f"answers, busy {p95(busy) * 1000:.0f} ms of {len(busy)}, {os.cpu_count()} cores"
    )
    yield line(f"p95 of {PEOPLE} people while a pack is made", p95(busy) / p95(quiet), GOAL, detail=detail)


def prepared() -> tuple[BoardPack, list[str]]:
    """The pack, and the pages that people read."""
    home = Partnership.get(Partnership.slug == "west-kent")
    plans = [add_plan(actions) for actions in PLANS]
    Plan.update(state="draft").where(Plan.id.in_(plans)).execute()
    reports = Report.select(Report.id).where(Report.partnership == home, Report.state == "published").tuples()
    parts = [Chosen("report", number) for (number,) in reports] + [Chosen("plan", number) for number in plans]
    pack = add_pack(OPERATOR, home, Details("Papers for the cabinet", audience="full"), parts)
    quarter = Quarter.select().where(Quarter.partnership == home).order_by(Quarter.period_from.desc()).get()
    base = "/p/west-kent/"
    return pack, ["/", f"{base}plans/2010-11/", f"{base}quarters/{quarter.slug}/"]


def emails() -> list[str]:
    """Those who read the board, over and over, until there are 16."""
    known = [each["email"] for each in loader.content()["people"] if each["role"] in ROLES]
    return [known[number % len(known)] for number in range(PEOPLE)]


def together(
    pool: ThreadPoolExecutor, people: list["Visitor"], times: int, stop: threading.Event | None = None
) -> list[float]:
    """What each answer took where all read at once."""
    asking = [pool.submit(person.visit, times, stop) for person in people]
    return [seconds for each in asking for seconds in each.result()]


def while_it_is_made(pool: ThreadPoolExecutor, people: list["Visitor"], pack: BoardPack) -> tuple[float, list[float]]:
    """How long an edition took, and what each answer took meanwhile."""
    stop, start = threading.Event(), time.perf_counter()
    with ThreadPoolExecutor(1) as beside:
        asking = beside.submit(together, pool, people, MOST, stop)
        try:
            make(pack)
        finally:
            stop.set()
        return time.perf_counter() - start, asking.result()


def make(pack: BoardPack) -> None:
    """Asks the worker for an edition, and waits for it."""
    number = ask_for_pack(OPERATOR, BoardPack.get_by_id(pack.id)).id
    until = time.perf_counter() + PATIENCE
    while (job := Job.get_by_id(number)).state in ("queued", "running"):
        assert not job.error, job.error
        assert time.perf_counter() < until, "the pack was not made"
        time.sleep(0.2)
    assert job.state == "done", job.error


@contextmanager
def running(environment: dict[str, str], *words: str) -> Iterator[None]:
    """The product's own process, until the end."""
    command = [str(Path(sys.executable).with_name("strategy-tracker")), *words]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


def wait_for(base: str) -> None:
    until = time.perf_counter() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{base}/health/ready", timeout=PATIENCE):
                return
        except OSError:
            assert time.perf_counter() < until, "the server did not answer"
            time.sleep(0.1)


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


class Visitor:
    """A person who reads one page after the other, and thinks between them."""

    def __init__(self, base: str, email: str, pages: list[str], number: int) -> None:
        self.base, self.email, self.number = base, email, number
        self.pages, self.chance = pages[number % len(pages) :] + pages[: number % len(pages)], random.Random(number)
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def sign_in(self) -> None:
        form = self.ask("/sign-in")
        token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert token
        fields = {"csrf_token": token[1].decode(), "email": self.email, "password": loader.content()["password"]}
        self.ask("/sign-in", urllib.parse.urlencode(fields).encode())

    def visit(self, times: int, stop: threading.Event | None = None) -> list[float]:
        """Seconds of each answer; until `stop`, where there is one."""
        taken = []
        for turn in range(times):
            time.sleep(self.chance.uniform(*THINKING))
            if stop is not None and stop.is_set():
                break
            start = time.perf_counter()
            self.ask(self.pages[turn % len(self.pages)])
            taken.append(time.perf_counter() - start)
        return taken

    def ask(self, path: str, fields: bytes | None = None) -> bytes:
        with self.opener.open(self.base + path, fields, timeout=PATIENCE) as answer:
            assert path == "/sign-in" or "/sign-in" not in answer.url, f"{self.email} was signed out"
            return bytes(answer.read())
