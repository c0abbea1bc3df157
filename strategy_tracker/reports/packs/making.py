"""Making a pack: what a worker does when it is asked for."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from peewee import IntegrityError

from strategy_tracker import clock, documents, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.access.scope import load
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.documents.packs import Cover, PackPart, pack_page
from strategy_tracker.documents.sections import plain, report_page, words_of
from strategy_tracker.errors import Forbidden, NotFound
from strategy_tracker.jobs import GiveUp, TryLater
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.operations import arguments_of
from strategy_tracker.plans.document import PlanDocument
from strategy_tracker.plans.sections import plan_document
from strategy_tracker.plans.versions.view import view_of
from strategy_tracker.reports.models import ReportIssue
from strategy_tracker.reports.names import names_in
from strategy_tracker.reports.packs import models
from strategy_tracker.reports.packs.models import BoardPack, PackEdition
from strategy_tracker.reports.packs.queries import Readable, parts_of
from strategy_tracker.reports.packs.rules import SHARED, TOP_RISKS, as_at_words, cleaned, meeting_words
from strategy_tracker.reports.public import Clean, cleaner
from strategy_tracker.reports.rules import FOR_VIEWERS, Audience
from strategy_tracker.reviews.risks.glossary import explained
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.sections import shared_register, shared_top
from strategy_tracker.text import abbreviations_in

Render = Callable[[str], bytes]


@dataclass(frozen=True)
class Part:
    """A part as it is put in; `facts` is what the record keeps of it."""

    document: PackPart
    as_at: str
    is_settled: bool
    facts: dict[str, Any]


@dataclass(frozen=True)
class Made:
    """The page of a pack, what the record keeps of it, and whether viewers may read all of it."""

    page: str
    contents: str
    for_viewers: bool


def make_asked(job: Job, render: Render = documents.unhurried) -> dict[str, Any]:
    """The handler of PACK. Safe to run twice: one asking makes one edition.

    Raises GiveUp where who asked may not make or read it any more, TryLater, documents.RenderFailed.
    """
    asked = arguments_of(job)
    pack = _allowed(_asking(job), asked["pack"])
    if not _is_made(pack, asked["asked"]):
        number = _next_number(pack)
        made = made_of(_asking(job), pack, number, clock.in_london(job.created_at).date())
        pdf = render(made.page)
        still = _asking(job)
        _keep(still, _allowed(still, pack.id), number, asked["asked"], made, pdf)
    return {"address": f"/p/{pack.partnership.slug}/packs/{pack.id}/"}


def made_of(person: Acting, pack: BoardPack, number: int, on: dt.date) -> Made:
    """The pack as it is put together now. Raises GiveUp for a part that the person may not read any more."""
    clean = cleaner(names_in(pack.partnership_id)) if pack.audience == Audience.PUBLIC else _as_it_is
    parts = list(_parts(person, pack, clean))
    cover = cleaned(_cover(pack, parts, number, on), clean)
    contents = {"cover": asdict(cover), "audience": pack.audience, "parts": [one.facts for one in parts]}
    return Made(
        pack_page(cover, [one.document for one in parts]),
        json.dumps(contents, ensure_ascii=False, indent=1) + "\n",
        pack.audience in FOR_VIEWERS and all(one.is_settled for one in parts),
    )


def _asking(job: Job) -> Acting:
    """Who asked, with the roles that she has at this moment."""
    return Person.get_by_id(job.person_id) if job.person_id else OPERATOR


def _allowed(person: Acting, pack_id: int) -> BoardPack:
    try:
        found: BoardPack = load(person, BoardPack, pack_id, Permission.REPORT_EDIT)
    except (NotFound, Forbidden) as refused:
        raise GiveUp("Who asked for it may no longer make it") from refused
    return found


def _is_made(pack: BoardPack, asked: int) -> bool:
    return bool(PackEdition.select().where(PackEdition.pack == pack, PackEdition.asked == asked).exists())


def _next_number(pack: BoardPack) -> int:
    return int(PackEdition.select().where(PackEdition.pack == pack).count()) + 1


def _keep(person: Acting, pack: BoardPack, number: int, asked: int, made: Made, pdf: bytes) -> None:
    digests = {
        "contents_sha256": hashlib.sha256(made.contents.encode()).hexdigest(),
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
    }
    try:
        with history.writing(person):
            PackEdition.create(
                pack=pack,
                number=number,
                asked=asked,
                made_at=clock.now(),
                person=person.id,
                contents=made.contents,
                for_viewers=made.for_viewers,
                size=len(pdf),
                pdf=pdf,
                **digests,
            )
            history.record(
                person, pack.partnership_id, "board pack made", pack, version=pack.version, number=number, **digests
            )
    except IntegrityError as taken:
        if not _is_made(pack, asked):
            raise TryLater("Another edition of it was made meanwhile") from taken


def _parts(person: Acting, pack: BoardPack, clean: Clean) -> Iterator[Part]:
    readable = Readable(person)
    for row in parts_of(pack):
        kind, number = row.what
        if not readable.may(kind, number):
            raise GiveUp("Who asked for it may no longer read all that is in it")
        yield _part(row, kind, clean)


def _part(row: models.PackPart, kind: str, clean: Clean) -> Part:
    if kind == "report":
        return _report_part(row.issue)
    if kind == "plan":
        return _plan_part(row, clean)
    return _register_part(row.register_id) if kind == "register" else _top_part(row.top_of)


def _report_part(issue: ReportIssue) -> Part:
    """What was published, letter for letter."""
    html = ReportIssue.select(ReportIssue.html).where(ReportIssue.id == issue.id).scalar()
    words = json.loads(issue.content)["report"]
    standing = ". ".join(filter(None, (f"As at {words['as_at']}", words["edition"], issue.name)))
    facts = {
        "kind": "report",
        "id": issue.id,
        "title": issue.title,
        "standing": standing,
        "report": issue.report.slug,
        "audience": issue.audience,
        "pdf_sha256": issue.pdf_sha256,
    }
    return Part(PackPart(issue.title, standing, report_page(words, html)), words["as_at"], True, facts)


def _plan_part(row: models.PackPart, clean: Clean) -> Part:
    document = _cleaned_plan(plan_document(view_of(row.plan, row.as_at, row.number)), clean)
    title = f"{document.title}, {document.period}"
    standing = f"As at {document.as_at}. {document.edition}"
    facts = {
        "kind": "plan",
        "id": row.plan_id,
        "title": title,
        "standing": standing,
        "plan": row.plan.slug,
        "number": row.number,
        "as_at": row.as_at.isoformat() if row.as_at else None,
    }
    page = documents.page("action-plan.html", plan=document)
    return Part(PackPart(title, standing, page), document.as_at, row.plan.is_settled, facts)


def _register_part(register_id: int) -> Part:
    """Whoever asks for it: what everybody in the partnership may read."""
    register = Register.reach().query.where(Register.id == register_id).get()
    document = explained(shared_register(register), register.partnership_id)
    facts = {
        "kind": "register",
        "id": register.id,
        "register": register.slug,
        "scheme_version": document.scheme_version,
        "risks": [one.ref for one in document.entries],
    }
    title = f"{document.whose}: {document.title}"
    limits = SHARED if register.authority_id else ""
    return _risk_part(title, limits, document.as_at, documents.page("risk-register.html", one=document), facts)


def _top_part(home: Partnership) -> Part:
    document = explained(shared_top(home), home.id)
    refs = [one.ref for _, _, entries in document.bands for one in entries]
    facts = {"kind": "top", "id": home.id, "risks": refs}
    return _risk_part(TOP_RISKS, SHARED, document.as_at, documents.page("top-risks.html", one=document), facts)


def _risk_part(title: str, limits: str, as_at: str, page: str, facts: dict[str, Any]) -> Part:
    standing = ". ".join(filter(None, (f"As at {as_at}", limits)))
    return Part(PackPart(title, standing, page), as_at, True, facts | {"title": title, "standing": standing})


def _cleaned_plan(document: PlanDocument, clean: Clean) -> PlanDocument:
    """Without what the audience may not read, and without an abbreviation that only that used."""
    if clean is _as_it_is:
        return document
    found: PlanDocument = cleaned(document, clean)
    rest = "\n".join(words_of(plain(replace(found, abbreviations=()))))
    used = abbreviations_in(rest, dict(found.abbreviations))
    return replace(found, abbreviations=tuple(pair for pair in found.abbreviations if pair[0] in used))


def _cover(pack: BoardPack, parts: list[Part], number: int, on: dt.date) -> Cover:
    standing = [one for one in authorities_of(pack.partnership_id) if one.ended_on is None]
    day = clock.long_date(pack.meeting_on) if pack.meeting_on else ""
    return Cover(
        partnership=pack.partnership.name,
        title=pack.title,
        for_whom=pack.for_whom,
        meeting=meeting_words(pack.meeting, day),
        as_at=as_at_words([one.as_at for one in parts]),
        edition=f"Edition {number}, put together on {clock.long_date(on)}",
        partners=tuple(each.name for each in standing),
    )


def _as_it_is(tree: Any) -> Any:
    return tree
