"""Every page that can be fetched, by the routes that are there: a new one is taken up by itself."""

from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import allows
from strategy_tracker.web.access import SIGNED_IN, declared
from tests.access.test_matrix import KINDS, address_values, family, place_of
from tests.cast import person

NOT_PAGES = (
    "static",
    "health.live",
    "health.ready",
    "accounts.sign_in",
    "evidence.download",
    "material.paper_file",
    "reports.public_page",
)
FILES = (".pdf", ".json", ".xlsx", ".ods", ".csv", ".docx", ".ics")


def reading(app: Flask, action: Any, slug: str, member: str, *, for_its_lead: bool = False) -> dict[str, str]:
    """The address of every GET route by its endpoint, for an authority's part of an action; files are left out.

    So is what an authority's people may do and the coordinator may not, unless it is asked for with `for_its_lead`:
    that alone is what comes then.
    """
    found = family(action, slug, member)
    bound = app.url_map.bind("127.0.0.1")
    addresses = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in NOT_PAGES or rule.rule.endswith(FILES):
            continue
        if is_the_coordinators(app, rule, found) is for_its_lead:
            continue
        with app.test_request_context():
            addresses[rule.endpoint] = bound.build(rule.endpoint, address_values(sorted(rule.arguments), found))
    return addresses


def is_the_coordinators(app: Flask, rule: Rule, found: dict[str, Any]) -> bool:
    """Whether the coordinator may do there what the route is for."""
    need, kinds = declared(app, rule.endpoint), [kind for kind in KINDS if kind in rule.arguments]
    if not isinstance(need, Permission) or not kinds:
        return True
    return allows(person("coordinator"), need, place_of(found[kinds[0]], found))


def is_private(app: Flask, endpoint: str) -> bool:
    """Whether one must be signed in to read it."""
    need = declared(app, endpoint)
    return isinstance(need, Permission) or need == SIGNED_IN
