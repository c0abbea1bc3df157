"""The head that runs over the pages of a part is cut only where the page is too narrow for it."""

import pytest

from strategy_tracker.documents.packs import Cover, PackPart, pack_page

TITLE = "Tonbridge and Malling Borough Council: TMBC housing options: operational risks"


def head_of(classes: str) -> str:
    body = f'<div class="running" data-document="x" data-issue="y" data-state=""></div><h1>{TITLE}</h1>'
    part = PackPart(TITLE, "As at 30 June 2011", f'<html><body class="{classes}">{body}</body></html>')
    page = pack_page(Cover("West Kent", "Papers"), [part])
    return page.split('data-document="')[2].partition('"')[0]


@pytest.mark.parametrize("classes", ["wide risks", "draft risks"])
def test_a_part_in_landscape_has_room_for_a_long_head(classes: str) -> None:
    assert head_of(classes) == f"1. {TITLE}"


def test_in_portrait_it_is_cut() -> None:
    head = head_of("report risks")
    assert head.startswith("1. Tonbridge and Malling Borough Council: TMBC") and head.endswith("…")
    assert len(head) <= 60
