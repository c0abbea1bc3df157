"""`partnership`, `authority` and `person` of the command line: cli.py adds them."""

import getpass
import sys

import click

from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.queries import person_with_email
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Nation, Partnership
from strategy_tracker.authorities.queries import authority_at, partnership_at
from strategy_tracker.errors import Invalid
from strategy_tracker.people import operations


@click.group()
def partnership() -> None:
    """Partnerships."""


@partnership.command("add")
@click.argument("slug")
@click.option("--name", required=True)
def add_partnership(slug: str, name: str) -> None:
    """Add a partnership."""
    db.require_migrated()
    operations.add_partnership(OPERATOR, slug, name)
    click.echo(f"Partnership {slug} added")


@click.group()
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
def add_authority(slug: str, name: str, short: str, home: str, nation: str) -> None:
    """Add an authority to a partnership."""
    operations.add_authority(OPERATOR, named_partnership(home), slug, name, short, nation)
    click.echo(f"Authority {slug} added to {home}")


@click.group()
def person() -> None:
    """People."""


@person.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--authority", "at", metavar="SLUG")
@click.option("--partnership", "home", metavar="SLUG")
@click.option("--password-stdin", is_flag=True, help="read the first password from standard input")
def add_person(email: str, name: str, role: str, at: str | None, home: str | None, password_stdin: bool) -> None:
    """Add a person and a membership; somebody who is known already gets the membership alone."""
    db.require_migrated()
    place = named_partnership(home) if home else None
    held_at = named_authority(at, place) if at else None
    if held_at is not None:
        place = held_at.partnership
    password = _password() if password_stdin else None
    added = operations.add_member(OPERATOR, place, held_at, Role(role), email=email, name=name, password=password)
    click.echo(f"{added.person.email} is now {role.replace('-', ' ')}{_where(place, held_at)}")
    if added.first_password:
        click.echo(f"First password, shown only now: {added.first_password}")


@person.command("password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="read the new password from standard input")
def reset_password(email: str, password_stdin: bool) -> None:
    """Give somebody who forgot the password a new one; ends that person's sessions."""
    db.require_migrated()
    member = person_with_email(email)
    if member is None:
        raise Invalid({"email": f"There is nobody with the address {email}"})
    made = operations.reset_password(OPERATOR, member, _password() if password_stdin else None)
    click.echo(f"{member.email} has a new password and must sign in again")
    if made:
        click.echo(f"New password, shown only now: {made}")


def named_partnership(slug: str) -> Partnership:
    """Raises Invalid where there is none, or the database is behind."""
    db.require_migrated()
    found = partnership_at(slug)
    if found is None:
        raise Invalid({"partnership": f"There is no partnership {slug}"})
    return found


def named_authority(slug: str, partnership: Partnership | None) -> Authority:
    """In a partnership, or in the only one that has such an authority. Raises Invalid."""
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
