"""A scheme as plain values, as it is stored and exported. Pure."""

from collections.abc import Mapping
from typing import Any

from strategy_tracker.risks.schemes.rules import Axis, Band, Category, Cell, Level, Scheme, Tone


def as_plain(scheme: Scheme) -> dict[str, Any]:
    """The scheme as JSON holds it, which is also how it is exported."""
    return {
        "impact": [_level_plain(level) for level in scheme.impact],
        "likelihood": [_level_plain(level) for level in scheme.likelihood],
        "bands": [{"name": band.name, "tone": band.tone.words} for band in scheme.bands],
        "cells": [[{"band": cell.band, "value": cell.value} for cell in row] for row in scheme.cells],
        "tolerated": scheme.tolerated,
        "categories": [{"name": one.name, "tolerated": one.tolerated} for one in scheme.categories],
        "rows": scheme.rows.value,
        "worst_on_top": scheme.worst_on_top,
        "worst_on_right": scheme.worst_on_right,
        "impact_word": scheme.impact_word,
        "likelihood_word": scheme.likelihood_word,
    }


def _level_plain(level: Level) -> dict[str, str]:
    return {"mark": level.mark, "name": level.name, "description": level.description}


def from_plain(data: Mapping[str, Any]) -> Scheme:
    """The scheme that `as_plain` wrote."""
    return Scheme(
        impact=tuple(Level(**one) for one in data["impact"]),
        likelihood=tuple(Level(**one) for one in data["likelihood"]),
        bands=tuple(Band(one["name"], Tone[one["tone"].upper().replace(" ", "_")]) for one in data["bands"]),
        cells=tuple(tuple(Cell(one["band"], one["value"]) for one in row) for row in data["cells"]),
        tolerated=data["tolerated"],
        categories=tuple(Category(one["name"], one["tolerated"]) for one in data["categories"]),
        rows=Axis(data["rows"]),
        worst_on_top=data["worst_on_top"],
        worst_on_right=data["worst_on_right"],
        impact_word=data["impact_word"],
        likelihood_word=data["likelihood_word"],
    )
