"""From a file's bytes to the draft of a plan, whether the file went out from here or comes from elsewhere."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Invalid
from strategy_tracker.plans.models import Plan
from strategy_tracker.transfer.back.added import Adding, add_rows
from strategy_tracker.transfer.back.copies import CopyMerging
from strategy_tracker.transfer.back.merge import Merging
from strategy_tracker.transfer.back.own import OwnFile, own_file
from strategy_tracker.transfer.back.tree import Tree
from strategy_tracker.transfer.containers import check_size
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.drafting import NO_MAPPING, draft_from
from strategy_tracker.transfer.grids import Document
from strategy_tracker.transfer.heads import Known, Meaning
from strategy_tracker.transfer.json_plan import draft_of_json, is_json, mark_in
from strategy_tracker.transfer.models import PlanExport
from strategy_tracker.transfer.out.layout import Column
from strategy_tracker.transfer.queries import export_with, plan_at
from strategy_tracker.transfer.reading import read_document
from strategy_tracker.transfer.returns.filled import is_return
from strategy_tracker.transfer.snapshot import snapshot_of, unpacked
from strategy_tracker.transfer.stored import stored_plan
from strategy_tracker.transfer.titles import titles_in

NOTHING_CHOSEN: Mapping[str, str] = {}
UNKNOWN = (
    "This file went out from another installation, or its marks are gone: what changed since then cannot be told, so "
    "all that it says is compared with the plan as it is now"
)
UNMARKED = (
    "This file has no mark of this tracker: what changed since it went out cannot be told, so all that it says is "
    "compared with the plan as it is now"
)
EXTRACT = (
    "This file holds only the part of {}, and it did not go out from this plan: the rest of the plan would be taken "
    "out. Export the whole plan, or export this plan’s part anew"
)
OF_ANOTHER = "This file went out from the plan {}; all that it says is taken as it is"


def draft_for(
    partnership: Partnership,
    slug: str,
    content: bytes,
    authorities: Sequence[Known],
    mapping: Mapping[str, Meaning] = NO_MAPPING,
    chosen: Mapping[str, str] = NOTHING_CHOSEN,
) -> PlanDraft:
    """What a file says of the plan at this short address. `chosen`: whose words are taken where both sides changed.

    Raises Invalid where the file cannot be read or holds no plan.
    """
    check_size(content)
    if is_json(content):
        return _copy(partnership, slug, content, authorities, chosen)
    document = read_document(content)
    if is_return(document):
        raise Invalid({"file": "This file is an offline return; send it in where the plan offers to report offline"})
    file = own_file(document)
    if file is None:
        return draft_from(document, authorities, mapping)
    return _returned(partnership, slug, file, document, authorities, chosen)


def _copy(
    partnership: Partnership, slug: str, content: bytes, authorities: Sequence[Known], chosen: Mapping[str, str]
) -> PlanDraft:
    """Three ways where it is known what went out. An extract of another plan takes nothing out of this one."""
    copy, (mark, extract) = draft_of_json(content), mark_in(content)
    plan = plan_at(partnership.id, slug)
    if plan is None:
        return copy
    export = export_with(partnership.id, mark) if mark else None
    if export is not None and export.plan_id == plan.id:
        base, stored = unpacked(bytes(export.content)), stored_plan(partnership.id, plan)
        now, latest = snapshot_of(stored, as_at=base.until, whole=True), snapshot_of(stored, whole=True)
        return _asking(CopyMerging(copy, base, now, authorities, chosen, latest=latest).draft())
    if extract:
        raise Invalid({"file": EXTRACT.format(extract)})
    return replace(copy, remarks=(OF_ANOTHER.format(export.plan.slug) if export else UNMARKED,))


def _returned(
    partnership: Partnership,
    slug: str,
    file: OwnFile,
    document: Document,
    authorities: Sequence[Known],
    chosen: Mapping[str, str],
) -> PlanDraft:
    plan = plan_at(partnership.id, slug)
    export = _export(partnership, file)
    if export is None:
        return _unknown(file, document, plan, authorities)
    base = unpacked(bytes(export.content))
    if plan is not None and plan.id == export.plan_id:
        stored = stored_plan(partnership.id, plan)
        merging = Merging(
            file, base, snapshot_of(stored, as_at=base.until), authorities, chosen, latest=snapshot_of(stored)
        )
        return _merged(file, merging)
    draft = _merged(file, Merging(file, base, base, authorities, chosen, notes=True), anew=True)
    draft = replace(draft, remarks=(OF_ANOTHER.format(export.plan.slug),))
    head = base.plan
    return draft if plan else replace(
        draft, title=head.title, strategy=head.strategy, period_from=head.period_from, period_to=head.period_to
    )  # fmt: skip


def _export(partnership: Partnership, file: OwnFile) -> PlanExport | None:
    """The export from which most of the rows come. Rows of another one are named as wrong."""
    stamps = Counter(row.key.stamp for row in file.rows if row.key)
    found = {stamp: export for stamp in stamps if (export := export_with(partnership.id, stamp))}
    if not found:
        return None
    most = max(found, key=lambda stamp: stamps[stamp])
    for row in file.rows:
        if row.key and row.key.stamp != most:
            file.problems[row.place(Column.ROW)] = "This row comes from another file; empty its mark"
    return found[most]


def _merged(file: OwnFile, merging: Merging, *, anew: bool = False) -> PlanDraft:
    """`anew`: for a plan in which all of it is new."""
    tree = merging.merged()
    if anew:
        tree.without_rows()
    return _asking(
        PlanDraft(
            tree.drafts(),
            passed_over=file.others,
            problems=merging.problems,
            returned=True,
            clashes=tuple(merging.clashes.found),
        )
    )


def _asking(draft: PlanDraft) -> PlanDraft:
    """With whose a report is, and as at when, to be asked where a row leaves it open."""
    return replace(draft, reports=tuple({(note.authority, note.as_at) for note in draft.notes()}))


def _unknown(file: OwnFile, document: Document, plan: Plan | None, authorities: Sequence[Known]) -> PlanDraft:
    tree, problems = Tree(), dict(file.problems)
    add_rows(file, Adding(tree, authorities, problems), {})
    remarks = (UNKNOWN,) if plan else ()
    draft = _asking(
        PlanDraft(tree.drafts(), passed_over=file.others, problems=problems, returned=True, remarks=remarks)
    )
    if plan:
        return draft
    sheets = [cell.text for grid in document.grids for row in grid.rows for cell in row if len(grid.rows[0]) <= 2]
    titles = titles_in([*document.lines, *sheets])
    return replace(
        draft,
        title=titles.title,
        strategy=titles.strategy,
        period_from=titles.period_from,
        period_to=titles.period_to,
    )
