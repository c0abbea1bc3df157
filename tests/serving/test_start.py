"""Starting the server: what stops it is said in one line, and what it need not load it does not load."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategy_tracker import server
from strategy_tracker.cli import main
from strategy_tracker.config import Settings
from strategy_tracker.server import shown
from tests.serving.process import Served, free_port

ROOT = Path(__file__).parents[2]
AWAY = "postgresql://tracker:s3cret@127.0.0.1:1/tracker"


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[Served]:
    server = Served(database_url, tmp_path, TRACKER_WORKERS="1")
    server.start()
    yield server
    if server.process is not None and server.process.poll() is None:
        server.kill()


def started(folder: Path, **settings: str) -> Result:
    """What `serve` says where it cannot; it must not be able to."""
    names = ("DATABASE_URL", "SECRET_KEY", "BASE_URL", "MAIL_URL", "PORT", "WORKERS")
    nothing = dict.fromkeys((f"TRACKER_{name}" for name in names), "")
    return CliRunner().invoke(main, ["serve"], env={**nothing, "TRACKER_DATA_DIR": str(folder), **settings})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRACKER_DATABASE_URL", "mysql://localhost/tracker"),
        ("TRACKER_SECRET_KEY", "short"),
        ("TRACKER_BASE_URL", "plans.council.example"),
        ("TRACKER_MAIL_URL", "carrier-pigeon"),
        ("TRACKER_PORT", "eighty"),
        ("TRACKER_WORKERS", "0"),
    ],
)
def test_a_bad_setting_stops_the_start_with_a_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    refused = started(tmp_path, **{name: value})
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert refused.stderr.startswith(name)


def test_an_address_that_others_reach_needs_a_key(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tracker.db'}"
    CliRunner().invoke(main, ["migrate"], env={"TRACKER_DATABASE_URL": url})
    refused = started(tmp_path, TRACKER_DATABASE_URL=url, TRACKER_BASE_URL="https://plans.council.example")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert refused.stderr.startswith("TRACKER_SECRET_KEY must be set")


def test_a_database_that_is_away_stops_the_start_with_one_line(tmp_path: Path) -> None:
    refused = started(tmp_path, TRACKER_DATABASE_URL=AWAY)
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert "TRACKER_DATABASE_URL" in refused.stderr
    assert "s3cret" not in refused.stderr


def test_a_data_folder_that_cannot_be_made_stops_the_start_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = started(tmp_path / "file" / "data")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert str(tmp_path / "file") in refused.stderr


def test_a_port_that_is_taken_stops_the_start_with_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = started(tmp_path, TRACKER_PORT=port)
    assert (refused.exit_code, refused.stderr) == (
        1,
        f"TRACKER_PORT {port} on 127.0.0.1 cannot be used: address already in use\n",
    )


def test_a_port_named_at_the_start_stands_in_every_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    def serve(settings: Settings, host: str, port: int, *, with_worker: bool) -> None:
        told.append((settings.base_url, port, os.environ["TRACKER_PORT"]))

    monkeypatch.setattr(server, "serve", serve)
    port = free_port()
    environment = {"TRACKER_DATA_DIR": str(tmp_path), "TRACKER_DATABASE_URL": "", "TRACKER_PORT": ""}
    for command in (["migrate"], ["serve", "--port", str(port)]):
        assert CliRunner().invoke(main, command, env=environment).exit_code == 0
    assert told == [(f"http://127.0.0.1:{port}", port, str(port))]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_pages_need_neither_weasyprint_nor_the_readers_of_files(database_url: str) -> None:
    script = f"""
import os, sys
from pathlib import Path
from strategy_tracker.app import create_app
from strategy_tracker.config import Settings
heavy = {{"weasyprint", "openpyxl", "docx", "xlsxwriter", "odfdo", "icalendar"}}
app = create_app(Settings(database_url={database_url!r}, secret_key="k" * 64))
assert not heavy & set(sys.modules), "loaded at the start"
from tests.visitor import Visitor
visitor = Visitor(app, check=False).sign_in("officer")
visitor.get("/")
visitor.get("/p/west-kent/plans/2010-11/")
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_it_answers_stops_with_ctrl_c_and_logs_in_one_style(served: Served) -> None:
    (worker,) = served.workers()
    os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + 10
    while served.workers() in ([worker], []) and time.monotonic() < until:
        time.sleep(0.05)
    assert served.answers(), "another worker took its place"
    assert served.interrupt() == 0
    said, log = _parted(served.log.read_text())
    assert [line.split(" ")[0] for line in said] == ["Serving", "Stop"]
    assert served.address in said[0]
    assert {line["level"] for line in log} <= {"info", "warning", "error"}
    assert any("SIGKILL" in line["event"] for line in log)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://tracker:s3cret@db.example:5432/tracker", "postgresql://tracker@db.example:5432/tracker"),
        ("postgresql://tracker:a@b@db.example/tracker", "postgresql://tracker@db.example/tracker"),
        ("postgresql://tracker@db.example/tracker", "postgresql://tracker@db.example/tracker"),
        ("sqlite:////data/tracker.db", "sqlite:////data/tracker.db"),
    ],
)
def test_the_database_is_named_without_its_password(url: str, said: str) -> None:
    assert shown(url) == said


def _parted(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """What is said to people, and what is logged: JSON, every line of it."""
    lines = text.splitlines()
    return lines[:2], [json.loads(line) for line in lines[2:]]
