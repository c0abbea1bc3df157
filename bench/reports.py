"""The quarterly report of the sample's last quarter, as our page and as one naive table of the same words."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.documents.sections import SectionContext, contents, report_body, report_page, sections_for
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.quarters.operations import make_quarters
from strategy_tracker.quarters.queries import neighbours, quarter_with
from strategy_tracker.quarters.rules import DateRule
from strategy_tracker.reviews import report_sections
from strategy_tracker.sample import loader

OFFERING = report_sections
"""Importing it offers its sections."""
LAST_DAY = dt.date(2011, 6, 30)
FROM_JULY = DateRule(first_month=7, opens_after=1, due_after=14, meeting_after=28)
REPORT = {
    "title": "Quarterly report, April to June 2011",
    "as_at": "30 June 2011",
    "edition": "Version 1, approved 14 July 2011",
    "summary": "Most of the plan is done or going well. Three things are not, and two of them need a decision.",
}


def sample_page() -> str:
    """The whole page of the report, from a database of its own."""
    with TemporaryDirectory() as folder:
        database = db.use(f"sqlite:///{Path(folder) / 'bench.db'}")
        with database.connection_context():
            db.migrate()
            loader.load(Path(folder) / "outbox")
            return _page(_quarter(Partnership.get()))


def _quarter(place: Partnership) -> Quarter:
    found = quarter_with(place.id, LAST_DAY)
    if found is None:
        found = make_quarters(OPERATOR, place, FROM_JULY, first_year=2010, years=1, reason="To be measured")[-1]
    return found


def _page(quarter: Quarter) -> str:
    before, _ = neighbours(quarter)
    report = {**REPORT, "partnership": quarter.partnership.name}
    context = SectionContext(
        partnership_id=quarter.partnership_id,
        quarter_id=quarter.id,
        period_from=quarter.period_from,
        period_to=quarter.period_to,
        as_at=quarter.period_to,
        previous_as_at=before.period_to if before else None,
        report=report,
    )
    return report_page(report, report_body(report, contents(sections_for("full"), context)))
