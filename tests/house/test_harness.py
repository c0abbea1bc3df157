"""The checks that every page and document of the tests goes through find what they are for."""

import pytest

from tests.html_check import faults
from tests.pdfua import Judge

SOUND = """<!DOCTYPE html><html lang="en"><head><title>Plans</title></head><body><main><h1>Plans</h1>
<a href="#end">End</a><label for="q">Words</label><input id="q" name="q"><p id="end">End</p></main></body></html>"""


def test_a_sound_page_has_no_fault() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<!DOCTYPE html>", "", "expected-doctype"),
        ('lang="en"', "", "no language"),
        ("<title>Plans</title>", "<title> </title>", "no title"),
        ("<h1>Plans</h1>", "<h2>Plans</h2>", "0 h1"),
        ("<h1>Plans</h1>", "<h1>Plans</h1><h3>More</h3>", "h3 follows h1"),
        ("<h1>Plans</h1>", "<h1>Plans</h1><h1>Again</h1>", "2 h1"),
        ("#end", "#nowhere", "link to #nowhere"),
        ('id="end"', 'id="q"', "id 'q' stands 2 times"),
        ('for="q"', 'for="p"', "<input name='q'> has no label"),
        ("</p></main>", "</main>", ""),
        ("<p id", "<p><div></p><p id", "unexpected-end-tag"),
    ],
)
def test_a_fault_is_found(old: str, new: str, fault: str) -> None:
    assert old in SOUND
    found = faults(SOUND.replace(old, new))
    assert any(fault in line for line in found) if fault else not found


def test_a_pdf_without_title_or_language_is_refused(pdfua: Judge) -> None:
    from weasyprint import HTML

    pdf = HTML(string="<h1>Plan</h1><h3>Aim</h3>").write_pdf(pdf_variant="pdf/ua-1")
    assert {line.split()[0] for line in pdfua.broken_rules(pdf)} >= {"7.1-9", "7.4.2-1"}


def test_a_plain_accessible_pdf_is_accepted(pdfua: Judge) -> None:
    from weasyprint import HTML

    pdfua.accepts(
        HTML(string="<html lang=en><title>Plan</title><h1>Plan</h1><p>Words").write_pdf(pdf_variant="pdf/ua-1")
    )
