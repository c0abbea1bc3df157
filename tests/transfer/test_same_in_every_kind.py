"""Whatever the words, every kind of file gives the same draft."""

import dataclasses
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from strategy_tracker.text import normalise
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.drafting import draft_of
from tests.transfer.files import AUTHORITIES, csv_file, excel_file, opendocument_file, word_file

words = (
    st.text(alphabet=st.sampled_from("abcXYZ €£ŵ–•=+@,;\"'0129."), min_size=1, max_size=20)
    .map(lambda text: " ".join(normalise(text).split()))
    .filter(bool)
)
blank_or_words = st.one_of(st.just(""), words)


@st.composite
def plans(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """Objectives with actions with outcomes, blank where they go on from the row above."""
    rows = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        title = f"Objective {draw(words)}"
        for place in range(draw(st.integers(1, 3))):
            for line in range(draw(st.integers(1, 2))):
                first = place == line == 0
                rows.append(
                    (
                        f"{number}." if first else "",
                        f"{title} {number}" if first else "",
                        "" if line else f"Action {number} {place} {draw(words)}",
                        f"Outcome {draw(words)}" if line else draw(blank_or_words),
                        draw(blank_or_words),
                    )
                )
    return rows


def without_places(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {name: without_places(entry) for name, entry in fields.items() if name not in ("place", "table")}
    if isinstance(value, tuple):
        return tuple(without_places(entry) for entry in value)
    return value


@settings(max_examples=25, deadline=None)
@given(plans())
@example([("1.", "Aim", "Act", "", ""), ("", "", "", "Outcome 0", ""), ("2.", "Other aim", "Act too", "", "")])
def test_every_kind_of_file_gives_the_same_draft(rows: list[tuple[str, ...]]) -> None:
    drafts: list[PlanDraft] = [
        draft_of(content, AUTHORITIES)
        for content in (
            csv_file(rows),
            csv_file(rows, delimiter=";", encoding="utf-16"),
            excel_file(rows, glossary=False),
            word_file(rows, glossary=False),
        )
    ]
    drafts.append(dataclasses.replace(draft_of(opendocument_file(rows), AUTHORITIES), glossary=()))
    first = without_places(drafts[0])
    assert all(without_places(draft) == first for draft in drafts[1:])
    assert len(drafts[0].actions()) == sum(bool(row[2]) for row in rows)
