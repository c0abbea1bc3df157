"""`import` and `export` of the command line: cli.py adds both groups."""

import click


@click.group()
def import_group() -> None:
    """Bring a file in."""


@click.group()
def export_group() -> None:
    """Write a file."""
