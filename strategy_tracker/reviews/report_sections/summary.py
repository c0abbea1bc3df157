"""What stands first: the partners and plans, the coordinator's summary in words, and the figures."""

from dataclasses import dataclass

from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.reviews.report_sections.figures import Figures, figures, lead
from strategy_tracker.reviews.report_sections.reading import reading
from strategy_tracker.reviews.report_sections.rules import is_too_long, shortened

LONGEST_SUMMARY, MOST_LINES = 1800, 16
"""Of the coordinator's words in a board's summary, so that it keeps to six pages; the full report has them all."""


@dataclass(frozen=True)
class Partner:
    name: str
    short: str


@dataclass(frozen=True)
class PlanNamed:
    title: str
    strategy: str
    period: str
    edition: str


@dataclass(frozen=True)
class Cover:
    """Of whom and of what the report tells."""

    partners: tuple[Partner, ...]
    plans: tuple[PlanNamed, ...]


@dataclass(frozen=True)
class Summary:
    """`words` are the coordinator's, `lead` the figures in a sentence. `figures` is None where nothing is planned."""

    words: str
    lead: str
    figures: Figures | None


@dataclass(frozen=True)
class BriefSummary:
    """The same for a board: the words no longer than half a page, the figures those of all authorities together.

    `goes_on`: the full report has more of the words.
    """

    words: str
    lead: str
    figures: Figures | None
    goes_on: bool = False


@dataclass(frozen=True)
class Authorities:
    """How each authority stands, for a board."""

    figures: Figures


def cover(context: SectionContext) -> Cover:
    read = reading(context)
    return Cover(
        partners=tuple(Partner(each.name, each.short_name) for each in read.authorities),
        plans=tuple(PlanNamed(one.title, one.plan.strategy, one.period, one.edition) for one in read.plans),
    )


def summary(context: SectionContext) -> Summary:
    read = reading(context)
    return Summary(context.report.get("summary", ""), lead(read), figures(read))


def brief_summary(context: SectionContext) -> BriefSummary:
    read = reading(context)
    words = context.report.get("summary", "")
    kept = shortened(words, LONGEST_SUMMARY, MOST_LINES)
    return BriefSummary(kept, lead(read), figures(read, authorities=False), goes_on=too_long_for_a_board(words))


def too_long_for_a_board(words: str) -> bool:
    return is_too_long(words, LONGEST_SUMMARY, MOST_LINES)


def authorities(context: SectionContext) -> Authorities | None:
    found = figures(reading(context))
    return Authorities(found) if found else None
