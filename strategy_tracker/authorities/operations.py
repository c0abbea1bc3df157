"""Partnerships and authorities: added by whoever runs the installation."""

from peewee import IntegrityError

from strategy_tracker import slugs
from strategy_tracker.authorities.models import Authority, Nation, Partnership
from strategy_tracker.db import transaction
from strategy_tracker.errors import Invalid
from strategy_tracker.text import one_line


def create_partnership(slug: str, name: str) -> Partnership:
    """Raises Invalid where the slug is bad or taken, or the name is empty or longer than 200 characters."""
    _check(slug, {"name": (name, 200)})
    try:
        with transaction():
            return Partnership.create(slug=slug, name=one_line(name))
    except IntegrityError:
        raise Invalid({"slug": f"There is a partnership {slug} already"}) from None


def create_authority(
    partnership: Partnership, slug: str, name: str, short_name: str, nation: str = Nation.ENGLAND
) -> Authority:
    """The next authority of a partnership. Raises Invalid where a name is bad or taken, or the nation unknown."""
    _check(slug, {"name": (name, 200), "short": (short_name, 20)})
    if nation not in list(Nation):
        raise Invalid({"nation": f"The nation must be one of {', '.join(Nation)}, not {nation!r}"})
    position = Authority.select().where(Authority.partnership == partnership).count() + 1
    try:
        with transaction():
            return Authority.create(
                partnership=partnership,
                slug=slug,
                name=one_line(name),
                short_name=one_line(short_name),
                nation=nation,
                position=position,
            )
    except IntegrityError:
        raise Invalid({"slug": f"{partnership.name} has an authority {slug} or {short_name} already"}) from None


def _check(slug: str, lines: dict[str, tuple[str, int]]) -> None:
    problems = {}
    wrong = slugs.problem_with(slug)
    if wrong:
        problems["slug"] = f"The short address {wrong}"
    for field, (value, longest) in lines.items():
        if not 0 < len(one_line(value)) <= longest:
            problems[field] = f"The {field} must have 1 to {longest} characters"
    if problems:
        raise Invalid(problems)
