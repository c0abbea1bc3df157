"""`backup` and `restore` of the command line: cli.py adds both."""

from pathlib import Path

import click

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write the whole installation to one file, while people go on working.

    Settings, and with them the secret key, are not in it: keep them in another safe place.
    """
    from strategy_tracker.backups import operations

    made = operations.backup(file)
    click.echo(f"{file} written: {made.rows} rows in {len(made.counts)} tables, SHA-256 of the dump {made.sha256}")
    click.echo(f"Not in it: {made.left_out}")


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="put it in the place of what is in the database now")
@click.option("--despite-faults", is_flag=True, help="take it although verify finds fault with its contents")
def restore(file: Path, replace: bool, despite_faults: bool) -> None:
    """Go back to a backup: all of it, checked and brought to the current schema, or nothing."""
    from strategy_tracker.backups import operations

    taken = operations.restore(file, replace=replace, despite_faults=despite_faults)
    click.echo(f"{file} restored: {taken.rows} rows in {len(taken.counts)} tables, as at {taken.made_at}")
    click.echo("Everybody must sign in again")
