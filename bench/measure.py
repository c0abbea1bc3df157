"""How things are measured here: processor time of this process, medians, and each peer in a process of its own."""

import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any


def processor_seconds(work: Callable[[], object], times: int) -> float:
    """Median processor time of `times` runs. What runs before it warms up is the caller's choice."""
    taken = []
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def peak_megabytes() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_own_process(module: str, *words: str, environment: dict[str, str]) -> dict[str, Any]:
    """What `python -m module words...` printed as JSON."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def line(what: str, figure: float, goal: float, unit: str = "", detail: str = "") -> str:
    """One line of the report; `goal` is the most that is allowed."""
    verdict = "met " if figure <= goal else "MISSED"
    return f"{what:<46} {figure:8.3g}{unit}  goal {goal:g}{unit}  {verdict}  {detail}"
