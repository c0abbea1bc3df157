"""Every plan's PDF obeys PDF/UA-1, whatever people typed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from strategy_tracker.plans.document import PlanDocument
from strategy_tracker.plans.sections import plan_pdf
from tests.documents.plan_documents import empty_plan, plan_document
from tests.pdfua import Judge

LONG = "All partners met and agreed the next steps for the protocol. " * 150
PARAGRAPHS = "\n\n".join(["A paragraph that goes on for some time and then stops. " * 6] * 25)
BULLETS = "Progress:\n" + "\n".join(f"• point {n}, which has enough words to need a second line" * 2 for n in range(60))
SCRIPT = "<script>alert(1)</script></td></table><img src='file:///etc/passwd'> & \"quoted\" 'twice' ]]> <!--"

NASTY: dict[str, Callable[[], PlanDocument]] = {
    "West Kent": plan_document,
    "a draft": lambda: replace(plan_document(4), is_draft=True, edition="Version 4, draft"),
    "an extract": lambda: replace(plan_document(8, authorities=1), extract_of="Sevenoaks (SDC)"),
    "an empty plan": empty_plan,
    "objectives without actions": lambda: replace(
        plan_document(4), objectives=tuple(replace(each, actions=()) for each in plan_document(4).objectives)
    ),
    "notes longer than a page": lambda: plan_document(3, LONG, PARAGRAPHS, "short"),
    "lists longer than a page": lambda: plan_document(2, BULLETS, "short", "• " + "word " * 500 + "\n• short"),
    "an action longer than a page": lambda: with_first_action(text=LONG),
    "Welsh and signs": lambda: plan_document(1, "ŵ ŷ Ŵ Ŷ â ô £ € – — “ ” ‘ ’ • → ½ ² … ≤ © ®"),
    "right to left": lambda: plan_document(
        1, "שלום עולם is a greeting", "مرحبا بالعالم\nAnd more\n• שלום", "\u2068مرحبا\u2069"
    ),
    "emoji": lambda: replace(plan_document(1, "Done 😀 👨‍👩‍👧 ✅ 👍🏽 中文"), title="Plan 🎉"),
    "mark-up": lambda: replace(plan_document(1, SCRIPT), title=SCRIPT, strategy=SCRIPT, partnership=SCRIPT),
    "tabs and blank lines": lambda: plan_document(1, "a\tb\n\n\n\tc\n- one\n\t* two\n  • three\nafter", " ", "\n"),
    "invisible characters": lambda: plan_document(
        1, "a\u200bb\u00adc\ufeffd\u200ee\u2028f\u2003g\u00a0h", "e\u0301\u0315\u20dd"
    ),
    "words without a break": lambda: plan_document(1, "x" * 3000, "https://example.com/" + "a/" * 900),
    "twelve authorities": lambda: plan_document(6, authorities=12),
    "a plan with contents": lambda: plan_document(60),
    "400 actions": lambda: plan_document(400),
}


def with_first_action(**changes: str) -> PlanDocument:
    document = plan_document(1)
    objective = document.objectives[0]
    return replace(document, objectives=(replace(objective, actions=(replace(objective.actions[0], **changes),)),))


@pytest.mark.parametrize("name", NASTY)
def test_the_pdf_obeys_pdfua(name: str, pdfua: Judge) -> None:
    pdfua.accepts(plan_pdf(NASTY[name]()))
