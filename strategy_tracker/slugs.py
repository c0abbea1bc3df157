"""Short addresses."""

import re

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 60


def problem_with(slug: str) -> str | None:
    """Why this cannot stand in an address; None where it can."""
    if SLUG.fullmatch(slug) and len(slug) <= LONGEST:
        return None
    return f"must be lower-case letters, digits and single hyphens, at most {LONGEST}, such as west-kent; not {slug!r}"
