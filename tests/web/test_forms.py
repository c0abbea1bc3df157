"""Dates in boxes, notes as paragraphs and lists, and two texts compared."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form

from strategy_tracker.web.conflicts import marked
from strategy_tracker.web.dates import DayMonthYear, PartOfDate
from strategy_tracker.web.prose import prose


class Dates(Form):
    day = DayMonthYear("The day")
    part = PartOfDate("The part")


def filled(name, boxes):
    form = Dates(MultiDict([(name, box) for box in boxes]))
    form.validate()
    return form[name]


@pytest.mark.parametrize("boxes", [["30", "6", "2011"], [" 30 ", "June", "2011"], ["30", "jun", "2011", "extra"]])
def test_a_day_is_read(boxes):
    assert filled("day", boxes).data == dt.date(2011, 6, 30)


@pytest.mark.parametrize(
    ("boxes", "problem"),
    [
        (["31", "2", "2027"], "The day must be a real date, such as 30 6 2011"),
        (["4", "1", ""], "The day must include a year"),
        (["4"], "The day must include a month and year"),
        (["+4", "1", "2011"], "The day must be a real date, such as 30 6 2011"),
        (["٤", "1", "2011"], "The day must be a real date, such as 30 6 2011"),
        (["4", "1", "99999"], "The day must be a real date, such as 30 6 2011"),
        (["4", "1", "9" * 25], "The day must be a real date, such as 30 6 2011"),
        (["9" * 5000, "1", "2011"], "The day must be a real date, such as 30 6 2011"),
    ],
)
def test_what_is_no_day_is_refused_in_words(boxes, problem):
    assert filled("day", boxes).errors == [problem]


@given(st.lists(st.text(max_size=6), max_size=5))
def test_no_boxes_whatever_break_a_date(boxes):
    field = filled("day", boxes)
    assert field.data is None or isinstance(field.data, dt.date)
    assert len(field.boxes()) == 3


@pytest.mark.parametrize(
    ("boxes", "data", "shown"),
    [
        (["", "6", "2011"], dt.date(2011, 6, 1), ["", "6", "2011"]),
        (["", "", "2011"], dt.date(2011, 1, 1), ["", "", "2011"]),
        (["5", "", "2011"], None, ["", "", ""]),
    ],
)
def test_a_part_of_a_date_keeps_how_exact_it_is(boxes, data, shown):
    field = filled("part", boxes)
    assert (field.data, field.boxes()) == (data, shown)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("38 acceptances", "<p>38 acceptances</p>"),
        ("One\nTwo", "<p>One</p><p>Two</p>"),
        ("Done:\n• one\n- two\nEnd", "<p>Done:</p><ul><li>one</li><li>two</li></ul><p>End</p>"),
        ("3*4*5 < 70", "<p>3*4*5 &lt; 70</p>"),
        ("<b>bold</b>\n* <i>", "<p>&lt;b&gt;bold&lt;/b&gt;</p><ul><li>&lt;i&gt;</li></ul>"),
        ("-5 degrees", "<p>-5 degrees</p>"),
    ],
)
def test_notes_become_paragraphs_and_lists_and_nothing_else(text, html):
    assert prose(text) == Markup(html)


@given(st.text(alphabet="<>&\"'a \n•-*"))
def test_no_note_becomes_other_markup(text):
    html = prose(text)
    for known in ("<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>"):
        html = html.replace(known, "")
    assert "<" not in html
    assert ">" not in html


def test_two_texts_are_marked_where_they_differ_and_only_there():
    theirs, mine = marked("Seven have signed. Next in May", "Two <have> signed. Next in May")
    assert theirs.startswith('<del><span class="vh">only here: </span>Seven')
    assert "&lt;have&gt;" in mine
    assert theirs.endswith("Next in May")
    assert mine.endswith("Next in May")


def test_texts_too_long_to_compare_are_shown_as_they_are():
    assert marked("a " * 3000, "b") == ("a " * 3000, "b")
