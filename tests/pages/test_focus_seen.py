"""Whoever goes by keyboard sees where she is: nothing that stays on the screen hides what has the focus (2.4.11)."""

import pytest

from strategy_tracker.plans.rules import Timescale
from tests import builders

MOST_TABS = 150
HIDDEN = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return 'at the end';
    const box = here.getBoundingClientRect();
    const points = [[.1, .1], [.5, .5], [.9, .9], [.1, .9], [.5, .1]].map(([x, y]) =>
        document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
    const seen = points.some(each => each && (here.contains(each) || each.contains(here)
        || [...(here.labels || [])].some(label => label.contains(each))));
    return seen ? '' : `${here.tagName} ${here.name || here.textContent.trim().slice(0, 40)} at ${Math.round(box.top)}`;
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (375, 600)])
@pytest.mark.parametrize("address", ["/", "/p/west-kent/plans/2010-11/"])
def test_what_has_the_focus_is_not_covered(page_as, address, width, height):
    objective = builders.an_objective(builders.plan(), "Do many things")
    for number in range(6):
        builders.an_action(objective, f"Do thing {number}", of=["tmbc"], outcomes=[("All", Timescale()), "More"])
    page = page_as("officer", width=width)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    hidden = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        found = page.evaluate(HIDDEN)
        if found == "at the end":
            break
        hidden += [found] if found else []
    assert not hidden, "\n".join(hidden)
