"""Sending a plan out as a file and bringing it back."""

import csv
import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.plans.models import Plan
from strategy_tracker.transfer import operations
from strategy_tracker.transfer.back.clashes import require_settled
from strategy_tracker.transfer.back.reading import draft_for
from strategy_tracker.transfer.changes import PlanChanges
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.out.files import file_of
from strategy_tracker.transfer.out.kinds import WRITERS
from strategy_tracker.transfer.stored import known_authorities
from tests import builders
from tests.cast import authority, partnership

KINDS = tuple(WRITERS)
Cells = list[list[Any]]


def sent_out(kind: str, *, of: str = "", plan: Plan | None = None, **asked: Any) -> bytes:
    whose = authority(of) if of else None
    settings = {"authority": whose, "as_at": None, "base_url": "https://tracker.example"} | asked
    return file_of(kind, OPERATOR, plan or builders.plan(), **settings)


def read_back(content: bytes, slug: str = "2010-11", chosen: dict[str, str] | None = None) -> PlanDraft:
    home = partnership()
    return draft_for(home, slug, content, known_authorities(home.id), {}, chosen or {})


def changes_by(
    content: bytes, slug: str = "2010-11", chosen: dict[str, str] | None = None, *, apply: bool = True
) -> PlanChanges:
    draft = read_back(content, slug, chosen)
    require_settled(draft)
    work = operations.import_plan if apply else operations.changes_for
    return work(OPERATOR, partnership(), slug, draft, Choices(reason="Imported from plan.xlsx"))


def shown(changes: PlanChanges) -> list[tuple[str, str, str, str, str]]:
    return [(str(line.kind), f"{line.what} {line.label}", line.aspect, line.old, line.new) for line in changes.lines]


def edited(kind: str, content: bytes, edit: Callable[[Cells], Any]) -> bytes:
    """The file after somebody edited its rows (the heads first) in a program of that kind."""
    return {"xlsx": _edited_excel, "csv": _edited_csv}[kind](content, edit)


def _edited_excel(content: bytes, edit: Callable[[Cells], Any]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Plan"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    edit(cells)
    sheet.delete_rows(1, sheet.max_row)
    for row in cells:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _edited_csv(content: bytes, edit: Callable[[Cells], Any]) -> bytes:
    cells: Cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    edit(cells)
    stream = io.StringIO()
    csv.writer(stream).writerows(cells)
    return stream.getvalue().encode("utf-8-sig")


def setting(number: str, authority_short: str, **cells: Any) -> Callable[[Cells], None]:
    """Sets cells of the rows of one action and authority, by their heads (with _ for spaces)."""

    def edit(rows: Cells) -> None:
        heads = rows[0]
        found = [
            row
            for row in rows[1:]
            if row[heads.index("Action number")] == number and row[heads.index("Authority")] == authority_short
        ]
        assert found
        for row in found:
            for name, value in cells.items():
                row[heads.index(name.replace("_", " "))] = value

    return edit


def edited_word(content: bytes, edit: Callable[["docx.document.Document"], Any]) -> bytes:
    document = docx.Document(io.BytesIO(content))
    edit(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
