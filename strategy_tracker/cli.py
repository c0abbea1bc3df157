"""The command line. Exit status: 0 done, 1 refused or found wrong (one line says what and where), 2 usage."""

import datetime as dt
import getpass
import os
import sys
from collections.abc import Callable
from functools import update_wrapper
from tempfile import TemporaryDirectory
from typing import Any

import click
from peewee import DatabaseError

from strategy_tracker import db
from strategy_tracker.access.matrix import as_table
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.queries import person_with_email
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Nation, Partnership
from strategy_tracker.authorities.queries import authority_at, partnership_at
from strategy_tracker.backups.commands import backup, restore
from strategy_tracker.config import BadSetting, Settings
from strategy_tracker.errors import DomainError, Invalid
from strategy_tracker.people import operations as people
from strategy_tracker.successions import operations as successions
from strategy_tracker.transfer.commands import export_group, import_group
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
        if db.pending_migrations():
            raise Invalid({"": "The database is behind: run strategy-tracker migrate first"})
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
@click.option("--no-worker", is_flag=True, expose_value=False, help="pages alone; so far there are no jobs to work on")
@click.option("--with-sample", is_flag=True, help="migrate first, and load the sample where the database is empty")
@click.pass_obj
def serve(settings: Settings, host: str, port: int | None, with_sample: bool) -> None:
    """Serve the pages until stopped."""
    from strategy_tracker import server

    server.refuse_taken(host, port or settings.port)
    if with_sample:
        _migrate()
        _load_sample(settings, if_empty=True)
    if db.pending_migrations():
        raise Invalid({"": "The database is behind: run strategy-tracker migrate first"})
    server.serve(settings, host, port or settings.port)


@main.command()
@migrated
def verify() -> None:
    """Check the history's hash chain and the database's integrity; status 1 and a line for each fault."""
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


@main.group()
def partnership() -> None:
    """Partnerships."""


@partnership.command("add")
@click.argument("slug")
@click.option("--name", required=True)
@migrated
def add_partnership(slug: str, name: str) -> None:
    """Add a partnership."""
    people.add_partnership(OPERATOR, slug, name)
    click.echo(f"Partnership {slug} added")


@main.group()
def authority() -> None:
    """Authorities."""


@authority.command("add")
@click.argument("slug")
@click.option("--name", required=True)
@click.option("--short", required=True, help="short name, such as TMBC")
@click.option("--partnership", "home", required=True, metavar="SLUG")
@click.option(
    "--nation", type=click.Choice([nation.value for nation in Nation]), default=Nation.ENGLAND.value, show_default=True
)
@migrated
def add_authority(slug: str, name: str, short: str, home: str, nation: str) -> None:
    """Add an authority to a partnership."""
    people.add_authority(OPERATOR, _partnership(home), slug, name, short, nation)
    click.echo(f"Authority {slug} added to {home}")


@authority.command("succeed")
@click.argument("slug", metavar="OLD")
@click.option("--by", "successor", required=True, metavar="NEW", help="short address of the authority that goes on")
@click.option("--partnership", "home", required=True, metavar="SLUG")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="its first day: today or earlier")
@click.option("--reason", help="stands in the versions of each agreed plan")
@click.option("--keep-people", is_flag=True, help="leave the roles of people where they are")
@migrated
def succeed_authority(
    slug: str, successor: str, home: str, on: dt.datetime, reason: str | None, keep_people: bool
) -> None:
    """Record that an authority is succeeded by another: its open shares and leads move, and what it said stays."""
    place = _partnership(home)
    old, new = _authority(slug, place), _authority(successor, place)
    stay = dict.fromkeys((one.id for one in successions.memberships_of(old)), None) if keep_people else {}
    words = reason or f"{old.name} is succeeded by {new.name}"
    choices = successions.Choices(new, people=stay)
    moved = successions.succeed(OPERATOR, old, old.version, choices, on=on.date(), reason=words)
    click.echo(
        f"{slug} is succeeded by {successor}: {moved.shares} shares, {moved.leads} leads, {moved.people} roles moved"
    )


@main.group()
def person() -> None:
    """People."""


@person.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--authority", "at", metavar="SLUG")
@click.option("--partnership", "home", metavar="SLUG")
@click.option("--password-stdin", is_flag=True, help="read the first password from standard input")
@migrated
def add_person(email: str, name: str, role: str, at: str | None, home: str | None, password_stdin: bool) -> None:
    """Add a person and a membership; somebody who is known already gets the membership alone."""
    place = _partnership(home) if home else None
    held_at = _authority(at, place) if at else None
    if held_at is not None:
        place = held_at.partnership
    password = _password() if password_stdin else None
    added = people.add_member(OPERATOR, place, held_at, Role(role), email=email, name=name, password=password)
    click.echo(f"{added.person.email} is now {role.replace('-', ' ')}{_where(place, held_at)}")
    if added.first_password:
        click.echo(f"First password, shown only now: {added.first_password}")


@person.command("password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="read the new password from standard input")
@migrated
def reset_password(email: str, password_stdin: bool) -> None:
    """Give somebody who forgot the password a new one; ends that person's sessions."""
    member = person_with_email(email)
    if member is None:
        raise Invalid({"email": f"There is nobody with the address {email}"})
    made = people.reset_password(OPERATOR, member, _password() if password_stdin else None)
    click.echo(f"{member.email} has a new password and must sign in again")
    if made:
        click.echo(f"New password, shown only now: {made}")


main.add_command(backup)
main.add_command(restore)
main.add_command(import_group, "import")
main.add_command(export_group, "export")


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _migrate() -> list[str]:
    applied = db.migrate()
    for name in applied:
        click.echo(f"applied {name}")
    return applied


def _load_sample(settings: Settings, if_empty: bool) -> None:
    from strategy_tracker.sample import loader

    if if_empty and (not settings.is_sample or (Partnership.select().exists() and not loader.is_loaded())):
        return
    if not settings.is_sample:
        raise Invalid({"": "The sample has a known password: it is only for a TRACKER_BASE_URL on this machine"})
    click.echo(loader.load())


def _partnership(slug: str) -> Partnership:
    found = partnership_at(slug)
    if found is None:
        raise Invalid({"partnership": f"There is no partnership {slug}"})
    return found


def _authority(slug: str, partnership: Partnership | None) -> Authority:
    if partnership is not None:
        found = authority_at(partnership, slug)
        if found is None:
            raise Invalid({"authority": f"There is no authority {slug} in {partnership.slug}"})
        return found
    matches = list(Authority.select().where(Authority.slug == slug))
    if len(matches) != 1:
        many = "Several partnerships have" if matches else "There is no"
        raise Invalid({"authority": f"{many} an authority {slug}: name the partnership with --partnership"})
    return matches[0]


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\r\n")


def _where(partnership: Partnership | None, authority: Authority | None) -> str:
    if authority is not None:
        return f" of {authority.name}"
    return f" in {partnership.name}" if partnership is not None else " of this installation"
