"""From the start of the server's process to its first answer, and what it has not imported by then."""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import line

RUNS = 3
GOAL = 1.5
WAIT = 30


def report() -> Iterator[str]:
    """Wall clock, median, one worker; the database is migrated before."""
    with TemporaryDirectory() as folder:
        environment = settings(folder)
        command = [str(Path(sys.executable).with_name("strategy-tracker"))]
        subprocess.run([*command, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        taken = [first_answer([*command, "serve"], environment) for _ in range(RUNS)]
    yield line("Start of the process to its first answer", statistics.median(taken), GOAL, " s")
    asked = "import sys; import strategy_tracker.server; print(int('weasyprint' in sys.modules))"
    printed = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True).stdout
    yield line("WeasyPrint imported by the web process", float(printed), 0)


def settings(folder: str) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    database = f"sqlite:///{Path(folder) / 'bench.db'}"
    place = {"TRACKER_DATA_DIR": folder, "TRACKER_DATABASE_URL": database}
    server = {"TRACKER_PORT": port, "TRACKER_WORKERS": "1", "TRACKER_BASE_URL": f"http://127.0.0.1:{port}"}
    return os.environ | place | server


def first_answer(command: list[str], environment: dict[str, str]) -> float:
    """Seconds until the sign-in page is there."""
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while time.perf_counter() - start < WAIT:
                try:
                    with urllib.request.urlopen(f"{environment['TRACKER_BASE_URL']}/sign-in", timeout=WAIT) as answer:
                        assert answer.status == 200
                    return time.perf_counter() - start
                except OSError:
                    time.sleep(0.01)
            raise TimeoutError("the server did not answer")
        finally:
            server.terminate()
