"""The pages of registers that stand there only after something happened, in Chromium, judged as every other page is."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Escalation, Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.schemes.rules import Scheme, product_cells
from strategy_tracker.transfer.risks_in.operations import keep_import
from tests.cast import person
from tests.pages.test_accessible import UNBROKEN, judged, of_status
from tests.risks.making import BANDS, a_register, a_risk, a_scheme, a_score, levels, put_forward
from tests.risks_in.files import word_file

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SCHEMES = "/p/west-kent/risks/schemes/"


def fresh(risk: Risk) -> Risk:
    return Risk.get_by_id(risk.id)


def accepted(event: str, register=None) -> Risk:
    risk, until = a_risk(register, event), clock.today() + dt.timedelta(days=30)
    accept_risk(OPERATOR, fresh(risk), fresh(risk).version, accepted_by=UNBROKEN, until=until, reason=UNBROKEN)
    return risk


def test_a_risk_in_every_state(app, page_as):
    register = a_register(goes_to=a_register("", body="Steering group"))
    closed, held, void, private, forward = (
        a_risk(register, f"Closed {UNBROKEN}"),
        accepted(f"Accepted {UNBROKEN}", register),
        accepted(f"Void {UNBROKEN}", register),
        a_risk(register, f"Private {UNBROKEN}"),
        a_risk(register, f"Taken up {UNBROKEN}"),
    )
    close_risk(OPERATOR, closed, fresh(closed).version, reason=UNBROKEN)
    a_score(fresh(void), 3, 5, reason=UNBROKEN)
    put_forward(forward, accepted=True)
    own = {
        closed: ("", "reopening", "history"),
        held: ("", "acceptance", "acceptance/end"),
        void: ("", "acceptance"),
        private: ("", "sharing", "nomination", "closure"),
        forward: ("", "withdrawal"),
    }
    page, wrong = page_as("lead"), []
    for risk, steps in own.items():
        for step in steps:
            wrong += there(page, f"{address_of_risk(risk)}{step}")
    wrong += there(page, f"{address_of_register(register)}?closed=1")
    escalation = Escalation.get(Escalation.risk == forward)
    wrong += there(page_as("coordinator"), f"{address_of_register(escalation.to)}escalations/{escalation.slug}/return")
    assert not wrong, "\n".join(wrong)


def there(page, address: str) -> list[str]:
    """What is wrong with a page that must stand at this very address, and lead to no other."""
    wrong = of_status(page, address, 200)
    assert page.request.get(address).url.endswith(address), address
    return wrong


def test_a_scheme_that_was_changed_and_how_its_scores_are_mapped(app, page_as):
    scheme = a_scheme("ours", whose="tmbc")
    risk = a_risk(a_register(scheme=scheme), f"See {UNBROKEN}")
    largest = levels(*(f"Level {number} of {UNBROKEN}"[:60] for number in range(1, 11)))
    shape = Scheme(largest, largest, BANDS, product_cells(largest, largest, (25, 50, 75)), tolerated=1)
    change_scheme(OPERATOR, scheme, scheme.version, name="ours", shape=shape, reason=UNBROKEN)
    page, wrong = page_as("lead"), []
    for address in ("ours/", "ours/?version=1", "ours/mapping"):
        wrong += there(page, f"{SCHEMES}{address}")
    page.goto(f"{SCHEMES}ours/mapping")
    assert page.get_by_role("button", name="Save what is proposed").count()
    wrong += there(page, f"{address_of_risk(risk)}scores")
    for address in ("ours/change", "add"):
        page.goto(f"{SCHEMES}{address}")
        if address == "add":
            page.get_by_label("Name", exact=True).fill("Theirs")
        else:
            page.get_by_label("Reason").fill("As the county does")
        with page.expect_navigation() as answer:
            page.get_by_role("button", name="Go on to the table").press("Enter")
        assert "Step 2 of 2" in page.locator("main").inner_text()
        wrong += judged(page, answer.value)
    assert not wrong, "\n".join(wrong)


def test_risks_as_an_import_will_add_them(app, page_as):
    register, page, wrong = a_register(), page_as("officer"), []
    odd = f"Risk,Impact,Likelihood,Budget\nSee {UNBROKEN},9,9,£5\n".encode()
    for name, data in (("risks.docx", word_file()), (f"{'long' * 20}.csv", odd)):
        kept = keep_import(person("officer"), register, name, data)
        wrong += there(page, f"{address_of_register(register)}import/{kept.id}/")
    assert not wrong, "\n".join(wrong)
