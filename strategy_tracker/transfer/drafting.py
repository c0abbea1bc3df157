"""From a file's bytes to the draft of a plan."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from strategy_tracker.transfer.containers import check_size
from strategy_tracker.transfer.draft import PlanDraft, TableHeads
from strategy_tracker.transfer.grids import Document
from strategy_tracker.transfer.heads import Field, Known, Meaning, days_within
from strategy_tracker.transfer.json_plan import draft_of_json, is_json
from strategy_tracker.transfer.reading import read_document
from strategy_tracker.transfer.rows import PlanRows
from strategy_tracker.transfer.tables import PlanTable, sort_tables
from strategy_tracker.transfer.titles import PLAN_WORDS, Titles, period_in, titles_in

Period = tuple[dt.date, dt.date]
NO_MAPPING: Mapping[str, Meaning] = {}


def draft_of(content: bytes, authorities: Sequence[Known], mapping: Mapping[str, Meaning] = NO_MAPPING) -> PlanDraft:
    """Raises Invalid where the file cannot be read or holds no plan; what is wrong in cells stands in `problems`."""
    return draft_from(read_document(content), authorities, mapping)


def draft_from(document: Document, authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> PlanDraft:
    tables = sort_tables(document, authorities, mapping)
    titles = titles_in(tables.lines)
    plan = tuple(dated_heads(table, titles) for table in tables.plan)
    rows = PlanRows(tuple(authorities))
    rows.problems |= other_plans(plan)
    for table in plan:
        rows.read(table)
    heads = [head for table in plan for head in table.heads]
    return PlanDraft(
        objectives=rows.drafts(),
        glossary=tables.glossary,
        strategy=titles.strategy,
        title=titles.title,
        adopted=titles.adopted,
        period_from=titles.period_from,
        period_to=titles.period_to,
        as_at=max((head.meaning.as_at for head in heads if head.meaning and head.meaning.as_at), default=None),
        tables=tuple(TableHeads(table.grid.name, table.heads) for table in plan),
        reports=tuple(sorted(rows.reports, key=str)),
        passed_over=(*tables.passed_over, *rows.passed_over),
        problems=rows.problems,
        remarks=(*document.remarks, *tables.remarks, *rows.remarks),
    )


def dated_heads(table: PlanTable, titles: Titles) -> PlanTable:
    """In the plan of one year "Q2 update" is as at 30 September, though the head names no year."""
    if not titles.period_from or not titles.period_to:
        return table
    heads = []
    for head in table.heads:
        meaning = head.meaning
        if meaning and meaning.field in (Field.PROGRESS, Field.STATUS) and not meaning.as_at and not head.by_hand:
            days = days_within(head.words, titles.period_from, titles.period_to)
            meaning = replace(meaning, as_at=days[0] if len(days) == 1 else None)
        heads.append(replace(head, meaning=meaning))
    return replace(table, heads=tuple(heads))


def other_plans(tables: Sequence[PlanTable]) -> dict[str, str]:
    """A problem for each table that says it is the plan of another period than the first one."""
    problems = {}
    first: tuple[Period, str] | None = None
    for table in tables:
        lines = (table.grid.name, *table.grid.above, *table.titles)
        period = next(
            (found for line in reversed(lines) if PLAN_WORDS.search(line) and (found := period_in(line))), None
        )
        if period and first and period != first[0]:
            problems[table.grid.name] = (
                f"{table.grid.name} is a plan for another period than {first[1]}; keep one of them in the file, and "
                "bring the other in by itself"
            )
        elif period and not first:
            first = period, table.grid.name
    return problems


def draft_of_file(content: bytes, authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> PlanDraft:
    """Whatever the file is: a document with tables, or this product's own JSON."""
    check_size(content)
    if is_json(content):
        return draft_of_json(content)
    return draft_of(content, authorities, mapping)
