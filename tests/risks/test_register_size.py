"""Pages of registers of any size: as many queries for 500 risks as for 3, and nothing to push sideways on a phone."""

from typing import Any

import pytest
from peewee import chunked
from playhouse.test_utils import count_queries

from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.db import Base
from strategy_tracker.risks.models import Register, Response, Risk, RiskReview, RiskRevision, Score
from strategy_tracker.risks.operations.parts import add_response
from strategy_tracker.risks.rules import ResponseKind
from strategy_tracker.risks.schemes.rules import Scheme, product_cells
from tests.pages.test_accessible import UNBROKEN, of_status
from tests.risks.making import BANDS, a_register, a_risk, a_scheme, levels, put_forward

ALL = "/p/west-kent/risks/"
REGISTER = f"{ALL}tmbc-risks/"
PAGES = (
    ALL,
    f"{ALL}?show=all",
    REGISTER,
    f"{REGISTER}?band=High&sort=owner&col=why&col=inherent",
    f"{REGISTER}?state=closed",
    f"{ALL}west-kent-risks/",
    "/search?q=risk&kind=risks",
)
MOST = 36


def fill(register: Register, first: int, last: int) -> None:
    with db.database.atomic():
        for number in range(first, last):
            risk = a_risk(register, f"Risk {number}", score=(number % 4, number % 6), shared=number % 2 == 0)
            add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text="Do something")


def multiply(register: Register, first: int, last: int) -> None:
    """Copies of its risks with what was said of them, numbered from `first`: hundreds are written in a moment."""
    originals = list(Risk.select().where(Risk.register == register).dicts())
    copies = {number: originals[number % len(originals)] for number in range(first, last)}
    numbers = ("number", "outer_number", "raised_number")
    new = [
        {**row, "slug": f"copy{number}", **{name: row[name] and number for name in numbers}}
        for number, row in copies.items()
    ]
    write(Risk, new)
    ids = dict(Risk.select(Risk.number, Risk.id).where(Risk.register == register).tuples())
    for model in (Score, RiskReview, Response, RiskRevision):
        parts: dict[int, list[dict[str, Any]]] = {row["id"]: [] for row in originals}
        for part in model.select().where(model.risk.in_(list(parts))).dicts():
            parts[part["risk"]].append(part)
        write(model, [{**part, "risk": ids[number]} for number, row in copies.items() for part in parts[row["id"]]])


def write(model: type[Base], rows: list[dict[str, Any]]) -> None:
    new = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    with db.database.atomic():
        for batch in chunked(new, 200):
            model.insert_many(batch).execute()


def test_five_hundred_risks_cost_no_query_more_than_three(app, visitor_as):
    board = a_register("")
    register = a_register(goes_to=board, top=20)
    fill(register, 0, 3)
    put_forward(a_risk(register, shared=True))
    a_risk(board)
    visitors = {who: visitor_as(who, check=False) for who in ("lead", "steering member", "other officer")}

    def counted() -> dict[tuple[str, str], int]:
        counts = {}
        for who, visitor in visitors.items():
            for address in PAGES:
                visitor.get(address)
                with count_queries() as counter:
                    visitor.get(address)
                counts[who, address] = counter.count
        return counts

    few = counted()
    db.database.connect(reuse_if_open=True)
    fill(register, 3, 24)
    put_forward(a_risk(register))
    multiply(register, 100, 600)
    assert counted() == few
    assert max(few.values()) <= MOST


@pytest.mark.parametrize(("impact", "likelihood"), [(2, 2), (10, 10)])
def test_a_map_of_any_size_fits_and_can_be_used(app, page_as, impact, likelihood):
    rows, columns = (levels(*(f"{UNBROKEN[:40]} {n}" for n in range(count))) for count in (impact, likelihood))
    shape = Scheme(rows, columns, BANDS, product_cells(rows, columns, (2, 3, 4)), tolerated=0)
    register = a_register(scheme=a_scheme(f"of-{impact}", shape), body=UNBROKEN)
    for number in range(12):
        a_risk(register, f"See {UNBROKEN}", score=(impact - 1, number % likelihood), category=UNBROKEN[:60])
    a_risk(register, "Not scored", score=None)
    page, wrong = page_as("lead"), []
    for address in (f"{REGISTER}?owner=-&cell={impact}-1", ALL):
        wrong += of_status(page, address, 200)
    assert not wrong, "\n".join(wrong)
