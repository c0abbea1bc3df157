"""Accessibility of a page in Chromium, by axe's rules for WCAG 2.2 A and AA, on a desk and on a phone."""

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.html_check import digest_of

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
RUN = "rules => axe.run(document, rules).then(found => found.violations)"
"""Only what is broken comes back: the rest of a page's results is a hundred times as long."""
WIDTHS = (1280, 375)
FOUND_SOUND: set[str] = set()
"""Digests of the pages that this worker has judged: the same page on the other database is not judged again."""


@cache
def _script() -> str:
    script: str = Axe().axe_script
    return script


def violations(page: Page) -> list[str]:
    """A line for each rule that the page breaks as it stands now, with the elements that break it."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_script())
    found: list[dict[str, Any]] = page.evaluate(RUN, RULES)
    return [
        f"{one['id']}: {one['help']}: " + "; ".join(" ".join(node["target"]) for node in one["nodes"][:5])
        for one in found
    ]


def assert_accessible(page: Page) -> None:
    """Fails the test, naming rules and elements, at either width with every detail opened, or where it is too wide."""
    broken, judged = [], digest_of(page.content())
    if judged in FOUND_SOUND:
        return
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        broken += [f"at {width}: {one}" for one in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            broken.append(f"at {width}: {page.url} is {wide} pixels too wide")
    assert not broken, "\n".join([page.url, *broken])
    FOUND_SOUND.add(judged)
