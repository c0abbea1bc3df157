"""`import` and `export` of the command line: cli.py adds both groups."""

import datetime as dt
import os
import re
import tempfile
from pathlib import Path

import click

from strategy_tracker import db
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import load
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.authorities.queries import authority_at, partnership_at
from strategy_tracker.config import Settings
from strategy_tracker.errors import Invalid
from strategy_tracker.plans.models import Plan
from strategy_tracker.text import one_line
from strategy_tracker.transfer.back.clashes import EVERY, FILE, PLAN, require_settled, sentence_of
from strategy_tracker.transfer.changes import Change, Kind, PlanChanges
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.containers import MAX_BYTES
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.out.kinds import WRITERS

ANSWERS = {"file", "plan", "map", "period", "progress of", "as at", "leaves", "shares", "slug", "title", "strategy"}
"""Keys of problems that name no place in a file: their sentences say all."""
FORMATS = ["pdf", *WRITERS, "json"]
DATE = click.DateTime(["%Y-%m-%d"])
SHOWN = 100
MOST_PROBLEMS, FIRST_OF_A_KIND = 10, 3
"""A refusal with more problems than this is told by their kinds, and of each kind the first."""
_NAMES = re.compile(r"“[^”]*”|\bauthority [a-z0-9-]+|\d[\d.,]*")
"""What problems of one kind differ in."""


class Period(click.ParamType[tuple[dt.date, dt.date]]):
    name = "FROM..TO"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[dt.date, dt.date]:
        try:
            first, last = (dt.date.fromisoformat(day) for day in value.split(".."))
        except ValueError:
            self.fail(f"{value} is not two dates such as 2024-04-01..2025-03-31", param, ctx)
        return first, last


@click.group()
def import_group() -> None:
    """Bring a file in."""


@click.group()
def export_group() -> None:
    """Write a file."""


@import_group.command("plan")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--partnership", "home", required=True, metavar="SLUG")
@click.option("--plan", "slug", required=True, metavar="SLUG", help="the plan to make, or to bring up to date")
@click.option("--title", default="", help="instead of the title in the file")
@click.option("--progress-of", metavar="AUTHORITY", help="whose the progress in the file is")
@click.option("--as-at", type=DATE, help="the date of progress whose head has none")
@click.option("--period", type=Period(), help="the plan's period, where the file does not say it")
@click.option("--map", "mapping", multiple=True, metavar="HEAD=FIELD", help="what a column holds")
@click.option(
    "--share", "shares", multiple=True, metavar="AUTHORITY", help="who takes part where the file does not say"
)
@click.option("--reason", default="", help="why an agreed plan changes; without it, that it was imported from FILE")
@click.option(
    "--prefer",
    type=click.Choice([FILE, PLAN]),
    help="whose words are taken where the file and the plan were both changed since the file went out",
)
@click.option("--dry-run", is_flag=True, help="say what would change, and change nothing")
def import_plan(
    file: Path,
    home: str,
    slug: str,
    title: str,
    progress_of: str | None,
    as_at: dt.datetime | None,
    period: tuple[dt.date, dt.date] | None,
    mapping: tuple[str, ...],
    shares: tuple[str, ...],
    reason: str,
    prefer: str | None,
    dry_run: bool,
) -> None:
    """Bring in an action plan: Word, Excel, OpenDocument, CSV, or this product's JSON."""
    from strategy_tracker.transfer import operations

    partnership = the_partnership(home)
    choices = Choices(
        title=title,
        progress_of=progress_of.lower() if progress_of else None,
        as_at=as_at.date() if as_at else None,
        period=period,
        shares=shares or None,
        reason=one_line(reason) or f"Imported from {file.name}",
    )
    try:
        draft = _draft(partnership, slug, file, mapping, prefer)
        require_settled(draft)
        work = operations.changes_for if dry_run else operations.import_plan
        changes = work(OPERATOR, partnership, slug, draft, choices)
    except Invalid as refused:
        raise in_one_line(refused) from refused
    _say(draft, changes, dry_run)


@export_group.command("plan")
@click.argument("slug")
@click.option("--partnership", "home", required=True, metavar="SLUG")
@click.option("--format", "form", required=True, type=click.Choice(FORMATS))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--authority", metavar="SLUG", help="only what is this authority's")
@click.option("--as-at", type=DATE)
def export_plan(
    slug: str, home: str, form: str, output: Path, authority: str | None, as_at: dt.datetime | None
) -> None:
    """Write an action plan to a file."""
    partnership = the_partnership(home)
    if not Plan.select().where(Plan.partnership == partnership, Plan.slug == slug).exists():
        raise Invalid({"plan": f"There is no plan {slug} in {home}"})
    plan = load(OPERATOR, Plan, (Plan.partnership == partnership) & (Plan.slug == slug), Permission.PLAN_READ)
    extract = _authority(partnership, authority) if authority else None
    write_whole(output, _exported(plan, form, extract, as_at.date() if as_at else None))
    click.echo(f"{output} written")


def _exported(plan: Plan, form: str, authority: Authority | None, as_at: dt.date | None) -> bytes:
    if form in WRITERS:
        from strategy_tracker.transfer.out.files import file_of

        settings = click.get_current_context().ensure_object(Settings)
        return file_of(form, OPERATOR, plan, authority=authority, as_at=as_at, base_url=settings.base_url)
    if form == "json":
        from strategy_tracker.transfer.plan_json import plan_as_json

        return plan_as_json(plan, authority=authority.slug if authority else None, as_at=as_at)
    from strategy_tracker.plans.sections import plan_document, plan_pdf
    from strategy_tracker.plans.versions.view import view_of

    return plan_pdf(plan_document(view_of(plan, as_at), authority))


def write_whole(output: Path, content: bytes) -> None:
    """The file is there in full or not at all, whatever stood there before. Raises Invalid where its folder is not."""
    if not output.parent.is_dir():
        raise Invalid({"output": f"There is no folder {output.parent}"})
    with tempfile.NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).chmod(0o644)
            Path(part.name).replace(output)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def with_places(refused: Invalid) -> Invalid:
    """The same refusal with each sentence led by its cell, all on one line."""
    return Invalid(
        {
            place: " ".join((sentence if place in ANSWERS or place in sentence else f"{place}: {sentence}").split())
            for place, sentence in refused.problems.items()
        }
    )


def in_one_line(refused: Invalid) -> Invalid:
    """The same refusal, short enough to be read: of many problems of one kind the first few and how many more."""
    groups: dict[str, dict[str, str]] = {}
    for place, sentence in refused.problems.items():
        groups.setdefault(_NAMES.sub("", sentence), {})[place] = sentence
    if len(refused.problems) <= MOST_PROBLEMS:
        return with_places(refused)
    told: dict[str, str] = {}
    for group in sorted(groups.values(), key=len, reverse=True)[:MOST_PROBLEMS]:
        first = dict(list(group.items())[:FIRST_OF_A_KIND])
        words = "; ".join(with_places(Invalid(first)).problems.values())
        more = len(group) - len(first)
        told[next(iter(first))] = f"{words}; and {more:,} more of this kind" if more else words
    kinds = len(groups) - len(told)
    others = {"more": f"and problems of {kinds:,} more kinds"} if kinds else {}
    return Invalid(told | others)


def _draft(partnership: Partnership, slug: str, file: Path, mapping: tuple[str, ...], prefer: str | None) -> PlanDraft:
    from strategy_tracker.transfer.back.reading import draft_for
    from strategy_tracker.transfer.heads import parse_mapping, plain
    from strategy_tracker.transfer.stored import known_authorities

    if not file.is_file():
        raise Invalid({"file": f"There is no file {file}"})
    if file.stat().st_size > MAX_BYTES:
        raise Invalid({"file": f"The file is larger than {MAX_BYTES // 1024 // 1024} MB"})
    authorities = known_authorities(partnership.id)
    meanings = parse_mapping(mapping, authorities)
    chosen = {EVERY: prefer} if prefer else {}
    draft = draft_for(partnership, slug, file.read_bytes(), authorities, meanings, chosen)
    there = {plain(head.words) for table in draft.tables for head in table.heads}
    for head in meanings:
        if head not in there:
            raise Invalid({"map": f"The file has no column with the head “{head}”"})
    return draft


def _say(draft: PlanDraft, changes: PlanChanges, dry_run: bool) -> None:
    for table in draft.tables:
        understood = [
            f"“{' '.join(head.words.split())}” is {head.meaning.code}" for head in table.heads if head.meaning
        ]
        click.echo(f"{table.table}: {', '.join(understood)}")
    for remark in draft.remarks:
        click.echo(remark)
    for clash in draft.clashes:
        click.echo(f"{sentence_of(clash)}: the {clash.taken}’s stays")
    for name in draft.passed_over:
        click.echo(f"Passed over: {name}")
    for line in changes.lines:
        click.echo(shown(line))
    for line in changes.silent:
        click.echo(f"No longer in the file, and kept: {line.what} {line.label} ({line.aspect}): {short(line.old)}")
    counts = ", ".join(f"{changes.count(kind)} {kind}" for kind in Kind)
    if changes.is_nothing:
        click.echo("Nothing to do: the plan says what the file says")
    else:
        click.echo(f"{'Would change' if dry_run else 'Done'}: {counts}")


def shown(change: Change) -> str:
    """One change on one line."""
    aspect = f" ({change.aspect})" if change.aspect else ""
    head = f"{change.kind}: {change.what} {change.label}".strip() + aspect
    if change.kind is Kind.CHANGED:
        return f"{head}: “{short(change.old)}” becomes “{short(change.new)}”"
    return f"{head}: {short(change.new or change.old)}"


def short(words: str) -> str:
    """On one line, and no longer than a screen is wide."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def the_partnership(slug: str) -> Partnership:
    """Raises Invalid where there is none, or where the database is behind."""
    if db.pending_migrations():
        raise Invalid({"": "The database is behind: run strategy-tracker migrate first"})
    found = partnership_at(slug)
    if found is None:
        raise Invalid({"partnership": f"There is no partnership {slug}"})
    return found


def _authority(partnership: Partnership, slug: str) -> Authority:
    found = authority_at(partnership, slug)
    if found is None:
        raise Invalid({"authority": f"There is no authority {slug} in {partnership.slug}"})
    return found
