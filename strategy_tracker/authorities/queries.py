"""Finding partnerships and authorities."""

from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.slugs import problem_with


def authorities_of(partnership_id: int) -> list[Authority]:
    """The partners of a partnership, in their order."""
    return list(
        Authority.select().where(Authority.partnership == partnership_id).order_by(Authority.position, Authority.id)
    )


def partnership_at(slug: str) -> Partnership | None:
    return Partnership.get_or_none(Partnership.slug == slug)


def authority_at(partnership: Partnership, slug: str) -> Authority | None:
    """None also for what can be nobody's short address, which a database might refuse to look for."""
    if problem_with(slug):
        return None
    return Authority.get_or_none(Authority.partnership == partnership, Authority.slug == slug)
