"""Hands on a keyboard: a person who never uses a mouse, and finds everything by its name."""

import pytest
from playwright.sync_api import Page, Response

WITH_AND_WITHOUT_SCRIPTS = pytest.mark.parametrize(
    ("javascript", "database_url"),
    [(True, "sqlite"), (False, "postgresql")],
    ids=["scripts", "no scripts"],
    indirect=["database_url"],
)
"""Each journey twice: a browser with scripts does not know on which database it goes."""
MOST_TABS = 400
FOCUSED = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return '';
    const words = here.getAttribute('aria-label') || (here.labels && here.labels.length
        ? [...here.labels].map(each => each.textContent).join(' ') : here.textContent);
    return words.replace(/\\s+/g, ' ').trim();
}"""
"""The name by which a screen reader announces what has the focus."""


class Hands:
    """Tab, Space, Enter, arrows and typing, and nothing else. `tabs` counts the steps of the last search."""

    def __init__(self, page: Page):
        self.page = page
        self.tabs = 0

    def focused(self) -> str:
        name: str = self.page.evaluate(FOCUSED)
        return name

    def given_focus(self) -> str:
        """What the page itself gave the focus to: a browser does so when it draws the page, not when it is loaded."""
        self.page.wait_for_function(FOCUSED)
        return self.focused()

    def reach(self, words: str) -> None:
        """Goes on by Tab until what has the focus has this in its name."""
        for self.tabs in range(1, MOST_TABS + 1):
            self.page.keyboard.press("Tab")
            if words in self.focused():
                return
        raise AssertionError(f"no {words!r} within {MOST_TABS} steps at {self.page.url}")

    def follow(self, words: str) -> Response | None:
        """Reaches a link or a button, presses Enter, and waits for the page it leads to."""
        self.reach(words)
        with self.page.expect_navigation() as opened:
            self.page.keyboard.press("Enter")
        return opened.value

    def write(self, label: str, text: str) -> None:
        """Reaches a box and writes into it, over what stands there."""
        self.reach(label)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        """Reaches a list and types the first letters of what it offers."""
        self.reach(label)
        self.page.keyboard.type(option)

    def tick(self, label: str) -> None:
        """Reaches a box to tick, a radio or a summary, and presses Space."""
        self.reach(label)
        self.page.keyboard.press("Space")

    def read(self) -> str:
        """The words in the main part of the page, spaces collapsed; what a closed detail hides is left out."""
        return " ".join(self.page.locator("main").inner_text().split())

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/sign-in")
        self.write("E-mail address", email)
        self.write("Password", password)
        self.follow("Sign in")
