"""For whom a report is made: the group, a board, everybody, and each authority's committee."""

from dataclasses import dataclass
from typing import Any

from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.rules import Audience, wishes_of

LABELS = {
    Audience.FULL: "Full report",
    Audience.BOARD: "Summary for a board",
    Audience.PUBLIC: "Public copy",
}
ON_THE_COVER = {Audience.BOARD: "Summary for boards and cabinets", Audience.PUBLIC: "Public copy"}


@dataclass(frozen=True)
class Copy:
    """One audience's report. An extract's authority: its id, short address, name and short name."""

    audience: Audience
    authority_id: int | None = None
    whose: str = ""
    name: str = ""
    short: str = ""

    @property
    def label(self) -> str:
        return f"Extract for {self.short}" if self.audience is Audience.EXTRACT else LABELS[self.audience]

    @property
    def on_the_cover(self) -> str:
        """What the report says of its readers; nothing where it is for the group."""
        return f"Extract for {self.name}" if self.audience is Audience.EXTRACT else ON_THE_COVER.get(self.audience, "")

    @property
    def query(self) -> str:
        """What follows the report's address, to ask for this copy."""
        if self.audience is Audience.FULL:
            return ""
        return f"?audience={self.audience}" + (f"&authority={self.whose}" if self.whose else "")

    @property
    def file(self) -> str:
        """What a downloaded file's name ends with."""
        return "" if self.audience is Audience.FULL else f"-{self.whose or self.audience}"


FULL = Copy(Audience.FULL)


def copies_wanted(report: Report) -> list[Copy]:
    """The full report, and what else is wanted of it: an extract for each authority that stood in the period."""
    chosen = set(wishes_of(report.audiences))
    copies = [FULL, *(Copy(one) for one in (Audience.BOARD, Audience.PUBLIC) if one in chosen)]
    if Audience.EXTRACT in chosen:
        copies += [extract_for(one) for one in standing_in(report)]
    return copies


def extract_for(authority: Authority) -> Copy:
    return Copy(Audience.EXTRACT, authority.id, authority.slug, authority.name, authority.short_name)


def standing_in(report: Report) -> list[Authority]:
    """The partners of the report's period, in their order."""
    quarter: Any = report.quarter
    return [
        one
        for one in authorities_of(report.partnership_id)
        if one.ended_on is None or quarter is None or one.ended_on >= quarter.period_from
    ]
