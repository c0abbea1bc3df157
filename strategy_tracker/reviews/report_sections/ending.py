"""What stands last: the versions of the report, and the abbreviations that are used in it."""

from dataclasses import dataclass

from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.plans import queries
from strategy_tracker.reviews.report_sections.reading import reading
from strategy_tracker.text import abbreviations_in


@dataclass(frozen=True)
class Version:
    number: str
    on: str
    standing: str
    what: str


@dataclass(frozen=True)
class Versions:
    """`approval` is a sentence; empty where nobody has approved it yet."""

    approval: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Abbreviation:
    short: str
    meaning: str


@dataclass(frozen=True)
class Abbreviations:
    used: tuple[Abbreviation, ...]


def versions(context: SectionContext) -> Versions | None:
    rows = tuple(
        Version(**{name: str(row[name]) for name in ("number", "on", "standing", "what")})
        for row in context.report.get("versions", ())
    )
    approval = str(context.report.get("approval", ""))
    return Versions(approval, rows) if rows or approval else None


def abbreviations(context: SectionContext) -> Abbreviations | None:
    """Those of the glossary, and the partners' short names, that stand in the words of the other sections."""
    glossary = {each.short: each.meaning for each in queries.abbreviations(context.partnership_id)}
    glossary |= {each.short_name: each.name for each in reading(context).authorities}
    used = abbreviations_in(context.kept.get("words", ""), glossary)
    found = [Abbreviation(short, glossary[short]) for short in sorted(glossary, key=str.casefold) if short in used]
    return Abbreviations(tuple(found)) if found else None
