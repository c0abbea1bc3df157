"""`import risks` of the command line."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import click

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import load
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Register
from strategy_tracker.transfer.commands import DATE, in_one_line, short, the_partnership
from strategy_tracker.transfer.containers import MAX_BYTES
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.risks_in.check import LEAVES
from strategy_tracker.transfer.risks_in.drafts import Checked, RiskDraft, State
from strategy_tracker.transfer.risks_in.heads import Field, parse_mapping
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import RegisterFile, register_in


@click.command("risks")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--partnership", "home", required=True, metavar="SLUG")
@click.option("--register", "slug", required=True, metavar="SLUG", help="the register that takes the risks")
@click.option("--map", "mapping", multiple=True, metavar="HEAD=FIELD", help="what a column holds")
@click.option("--as-at", type=DATE, help="the day of scores whose day the file does not say; else the register's")
@click.option("--leave-existing", "leaves", is_flag=True, help="leave risks as they are that are there in other words")
@click.option("--dry-run", is_flag=True, help="say what would be added, and add nothing")
def import_risks_command(
    file: Path, home: str, slug: str, mapping: tuple[str, ...], as_at: dt.datetime | None, leaves: bool, dry_run: bool
) -> None:
    """Bring in a table of risks: Word, Excel, OpenDocument or CSV. Risks are added; none that is there is changed."""
    register = _register(the_partnership(home), slug)
    day = as_at.date() if as_at else None
    try:
        choices = Choices(parse_mapping(mapping), leaves, day)
        content = _read(file, choices.mapping)
        if dry_run:
            found = compared(OPERATOR, register, content, choices)
            if found.problems:
                raise Invalid(found.problems)
        else:
            found = import_risks(OPERATOR, register, content, choices, file.name)
    except Invalid as refused:
        raise in_one_line(_with_option(refused)) from refused
    _say(content, found, dry_run)


def _with_option(refused: Invalid) -> Invalid:
    """Names the option that answers a question of the page."""
    problems = dict(refused.problems)
    if LEAVES in problems:
        problems[LEAVES] += " (--leave-existing)"
    if "day" in problems:
        problems["--as-at"] = problems.pop("day")
    return Invalid(problems)


def _register(home: Partnership, slug: str) -> Register:
    if not Register.select().where(Register.partnership == home, Register.slug == slug).exists():
        raise Invalid({"register": f"There is no register {slug} in {home.slug}"})
    found: Register = load(
        OPERATOR, Register, (Register.partnership == home) & (Register.slug == slug), Permission.RISK_WRITE
    )
    return found


def _read(file: Path, mapping: Mapping[str, Field]) -> RegisterFile:
    if not file.is_file():
        raise Invalid({"file": f"There is no file {file}"})
    if file.stat().st_size > MAX_BYTES:
        raise Invalid({"file": f"The file is larger than {MAX_BYTES // 1024 // 1024} MB"})
    content = register_in(file.read_bytes(), mapping)
    there = {plain(head.words) for table in content.tables for head in table.heads}
    for head in mapping:
        if head not in there:
            raise Invalid({"map": f"The file has no column with the head “{head}”"})
    return content


def _say(file: RegisterFile, found: Checked, dry_run: bool) -> None:
    for table in file.tables:
        understood = [f"“{head.said}” is {head.field}" for head in table.heads if head.field]
        click.echo(f"{table.grid.name}: {', '.join(understood)}")
    for remark in file.remarks:
        click.echo(remark)
    for name in file.passed_over:
        click.echo(f"Passed over: {name}")
    for risk in found.risks:
        _say_risk(risk)
    if found.overdue:
        click.echo(f"look at: {found.overdue_words}")
    new, there = len(found.new), len(found.risks) - len(found.new)
    if not new:
        click.echo("Nothing to do: the register has every risk of the file")
    else:
        click.echo(f"{'Would add' if dry_run else 'Added'}: {new} risk{'s' * (new != 1)}; already there: {there}")


def _say_risk(risk: RiskDraft) -> None:
    if risk.state is not State.NEW:
        differs = f" ({', '.join(risk.differs)})" if risk.differs else ""
        click.echo(f"{risk.number}: {risk.state}{differs}")
        return
    score = risk.current
    words = f"{score.impact_words} by {score.likelihood_words} is {score.words}" if score else "not scored"
    owner = f"{risk.owner.name} ({risk.owner.kind})" if risk.owner.name else "nobody yet"
    new = "new opportunity" if risk.is_opportunity else "new"
    click.echo(f"{new}: {risk.number} {short(risk.event)}; {words}; {owner}")
    for said in risk.responses:
        click.echo(f"  {said.kind}: {short(said.text)}{f' ({said.details})' if said.details else ''}")
    for control in risk.controls:
        click.echo(f"  in place, {control.effectiveness}: {short(control.text)}")
    for warning in risk.warnings:
        click.echo(f"  look at: {short(warning)}")
