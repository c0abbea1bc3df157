"""What the pages of packs show, as values."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.rules import JobState
from strategy_tracker.plans.versions.view import view_of
from strategy_tracker.reports.copies import LABELS
from strategy_tracker.reports.packs.models import BoardPack, PackEdition, PackPart
from strategy_tracker.reports.packs.queries import editions_of, last_job, packs_of, parts_of, replacing
from strategy_tracker.reports.packs.rules import SHARED, TOP_RISKS, Chosen, meeting_words
from strategy_tracker.reports.queries import is_of_the_group
from strategy_tracker.reports.rules import Audience

KILOBYTE = 1024


@dataclass(frozen=True)
class EditionRow:
    """One edition: who made it and when, its size in words, and what is in it, in order."""

    number: int
    address: str
    on: str
    who: str
    size: str
    sha256: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class ListedPack:
    title: str
    address: str
    standing: str
    newest: EditionRow | None


@dataclass(frozen=True)
class PartRow:
    """One part as the pack has it now. `remark` says what should be looked at."""

    title: str
    address: str
    standing: str
    remark: str


@dataclass(frozen=True)
class PackPage:
    """`parts` is empty for who reads only what is published. `job` is what is under way or went wrong."""

    pack: BoardPack
    address: str
    copies: str
    meeting: str
    parts: tuple[PartRow, ...]
    editions: tuple[EditionRow, ...]
    job: Job | None
    may_edit: bool


def address_of(pack: BoardPack) -> str:
    return f"/p/{pack.partnership.slug}/packs/{pack.id}/"


def listed_packs(person: Acting, partnership: Partnership) -> list[ListedPack]:
    """Those that the person may read; three selects however many there are, and one for each report and plan."""
    packs = packs_of(person, partnership.id)
    newest: dict[int, PackEdition] = {}
    for one in editions_of(person, [pack.id for pack in packs]):
        newest.setdefault(one.pack_id, one)
    of_the_group = is_of_the_group(person, partnership.id)
    return [_listed(pack, newest.get(pack.id)) for pack in packs if of_the_group or pack.id in newest]


def _listed(pack: BoardPack, newest: PackEdition | None) -> ListedPack:
    standing = ". ".join(filter(None, (pack.for_whom, _meeting(pack))))
    return ListedPack(pack.title, address_of(pack), standing, _row(pack, newest) if newest else None)


def pack_page(person: Acting, pack: BoardPack) -> PackPage:
    of_the_group = is_of_the_group(person, pack.partnership_id)
    job = last_job(pack) if of_the_group else None
    return PackPage(
        pack=pack,
        address=address_of(pack),
        copies=LABELS[Audience(pack.audience)],
        meeting=_meeting(pack),
        parts=_parts(pack) if of_the_group else (),
        editions=tuple(_row(pack, one) for one in editions_of(person, [pack.id])),
        job=job if job is not None and job.state != JobState.DONE else None,
        may_edit=may(person, Permission.REPORT_EDIT, pack),
    )


def _meeting(pack: BoardPack) -> str:
    return meeting_words(pack.meeting, clock.long_date(pack.meeting_on) if pack.meeting_on else "")


def _row(pack: BoardPack, edition: PackEdition) -> EditionRow:
    person: Any = edition.person
    return EditionRow(
        number=edition.number,
        address=f"{address_of(pack)}editions/{edition.id}.pdf",
        on=clock.long_date(clock.in_london(edition.made_at).date()),
        who=person.name if person else "Command line",
        size=size_words(edition.size),
        sha256=edition.pdf_sha256,
        parts=tuple(f"{one['title']}. {one['standing']}" for one in json.loads(edition.contents)["parts"]),
    )


def size_words(size: int) -> str:
    kilobytes = max(1, round(size / KILOBYTE))
    return f"{kilobytes} KB" if kilobytes < KILOBYTE else f"{size / KILOBYTE / KILOBYTE:.1f} MB"


def _parts(pack: BoardPack) -> tuple[PartRow, ...]:
    rows = parts_of(pack)
    replaced = replacing([row.issue for row in rows if row.issue_id])
    return tuple(_part(pack, row, replaced) for row in rows)


def _part(pack: BoardPack, row: PackPart, replaced: dict[int, Any]) -> PartRow:
    base = f"/p/{pack.partnership.slug}"
    if row.issue_id:
        issue: Any = row.issue
        new = replaced.get(issue.report_id)
        remark = f"Replaced by a corrected issue: {new.title}" if new else ""
        query = "" if issue.audience == Audience.FULL else f"?audience={issue.audience}"
        return PartRow(issue.title, f"{base}/reports/{issue.report.slug}/{query}", issue.name, remark)
    if row.top_of_id:
        return PartRow(TOP_RISKS, f"{base}/risks/", SHARED, "")
    if row.register_id:
        return _register(base, row.register)
    plan: Any = row.plan
    view = view_of(plan, row.as_at, row.number)
    standing = ". ".join(filter(None, (view.words, f"As at {clock.long_date(view.as_at)}")))
    remark = "A draft: this pack is not for viewers" if not plan.is_settled else ""
    return PartRow(plan.title, f"{base}/plans/{plan.slug}/{view.query}", standing, remark)


def _register(base: str, register: Any) -> PartRow:
    title = f"{register.whose}: {register.title}"
    remark = "This register is closed" if register.closed_at else ""
    return PartRow(title, f"{base}/risks/{register.slug}/", SHARED if register.authority_id else "", remark)


def standing_parts(rows: Sequence[PackPart]) -> list[Chosen]:
    """What stands in a pack, as its form takes it."""
    return [
        Chosen("report", row.issue.report_id) if row.issue_id else Chosen(*row.what, row.number, row.as_at)
        for row in rows
    ]
