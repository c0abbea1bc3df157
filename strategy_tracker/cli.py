"""The command line. Exit status: 0 done, 1 refused or found wrong (one line says what and where), 2 usage."""

import os
import sys
from collections.abc import Callable
from functools import partial, update_wrapper
from tempfile import TemporaryDirectory
from typing import Any

import click
from peewee import DatabaseError

from strategy_tracker import db
from strategy_tracker.access.matrix import as_table
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.backups.commands import backup, restore
from strategy_tracker.config import BadSetting, Settings
from strategy_tracker.errors import DomainError, Invalid
from strategy_tracker.people.commands import authority, partnership, person
from strategy_tracker.reports.commands import export_report
from strategy_tracker.successions.commands import succeed
from strategy_tracker.transfer.commands import export_group, import_group
from strategy_tracker.transfer.risks_in.commands import import_risks_command
from strategy_tracker.transfer.risks_out.commands import export_risks
from strategy_tracker.verification import faults


class Refusing(click.Group):
    """A group whose commands end with one line and status 1 where the product refuses."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except BadSetting as error:
            self._refuse(str(error))
        except Invalid as error:
            self._refuse("; ".join(error.problems.values()))
        except DomainError as error:
            self._refuse(str(error) or type(error).__name__)
        except BrokenPipeError:
            raise
        except db.AWAY as error:
            self._refuse(f"The database that TRACKER_DATABASE_URL names cannot be used: {_line(error)}")
        except (DatabaseError, OSError) as error:
            self._refuse(_line(error))

    @staticmethod
    def _refuse(line: str) -> None:
        click.echo(line, err=True)
        sys.exit(1)


@click.group(cls=Refusing)
@click.pass_context
def main(context: click.Context) -> None:
    """Strategy Tracker: shared action plans that every authority keeps its own part of."""
    settings = Settings.from_environment(os.environ)
    context.obj = settings
    database = db.use(settings.database_url)
    context.call_on_close(lambda: db.let_go(database))


def migrated(command: Callable[..., Any]) -> Callable[..., Any]:
    """For commands that need today's schema; they refuse to work on another."""

    def checked(*args: Any, **kwargs: Any) -> Any:
        db.require_migrated()
        return command(*args, **kwargs)

    return update_wrapper(checked, command)


@main.command()
def migrate() -> None:
    """Bring the database to the current schema."""
    if not _migrate():
        click.echo("The database is up to date")


@main.command()
@click.option("--if-empty", is_flag=True, help="only where there is no partnership yet")
@migrated
@click.pass_obj
def sample(settings: Settings, if_empty: bool) -> None:
    """Load the sample partnership; a second run changes nothing.

    Its password is known to all, so it is refused where others can reach the address.
    """
    _load_sample(settings, if_empty)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), help="instead of TRACKER_PORT")
@click.option("--no-worker", is_flag=True, help="pages alone: jobs wait for a worker elsewhere")
@click.option("--with-sample", is_flag=True, help="migrate first, and load the sample where the database is empty")
@click.pass_obj
def serve(settings: Settings, host: str, port: int | None, no_worker: bool, with_sample: bool) -> None:
    """Serve the pages until stopped, with a job worker beside them."""
    from strategy_tracker import server

    if port is not None:
        # The job worker beside it is told by this too, for the addresses in its mails.
        os.environ["TRACKER_PORT"] = str(port)
        settings = Settings.from_environment(os.environ)
    server.refuse_taken(host, settings.port)
    if with_sample:
        _migrate()
        _load_sample(settings, if_empty=True)
    db.require_migrated()
    server.serve(settings, host, settings.port, with_worker=not no_worker)


@main.command()
@click.option("--beside", type=int, hidden=True, help="the process of the web server, with which it ends")
@click.pass_obj
def work(settings: Settings, beside: int | None) -> None:
    """Work on jobs until stopped: mails, documents, and what is due. As many workers as you like, on any machine."""
    from strategy_tracker import work as worker

    if beside is None:
        db.require_migrated()
        click.echo("Working on jobs. Stop with Ctrl+C")
    worker.work(settings, beside)


@main.command()
@migrated
def verify() -> None:
    """Check the history's hash chain, published reports and the database; status 1 and a line for each fault."""
    found = list(faults())
    for line in found:
        click.echo(line, err=True)
    if found:
        sys.exit(1)
    click.echo("History and database are whole")


@main.command()
def permissions() -> None:
    """Print role by permission as a table."""
    click.echo(as_table())


@main.command("check-schema", hidden=True)
def check_schema() -> None:
    """Whether migrations and models agree: on a new database of its own."""
    from strategy_tracker.schema import difference

    with TemporaryDirectory() as folder:
        database = db.use(f"sqlite:///{folder}/check.db")
        db.migrate()
        found = difference()
        db.let_go(database)
    if found:
        raise Invalid({"": f"Migrations and models differ: {found}"})
    click.echo("Migrations and models agree")


main.add_command(backup)
main.add_command(restore)
main.add_command(import_group, "import")
import_group.add_command(import_risks_command)
main.add_command(export_group, "export")
export_group.add_command(export_report)
export_group.add_command(export_risks)
authority.add_command(succeed)
for group in (partnership, authority, person):
    main.add_command(group)


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _migrate() -> list[str]:
    applied = db.migrate()
    for name in applied:
        click.echo(f"applied {name}")
    return applied


def _load_sample(settings: Settings, if_empty: bool) -> None:
    from strategy_tracker import documents
    from strategy_tracker.sample import loader

    if if_empty and (not settings.is_sample or (Partnership.select().exists() and not loader.is_loaded())):
        return
    if not settings.is_sample:
        raise Invalid({"": "The sample has a known password: it is only for a TRACKER_BASE_URL on this machine"})
    render = partial(documents.pdf, folder=settings.data_dir / "documents")
    click.echo(loader.load(settings.data_dir / "outbox", settings.base_url, render))
