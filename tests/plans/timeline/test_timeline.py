"""The dates of a plan with their slips, as a picture with its table, on the page and in the PDF."""

import datetime as dt
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from strategy_tracker.plans import operations
from strategy_tracker.plans.dates.rules import Move
from strategy_tracker.plans.rules import Precision, Status, Timescale
from strategy_tracker.plans.sections import changes_pdf, plan_document, plan_pdf, timeline_pdf
from strategy_tracker.plans.timeline.page import timeline
from strategy_tracker.plans.timeline.rules import LABELS, RIGHT, WIDTH, Entry, Mark, Scale, pictures_of, scale_of
from strategy_tracker.plans.versions.between import between
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.plans.versions.view import view_of
from tests import builders
from tests.cast import authority, person

PLAN = "/p/west-kent/plans/2010-11/"
days = some.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
AUTUMN = dt.date(2010, 10, 1)


def entry(*dates: dt.date, mark: Mark = Mark.OPEN) -> Entry:
    scales = [Timescale.by(day) for day in dates]
    moves = tuple(Move(old, new) for old, new in itertools.pairwise(scales))
    return Entry(1, "1.1", "Words", "Outcome", scales[-1], moves, mark, "On track: 1 of 1 share")


@given(days, days, some.lists(days, min_size=1, max_size=6))
def test_every_date_stands_inside_the_picture_and_in_order(first, last, dates):
    period = (min(first, last), max(first, last))
    scale = scale_of(period, [entry(*dates)])
    places = [scale.place(day) for day in sorted(dates)]
    assert places == sorted(places)
    assert all(LABELS <= place <= WIDTH - RIGHT for place in places)
    assert scale.months
    assert len(scale.months) <= 9


def test_a_date_far_outside_the_period_does_not_squeeze_the_rest():
    period = (dt.date(2010, 7, 1), dt.date(2011, 6, 30))
    scale = scale_of(period, [entry(dt.date(2099, 1, 1)), entry(dt.date(2011, 9, 30))])
    assert scale == Scale(dt.date(2010, 7, 1), dt.date(2011, 9, 30))


def test_many_dates_are_several_pictures_that_each_fit_on_a_page():
    entries = [entry(dt.date(2010, 9, 1))] * 45
    pictures = pictures_of("k", "1 Aim", entries, scale_of((AUTUMN, AUTUMN), entries), AUTUMN)
    assert [len(picture.rows) for picture in pictures] == [18, 18, 9]
    assert len({picture.key for picture in pictures}) == 3


def test_a_picture_is_told_in_words():
    moved = entry(dt.date(2010, 7, 31), dt.date(2010, 12, 31), mark=Mark.LATE)
    (picture,) = pictures_of("k", "1 Aim", [moved], scale_of((AUTUMN, AUTUMN), [moved]), AUTUMN)
    assert picture.told == "1.1: 31 December 2010, was 31 July 2010 (moved once), overdue"


def slip() -> None:
    row = builders.outcomes(builders.action("1.1"))[0]
    later = Timescale.by(dt.date(2010, 12, 1), Precision.MONTH)
    change = Change("The county was late", on=AUTUMN)
    operations.edit_outcome(person("lead"), row, row.version, text=row.text, timescale=later, lead=None, change=change)


@pytest.mark.usefixtures("database")
class TestTimeline:
    def test_it_has_each_date_with_what_it_was_and_how_it_stands(self):
        slip()
        line = timeline(view_of(builders.plan(), dt.date(2011, 6, 30)))
        (part,) = line.parts
        (only,) = part.entries
        assert (only.first_words, only.now_words, only.slips, only.mark) == (
            "30 July 2010",
            "December 2010",
            1,
            "overdue",
        )
        assert line.counts == "1 date, 1 of them moved, 1 slip. 3 outcomes have no date."

    def test_as_at_a_date_it_tells_what_was_known_then(self):
        slip()
        (part,) = timeline(view_of(builders.plan(), AUTUMN - dt.timedelta(1))).parts
        assert (part.entries[0].now_words, part.entries[0].slips) == ("30 July 2010", 0)

    def test_what_every_authority_has_done_is_done(self):
        for slug in builders.COUNCILS:
            builders.a_note(builders.action("1.1"), slug, Status.ACHIEVED, "Done", as_at=dt.date(2011, 6, 30))
        (part,) = timeline(view_of(builders.plan(), dt.date(2011, 6, 30))).parts
        assert part.entries[0].mark is Mark.DONE

    def test_an_extract_has_the_dates_of_its_own_actions(self):
        document = plan_document(view_of(builders.plan()), authority("kcc"))
        assert document.dates.entries == ()
        assert len(plan_document(view_of(builders.plan()), authority("tmbc")).dates.entries) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("database")
def test_the_documents_are_accessible(pdfua):
    slip()
    plan = builders.plan()
    pdfua.accepts(timeline_pdf(timeline(view_of(plan))))
    pdfua.accepts(changes_pdf(plan, between(plan, dt.date(2010, 8, 1), dt.date(2011, 6, 30))))
    pdfua.accepts(changes_pdf(plan, between(plan, dt.date(2009, 8, 1), dt.date(2009, 8, 2))))
    pdfua.accepts(plan_pdf(plan_document(view_of(plan, number=1))))


def test_the_page_shows_picture_and_table_and_leads_to_the_pdf(visitor_as):
    slip()
    viewer = visitor_as("viewer")
    page = viewer.get(f"{PLAN}timeline?as_at=2011-06-30")
    assert re.search(r"<svg class=\"dateline\"", page.html)
    assert "1.1: December 2010, was 30 July 2010 (moved once), overdue" in page.html
    assert "30 July 2010 December 2010 1 Overdue." in page.words
    answer = viewer.client.get(f"{PLAN}timeline.pdf?as_at=2011-06-30")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
