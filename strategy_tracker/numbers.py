"""Whole numbers as people type them, and as addresses and hidden fields carry them."""

MOST_DIGITS = 9
"""What every column of whole numbers holds."""


def whole_number(typed: str | None) -> int | None:
    """ "12", "-4"; None for what is none, and for one of more than nine digits."""
    words = (typed or "").strip()
    digits = words.removeprefix("-")
    return int(words) if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS else None
