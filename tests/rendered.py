"""One PDF of each page: tests that ask for the same document, as another person or on the other database, share it.

Starting the renderer costs more than most tests do. The tests of the renderer itself start it each time.
"""

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from strategy_tracker.documents import renderer

RENDER = renderer._render


@pytest.fixture(scope="session")
def shared_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run alone, which all its workers share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(request.config, "workerinput") else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session", autouse=True)
def rendered_once(shared_folder: Path) -> Iterator[None]:
    """Keeps what the renderer made of a page, for every worker of this run."""

    def remembered(html: str, fonts: Path, patience: float) -> bytes:
        kept = shared_folder / f"{hashlib.sha256(f'{fonts} {html}'.encode()).hexdigest()}.pdf"
        if not kept.exists():
            aside = kept.with_suffix(f".{uuid.uuid4().hex}")
            aside.write_bytes(RENDER(html, fonts, patience))
            aside.replace(kept)
        return kept.read_bytes()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renderer, "_render", remembered)
        yield


@pytest.fixture
def rendered_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The renderer as the product has it."""
    monkeypatch.setattr(renderer, "_render", RENDER)


@pytest.fixture
def documents_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is the page that it would be set from: its words can be listened to, and nobody waits for the setting."""
    monkeypatch.setattr(renderer, "_render", lambda html, fonts, patience: html.encode())
