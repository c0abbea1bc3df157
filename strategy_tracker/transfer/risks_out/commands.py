"""`export risks` of the command line; cli.py adds it."""

import datetime as dt
from pathlib import Path

import click

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import load
from strategy_tracker.config import Settings
from strategy_tracker.errors import Invalid, NotFound
from strategy_tracker.risks.models import Register
from strategy_tracker.transfer.commands import DATE, the_partnership, write_whole
from strategy_tracker.transfer.risks_out.files import KINDS, register_file


@click.command("risks")
@click.argument("slug", required=False)
@click.option("--partnership", "home", required=True, metavar="SLUG")
@click.option("--register", "also", metavar="SLUG", help="the same as SLUG")
@click.option("--format", "form", required=True, type=click.Choice(list(KINDS)))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as-at", type=DATE, help="with the risks, words and scores of that day")
def export_risks(
    slug: str | None, home: str, also: str | None, form: str, output: Path, as_at: dt.datetime | None
) -> None:
    """The risk register SLUG with all of its open risks, private ones as well."""
    slugs = {name for name in (slug, also) if name}
    if len(slugs) != 1:
        raise click.UsageError("Name one register: export risks SLUG")
    slug = slugs.pop()
    partnership = the_partnership(home)
    try:
        register = load(
            OPERATOR,
            Register,
            (Register.partnership == partnership) & (Register.slug == slug),
            Permission.REGISTER_READ,
        )
    except NotFound:
        raise Invalid({"register": f"There is no register {slug} in {home}"}) from None
    settings = click.get_current_context().ensure_object(Settings)
    on = as_at.date() if as_at else None
    if on is not None and on > register.day:
        last = clock.long_date(register.day)
        raise Invalid({"as_at": f"--as-at {on} is still to come: {slug} is known as at {last} and earlier days alone"})
    write_whole(output, register_file(form, OPERATOR, register, base_url=settings.base_url, on=on))
    click.echo(f"{output} written")
