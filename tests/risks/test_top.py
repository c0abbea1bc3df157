"""The top risks of a partnership by one rule: its own and what was taken up, with words that say which they are."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.report_sections import top_risks
from strategy_tracker.risks.sections import shared_top, top_document
from strategy_tracker.risks.top import body_words
from tests.cast import partnership, person
from tests.packs.making import a_pack, of
from tests.packs.test_packs import page_of
from tests.report_sections.making import context_of
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")
MAY = dt.datetime(2011, 5, 2, 12, tzinfo=dt.UTC)
ON = dt.date(2011, 5, 1)


def named(document) -> list[str]:
    return [one.entry.event for _, _, some in document.bands for one in some]


def two_levels() -> Register:
    """TMBC's: one risk shared and taken up by its corporate register, one private and taken up, one that waits."""
    corporate = a_register(slug="corporate", title="Corporate risks", body="Corporate team")
    register = a_register()
    Register.update(goes_to=corporate).where(Register.id == register.id).execute()
    register = Register.get_by_id(register.id)
    for event, score, shared, accepted in (
        ("Shared and taken up", (2, 3), True, True),
        ("Private and taken up", (3, 5), False, True),
        ("Waits", (3, 5), True, False),
    ):
        risk = a_risk(register, event, score=score, shared=shared, opened_on=ON)
        put_forward(Risk.get_by_id(risk.id), accepted=accepted)
    a_risk(register, "Never put forward", score=(3, 5), shared=True, opened_on=ON)
    return corporate


@time_machine.travel(MAY, tick=False)
def test_the_open_risks_of_the_partnerships_own_registers_are_among_them() -> None:
    own = a_register("", title="Risks of the strategy", body="Steering group")
    a_risk(own, "The strategy fails", score=(3, 5), opened_on=ON)
    put_forward(a_risk(event="Landlords leave", score=(1, 1), shared=True, opened_on=ON), accepted=True)
    a_risk(event="TMBC's alone", score=(3, 5), shared=True, opened_on=ON)
    every = ["The strategy fails", "Landlords leave"]

    assert named(top_document(person("lead"), partnership())) == every
    assert named(shared_top(partnership())) == every
    for audience in ("full", "board"):
        found = top_risks(context_of(audience))
        assert found is not None
        assert [one.event for one in found.risks] == every
        assert "partnership’s own registers" in found.what
    page = page_of(a_pack(of(partnership())))
    assert page.index("The strategy fails") < page.index("Landlords leave")
    assert "Taken up by the steering group on 2 May 2011." in page
    assert "the open risks of the partnership’s own registers, and those that were taken up there" in page
    assert "Accepted on" not in page


@time_machine.travel(MAY, tick=False)
def test_where_it_has_no_register_of_its_own_they_are_those_taken_up_at_the_highest_level() -> None:
    two_levels()
    own = top_document(person("lead"), partnership())
    assert named(own) == ["Private and taken up", "Shared and taken up"]
    assert own.private == "For TMBC: contains private risks"
    assert "no register of its own" in own.what and "TMBC, Corporate risks" in own.what
    assert own.bands[0][2][0].taken == "Taken up by the corporate team on 2 May 2011"
    theirs = top_document(person("other officer"), partnership())
    assert (named(theirs), theirs.private) == (["Shared and taken up"], "")
    assert theirs.bands[0][2][0].words == ""
    assert named(shared_top(partnership())) == ["Shared and taken up"]
    told = top_risks(context_of("full"))
    assert told is not None
    assert [one.event for one in told.risks] == ["Shared and taken up"]


@time_machine.travel(MAY, tick=False)
def test_a_level_between_takes_nothing_to_the_top() -> None:
    corporate = two_levels()
    a_register("", title="Risks of the strategy")
    assert named(top_document(person("lead"), partnership())) == []
    up = a_register("", title="Risks of the strategy")
    Register.update(goes_to=up).where(Register.id == corporate.id).execute()
    assert named(top_document(person("lead"), partnership())) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Steering group", "the steering group"),
        ("The board", "The board"),
        ("RSL forum", "RSL forum"),
        ("", "“Top risks”"),
    ],
)
def test_a_body_is_named_in_a_sentence(body: str, said: str) -> None:
    assert body_words(Register(title="Top risks", body=body)) == said
