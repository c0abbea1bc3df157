"""The plan's PDF against one naive WeasyPrint table of the same words; growth, memory and the second download."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import documents
from bench.measure import in_own_process, line
from strategy_tracker.documents import renderer
from strategy_tracker.plans.sections import plan_pdf

#: Times West Kent, runs of which the median counts, and the most that is allowed of the naive table's time.
SIZES = ((1, 7, 0.85), (10, 3, 0.75), (50, 1, 0.55))
REPORT_RUNS, REPORT_GOAL = 5, 0.85
MOST_GROWTH = 50
MOST_MEGABYTES = 600
SECOND_DOWNLOAD = 0.02


def report() -> Iterator[str]:
    """A line for each figure."""
    environment, ours = os.environ | renderer.environment(), {}
    for times, runs, goal in SIZES:
        naive = in_own_process("bench.render", "naive", str(times), str(runs), environment=environment)
        mine = ours[times] = in_own_process("bench.render", "ours", str(times), str(runs), environment=environment)
        detail = f"ours {mine['seconds']:.2f} s, naive {naive['seconds']:.2f} s of processor"
        yield line(f"PDF of {times} x West Kent / naive table", mine["seconds"] / naive["seconds"], goal, detail=detail)
    largest = SIZES[-1][0]
    yield line(f"PDF growth, {largest} x / 1 x", ours[largest]["seconds"] / ours[1]["seconds"], MOST_GROWTH)
    child = in_own_process("bench.render", "child", str(largest), "1", environment=environment)
    detail = f"{child['seconds']:.1f} s of processor, imports and all"
    yield line(f"PDF memory of the child at {largest} x", child["megabytes"], MOST_MEGABYTES, " MB", detail)
    yield second_download()
    yield quarterly_report(environment)


def quarterly_report(environment: dict[str, str]) -> str:
    """The sample's last quarter, every section of it."""
    naive, ours = (
        in_own_process("bench.render", peer, "1", str(REPORT_RUNS), environment=environment)["seconds"]
        for peer in ("naive-report", "report")
    )
    detail = f"ours {ours:.2f} s, naive {naive:.2f} s of processor"
    return line("PDF of a quarterly report / naive table", ours / naive, REPORT_GOAL, detail=detail)


def second_download() -> str:
    """By the wall clock, as a person waits: template, digest and child against template, digest and cache."""
    plan = documents.sample_document()
    with TemporaryDirectory() as folder:
        taken = []
        for _ in range(2):
            start = time.perf_counter()
            plan_pdf(plan, Path(folder))
            taken.append(time.perf_counter() - start)
    detail = f"first {taken[0]:.2f} s, second {taken[1] * 1000:.1f} ms"
    return line("PDF, second download / first", taken[1] / taken[0], SECOND_DOWNLOAD, detail=detail)
