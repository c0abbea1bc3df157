"""The product as it is really served: a process of its own with its workers, which can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

COMMAND = [sys.executable, "-c", "from strategy_tracker.cli import main; main()"]
PATIENCE = 20
"""Seconds in which a server has to answer, or to stop."""


class Served:
    """`strategy-tracker serve` on a port that was free. It can be started again on the same one."""

    def __init__(self, database_url: str, folder: Path, **settings: str):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")} | {
            "TRACKER_DATABASE_URL": database_url,
            "TRACKER_DATA_DIR": str(folder / "data"),
            "TRACKER_PORT": str(self.port),
            "TRACKER_SECRET_KEY": "k" * 64,
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve"],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, f"no answer in {PATIENCE} seconds"
            time.sleep(0.02)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health/ready", timeout=5) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return [pid for pid in self._children() if not is_job_worker(pid)]

    def job_worker(self) -> int | None:
        """The process that works on jobs; None where there is none at the moment."""
        return next(filter(is_job_worker, self._children()), None)

    def _children(self) -> list[int]:
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if children.exists():
            return [int(pid) for pid in children.read_text().split()]
        listed = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in listed.stdout.split()]

    def kill(self) -> None:
        """SIGKILL to all of it at once, as when the machine's power goes."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def interrupt(self) -> int:
        """Ctrl+C, which reaches every process; returns the exit status."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def is_job_worker(pid: int) -> bool:
    try:
        return b"--beside" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        shown = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return "--beside" in shown.stdout
