"""`strategy-tracker import ...` and `export ...`."""

import click


@click.group("import")
def import_group() -> None:
    """Bring in what others wrote."""


@click.group("export")
def export_group() -> None:
    """Give out what is kept here."""
