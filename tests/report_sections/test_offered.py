"""What a feature offers, and what each audience gets of it."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import pytest

from strategy_tracker.documents import sections
from strategy_tracker.documents.sections import Section, SectionContext


@dataclass(frozen=True)
class Words:
    said: str
    on: dt.date
    more: tuple["Words", ...] = ()


def a_section(key: str, place: int = 1, audiences: frozenset[str] = sections.WHOLE) -> Section:
    return Section(key, key.capitalize(), lambda context: None, f"{key}.html", place, audiences=audiences)


@pytest.fixture(autouse=True)
def nothing_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_offered", {})


def test_the_default_order_is_by_place_and_then_by_key() -> None:
    for key, place in (("meetings", 2), ("cover", 1), ("asked", 2)):
        sections.offer(a_section(key, place))
    assert [one.key for one in sections.offered()] == ["cover", "asked", "meetings"]


def test_the_same_section_may_be_offered_again_and_another_of_its_key_may_not() -> None:
    cover = sections.offer(a_section("cover"))
    assert sections.offer(cover) is cover
    with pytest.raises(ValueError, match="cover"):
        sections.offer(a_section("cover", 2))


def test_an_audience_gets_what_was_chosen_in_the_chosen_order() -> None:
    for key in ("cover", "changes", "overdue"):
        sections.offer(a_section(key))
    sections.offer(a_section("figures", audiences=sections.BOARD))
    assert [one.key for one in sections.sections_for("full", ["overdue", "gone", "figures", "cover"])] == [
        "overdue",
        "cover",
    ]
    assert [one.key for one in sections.sections_for("public")] == ["changes", "cover", "overdue"]
    assert [one.key for one in sections.sections_for("board", ["overdue"])] == ["figures"]


def test_content_becomes_what_json_holds() -> None:
    day = dt.date(2011, 6, 30)
    assert sections.plain(Words("All", day, (Words("One", day),))) == {
        "said": "All",
        "on": "2011-06-30",
        "more": [{"said": "One", "on": "2011-06-30", "more": []}],
    }


def test_a_section_about_the_others_reads_what_is_left_of_their_words() -> None:
    day = dt.date(2011, 6, 30)
    said = a_section("said")
    heard = Section(
        "heard", "Heard", lambda context: Words(context.kept["words"], day), "heard.html", 1, of_the_others=True
    )
    said = replace(said, build=lambda context: Words("open secret", day))
    context = SectionContext(1, 1, day, day, day, None)
    silent = a_section("silent")

    found = sections.contents([heard, said, silent], context, without_secrets)

    assert [(one.key, tree["said"]) for one, tree in found] == [("heard", "open \n2011-06-30"), ("said", "open ")]


def without_secrets(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: without_secrets(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [without_secrets(value) for value in tree]
    return tree.replace("secret", "")
