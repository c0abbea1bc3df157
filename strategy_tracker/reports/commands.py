"""`export report` of the command line; cli.py adds it."""

from pathlib import Path

import click

from strategy_tracker import db
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import load
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Invalid, NotFound
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.rules import Audience
from strategy_tracker.transfer.commands import write_whole


@click.command("report")
@click.argument("slug")
@click.option("--partnership", "home", required=True, metavar="SLUG")
@click.option("--format", "form", required=True, type=click.Choice(["pdf", "json"]))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--audience",
    type=click.Choice([one.value for one in Audience]),
    help="full, unless --authority asks for its extract",
)
@click.option("--authority", metavar="SLUG", help="whose extract")
def export_report(slug: str, home: str, form: str, output: Path, audience: str | None, authority: str | None) -> None:
    """A report for one of its audiences; what is published comes out as it was published."""
    from strategy_tracker.reports.reading import Asked, reading

    if db.pending_migrations():
        raise Invalid({"": "The database is behind: run strategy-tracker migrate first"})
    wanted = audience or (Audience.EXTRACT.value if authority else Audience.FULL.value)
    try:
        report = load(OPERATOR, Report, Report.slug == slug, Permission.REPORT_READ, Partnership.slug == home)
    except NotFound:
        raise Invalid({"report": f"There is no report {slug} in {home}"}) from None
    try:
        found = reading(OPERATOR, report, Asked(wanted, authority or ""))
    except NotFound:
        whose = f" of {authority}" if authority else ""
        raise Invalid({"audience": f"The report {slug} was not made for this audience: {wanted}{whose}"}) from None
    write_whole(output, found.pdf() if form == "pdf" else found.content.encode())
    click.echo(f"{output} written")
