"""What a document may use and nothing else: the print styles, the status marks and the fonts."""

import hashlib
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
FONTS = HERE.parent / "static" / "fonts"
FACES = ("regular", "semibold", "bold")
#: Fonts for scripts that the text face lacks; used where they are installed and a document needs them.
FALLBACK_FACES = ("arabic", "hebrew")


def styles() -> str:
    """The print stylesheet of every document."""
    return (HERE / "styles" / "documents.css").read_text(encoding="utf-8")


def font_files(folder: Path = FONTS) -> dict[str, Path]:
    """Face to file. Raises FileNotFoundError where a face that every document needs is absent."""
    missing = [face for face in FACES if not (folder / f"{face}.ttf").is_file()]
    if missing:
        raise FileNotFoundError(f"fonts missing in {folder}: {', '.join(missing)} (make assets)")
    return {face: path for face in FACES + FALLBACK_FACES if (path := folder / f"{face}.ttf").is_file()}


def load(folder: Path = FONTS) -> dict[str, tuple[bytes, str]]:
    """Name to bytes and media type, for every mark and font."""
    found = {path.name: (path.read_bytes(), "image/svg+xml") for path in sorted((HERE / "marks").glob("*.svg"))}
    for face, path in font_files(folder).items():
        found[f"{face}.ttf"] = (path.read_bytes(), "font/ttf")
    return found


@lru_cache(maxsize=4)
def digest(folder: Path = FONTS) -> str:
    """Changes when the styles, a mark, a font or the renderer's own code change. Read once in a process."""
    whole = hashlib.sha256(styles().encode())
    for name, (data, _) in sorted(load(folder).items()):
        whole.update(name.encode() + hashlib.sha256(data).digest())
    for source in sorted(HERE.rglob("*.py")):
        whole.update(source.read_bytes())
    return whole.hexdigest()
