"""The figures of a board as a table to be taken away."""

from collections.abc import Iterator

from strategy_tracker.reviews.returns.shapes import BoardFigures
from strategy_tracker.text import guarded

COLUMNS = {
    "authority": "Authority",
    "name": "Name",
    "state": "State",
    "reported": "With a note",
    "no_change": "No change",
    "missing": "Missing",
    "nothing_due": "Nothing due",
    "exceptions": "Exceptions",
}


def table_of(figures: BoardFigures, *, for_a_sheet: bool = False) -> Iterator[dict[str, str | int]]:
    """A row for each return. For a sheet words that read as a formula are made harmless."""
    for one in figures.returns:
        words = {"authority": one.short_name, "name": one.name}
        if for_a_sheet:
            words = {key: guarded(value) for key, value in words.items()}
        yield {**words, "state": one.state.value, **one.summary}
