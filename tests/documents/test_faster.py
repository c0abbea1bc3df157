"""The faster WeasyPrint writes what WeasyPrint writes."""

import io
import re
import subprocess
import sys
from collections import Counter

import pytest
from pypdf import PdfReader

from strategy_tracker import documents
from strategy_tracker.documents import assets, renderer
from strategy_tracker.plans.document import PlanDocument
from tests.documents.plan_documents import plan_document
from tests.documents.test_accessible import NASTY

RENDER = """
import pathlib, sys
from strategy_tracker.documents import engine, faster
from strategy_tracker.documents.faster import layout, styles, text
parts = {"none": (), "all but writing": (styles, layout, text)}[sys.argv[1]]
faster.apply = lambda: [part.apply() for part in parts]
sys.stdout.buffer.write(engine.render(sys.stdin.buffer.read().decode(), pathlib.Path(sys.argv[2])))
"""


def rendered(document: PlanDocument, parts: str) -> bytes:
    html = documents.page("action-plan.html", plan=document)
    command = [sys.executable, "-c", RENDER, parts, str(assets.FONTS)]
    done = subprocess.run(command, input=html.encode(), stdout=subprocess.PIPE, env=renderer.environment(), check=True)
    return done.stdout


@pytest.mark.parametrize("name", [name for name in NASTY if name != "400 actions"])
def test_styles_layout_and_text_come_out_byte_for_byte(name: str) -> None:
    document = NASTY[name]()
    assert rendered(document, "all but writing") == rendered(document, "none")


def test_the_writing_changes_no_word_no_tag_and_no_page() -> None:
    html = documents.page("action-plan.html", plan=plan_document())
    ours, plain = (PdfReader(io.BytesIO(pdf)) for pdf in (documents.pdf(html), rendered(plan_document(), "none")))
    assert [page.extract_text() for page in ours.pages] == [page.extract_text() for page in plain.pages]
    assert tags(ours) == tags(plain)


def tags(reader: PdfReader) -> Counter[str]:
    """How many structure elements of each kind there are."""
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return Counter(each["/S"] for each in objects if isinstance(each, dict) and each.get("/Type") == "/StructElem")


def test_no_selector_asks_for_neighbours_or_places() -> None:
    selectors = re.findall(r"([^{};@]+)\{", re.sub(r"@[^{]+\{|/\*.*?\*/", "", assets.styles(), flags=re.DOTALL))
    assert selectors
    assert not [each for each in selectors if re.search(r"[+~]|:(?:first|last|nth|only|empty|has)\b", each)]
