"""Every column name posted to every form beside its own fields: what the form does not ask for does not change."""

from typing import Any

import pytest

from strategy_tracker import db, schema
from strategy_tracker.web.access import PUBLIC, declared
from tests import builders
from tests.access.test_matrix import address_values, family
from tests.cast import authority, partnership, person
from tests.visitor import Visitor, standing_values

OWN = {"csrf_token", "form_key", "keep", "way", "seen", "again", "current", "new", "password"}
ENDS = ("remove", "end", "closure", "password", "agreement")
"""What ends something is tried when nothing else needs it any more, the inner parts first."""
MEANT = {"plans.close_plan": {"state"}}


def sentinels() -> dict[str, Any]:
    """A value for every column of every table, which no honest row of West Kent's has."""
    values = {column.column_name: "meddled" for model in schema.MODELS for column in model._meta.sorted_fields}
    numbers = ("id", "position", "edition", "sequence")
    dates = {name: "1999-09-09" for name in values if name.endswith(("_on", "_at", "_from", "_to"))}
    foreign = {
        "partnership_id": partnership("east-fen").id,
        "authority_id": authority("marsh").id,
        "lead_id": authority("marsh").id,
        "person_id": person("outsider").id,
        "role": "administrator",
        "state": "closed",
        "as_at": "1999-09-09",
    }
    return values | dict.fromkeys(numbers, 777_777) | dates | foreign


def snapshot() -> dict[str, dict[int, dict[str, Any]]]:
    tables = {}
    for model in schema.MODELS:
        tables[model._meta.table_name] = (
            {row["id"]: row for row in model.select().dicts()} if hasattr(model, "id") else {}
        )
    return tables


def meddled(before: Any, after: Any, values: dict[str, Any], asked: set[str]) -> list[str]:
    """The columns of new and changed rows that hold what was posted beside the form's own fields."""
    columns = {
        model._meta.table_name: {field.name: field.column_name for field in model._meta.sorted_fields}
        for model in schema.MODELS
    }
    return [
        f"{table}.{name} = {value!r}"
        for table, rows in after.items()
        for number, row in rows.items()
        for name, value in row.items()
        if before[table].get(number, {}).get(name) != value
        and not {name, columns[table][name]} & asked
        and str(value).startswith(str(values[columns[table][name]]))
    ]


def forms(app, found: dict[str, Any]) -> list[tuple[str, str]]:
    """Every (endpoint, address) that takes a post from somebody signed in."""
    posts = []
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and declared(app, rule.endpoint) != PUBLIC and "upload" not in rule.arguments:
            with app.test_request_context():
                values = address_values(sorted(rule.arguments), found)
                posts.append((rule.endpoint, app.url_map.bind("127.0.0.1").build(rule.endpoint, values)))
    return sorted(posts, key=lambda post: (post[1].endswith(ENDS), -post[1].count("/")))


@pytest.mark.parametrize("who", ["coordinator", "officer"])
def test_what_a_form_does_not_ask_for_does_not_change(app, who):
    app.config["WTF_CSRF_ENABLED"] = False
    found = family(builders.action("1.1", "2011-12"), "tmbc", "third officer")
    visitor = Visitor(app, check=False).sign_in(who)
    values, wrong, saved = sentinels(), [], []
    names = {name.removesuffix("_id"): value for name, value in values.items()}
    for endpoint, address in forms(app, found):
        shown = visitor.client.get(address)
        own = (
            own_fields(visitor, address) if b'method="post" novalidate' in shown.data else {"version": "1", "way": "up"}
        )
        before = snapshot()
        status = visitor.client.post(address, data=names | values | own).status_code
        db.database.connect(reuse_if_open=True)
        after = snapshot()
        asked = {name.split("-")[0] for name in own} | OWN | MEANT.get(endpoint, set())
        wrong += [f"{endpoint}: {one}" for one in meddled(before, after, values, asked)]
        assert status < 500, endpoint
        saved += [endpoint] if before["event"] != after["event"] else []
    assert not wrong, "\n".join(wrong)
    assert len(saved) >= (15 if who == "coordinator" else 2), saved


def own_fields(visitor: Visitor, address: str) -> dict[str, Any]:
    """What a person would send who filled in every box of the page's form."""
    form = visitor.get(address).form(action=address)
    filled = standing_values(form)
    for name, value in filled.items():
        if not value and name in ("text", "title", "short", "meaning", "name"):
            filled[name] = f"Words of {address}"[-38:]
    if "slug" in filled:
        filled |= {"slug": "2031-32", "period_from": ["1", "7", "2031"], "period_to": ["30", "6", "2032"]}
    if "email" in filled:
        filled |= {"email": "new@tmbc.example", "role": form.findall(".//option")[1].attrib["value"]}
    if "status" in filled:
        filled["status"] = "on track"
    return filled
