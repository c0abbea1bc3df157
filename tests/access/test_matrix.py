"""Every route and method, asked as everybody, for what is own, another's, a draft's, foreign and missing.

What must come back is computed from the policy's table alone: 404 for what may not be read, 403 for what may be read
and no more. A new route is taken up by itself; one with an unknown kind of id fails until it is named here.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place, allows
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.jobs.models import Job
from strategy_tracker.plans import operations
from strategy_tracker.plans.comments.models import Comment, Mention
from strategy_tracker.plans.comments.operations import add_comment
from strategy_tracker.plans.models import Action, Plan, ProgressNote
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.transfer.models import ImportDraft, OfflineReturn
from strategy_tracker.transfer.returns.operations import keep_return
from strategy_tracker.transfer.risks_in.models import RiskImport
from strategy_tracker.transfer.uploads import keep_upload
from strategy_tracker.web.access import PUBLIC, SIGNED_IN, declared
from tests import builders
from tests.cast import CAST, PASSWORD, partnership, person
from tests.decisions.making import a_decision
from tests.evidence.making import a_file
from tests.jobs.making import a_job, an_unsent_mail, failed
from tests.links.making import a_link
from tests.meetings.making import a_meeting, a_paper, an_item
from tests.milestones.making import a_milestone
from tests.packs.making import a_pack, made
from tests.quarters.making import the_quarter
from tests.reminders.making import a_reminder
from tests.reports.making import a_row
from tests.risks.families import of_a_risk

MISSING = 987654
BEYOND = 2**63
METHODS = ("GET", "POST")
OUTDATED = {"version": "987654"}
"""What is posted: a version that no row has, so that what one may remove is still there for the next route."""
READING = {
    Permission.MEMBERSHIP_MANAGE: Permission.PEOPLE_READ,
    Permission.AUTHORITY_MANAGE: Permission.PEOPLE_READ,
    Permission.PEOPLE_READ: Permission.PEOPLE_READ,
    Permission.GLOSSARY_EDIT: Permission.PARTNERSHIP_READ,
    Permission.PARTNERSHIP_READ: Permission.PARTNERSHIP_READ,
    Permission.JOB_MANAGE: Permission.PARTNERSHIP_READ,
    Permission.QUARTER_READ: Permission.QUARTER_READ,
    Permission.QUARTER_EDIT: Permission.QUARTER_READ,
    Permission.RETURN_SUBMIT: Permission.QUARTER_READ,
    Permission.RETURN_ACCEPT: Permission.QUARTER_READ,
    Permission.MAIL_READ: Permission.QUARTER_READ,
    Permission.COMMENT_READ: Permission.COMMENT_READ,
    Permission.COMMENT_WRITE: Permission.COMMENT_READ,
    Permission.REPORT_READ: Permission.REPORT_READ,
    Permission.REPORT_EDIT: Permission.REPORT_READ,
    Permission.REPORT_APPROVE: Permission.REPORT_READ,
    Permission.MEETING_READ: Permission.MEETING_READ,
    Permission.MEETING_EDIT: Permission.MEETING_READ,
    Permission.DECISION_WRITE: Permission.MEETING_READ,
    Permission.DECISION_ANSWER: Permission.MEETING_READ,
    Permission.REGISTER_READ: Permission.REGISTER_READ,
    Permission.REGISTER_EDIT: Permission.REGISTER_READ,
    Permission.RISK_READ: Permission.RISK_READ,
    Permission.RISK_WRITE: Permission.RISK_READ,
    Permission.RISK_SHARE: Permission.RISK_READ,
    Permission.RISK_ACCEPT: Permission.RISK_READ,
    Permission.ESCALATION_DECIDE: Permission.RISK_READ,
}
"""What one needs in order to know that the thing is there; for the parts of a plan it is PLAN_READ."""
READING_OF = {"register": Permission.REGISTER_READ, "scheme": Permission.REGISTER_READ}
"""Where the narrowest kind in an address decides it: more people know of a register than may read its risks."""


@dataclass(frozen=True)
class Case:
    """An address, and where what it names stands: None where nothing can be had there by anybody.

    `subject` is the narrowest kind that it names.
    """

    name: str
    subject: str
    values: dict[str, Any]
    place: Place | None


def rows() -> dict[str, dict[str, Any]]:
    """For each variant the row of every kind of id: all of one family, so that an address fits together.

    A risk is private among the own, shared among another's, escalated alone among a draft's; where it is hidden, it is
    another authority's and private.
    """
    own, other = builders.action("1.2"), builders.action("2.1")
    draft, foreign = builders.action("1.1", "2011-12"), builders.action("1.1", "2010-11", "east-fen")
    another = family(other, "sdc", "other officer")
    return {
        "own": family(own, "tmbc", "officer") | of_a_risk("west-kent", "tmbc", shared=False, inside=True),
        "other": another,
        "draft": family(draft, "tmbc", "officer") | of_a_risk("west-kent", "twbc", shared=False),
        "foreign": family(foreign, "marsh", "outsider") | of_a_risk("east-fen", "marsh", parts=2),
        "hidden": another | of_a_risk("west-kent", "sdc", shared=False, inside=True),
    }


def family(action: Any, slug: str, member: str) -> dict[str, Any]:
    home = action.plan.partnership
    share, outcome = builders.share(action, slug), builders.outcomes(action)[0]
    note = ProgressNote.select().where(ProgressNote.share == share).first() or builders.a_note(action, slug)
    entry = operations.add_abbreviation(
        person("coordinator" if home.slug == "west-kent" else "foreign coordinator"),
        home,
        short=f"AB{action.id}",
        meaning="Something",
    )
    return {
        "partnership": home,
        "plan": action.plan,
        "objective": action.objective,
        "action": action,
        "outcome": outcome,
        "share": share,
        "note": note,
        "entry": entry,
        "authority": share.authority,
        "membership": Membership.get(Membership.person == person(member)),
        "upload": an_upload(home),
        "filled": a_return(action.plan, share.authority),
        "partner": Partner(share.authority, action.plan),
        "quarter": the_quarter(of=home.slug, year="2010-11" if home.slug == "west-kent" else "2011-12"),
        "milestone": a_milestone(action, of=slug),
        "link": a_link(action),
        "evidence": a_file(action, of=slug),
        "job": failed(a_job(f"{slug}-{action.id}", by=member, home=home)),
        "mail": an_unsent_mail(member, f"{slug}-{action.id}"),
        "reminder": a_reminder(home, member, f"{slug}-{action.id}"),
        **a_comment(action, member),
        "report": a_row(the_quarter(of=home.slug), f"of-{action.id}", is_published=action.plan.state == "agreed"),
        **what_a_meeting_has(home, slug),
        **a_board_pack(action.plan),
        **of_a_risk(home.slug, slug),
    }


def what_a_meeting_has(home: Partnership, slug: str) -> dict[str, Any]:
    """A meeting that was held, with an item, a paper and a decision that this authority sees to."""
    held_on = dt.date(2011, 7, 1) + dt.timedelta(days=Meeting.select().count())
    meeting = a_meeting(held_on, of=home.slug)
    return {
        "meeting": meeting,
        "item": an_item(meeting),
        "paper": a_paper(meeting),
        "decision": a_decision(meeting, owner=slug),
    }


def a_comment(action: Action, member: str) -> dict[str, Any]:
    """A comment by the coordinator, and one in which this person names the coordinator."""
    coordinator = person("coordinator" if action.plan.partnership.slug == "west-kent" else "foreign coordinator")
    asked = add_comment(person(member), action, text="Who rings the county?", named=[coordinator.id])
    said = add_comment(coordinator, action, text="I do, on Monday")
    return {"comment": said, "mention": Mention.get(Mention.comment == asked)}


def a_board_pack(plan: Plan) -> dict[str, Any]:
    """A pack of a plan, and what was made of it."""
    edition = made(a_pack(plan, home=plan.partnership.slug))
    return {"edition": edition, "pack": edition.pack}


def an_upload(home: Partnership) -> ImportDraft:
    """A plan's file that the partnership's coordinator has brought."""
    return keep_upload(uploader(home.id), home, "plan.csv", b"Objective,Action\nFewer,Write\n", {"plan": "2030-31"})


def a_return(plan: Plan, whose: Authority) -> OfflineReturn:
    """A file that the partnership's coordinator sent in as a return; it is none."""
    return keep_return(uploader(plan.partnership_id), plan, whose, "return.csv", b"Objective,Action\nFewer,Write\n")


@dataclass(frozen=True)
class Partner:
    """An authority as a plan knows it: by its short address."""

    authority: Authority
    plan: Plan

    @property
    def slug(self) -> str:
        return str(self.authority.slug)

    def place(self) -> Place:
        return Place(self.plan.partnership_id, self.authority.id, self.plan.is_settled)


def uploader(partnership_id: int) -> Person:
    return person("coordinator" if partnership_id == partnership().id else "foreign coordinator")


KINDS = (
    "incoming",
    "response",
    "control",
    "escalation",
    "risk_link",
    "risk",
    "register",
    "scheme",
    "edition",
    "pack",
    "report",
    "filled",
    "partner",
    "quarter",
    "milestone",
    "link",
    "evidence",
    "job",
    "mail",
    "reminder",
    "mention",
    "comment",
    "decision",
    "item",
    "paper",
    "meeting",
    "upload",
    "note",
    "share",
    "outcome",
    "action",
    "objective",
    "entry",
    "membership",
    "authority",
    "plan",
    "partnership",
)
"""The kinds of id, the narrowest first: a route's permission is asked on the narrowest that its address names."""


SHORT_ADDRESSES = (
    "plan",
    "partnership",
    "partner",
    "quarter",
    "report",
    "scheme",
    "register",
    "risk",
    "risk_link",
    "escalation",
)
"""The kinds that stand in an address by their slug."""
NUMBERED = ("response", "control")
"""The kinds that stand in an address by their number."""
HIDDEN = ("response", "control", "escalation", "risk_link", "risk")
"""The kinds of which another authority's may not be there at all."""
ASK_FOR_WHAT_IS_LOST = ("officer", "coordinator", "outsider")
FOR_SOME = ("people.add", "risks.add_a_scheme", "risks.add_a_register")
"""Where one adds for the partnership or for an authority of it, whichever one may."""
CONTAINERS = {"outcome": "action", "action": "objective", "objective": "plan", "item": "meeting"}
"""To change the order is to change what contains the part: its neighbours' numbers change too."""


def cases(rule: Rule, families: dict[str, dict[str, Any]], *, lost: bool = True) -> Iterator[Case]:
    """What may be asked at an address; with `lost` also what nobody finds there, whoever asks."""
    names = sorted(rule.arguments)
    subject = next(kind for kind in KINDS if kind in names)
    changed = CONTAINERS[subject] if rule.rule.endswith("/order") else subject
    for variant, found in families.items():
        if variant != "hidden" or subject in HIDDEN:
            yield Case(variant, subject, address_values(names, found), place_of(found[changed], found))
    if not lost:
        return
    if subject not in ("plan", "partnership"):
        mixed = families["own"] | {subject: families["foreign"][subject]}
        yield Case("foreign id at an own address", subject, address_values(names, mixed), None)
        for number in (MISSING, BEYOND):
            values = address_values(names, families["own"]) | {subject: number}
            yield Case(f"missing id {number}", subject, values, None)
    else:
        yield Case("missing", subject, address_values(names, families["own"]) | {subject: "nowhere"}, None)


def address_values(names: list[str], found: dict[str, Any]) -> dict[str, Any]:
    # What was put forward stands at the register to which it was.
    received = {"register": found["escalation"].to} if "escalation" in names else {}
    return {name: in_address(name, row) for name, row in (found | received).items() if name in names}


def in_address(kind: str, row: Any) -> Any:
    return row.slug if kind in SHORT_ADDRESSES else row.number if kind in NUMBERED else row.id


def place_of(row: Any, found: dict[str, Any]) -> Place:
    if hasattr(row, "place"):
        return row.place()
    home = found["partnership"]
    return Place(home.id, row.authority_id) if isinstance(row, Membership) else Place(home.id)


def expected(who: Person, permission: Permission, case: Case) -> set[int]:
    known_by = READING_OF.get(case.subject) or READING.get(permission, Permission.PLAN_READ)
    if case.place is None or not allows(who, known_by, case.place):
        return {404}
    return {200, 302, 400, 409} if allows(who, permission, case.place) else {403}


def permitted_rules(app: Flask) -> Iterator[tuple[Rule, Permission]]:
    for rule in app.url_map.iter_rules():
        need = declared(app, rule.endpoint)
        if isinstance(need, Permission):
            yield rule, need


@pytest.mark.usefixtures("documents_unset")
@pytest.mark.parametrize("who", CAST)
def test_every_route_answers_everybody_as_the_policy_says(app, who):
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data={"email": CAST[who].email, "password": PASSWORD})
    somebody, families = person(who), rows()
    hidden = [families[name]["risk"] for name in ("own", "hidden")]
    readable = {risk.event for risk in hidden if allows(somebody, Permission.RISK_READ, risk.place())}
    heard: set[str] = set()
    # A wrong answer would end the asking person's own session: what others hold is asked for, never her own.
    wrong = []
    for rule, permission in permitted_rules(app):
        for case in cases(rule, families, lost=who in ASK_FOR_WHAT_IS_LOST):
            with app.test_request_context():
                address = app.url_map.bind("127.0.0.1").build(rule.endpoint, case.values)
            for method in METHODS:
                if method not in rule.methods:
                    continue
                answer = client.open(address, method=method, data=OUTDATED if method == "POST" else None)
                status, told = answer.status_code, words_of(answer)
                found = {risk.event for risk in hidden if risk.event in told}
                wrong += [f"{method} {address} tells {who} of “{words}”" for words in found - readable]
                heard |= found
                wanted = special(rule, method, somebody, permission, case) or expected(somebody, permission, case)
                if status not in wanted:
                    wrong.append(f"{method} {address} ({case.name}) as {who}: {status}, should be one of {wanted}")
    assert not wrong, "\n".join(wrong)
    assert heard == readable


def words_of(answer: TestResponse) -> str:
    """What can be read in an answer, also in the parts of an office file."""
    if not answer.data.startswith(b"PK"):
        return answer.get_data(as_text=True)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        return "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())


def special(rule: Rule, method: str, who: Person, permission: Permission, case: Case) -> set[int] | None:
    """What no single place can tell.

    People, schemes and registers are added by whoever may do so for anybody in the partnership; uploads and a mention
    are there for their person alone, a job for its person and the coordinator, a mail that failed for the
    coordinator, and a comment is corrected by who wrote it.
    """
    if "incoming" in rule.arguments and case.place is not None:
        return {200, 302} if RiskImport.get_by_id(case.values["incoming"]).person == who else {404}
    if {"upload", "mention", "filled"} & set(rule.arguments) and case.place is not None:
        return {200, 302} if who == uploader(case.place.partnership_id) else {404}
    if "job" in rule.arguments and case.place is not None:
        is_own = Job.get_by_id(case.values["job"]).person == who
        return {200, 302} if is_own or allows(who, Permission.JOB_MANAGE, case.place) else {404}
    if "mail" in rule.arguments and case.place is not None:
        return {200, 302} if allows(who, Permission.JOB_MANAGE, case.place) else {404}
    if "comment" in rule.arguments and case.place is not None:
        is_own = Comment.get_by_id(case.values["comment"]).person == who
        return None if is_own else {403} if allows(who, permission, case.place) else {404}
    if rule.endpoint not in FOR_SOME or case.place is None:
        return None
    home = case.place.partnership_id
    if not allows(who, READING[permission], Place(home)):
        return {404}
    places = [Place(home)] + [Place(home, authority.id) for authority in partnership_authorities(home)]
    return {200, 302, 400} if any(allows(who, permission, place) for place in places) else {403}


def partnership_authorities(home: int) -> list[Any]:
    return [
        row for slug in ("west-kent", "east-fen") for row in partnership(slug).authorities if row.partnership_id == home
    ]


def test_nobody_who_is_not_signed_in_learns_anything(app):
    app.config["WTF_CSRF_ENABLED"] = False
    client, families = app.test_client(), rows()
    for rule in app.url_map.iter_rules():
        if declared(app, rule.endpoint) == PUBLIC:
            continue
        known = families["own"] if declared(app, rule.endpoint) == SIGNED_IN else None
        values = [{}] if known and not rule.arguments else [case.values for case in cases(rule, families)]
        for value in values:
            address = app.url_map.bind("127.0.0.1").build(rule.endpoint, value)
            for method in METHODS:
                if method in rule.methods:
                    answer = client.open(address, method=method)
                    assert answer.status_code == 302, f"{method} {address}"
                    assert answer.headers["Location"].startswith("/sign-in?next=")


def test_every_route_declares_what_it_needs(app):
    assert [rule.rule for rule in app.url_map.iter_rules() if declared(app, rule.endpoint) is None] == []
    used = {need for _, need in permitted_rules(app)}
    assert used == set(Permission), "a permission that no route asks for"
