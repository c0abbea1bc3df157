"""`authority succeed` of the command line: cli.py adds it."""

import datetime as dt

import click

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.people.commands import named_authority, named_partnership
from strategy_tracker.successions import operations


@click.command()
@click.argument("slug", metavar="OLD")
@click.option("--by", "successor", required=True, metavar="NEW", help="short address of the authority that goes on")
@click.option("--partnership", "home", required=True, metavar="SLUG")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="its first day: today or earlier")
@click.option("--reason", help="stands in the versions of each agreed plan")
@click.option("--keep-people", is_flag=True, help="leave the roles of people where they are")
def succeed(slug: str, successor: str, home: str, on: dt.datetime, reason: str | None, keep_people: bool) -> None:
    """Record that an authority is succeeded by another: its open shares and leads move, and what it said stays."""
    place = named_partnership(home)
    old, new = named_authority(slug, place), named_authority(successor, place)
    stay = dict.fromkeys((one.id for one in operations.memberships_of(old)), None) if keep_people else {}
    words = reason or f"{old.name} is succeeded by {new.name}"
    choices = operations.Choices(new, people=stay)
    moved = operations.succeed(OPERATOR, old, old.version, choices, on=on.date(), reason=words)
    click.echo(
        f"{slug} is succeeded by {successor}: {moved.shares} shares, {moved.leads} leads, {moved.people} roles moved"
    )
    if moved.registers:
        click.echo(f"{operations.counted(moved.registers)} under {successor}")
