"""Short addresses."""

import re
import unicodedata

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 60


def problem_with(slug: str) -> str | None:
    """Why this cannot stand in an address; None where it can."""
    if SLUG.fullmatch(slug) and len(slug) <= LONGEST:
        return None
    return f"must be lower-case letters, digits and single hyphens, at most {LONGEST}, such as west-kent; not {slug!r}"


def made_from(name: str) -> str:
    """A short address out of a name: "Housing, 4 by 6" becomes housing-4-by-6; "" where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST].strip("-")
