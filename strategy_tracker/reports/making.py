"""Making a copy of a report: from the tables while it is a draft, from what was circulated once it is approved."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from strategy_tracker import clock
from strategy_tracker.documents import sections as offers
from strategy_tracker.documents.sections import Section, SectionContext
from strategy_tracker.errors import Invalid
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reports.copies import Copy
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.names import names_in
from strategy_tracker.reports.public import Clean, cleaner
from strategy_tracker.reports.queries import quarter_before
from strategy_tracker.reports.rules import Arranged, Audience, arranged
from strategy_tracker.reports.words import words_of
from strategy_tracker.reviews import report_sections
from strategy_tracker.risks import report_sections as risk_sections

OFFERING = (report_sections, risk_sections)
"""Importing them offers their sections."""
OF_ITS_STATE = frozenset({"edition", "state", "replaces", "approval", "versions"})
"""What a report says of itself that is another thing once it is published."""
Part = tuple[Section, Any]


@dataclass(frozen=True)
class Made:
    """One copy: its content as JSON and the body that page and PDF share."""

    copy: Copy
    words: Mapping[str, Any]
    content: str
    html: str

    @property
    def page(self) -> str:
        """The whole page that becomes the PDF."""
        return offers.report_page(self.words, self.html)


class Watched(Mapping[str, Any]):
    """The report's words, and which of them were read."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words, self.read = words, set[str]()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return self.words[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)


def arranged_sections(report: Report) -> Arranged:
    """The report's sections in their order, each with whether it is in; a board's stand apart from it."""
    return arranged(json.loads(report.sections), [one.key for one in offers.offered() if one.audiences & offers.WHOLE])


def made_now(report: Report, copy: Copy) -> Made:
    """The copy as the tables have it at this moment."""
    clean = clean_for(report, copy)
    words = words_of(report, copy)
    parts = offers.contents(_sections(report, copy), _context(report, copy, words), clean)
    return _made(report, copy, clean(offers.plain(words)), parts)


def made_of(report: Report, copy: Copy, circulated: str) -> Made:
    """The copy to be published, of the content that was circulated and approved.

    What it says of itself is built again. Raises Invalid where a section is no longer offered.
    """
    clean = clean_for(report, copy)
    words = words_of(report, copy, is_published=True)
    kept = {one["key"]: one["content"] for one in json.loads(circulated)["sections"]}
    of_itself = _of_itself(report, copy, words, clean)
    parts = []
    for section in _sections(report, copy):
        was = clean(kept.pop(section.key, None))
        content = of_itself.get(section.key, was)
        if content is not None:
            parts.append((section, content))
    if kept:
        gone = ", ".join(kept)
        raise Invalid({"sections": f"Sections that are no longer there: {gone}. Take the report back and circulate it"})
    return _made(report, copy, clean(offers.plain(words)), parts)


def changed_since(report: Report, copy: Copy, circulated: str) -> list[str]:
    """The titles of the sections that would say other things if they were built now."""
    kept = {one["key"]: one for one in json.loads(circulated)["sections"]}
    words = json.loads(circulated)["report"]
    parts = offers.contents(_sections(report, copy), _context(report, copy, words), clean_for(report, copy))
    now = {section.key: (section.title, content) for section, content in parts}
    titles = {key: one["title"] for key, one in kept.items()} | {key: title for key, (title, _) in now.items()}
    return [
        title
        for key, title in titles.items()
        if kept.get(key, {}).get("content") != json.loads(json.dumps(now.get(key, ("", None))[1]))
    ]


def clean_for(report: Report, copy: Copy) -> Clean:
    """What takes out of a copy all that its audience may not read."""
    return cleaner(names_in(report.partnership_id)) if copy.audience is Audience.PUBLIC else _as_it_is


def _as_it_is(tree: Any) -> Any:
    return tree


def _sections(report: Report, copy: Copy) -> tuple[Section, ...]:
    chosen = [key for key, is_in in arranged_sections(report) if is_in]
    return offers.sections_for(copy.audience.value, chosen)


def _context(report: Report, copy: Copy, words: Mapping[str, Any]) -> SectionContext:
    quarter: Quarter = report.quarter
    before = quarter_before(quarter)
    return SectionContext(
        partnership_id=report.partnership_id,
        quarter_id=quarter.id,
        period_from=quarter.period_from,
        period_to=quarter.period_to,
        as_at=min(quarter.period_to, max(clock.today(), quarter.period_from)),
        previous_as_at=before.period_to if before else None,
        audience=copy.audience.value,
        authority_id=copy.authority_id,
        report=words,
    )


def _of_itself(report: Report, copy: Copy, words: Mapping[str, Any], clean: Clean) -> dict[str, Any]:
    """The sections that read what has changed with the report's state, built anew; None where one is empty now."""
    found: set[str] = set()

    def watching(section: Section) -> Section:
        def build(context: SectionContext) -> Any:
            watched = Watched(context.report)
            content = section.build(replace(context, report=watched))
            if watched.read & OF_ITS_STATE:
                found.add(section.key)
            return content

        return replace(section, build=build)

    watched = [watching(section) for section in _sections(report, copy) if not section.of_the_others]
    parts = offers.contents(watched, _context(report, copy, words), clean)
    return dict.fromkeys(found) | {section.key: content for section, content in parts if section.key in found}


def _made(report: Report, copy: Copy, words: Mapping[str, Any], parts: Iterable[Part]) -> Made:
    shown = list(parts)
    quarter: Quarter = report.quarter
    content = {
        "report": {**offers.REPORT_WORDS, **words},
        "audience": copy.audience.value,
        "authority": copy.whose or None,
        "quarter": quarter.slug,
        "period": {"from": quarter.period_from, "to": quarter.period_to},
        "sections": [{"key": one.key, "title": one.title, "content": content} for one, content in shown],
    }
    return Made(
        copy,
        words,
        json.dumps(offers.plain(content), ensure_ascii=False, indent=1) + "\n",
        offers.report_body(words, shown),
    )
