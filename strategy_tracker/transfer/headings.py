"""The words that name an objective as such: "Priority 2: Warmer homes"."""

import re

KINDS_OF_OBJECTIVE = (
    r"(?:(?:strategic|corporate|key|strategy|our) )?"
    r"(?:priority|objective|aim|theme|goal|outcome|amcan|blaenoriaeth|thema|nod)"
)
HEADING = re.compile(rf"{KINDS_OF_OBJECTIVE}\s*(?:no\.?\s*)?\d{{1,3}}[a-z]?(?!\w).*", re.IGNORECASE | re.DOTALL)
LETTERED_HEADING = re.compile(
    rf"{KINDS_OF_OBJECTIVE}\s+(?:[A-Z]|[ivx]{{1,5}})\s*[:.–-]\s*\S.*", re.IGNORECASE | re.DOTALL
)


def is_named_heading(words: str) -> bool:
    """ "Priority 2: Warmer homes", "THEME B – Health"."""
    return any(pattern.fullmatch(words) for pattern in (HEADING, LETTERED_HEADING))
