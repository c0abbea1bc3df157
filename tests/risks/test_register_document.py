"""The PDF of a register, made from the database: in wide pages, the heat map first, the scoring key at the end."""

import io

import pytest
from pypdf import PdfReader

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.sections import register_document, register_pdf
from tests.cast import person
from tests.risks.making import IMPACT, LIKELIHOOD, a_register, a_risk, a_scheme, five_by_five, four_by_six, put_forward


@pytest.mark.usefixtures("database")
def test_the_map_comes_first_and_the_scoring_key_last() -> None:
    register = a_register(scheme=a_scheme("ours", five_by_five()))
    put_forward(a_risk(register, "Scored before", score=(4, 4)))
    change_scheme(OPERATOR, register.scheme, 1, name="Ours", shape=four_by_six(), reason="As the county does")
    for number in range(12):
        a_risk(Register.get_by_id(register.id), f"Scored after, {number}", score=(number % 4, number % 6))

    pages = PdfReader(io.BytesIO(register_pdf(register_document(person("officer"), register)))).pages
    said = [" ".join(page.extract_text().split()) for page in pages]

    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert "Impact 1 Negligible" in said[0] or "Likelihood 1 Almost impossible" in said[0]
    assert "scored under ours, version 1, and not on the map (1)" in said[0]
    assert "25 Very high" in " ".join(said[1:-1]) and "Scored under ours, version 1" in " ".join(said[1:-1])
    first = next(
        number for number, words in enumerate(said) if words.count("Scoring key") and "Ours, version 2" in words
    )
    key = " ".join(said[first:])
    assert "Scored after" not in key, "nothing but the key comes after it has begun"
    assert all(
        f"{number} {name}" in key for names in (IMPACT, LIKELIHOOD) for number, name in enumerate(names, start=1)
    )
    assert "Severe" not in key, "the key is that of the version in force"
