"""The child process, its limits, what it may reach, and the cache."""

import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from strategy_tracker import documents
from strategy_tracker.documents import assets, cache, renderer

pytestmark = pytest.mark.usefixtures("rendered_each_time")

PAGE = '<html lang="en-GB"><head><title>A page</title></head><body><h1>A page</h1>{}</body></html>'


def test_the_same_page_gives_the_same_bytes() -> None:
    assert documents.pdf(PAGE.format("")) == documents.pdf(PAGE.format(""))


def test_the_second_asking_is_read_and_not_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = documents.pdf(PAGE.format(""), folder=tmp_path / "rendered")
    monkeypatch.setattr(subprocess, "run", refuse)
    assert documents.pdf(PAGE.format(""), folder=tmp_path / "rendered") == first


def test_another_word_or_another_style_is_another_document(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = cache.digest_of("page", assets.digest())
    assert cache.digest_of("pagf", assets.digest()) != digest
    assert cache.digest_of("pag", "e" + assets.digest()) != digest


def test_a_cache_that_cannot_be_written_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert documents.pdf(PAGE.format(""), folder=tmp_path / "file").startswith(b"%PDF-")


def test_the_cache_forgets_the_longest_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "KEPT", 2)
    kept = cache.Cache(tmp_path)
    for key in ("a", "b", "c"):
        kept.write(key, key.encode())
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "reach",
    [
        '<img src="file://SECRET" alt="a"/>',
        '<img src="http://127.0.0.1:9/x.png" alt="a"/>',
        '<link rel="attachment" href="file://SECRET"/>',
        '<link rel="stylesheet" href="file://SECRET"/>',
        "<style>@import url(file://SECRET); @font-face { font-family: X; src: url(file://SECRET) }</style>",
        '<p style="background: url(file://SECRET)">x</p>',
        '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E" alt="a"/>',
        '<object data="file://SECRET">x</object>',
    ],
)
def test_nothing_outside_the_document_is_reached(reach: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    Image.effect_noise((99, 99), 50).save(secret)
    with_file = PAGE.format(reach.replace("SECRET", str(secret)))
    with_none = PAGE.format(reach.replace("SECRET", str(tmp_path / "none.png")))
    pdf = documents.pdf(with_file)
    assert pdf == documents.pdf(with_none)
    assert not any(kind in pdf for kind in (b"/EmbeddedFile", b"/Filespec", b"/Subtype /Image"))


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "PATIENCE", 0.05)
    with pytest.raises(documents.RenderFailed, match="took more than"):
        documents.pdf(PAGE.format(""))


def test_a_queue_that_is_too_long_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "AT_ONCE", threading.Semaphore(0))
    monkeypatch.setattr(renderer, "PATIENCE", 0.05)
    with pytest.raises(documents.RenderFailed, match="too many documents"):
        documents.pdf(PAGE.format(""))


@pytest.mark.parametrize(
    ("bound", "value", "reason"),
    [("PROCESSOR_SECONDS", 1, "processor time"), ("ADDRESS_SPACE", 150 << 20, "memory")],
)
def test_a_page_that_needs_too_much_is_given_up(bound: str, value: int, reason: str) -> None:
    body = "<table><tr>" + "<td>word</td>" * 3000 + "</tr></table>"
    script = f"from strategy_tracker.documents import child; child.{bound} = {value}; raise SystemExit(child.main())"
    done = subprocess.run(
        [sys.executable, "-c", script, str(assets.FONTS)],
        input=PAGE.format(body * 4).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert reason in renderer._reason(done.returncode, done.stderr.decode())


def test_a_crash_that_does_not_come_again_costs_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    run, endings = subprocess.run, [-signal.SIGSEGV]

    def crashing_once(*command: Any, **options: Any) -> Any:
        if endings:
            return subprocess.CompletedProcess(command, endings.pop(), b"", b"")
        return run(*command, **options)

    monkeypatch.setattr(subprocess, "run", crashing_once)
    assert documents.pdf(PAGE.format("")).startswith(b"%PDF-")
    endings += [-signal.SIGSEGV] * renderer.TRIES
    with pytest.raises(documents.RenderFailed, match="memory"):
        documents.pdf(PAGE.format(""))


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    with pytest.raises(documents.RenderFailed, match="regular, semibold, bold"):
        documents.pdf(PAGE.format(""), fonts=tmp_path)


def test_the_caller_never_imports_weasyprint() -> None:
    script = (
        "import sys; from strategy_tracker import documents; import strategy_tracker.plans.sections;"
        f"documents.pdf({PAGE.format('')!r}); raise SystemExit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SECRET_KEY", "x" * 40)
    assert not [name for name in renderer.environment() if name.startswith("TRACKER_")]


def refuse(*_: Any, **__: Any) -> None:
    pytest.fail("rendered again")
