"""What a person reads of a report: what was published, what was circulated, or the draft as it stands now."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from strategy_tracker import documents
from strategy_tracker.access.policy import Acting
from strategy_tracker.documents.sections import report_page
from strategy_tracker.errors import NotFound
from strategy_tracker.reports.copies import Copy, copies_wanted, extract_for
from strategy_tracker.reports.making import Made, made_now
from strategy_tracker.reports.models import Report, ReportDraft, ReportIssue
from strategy_tracker.reports.queries import drafts_of, is_of_the_group, issue, pdf_of, readable_issues
from strategy_tracker.reports.rules import Audience, State


@dataclass(frozen=True)
class Asked:
    """Which copy: "" for the first that the person may read; `draft` is the number of a draft, or None."""

    audience: str = ""
    whose: str = ""
    draft: int | None = None


@dataclass(frozen=True)
class Reading:
    """One copy as it is read. `issue` is None unless it was published; `copies` are the others that there are."""

    copy: Copy
    copies: tuple[Copy, ...]
    title: str
    content: str
    html: str
    issue: ReportIssue | None = None
    draft: int | None = None
    _page: str = field(default="", repr=False)

    def pdf(self, folder: Path | None = None) -> bytes:
        """The bytes: those that were published, or a draft's, rendered or from the `folder` of what was rendered.

        Raises documents.RenderFailed.
        """
        return pdf_of(self.issue) if self.issue is not None else documents.pdf(self._page, folder=folder)


def reading(person: Acting, report: Report, asked: Asked) -> Reading:
    """Raises NotFound for a copy that there is not, or not for this person.

    Whether the person may read the report at all is settled by whoever loaded it.
    """
    if asked.draft is not None:
        if not is_of_the_group(person, report.partnership_id):
            raise NotFound
        return _circulated(report, asked, asked.draft)
    if report.state == State.PUBLISHED:
        return _published(person, report, asked)
    if report.state == State.DRAFT:
        return _now(report, asked)
    return _circulated(report, asked, report.draft)


def _published(person: Acting, report: Report, asked: Asked) -> Reading:
    issues = readable_issues(person, report)
    copies = [_of_issue(one) for one in issues]
    chosen = _chosen(copies, asked)
    found = issue(report, chosen.audience.value, chosen.whose)
    if found is None:
        raise NotFound
    return Reading(chosen, tuple(copies), found.title, found.content, found.html, issue=found)


def _of_issue(found: ReportIssue) -> Copy:
    """An extract's name is the one that was published."""
    name = found.name.removeprefix("Extract for ")
    return Copy(Audience(found.audience), whose=found.whose, name=name, short=name)


def _now(report: Report, asked: Asked) -> Reading:
    copies = copies_wanted(report)
    made: Made = made_now(report, _chosen(copies, asked))
    return Reading(made.copy, tuple(copies), report.title, made.content, made.html, _page=made.page)


def _circulated(report: Report, asked: Asked, number: int) -> Reading:
    drafts = {_of_draft(one): one for one in drafts_of(report.id, number)}
    chosen = _chosen(list(drafts), asked)
    found = drafts[chosen]
    words = json.loads(found.content)["report"]
    page = report_page(words, found.html)
    return Reading(chosen, tuple(drafts), words["title"], found.content, found.html, draft=number, _page=page)


def _of_draft(draft: ReportDraft) -> Copy:
    return extract_for(draft.authority) if draft.authority is not None else Copy(Audience(draft.audience))


def _chosen(copies: Sequence[Copy], asked: Asked) -> Copy:
    if not asked.audience:
        wanted = list(copies[:1])
    else:
        wanted = [one for one in copies if (one.audience, one.whose) == (asked.audience, asked.whose)]
    if not wanted:
        raise NotFound
    return wanted[0]
