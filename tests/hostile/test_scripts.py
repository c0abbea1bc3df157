"""Script and template code in every text field and every name: shown as words, on every page and in every file."""

import datetime as dt
import json

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.authorities.models import Authority
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import operations
from strategy_tracker.plans.comments.models import Comment, CommentRevision
from strategy_tracker.plans.comments.operations import add_comment, correct_comment
from strategy_tracker.plans.evidence.models import Evidence
from strategy_tracker.plans.milestones.models import Milestone, MilestoneRevision
from strategy_tracker.plans.models import Abbreviation, Action, Outcome, Plan, Share
from strategy_tracker.plans.rules import Status, Timescale, TimescaleKind
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.escalations import nominate_risk
from strategy_tracker.risks.operations.parts import add_control, add_response
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.rules import ResponseKind, ScoreKind
from tests import builders
from tests.addresses import is_private, reading
from tests.cast import authority, partnership, person
from tests.evidence.making import a_file
from tests.links.making import a_link
from tests.milestones.making import a_milestone, edited
from tests.risks.making import a_register, a_risk, a_score

SCRIPT = "\"'></textarea><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
SHORT = "<b onclick=alert(3)>"
PLAN = "/p/west-kent/plans/2012-13"
DANGERS = ("script", "img", "iframe", "object", "embed", "link", "base", "meta")


@pytest.fixture
def hostile(app) -> Action:
    """An action in whose plan, people and places every text holds script."""
    for row in (partnership(), authority("tmbc"), person("officer"), person("lead")):
        row.name = SCRIPT
        row.save()
    Authority.update(short_name="<script>").where(Authority.slug == "tmbc").execute()
    plan = builders.a_plan("2012-13", title=SCRIPT, strategy=SCRIPT, as_at=builders.AS_AT)
    objective = builders.an_objective(plan, SCRIPT, lead="tmbc")
    action = builders.an_action(
        objective,
        SCRIPT,
        owner=Owner(OwnerKind.PERSON, SCRIPT),
        outcomes=[
            (f"{SCRIPT}\n• {SCRIPT}", Timescale(TimescaleKind.CONDITION, words=SCRIPT)),
            (SCRIPT, Timescale.by(dt.date(2010, 7, 30), words=SCRIPT)),
        ],
    )
    share = builders.share(action, "tmbc")
    operations.edit_share(person("lead"), share, share.version, Owner(OwnerKind.TEAM, SCRIPT))
    note = builders.a_note(action, "tmbc", Status.DEFERRED, SCRIPT, reason=SCRIPT, by=person("officer"))
    operations.correct_progress(
        person("lead"), note, status=Status.STOPPED, text=f"{SCRIPT}\n- {SCRIPT}", as_at=builders.AS_AT, reason=SCRIPT
    )
    operations.add_abbreviation(person("coordinator"), partnership(), short=SHORT, meaning=SCRIPT)
    step = a_milestone(action, SCRIPT, of="tmbc")
    owner = Owner(OwnerKind.TEAM, SCRIPT)
    edited(step, person("officer"), due=Timescale.by(dt.date(2010, 12, 31)), reason=SCRIPT, owner=owner)
    a_file(action, SCRIPT, of="tmbc", name=f"{SCRIPT}.pdf", by=person("officer"))
    a_link(action, builders.an_action(objective, SCRIPT))
    comment = add_comment(person("officer"), action, text=SCRIPT, named=[person("coordinator").id])
    correct_comment(person("officer"), comment, 1, text=f"{SCRIPT}\n- {SCRIPT}", named=[person("coordinator").id])
    return action


def test_every_page_shows_it_as_words(app, hostile, visitor_as):
    visitor, shown = visitor_as("coordinator"), 0
    addresses = reading(app, hostile, "tmbc", "officer")
    pages = [address for endpoint, address in addresses.items() if is_private(app, endpoint)]
    for address in [*pages, f"{PLAN}/?q={SCRIPT}&notes=whole", f"{PLAN}/?authority={SCRIPT}&objective={SCRIPT}"]:
        page = visitor.get(address)
        body = page.root.find("body")
        for element in body.iter():
            assert element.tag not in DANGERS, address
            assert not [name for name in element.attrib if name.startswith("on")], address
            assert not str(element.attrib.get("href", "")).lower().startswith("javascript:"), address
        assert "{{ 7*7 }}" in page.html or "{{" not in page.html
        shown += "<script>alert(1)</script>" in page.words
    assert shown > 20, "the words themselves are there to be read"


def test_a_risk_and_what_was_put_forward_show_it_as_words(hostile, visitor_as):
    register = a_register(title=SCRIPT, goes_to=a_register("", title=SCRIPT, body=SCRIPT), body=SCRIPT)
    said = {"cause": SCRIPT, "effect": SCRIPT, "assumptions": SCRIPT, "owner": Owner(OwnerKind.TEAM, SCRIPT)}
    risk = a_risk(register, SCRIPT, score=(3, 5), shared=True, category="<b onclick=alert(3)>", **said)
    add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text=SCRIPT, owner=Owner(OwnerKind.POST, SCRIPT))
    add_control(OPERATOR, risk, text=SCRIPT)
    a_score(risk, 1, 1, ScoreKind.INHERENT, reason=SCRIPT)
    review_risk(OPERATOR, risk, risk.version, note=SCRIPT)
    accept_risk(
        OPERATOR,
        risk,
        risk.version,
        accepted_by=SCRIPT,
        until=clock.today() + dt.timedelta(days=9),
        reason=SCRIPT,
    )
    one = nominate_risk(OPERATOR, risk, risk.version, words=SCRIPT)
    visitor = visitor_as("coordinator")
    address = address_of_risk(risk)
    ends = ("", "history", "edit", "scores", "review", "responses/1", "controls/1", "acceptance", "closure")
    pages = [f"{address}{end}" for end in ends] + [f"{address_of_register(register.goes_to)}escalations/{one.slug}/"]
    for page in map(visitor.get, pages):
        for element in page.root.find(".//main").iter():
            assert element.tag not in DANGERS, page.address
            assert not [name for name in element.attrib if name.startswith("on")], page.address
        assert "<script>alert(1)</script>" in page.words, page.address


def test_the_page_of_two_versions_shows_it_as_words(hostile, visitor_as):
    visitor = visitor_as("coordinator")
    page = visitor.get(f"{PLAN}/actions/{hostile.id}/edit")
    operations.edit_action(
        person("lead"),
        hostile,
        hostile.version,
        text=f"{SCRIPT} first",
        number="1.1",
        lead=None,
        owner=Owner(),
        change=Change(SCRIPT, SCRIPT),
    )
    both = visitor.send(page, {"text": f"{SCRIPT} second", "reason": SCRIPT}, action=page.address, status=409)
    assert "<script>alert(1)</script>" in both.words
    assert not both.all("script") and not both.all("img")


def test_an_error_page_and_a_refused_form_show_it_as_words(hostile, visitor_as):
    visitor = visitor_as("coordinator")
    refused = visitor.post("/p/west-kent/glossary/new", {"short": SHORT, SCRIPT: SCRIPT}, status=400)
    assert not refused.all("script") and not refused.all("img")
    page = visitor.get("/p/west-kent/glossary/new")
    again = visitor.send(page, {"short": SCRIPT, "meaning": ""})
    assert not again.all("script") and not again.all("img")
    assert again.errors


def test_the_page_of_an_officers_work_shows_it_as_words(hostile, visitor_as):
    Action.update(number=SHORT).where(Action.id == hostile.id).execute()
    waits = {"timescale_kind": "condition", "due_on": None, "due_precision": "", "timescale_words": SCRIPT}
    Outcome.update(waits).where(Outcome.id == builders.outcomes(hostile)[1].id).execute()
    first, second = (f"{builders.share(hostile, 'tmbc').id}-{each.id}" for each in builders.outcomes(hostile))
    late = builders.AS_AT - dt.timedelta(days=100)
    builders.a_note(hostile, "tmbc", Status.ON_TRACK, SCRIPT, outcome=1, by=person("officer"), as_at=late)
    officer = visitor_as("officer")
    page = officer.get("/")
    typed = {"status": SCRIPT, "reason": SCRIPT, "text": SCRIPT}
    fields = {f"{name}-{key}": words for key in (first, second) for name, words in typed.items()}
    refused = officer.send(page, fields)
    both = officer.send(page, {**fields, f"same-{second}": "1"})
    stopped = {f"status-{second}": "stopped", f"reason-{second}": "", f"text-{second}": SCRIPT}
    reasonless = officer.send(page, stopped)
    builders.a_note(hostile, "tmbc", Status.STOPPED, SCRIPT, outcome=1, by=person("lead"), reason=SCRIPT)
    conflict = officer.send(page, {**stopped, f"reason-{second}": SCRIPT})
    elsewhere = officer.send(page, {**fields, "text-9999-1": SCRIPT})
    for answer in (page, refused, both, reasonless, conflict, elsewhere):
        main = answer.root.find(".//main")
        assert not [each.tag for each in main.iter() if each.tag in DANGERS]
        assert not [name for each in main.iter() for name in each.attrib if name.startswith("on")]
        assert "<script>alert(1)</script>" in answer.words
        assert SHORT in answer.words
    for answer in (refused, both, conflict):
        areas = {area.attrib["name"]: area.text for area in answer.all("textarea")}
        boxes = {box.attrib["name"]: box.attrib["value"] for box in answer.all("input", type="text")}
        assert areas[f"text-{second}"].strip() == SCRIPT
        assert boxes[f"reason-{second}"] == SCRIPT
    assert all(answer.errors for answer in (refused, both, reasonless, conflict))


def test_a_browser_runs_none_of_it(app, hostile, page_as):
    page, ran = page_as("coordinator"), []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("requestfailed", lambda asked: ran.append(asked.url))
    for address in ("/", "/p/west-kent/", f"{PLAN}/", f"{PLAN}/actions/{hostile.id}", "/p/west-kent/people/"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.locator("main img, main script").count() == 0
    assert ran == []


def test_files_hold_it_as_words(hostile, visitor_as):
    visitor = visitor_as("coordinator")
    plan = json.loads(visitor.get(f"{PLAN}.json").data)
    assert plan["title"] == SCRIPT
    assert plan["objectives"][0]["actions"][0]["text"] == SCRIPT
    pdf = visitor.get(f"{PLAN}.pdf")
    for danger in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/URI"):
        assert danger not in pdf.data


def test_every_column_of_words_was_tried(hostile):
    tried = {
        Plan: ("title", "strategy"),
        Action: ("text", "owner_name"),
        Outcome: ("text", "timescale_words"),
        Share: ("owner_name",),
        Milestone: ("text", "owner_name"),
        MilestoneRevision: ("reason",),
        Evidence: ("title",),
        Abbreviation: ("short", "meaning"),
        Comment: ("text",),
        CommentRevision: ("text",),
    }
    for model, names in tried.items():
        for name in names:
            assert model.select().where(getattr(model, name).contains("alert(")).exists(), f"{model.__name__}.{name}"
