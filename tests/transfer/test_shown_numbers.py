"""A spreadsheet's numbers come in as the sheet shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.transfer.number_formats import shown_number


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        ("0.9", "0%", "90%"),
        ("0.125", "0%", "13%"),
        ("0.125", "0.0%", "12.5%"),
        ("0.28999999999999998", "0%", "29%"),
        ("-0.05", "0%;[Red]-0%", "-5%"),
        ("1250", "#,##0", "1,250"),
        ("1250.5", "#,##0.00", "1,250.50"),
        ("3500000", '"£"#,##0', "£3,500,000"),
        ("3500000", "[$£-809]#,##0.00", "£3,500,000.00"),
        ("3500000", '"£"0.0,,"m"', "£3.5m"),
        ("1234.5", '_-"£"* #,##0.00_-;-"£"* #,##0.00_-', "£1,234.50"),
        ("-5", "0;[Red](0)", "(5)"),
        ("-5", "0", "-5"),
        ("0", "0;-0;;@", ""),
        ("12", '0" homes"', "12 homes"),
        ("12", 'General" units"', "12 units"),
        ("3", '"Q"0" 2025/26"', "Q3 2025/26"),
        ("1.1", "0.00", "1.10"),
        ("1", "00", "01"),
        ("0.5", "#.##", ".5"),
        ("1200000", '[>=1000000]0.0,,"m";0', "1.2m"),
        ("900", '[>=1000000]0.0,,"m";0', "900"),
        ("1", '"Yes";"No"', "Yes"),
        ("0.30000000000000004", "General", "0.3"),
        ("0.5", "# ?/?", "0.5"),
        ("45747", "dd/mm/yyyy;@", "31 March 2025"),
        ("45747", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "31 March 2025"),
        ("45747", "mmm-yy", "March 2025"),
        ("45747", "mmm\\-yy", "March 2025"),
        ("45747", "[$-452]mmmm yyyy", "March 2025"),
        ("45747", "yyyy", "2025"),
        ("45747.5", "dd/mm/yyyy hh:mm", "31 March 2025"),
        ("0.5", "hh:mm", "12:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("99999999999", "dd/mm/yyyy", "99999999999"),
        ("not a number", "0%", "not a number"),
    ],
)
def test_a_number_has_the_look_of_its_format(value: str, number_format: str, shown: str) -> None:
    assert shown_number(value, number_format) == shown


@given(st.floats(), st.text(alphabet='0#?,.%;"\\[]$£-_*@EGeneral +/dmyhs', max_size=30))
def test_any_format_gives_words(number: float, number_format: str) -> None:
    assert isinstance(shown_number(repr(number), number_format), str)
