"""The verbs of a scoring scheme."""

import json
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.checks import LONGEST_NAME, Problems, checked_reason, checked_slug
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.schemes.checks import cleaned, problems_with
from strategy_tracker.risks.schemes.models import SchemeMapping, SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.plain import as_plain
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.schemes.retiring import require_in_use
from strategy_tracker.risks.schemes.rules import LevelMap, Scheme


def add_scheme(
    person: Acting,
    home: Partnership,
    authority: Authority | None = None,
    *,
    slug: str,
    name: str,
    shape: Scheme,
    form_key: str | None = None,
) -> ScoringScheme:
    """A scheme of the partnership, or of one authority, in its first version. Raises Forbidden, Invalid."""
    require(person, Permission.REGISTER_EDIT, authority or home)
    problems = Problems()
    columns = {
        "slug": checked_slug(problems, slug),
        "name": problems.line("name", "The scheme's name", name, longest=LONGEST_NAME),
    }
    shape = _checked(problems, shape)
    with history.writing(person, form_key):
        if ScoringScheme.get_or_none(ScoringScheme.partnership == home, ScoringScheme.slug == columns["slug"]):
            raise Invalid({"slug": f"There is a scheme with the address {columns['slug']} already"})
        scheme = ScoringScheme.create(partnership=home, authority=authority, **columns)
        _add_version(person, scheme, shape, "")
        history.record(person, home.id, "scheme added", scheme, version=1, after={**columns, **as_plain(shape)})
    return scheme


def change_scheme(
    person: Acting,
    scheme: ScoringScheme,
    version: int,
    *,
    name: str,
    shape: Scheme,
    reason: str,
    form_key: str | None = None,
) -> SchemeVersion:
    """A new version for the scores to come; those that were given keep theirs. Raises Conflict, Forbidden, Invalid.

    Of a retired scheme there are no scores to come.
    """
    require(person, Permission.REGISTER_EDIT, scheme)
    problems = Problems()
    name = problems.line("name", "The scheme's name", name, longest=LONGEST_NAME)
    shape = _checked(problems, shape)
    why = checked_reason(reason, "Say why the scheme changes: everybody who reads an old score finds it")
    with history.writing(person, form_key):
        require_in_use(scheme)
        before = current_version(scheme)
        save_versioned(scheme, version, name=name)
        added = _add_version(person, scheme, shape, why)
        data: dict[str, Any] = {"before": as_plain(before.shape), "after": {"name": name, **as_plain(shape)}}
        history.record(
            person, scheme.partnership_id, "scheme changed", scheme, version=scheme.version, reason=why, **data
        )
    return added


def map_levels(
    person: Acting, old: SchemeVersion, new: SchemeVersion, levels: LevelMap, *, form_key: str | None = None
) -> SchemeMapping:
    """How scores under `old` are proposed under `new` at their next review; the scores themselves stay as they are.

    Raises Forbidden, and Invalid for levels that one of them has not, for two that are never one register's, and where
    `new` is no longer in force.
    """
    require(person, Permission.REGISTER_EDIT, new.scheme)
    if not new.scheme.may_follow(old.scheme):
        raise Invalid({"": "Choose a version of a scheme of the same authority, or of the partnership"})
    for name in ("impact", "likelihood"):
        places, before, after = getattr(levels, name), getattr(old.shape, name), getattr(new.shape, name)
        if len(places) != len(before) or any(place is not None and not 0 <= place < len(after) for place in places):
            raise Invalid({name: "Choose a new level for each old one, or none"})
    with history.writing(person, form_key):
        require_in_use(new.scheme)
        require_in_force(new, current_version(new.scheme))
        row = SchemeMapping.create(
            old=old,
            new=new,
            impact=json.dumps(levels.impact),
            likelihood=json.dumps(levels.likelihood),
            person=person.id,
            recorded_at=clock.now(),
        )
        data = {"old": old.id, "new": new.id, "impact": levels.impact, "likelihood": levels.likelihood}
        history.record(person, new.scheme.partnership_id, "levels mapped", new.scheme, after=data)
    return row


def require_in_force(seen: SchemeVersion, now: SchemeVersion) -> None:
    """Raises Invalid where levels were chosen under another version than the one in force."""
    if seen.id != now.id:
        raise Invalid({"": now.words_for_change})


def _checked(problems: Problems, shape: Scheme) -> Scheme:
    shape = cleaned(shape)
    for field, words in problems_with(shape).items():
        problems.add(field, words)
    problems.raise_if_any()
    return shape


def _add_version(person: Acting, scheme: ScoringScheme, shape: Scheme, reason: str) -> SchemeVersion:
    return SchemeVersion.create(
        scheme=scheme,
        name=scheme.name,
        number=SchemeVersion.select().where(SchemeVersion.scheme == scheme).count() + 1,
        definition=json.dumps(as_plain(shape)),
        reason=reason,
        person=person.id,
        recorded_at=clock.now(),
    )
