"""What everybody may read: without signing in, without a cookie, without names, and nothing exempt."""

import io
import json

from flask import Flask
from pypdf import PdfReader

from strategy_tracker import clock, documents
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.plans.models import Action, Share
from strategy_tracker.plans.rules import Status
from strategy_tracker.reports import operations
from strategy_tracker.reports.models import ReportIssue
from tests import builders
from tests.cast import partnership, person
from tests.reports.making import EVERYBODY, a_report, circulated, fresh, made_public, published, quick

PAGE = "/public/west-kent/reports/2010-11-q4/"
SECRETS = ("CANARY", "Olive", "Oscar", "Wilma", "W. Owner", "Stan ", "Mr Steering", "tmbc.example", "Cora ")


def a_plan_full_of_secrets() -> None:
    """Names and exempt passages wherever somebody can type."""
    advice = builders.action("1.1")
    secret = "Ask Olive Officer or o.officer@tmbc.example. [exempt]CANARY one\n\nCANARY two[/exempt] Mr Steering knows"
    builders.a_note(advice, "tmbc", Status.OFF_TRACK, secret, reason="W. Owner is ill. [exempt]CANARY three[/exempt]")
    builders.a_note(builders.action("2.1"), "twbc", Status.AT_RISK, f"[exempt]CANARY\nCANARY[/exempt]{secret}")
    Action.update(text=Action.text + " (Wilma Owner, [exempt]CANARY four[/exempt])").where(
        Action.id == advice.id
    ).execute()
    Share.update(owner_kind="person", owner_name="Wilma Owner").execute()


def a_public_report(render=None):
    made_public()
    a_plan_full_of_secrets()
    report = a_report(audiences=EVERYBODY)
    operations.edit_report(
        person("coordinator"),
        report,
        report.version,
        title="Report by Cora Coordinator",
        summary="Stan Steering asks. [exempt]CANARY five[/exempt]\n\n• Wilma Owner\n• [exempt]CANARY six[/exempt]",
        audiences=EVERYBODY,
    )
    return published(circulated(fresh(report), "Oscar Officer wrote [exempt]CANARY seven[/exempt]"), render)


def test_no_secret_reaches_page_json_or_pdf(app, visitor_as):
    report = a_public_report(lambda page: documents.pdf(page) if "Public copy" in page else quick(page))
    stranger = visitor_as()
    page = stranger.get(PAGE)
    assert "How are we doing?" in page.words
    pdf = stranger.get(f"{PAGE[:-1]}.pdf")
    text = "".join(part.extract_text() for part in PdfReader(io.BytesIO(pdf.data)).pages)
    assert "How are we doing?" in text
    content = visitor_as("viewer").get(f"/p/west-kent/reports/{report.slug}.json?audience=public").data.decode()
    assert json.loads(content)["audience"] == "public"
    title = PdfReader(io.BytesIO(pdf.data)).metadata.title
    for secret in SECRETS:
        for where, words in (("page", page.html), ("JSON", content), ("PDF", text), ("title", title)):
            assert secret not in words, f"{secret} is in the {where}"
            assert "exempt" not in words.casefold(), where
    full = ReportIssue.get(ReportIssue.audience == "full")
    assert [secret for secret in SECRETS if secret not in full.content] == [], "the test does not try these"


def test_anybody_may_keep_it_and_nobody_is_known_by_it(app: Flask, visitor_as):
    a_public_report()
    for visitor in (visitor_as(), visitor_as("officer")):
        for address in (PAGE, f"{PAGE[:-1]}.pdf"):
            answer = visitor.get(address)
            assert answer.headers["Cache-Control"] == "public, max-age=300"
            assert "Set-Cookie" not in answer.headers
            assert "Vary" not in answer.headers
            assert b"Olive" not in answer.data
        assert "sign-out" not in visitor.get(PAGE).html


def test_there_is_nothing_without_leave_or_without_a_public_copy(app, visitor_as):
    stranger = visitor_as()
    for address in (PAGE, f"{PAGE[:-1]}.pdf", "/public/nowhere/reports/2010-11-q4/"):
        answer = stranger.get(address, status=404)
        assert answer.headers["Cache-Control"] == "no-store"
    report = published(a_report())
    stranger.get(PAGE, status=404)
    made_public()
    stranger.get(PAGE, status=404)
    other = fresh(operations.begin_correction(OPERATOR, report, why="It was not public"))
    operations.edit_report(OPERATOR, other, other.version, title=other.title, summary="", audiences=["public"])
    published(fresh(other))
    corrected = f"{PAGE[:-1]}-corrected/"
    assert stranger.get(corrected).status == 200
    operations.settle_public_reading(OPERATOR, partnership(), allowed=False, since=clock.today(), reason="A leak")
    stranger.get(corrected, status=404)
    assert visitor_as("viewer").get("/p/west-kent/reports/2010-11-q4-corrected/").status == 200


def test_a_replaced_public_copy_leads_to_the_one_that_replaces_it(app, visitor_as):
    made_public()
    report = published(a_report(audiences=["public"]))
    stranger = visitor_as()
    assert "replaced" not in stranger.get(PAGE).words
    published(fresh(operations.begin_correction(OPERATOR, report, why="Olive Officer was wrong")))
    page = stranger.get(PAGE)
    assert "This report was replaced by a corrected issue. Read the corrected issue" in page.words
    new = stranger.get(f"{PAGE[:-1]}-corrected/")
    assert "This corrected issue replaces version 1" in new.words
    assert "[name left out] was wrong" in new.words


def test_a_draft_shows_the_public_copy_as_everybody_will_read_it(app, visitor_as):
    made_public()
    a_plan_full_of_secrets()
    a_report(audiences=["public"])
    page = visitor_as("officer").get("/p/west-kent/reports/2010-11-q4/?audience=public")
    article = page.html[page.html.index("<article") : page.html.index("</article>")]
    assert "CANARY" not in article
    assert "Wilma" not in article
    assert "may be names" not in page.words
    builders.a_note(builders.action("1.1"), "tmbc", Status.OFF_TRACK, "Olive asks again")
    page = visitor_as("coordinator").get("/p/west-kent/reports/2010-11-q4/?audience=public")
    assert "These words may be names that stand alone: Olive (" in page.words
