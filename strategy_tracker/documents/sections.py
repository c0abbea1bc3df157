"""The sections of a report: each feature offers its own, and what makes reports knows none of them by name.

A section is built into a frozen dataclass of plain values, which is frozen as JSON, and shown by one template, which
the page and the PDF share.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from strategy_tracker.documents.templates import environment, page

AUDIENCES = ("full", "board", "public", "extract")
"""The group itself; a board or cabinet in few pages; everybody; one authority's committee."""
WHOLE = frozenset({"full", "public", "extract"})
BOARD = frozenset({"board"})
EVERYBODY = WHOLE | BOARD

Plain = dict[str, Any]


@dataclass(frozen=True)
class SectionContext:
    """What a section is built from: ids and days, never a person who reads.

    `as_at` is the last day of the quarter, `previous_as_at` that of the one before, or None where there was none.
    `authority_id` is whose extract it is. `report` holds what belongs to the report itself, in plain values: see
    REPORT_WORDS. `kept` is where sections of one report keep what each of them reads.
    """

    partnership_id: int
    quarter_id: int
    period_from: dt.date
    period_to: dt.date
    as_at: dt.date
    previous_as_at: dt.date | None
    audience: str = "full"
    authority_id: int | None = None
    report: Mapping[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


REPORT_WORDS: Mapping[str, Any] = {
    "title": "",
    "partnership": "",
    "for_whom": "",
    "as_at": "",
    "edition": "",
    "state": "",
    "replaces": "",
    "approval": "",
    "summary": "",
    "partners": (),
    "versions": (),
}
"""What the title block and the sections read of a report; what is absent counts as this.

`for_whom` "Extract for TMBC", `as_at` "30 June 2011", `edition` "Version 1, approved 14 July 2011", `state` is what
the margin of each page says of a draft ("DRAFT 2, not approved"), `replaces` a sentence of a corrected issue,
`approval` a sentence. `partners` are names, in their order. `versions` are mappings of number, on, standing and what.
"""


@dataclass(frozen=True)
class Section:
    """One section. `build` gives a frozen dataclass of plain values, or None where there is nothing to show.

    `place` is its place in the default order. A `landscape` section stands on wide pages of its own. One that speaks
    `of_the_others` is built after them, and finds their words in `context.kept["words"]`.
    """

    key: str
    title: str
    build: Callable[[SectionContext], Any]
    template: str
    place: int
    landscape: bool = False
    audiences: frozenset[str] = WHOLE
    of_the_others: bool = False


_offered: dict[str, Section] = {}


def offer(section: Section) -> Section:
    """Makes a section available to every report. Raises ValueError for a key that another section has."""
    if _offered.setdefault(section.key, section) is not section:
        raise ValueError(f"two sections are called {section.key}")
    return section


def offered() -> tuple[Section, ...]:
    """Every section, in the default order."""
    return tuple(sorted(_offered.values(), key=lambda one: (one.place, one.key)))


def sections_for(audience: str, chosen: Sequence[str] | None = None) -> tuple[Section, ...]:
    """What an audience gets: the chosen sections in the chosen order; None: all of them in the default order.

    A board's summary has sections of its own, in an order of its own: what is chosen for the full report neither
    adds to them nor moves them. Keys that nobody offers any more are passed over.
    """
    theirs = [section for section in offered() if audience in section.audiences]
    if chosen is None or audience == "board":
        return tuple(theirs)
    by_key = {section.key: section for section in theirs}
    return tuple(by_key[key] for key in chosen if key in by_key)


def plain(content: Any) -> Any:
    """The content as JSON holds it: dataclasses as mappings, tuples as lists, dates as ISO."""
    if dataclasses.is_dataclass(content) and not isinstance(content, type):
        return {one.name: plain(getattr(content, one.name)) for one in dataclasses.fields(content)}
    if isinstance(content, Mapping):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [plain(value) for value in content]
    return content.isoformat() if isinstance(content, dt.date) else content


def contents(
    sections: Iterable[Section], context: SectionContext, clean: Callable[[Any], Any] = lambda tree: tree
) -> list[tuple[Section, Any]]:
    """What each section holds, as plain values, in the order given; those that have nothing to show are left out.

    `clean` takes out of a tree of plain values what an audience may not read: it is asked before any section speaks
    of the words of the others.
    """
    chosen = list(sections)
    report = clean(plain({**REPORT_WORDS, **context.report}))
    found: dict[str, Any] = {}
    for section in sorted(chosen, key=lambda one: one.of_the_others):
        if section.of_the_others:
            context.kept["words"] = "\n".join(filter(None, words_of([report, list(found.values())])))
        built = section.build(context)
        if built is not None:
            found[section.key] = clean(plain(built))
    return [(section, found[section.key]) for section in chosen if section.key in found]


def words_of(tree: Any) -> Iterator[str]:
    """Every text in a tree of plain values."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping):
        for value in tree.values():
            yield from words_of(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from words_of(value)


def fragment(section: Section, content: Any) -> str:
    """The section's HTML, as the page and the PDF show it; `content` is what it built, or the same as plain values."""
    return environment().get_template("report/_section.html").render(section=section, one=plain(content))


def report_body(report: Mapping[str, Any], parts: Iterable[tuple[Section, Any]]) -> str:
    """The HTML of the title block and of every section with its content: what a page shows, and what is frozen.

    Content that is None is left out.
    """
    shown = [(section, plain(content)) for section, content in parts if content is not None]
    return environment().get_template("report/_body.html").render(report={**REPORT_WORDS, **report}, parts=shown)


def report_page(report: Mapping[str, Any], body: str) -> str:
    """The whole page that becomes the PDF, of the body that `report_body` made."""
    return page("quarterly-report.html", report={**REPORT_WORDS, **report}, body=body)
