"""The selects of packs. None of them reads the bytes of a PDF but `pdf_of`."""

import hashlib
import json
from collections.abc import Iterator

from peewee import JOIN

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, visible
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.errors import NotFound
from strategy_tracker.jobs.models import Job
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.versions.queries import versions_of
from strategy_tracker.reports.models import Report, ReportIssue
from strategy_tracker.reports.packs.models import BoardPack, PackEdition, PackPart
from strategy_tracker.reports.packs.rules import AUDIENCES
from strategy_tracker.reports.queries import WITHOUT_BYTES, issues_of, readable_issues, reports_of
from strategy_tracker.reports.rules import State
from strategy_tracker.risks.models import Register

PACK = "board pack"
"""The kind of the jobs that make a pack."""
ISSUE = (*WITHOUT_BYTES, ReportIssue.content)


def packs_of(person: Acting, partnership_id: int) -> list[BoardPack]:
    """The packs that a person may read, the latest meeting first."""
    query = visible(person, BoardPack).where(BoardPack.partnership == partnership_id)
    return list(query.order_by(BoardPack.meeting_on.desc(nulls="first"), BoardPack.id.desc()))


def editions_of(person: Acting, packs: list[int]) -> list[PackEdition]:
    """What was made of these packs and may be read by a person in all its parts, the newest first."""
    query = visible(person, PackEdition).where(PackEdition.pack.in_(packs))
    rows = query.select_extend(Person.id, Person.name).join_from(PackEdition, Person, JOIN.LEFT_OUTER)
    found = list(rows.order_by(PackEdition.number.desc()))
    readable = Readable(person)
    return [one for one in found if readable.is_all_of(one)]


def edition_of(person: Acting, partnership: str, pack: int, number: int) -> PackEdition:
    """Raises NotFound unless a person may read all that is in it now."""
    found: PackEdition = load(
        person, PackEdition, number, Permission.REPORT_READ, BoardPack.id == pack, Partnership.slug == partnership
    )
    if not Readable(person).is_all_of(found):
        raise NotFound
    return found


def pdf_of(found: PackEdition) -> bytes:
    return bytes(PackEdition.select(PackEdition.pdf).where(PackEdition.id == found.id).scalar())


class Readable:
    """What one person may read now of reports, plans and what is shared of risks, asked once for each."""

    def __init__(self, person: Acting) -> None:
        self.person = person
        self._known: dict[tuple[str, int], bool] = {}

    def is_all_of(self, edition: PackEdition) -> bool:
        return all(self.may(one["kind"], one["id"]) for one in json.loads(edition.contents)["parts"])

    def may(self, kind: str, number: int) -> bool:
        """Whether a published copy, a plan, a register, or the top risks of a partnership may be read."""
        ask = {"report": self._may_issue, "plan": self._may_plan, "register": self._may_register, "top": self._may_top}
        if (kind, number) not in self._known:
            self._known[kind, number] = ask[kind](number)
        return self._known[kind, number]

    def _may_issue(self, number: int) -> bool:
        report = visible(self.person, Report).join_from(Report, ReportIssue).where(ReportIssue.id == number).first()
        return report is not None and number in {one.id for one in readable_issues(self.person, report)}

    def _may_plan(self, number: int) -> bool:
        return bool(visible(self.person, Plan).where(Plan.id == number).exists())

    def _may_register(self, number: int) -> bool:
        return bool(visible(self.person, Register).where(Register.id == number).exists())

    def _may_top(self, number: int) -> bool:
        home = visible(self.person, Partnership, Permission.REGISTER_READ).where(Partnership.id == number)
        return bool(home.exists())


def parts_of(pack: BoardPack) -> list[PackPart]:
    """In their order, each with what it is."""
    return list(
        PackPart.select(PackPart, *ISSUE, Report, Plan, Register, Authority, Partnership)
        .join(ReportIssue, JOIN.LEFT_OUTER)
        .join(Report, JOIN.LEFT_OUTER)
        .switch(PackPart)
        .join(Plan, JOIN.LEFT_OUTER)
        .switch(PackPart)
        .join(Register, JOIN.LEFT_OUTER)
        .join(Authority, JOIN.LEFT_OUTER)
        .switch(PackPart)
        .join(Partnership, JOIN.LEFT_OUTER)
        .where(PackPart.pack == pack)
        .order_by(PackPart.position)
    )


def reports_to_choose(person: Acting, partnership_id: int) -> list[tuple[Report, list[ReportIssue]]]:
    """The published reports with their copies that a pack can take, the latest quarter first."""
    reports = [one for one in reports_of(person, partnership_id) if one.state == State.PUBLISHED]
    issues = [one for one in issues_of(reports) if one.audience in AUDIENCES]
    found = [(report, [one for one in issues if one.report_id == report.id]) for report in reports]
    return [(report, copies) for report, copies in found if copies]


def plans_to_choose(person: Acting, partnership_id: int) -> list[tuple[Plan, list[int]]]:
    """The plans, the latest first, with the numbers of their versions."""
    query = visible(person, Plan).where(Plan.partnership == partnership_id)
    plans = list(query.order_by(Plan.period_from.desc(), Plan.id.desc()))
    return [(plan, [one.number for one in versions_of(plan.id)]) for plan in plans]


def replacing(issues: list[ReportIssue]) -> dict[int, Report]:
    """Report's id to the published report that replaces it."""
    numbers = [one.report_id for one in issues]
    rows = Report.select().where(Report.replaces.in_(numbers), Report.state == State.PUBLISHED.value)
    return {row.replaces_id: row for row in rows}


def last_job(pack: BoardPack) -> Job | None:
    """The job of the last asking; None where it was never asked for."""
    return Job.get_or_none(Job.key == job_key(pack.id, pack.asked))


def job_key(pack_id: int, asked: int) -> str:
    return f"board-pack-{pack_id}-{asked}"


def pack_faults() -> Iterator[str]:
    """A line for each edition that is not what was made. One at a time."""
    for (number,) in PackEdition.select(PackEdition.id).order_by(PackEdition.id).tuples():
        row = PackEdition.get_by_id(number)
        for what, kept, digest in (
            ("PDF", bytes(row.pdf), row.pdf_sha256),
            ("contents", row.contents.encode(), row.contents_sha256),
        ):
            if hashlib.sha256(kept).hexdigest() != digest:
                yield f"board pack {row.pack_id}, edition {row.number}: its {what} is not what was made"
