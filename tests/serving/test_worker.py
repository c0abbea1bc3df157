"""The job worker beside the web server, and alone: it begins, comes back, and ends with what it belongs to."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from strategy_tracker import server
from strategy_tracker.cli import main
from strategy_tracker.jobs.models import Mail
from tests.databases import using
from tests.jobs.making import DAY, a_mail
from tests.serving.process import COMMAND, PATIENCE, Served, free_port

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[Served]:
    server = Served(database_url, tmp_path, TRACKER_WORKERS="1")
    server.start()
    yield server
    if server.process is not None and server.process.poll() is None:
        server.kill()


def until(what: Callable[[], object]) -> None:
    last = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < last, "it never came to that"
        time.sleep(0.05)


def sent() -> int:
    """How many of the test's own mails are sent; the worker writes others that are due."""
    return Mail.select().where(Mail.sent_at.is_null(False), Mail.kind == "reminder", Mail.dated_on == DAY).count()


def is_there(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_beside_the_pages_another_takes_its_place(database_url: str, served: Served, tmp_path: Path) -> None:
    with using(database_url):
        a_mail()
        until(lambda: sent() == 1)
        assert list((tmp_path / "data" / "outbox").glob("2011-07-14-*.eml"))
        first = served.job_worker()
        assert first is not None
        os.kill(first, signal.SIGKILL)
        until(lambda: served.job_worker() not in (None, first))
        assert served.answers()
        a_mail("lead")
        until(lambda: sent() == 2)
    second = served.job_worker()
    assert second is not None
    assert served.process is not None
    os.kill(served.process.pid, signal.SIGKILL)
    until(lambda: not is_there(second))


def test_it_ends_with_the_server(served: Served) -> None:
    until(served.job_worker)
    worker = served.job_worker()
    assert worker is not None
    assert served.process is not None
    served.process.terminate()
    assert served.process.wait(PATIENCE) == 0
    assert not is_there(worker)


def test_a_worker_alone_stops_when_it_is_told(database_url: str, tmp_path: Path) -> None:
    served = Served(database_url, tmp_path)
    with using(database_url):
        a_mail()
        alone = subprocess.Popen([*COMMAND, "work"], env=served.environment, stdout=subprocess.PIPE, text=True)
        until(lambda: sent() == 1)
    alone.terminate()
    said, _ = alone.communicate(timeout=PATIENCE)
    assert (alone.returncode, said) == (0, "Working on jobs. Stop with Ctrl+C\n")


@pytest.mark.parametrize(("option", "with_worker"), [([], True), (["--no-worker"], False)])
def test_pages_alone(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, option: list[str], with_worker: bool
) -> None:
    asked: dict[str, bool] = {}
    monkeypatch.setattr(server, "serve", lambda *_, **more: asked.update(more))
    environment = {"TRACKER_DATABASE_URL": database_url, "TRACKER_DATA_DIR": str(tmp_path)}
    done = CliRunner().invoke(main, ["serve", "--port", str(free_port()), *option], env=environment)
    assert (done.exit_code, asked) == (0, {"with_worker": with_worker})
