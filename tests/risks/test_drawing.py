"""A heat map on paper: a first page that stays one page, however many risks there are, and names under it."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from strategy_tracker.risks.drawing import clipped, drawn_map, fitting
from strategy_tracker.risks.heat import Spot, heat_map
from strategy_tracker.risks.rules import Movement
from strategy_tracker.risks.schemes.rules import Scheme
from strategy_tracker.risks.sections import register_pdf
from tests.risks.making import five_by_five, four_by_six
from tests.risks.risk_documents import a_register_document, a_shape

PRIVATE = "For TMBC: contains private risks"


def in_one_cell(scheme: Scheme, count: int) -> list[Spot]:
    return [Spot(str(number), 1, 1, address=f"#r{number}") for number in range(1, count + 1)]


def pages(document) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(register_pdf(document))).pages]


@pytest.mark.parametrize("size", [(2, 10), (4, 6), (5, 5), (6, 6), (7, 7), (10, 10)])
def test_the_legend_stands_under_the_whole_map_on_the_first_page(size: tuple[int, int]) -> None:
    scheme = a_shape(*size)
    named, full = (a_register_document(scheme, count, private=PRIVATE) for count in (12, 44))
    one_cell = replace(full, heat=heat_map(scheme, in_one_cell(scheme, 44), "31 March 2011"), entries=full.entries[:2])
    for each in (named, one_cell):
        assert "↑ went up" in pages(replace(each, forward=()))[0]


def test_numbers_that_do_not_fit_are_counted() -> None:
    shape = five_by_five()
    drawn = drawn_map(heat_map(shape, in_one_cell(shape, 44)), ())
    cell = drawn.rows[3].cells[1]
    assert len(cell.refs) + cell.more == 44
    assert cell.refs[:2] == ("1", "2") and cell.more > 30
    assert len(cell.addresses) == len(cell.refs)
    first = " ".join(
        pages(replace(a_register_document(shape, 3), heat=heat_map(shape, in_one_cell(shape, 44))))[0].split()
    )
    assert f"and {cell.more} more" in first
    small = a_shape(10, 10)
    assert drawn_map(heat_map(small, in_one_cell(small, 44)), ()).rows[8].cells[1].count == 44


@pytest.mark.parametrize(("columns", "rows"), [(2, 2), (6, 4), (5, 5), (10, 10)])
def test_a_few_numbers_are_all_shown(columns: int, rows: int) -> None:
    assert fitting(["1", "2"], columns, rows) == 2


def test_a_sign_is_never_parted_from_its_number() -> None:
    shape = four_by_six()
    drawn = drawn_map(heat_map(shape, [Spot("1", 0, 0, Movement.UP, is_opportunity=True)]), ())
    assert drawn.rows[3].cells[0].refs == ("1\u00a0◊\u00a0↑",)


def test_the_risks_on_the_map_are_named_under_it_while_there_are_few() -> None:
    shape = four_by_six()
    spots = in_one_cell(shape, 12)
    names = [(spot.ref, f"Event {spot.ref}") for spot in spots]
    heat = heat_map(shape, spots)
    assert drawn_map(heat, [*names, ("99", "Elsewhere")]).names == tuple(names)
    more = [*spots, Spot("13", 0, 0)]
    assert drawn_map(heat_map(shape, more), [*names, ("13", "One more")]).names == ()
    assert len(drawn_map(heat_map(shape, more), [*names, ("13", "One more")], is_flat=True).names) == 13
    high = a_shape(10, 10)
    assert drawn_map(heat_map(high, spots), names).names == (), "on a high map there is no room for them"


def test_a_long_name_is_cut_between_words() -> None:
    assert clipped("Short\nenough") == "Short enough"
    cut = clipped("Partners give less money " * 10)
    assert cut.endswith(("money…", "less…", "give…", "Partners…")) and len(cut) < 80
    assert len(clipped("x" * 300)) < 80


def test_what_moved_in_a_register_of_which_all_is_new_is_one_sentence() -> None:
    document = a_register_document(four_by_six(), 8)
    new = tuple(replace(one, arrow="+") for one in document.entries)
    said = " ".join(" ".join(pages(replace(document, entries=new))).split())
    assert "No risk had a score at 31 March 2011" in said
    assert "What moved since" not in said
    assert "What moved since" in " ".join(pages(replace(document, entries=new[:2])))
