"""The faster WeasyPrint writes what WeasyPrint writes."""

import io
import json
import re
import subprocess
import sys
from collections import Counter

import pytest
from pypdf import PdfReader

from strategy_tracker import documents
from strategy_tracker.documents import assets, renderer
from tests.documents.test_accessible import NASTY

NAMES = [name for name in NASTY if name != "400 actions"]

RENDER = """
import hashlib, json, pathlib, sys
from strategy_tracker.documents import engine, faster
from strategy_tracker.documents.faster import layout, styles, text
parts = {"none": (), "all but writing": (styles, layout, text)}[sys.argv[1]]
faster.apply = lambda: [part.apply() for part in parts]
pages = json.load(sys.stdin)
pdfs = {name: engine.render(html, pathlib.Path(sys.argv[2])) for name, html in pages.items()}
json.dump({name: pdf.hex() for name, pdf in pdfs.items()}, sys.stdout)
"""


def rendered(parts: str) -> dict[str, bytes]:
    """Every nasty plan's PDF, in one process with these parts of what makes it faster."""
    pages = {name: documents.page("action-plan.html", plan=NASTY[name]()) for name in NAMES}
    command = [sys.executable, "-W", "ignore", "-c", RENDER, parts, str(assets.FONTS)]
    environment = renderer.environment()
    done = subprocess.run(
        command, input=json.dumps(pages), stdout=subprocess.PIPE, env=environment, check=True, text=True
    )
    return {name: bytes.fromhex(pdf) for name, pdf in json.loads(done.stdout).items()}


@pytest.fixture(scope="module")
def plain() -> dict[str, bytes]:
    return rendered("none")


@pytest.fixture(scope="module")
def quick() -> dict[str, bytes]:
    return rendered("all but writing")


@pytest.mark.parametrize("name", NAMES)
def test_styles_layout_and_text_come_out_byte_for_byte(
    name: str, plain: dict[str, bytes], quick: dict[str, bytes]
) -> None:
    assert plain[name] == quick[name]


def test_the_writing_changes_no_word_no_tag_and_no_page(plain: dict[str, bytes]) -> None:
    ours = PdfReader(io.BytesIO(documents.pdf(documents.page("action-plan.html", plan=NASTY["West Kent"]()))))
    theirs = PdfReader(io.BytesIO(plain["West Kent"]))
    assert [page.extract_text() for page in ours.pages] == [page.extract_text() for page in theirs.pages]
    assert tags(ours) == tags(theirs)


def tags(reader: PdfReader) -> Counter[str]:
    """How many structure elements of each kind there are."""
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return Counter(each["/S"] for each in objects if isinstance(each, dict) and each.get("/Type") == "/StructElem")


def test_no_selector_asks_for_neighbours_or_places() -> None:
    selectors = re.findall(r"([^{};@]+)\{", re.sub(r"@[^{]+\{|/\*.*?\*/", "", assets.styles(), flags=re.DOTALL))
    assert selectors
    assert not [each for each in selectors if re.search(r"[+~]|:(?:first|last|nth|only|empty|has)\b", each)]
