"""A report on its page, on a desk and on a phone, with the words that have broken pages before."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from strategy_tracker import app
from strategy_tracker.documents.sections import report_body
from tests.axe import assert_accessible
from tests.html_check import assert_sound
from tests.report_sections.report_documents import REPORT, a_reading, of_the_database, parts_of
from tests.report_sections.test_accessible import NASTY, SCRIPT

STYLES = Path(app.__file__).parent / "static" / "app.css"
WORDS = {**REPORT, "summary": NASTY, "title": SCRIPT, "partnership": NASTY}

BODIES = {
    "a board’s summary": lambda: report_body(REPORT, parts_of(a_reading(12), of_the_database(), "board")),
    "nasty words": lambda: report_body(WORDS, parts_of(a_reading(2, NASTY, text=NASTY), of_the_database(NASTY))),
    "twelve authorities": lambda: report_body(REPORT, parts_of(a_reading(4, authorities=12), of_the_database())),
}


@pytest.mark.parametrize("name", BODIES)
def test_the_page_is_accessible_and_no_wider_than_the_screen(name, browser: Browser):
    page = browser.new_page()
    body = BODIES[name]()
    assert_sound(whole(body))
    page.set_content(whole(body).replace("</head>", f"<style>{STYLES.read_text('utf-8')}</style></head>"))
    assert_accessible(page)
    page.close()


def whole(body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><title>Report</title></head>'
        f'<body class="govuk-template__body"><div class="govuk-width-container"><main class="govuk-main-wrapper">'
        f'<article class="document">{body}</article></main></div></body></html>'
    )
