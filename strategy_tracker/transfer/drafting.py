"""From a file's bytes to the draft of a plan."""

from collections.abc import Mapping, Sequence

from strategy_tracker.transfer.containers import check_size
from strategy_tracker.transfer.draft import PlanDraft, TableHeads
from strategy_tracker.transfer.grids import Document
from strategy_tracker.transfer.heads import Known, Meaning
from strategy_tracker.transfer.plan_json import draft_of_json, is_json
from strategy_tracker.transfer.reading import read_document
from strategy_tracker.transfer.rows import PlanRows
from strategy_tracker.transfer.tables import sort_tables
from strategy_tracker.transfer.titles import titles_in

NO_MAPPING: Mapping[str, Meaning] = {}


def draft_of(content: bytes, authorities: Sequence[Known], mapping: Mapping[str, Meaning] = NO_MAPPING) -> PlanDraft:
    """Raises Invalid where the file cannot be read or holds no plan; what is wrong in cells stands in `problems`."""
    return draft_from(read_document(content), authorities, mapping)


def draft_from(document: Document, authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> PlanDraft:
    tables = sort_tables(document, authorities, mapping)
    rows = PlanRows(tuple(authorities))
    for table in tables.plan:
        rows.read(table)
    titles = titles_in(tables.lines)
    heads = [head for table in tables.plan for head in table.heads]
    return PlanDraft(
        objectives=rows.drafts(),
        glossary=tables.glossary,
        strategy=titles.strategy,
        title=titles.title,
        adopted=titles.adopted,
        period_from=titles.period_from,
        period_to=titles.period_to,
        as_at=max((head.meaning.as_at for head in heads if head.meaning and head.meaning.as_at), default=None),
        tables=tuple(TableHeads(table.grid.name, table.heads) for table in tables.plan),
        reports=tuple(sorted(rows.reports, key=str)),
        passed_over=tables.passed_over,
        problems=rows.problems,
    )


def draft_of_file(content: bytes, authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> PlanDraft:
    """Whatever the file is: a document with tables, or this product's own JSON."""
    check_size(content)
    if is_json(content):
        return draft_of_json(content)
    return draft_of(content, authorities, mapping)
