"""The plan as JSON: out, in again, in part, and refused where it is not in the form."""

import datetime as dt
import json
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Precision, Status, Timescale
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.text import normalise
from strategy_tracker.transfer import operations
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.drafting import draft_of_file
from strategy_tracker.transfer.plan_json import plan_as_json
from tests import builders
from tests.cast import partnership
from tests.transfer.files import AUTHORITIES
from tests.transfer.importing import SLUG, bring_in, exported, the_plan

needs_database = pytest.mark.usefixtures("database")


@needs_database
def test_json_gives_the_same_plan_again() -> None:
    bring_in()
    bring_in(choices=Choices(progress_of="sdc"))
    first = exported()
    draft = draft_of_file(plan_as_json(the_plan()), AUTHORITIES, {})
    assert operations.import_plan(OPERATOR, partnership(), SLUG, draft).is_nothing
    operations.import_plan(OPERATOR, partnership(), "copy", draft)
    copy = json.loads(plan_as_json(Plan.get(Plan.slug == "copy")))
    assert {name: copy[name] for name in first} == first


@needs_database
def test_an_edited_copy_brings_exactly_the_edits() -> None:
    bring_in()
    edited = json.loads(plan_as_json(the_plan()))
    edited["title"] = "The plan under a new title"
    edited["objectives"][1]["actions"][1]["shares"][0]["owner"] = {"kind": "team", "name": "Grants team"}
    edited["objectives"][1]["actions"][1]["outcomes"][0]["timescale"] = {
        "kind": "recurring",
        "date": None,
        "precision": "",
        "words": "every quarter",
    }
    changes = operations.import_plan(
        OPERATOR, partnership(), SLUG, draft_of_file(json.dumps(edited).encode(), AUTHORITIES, {})
    )
    assert [(line.what, line.aspect, line.new) for line in changes.lines] == [
        ("plan", "title", "The plan under a new title"),
        ("action", "owner in SDC", "Grants team (team)"),
        ("outcome", "timescale", "Every quarter"),
    ]
    assert json.loads(plan_as_json(the_plan()))["objectives"] == edited["objectives"]


@needs_database
def test_json_of_one_authority_as_at_a_date() -> None:
    bring_in()
    bring_in(choices=Choices(progress_of="sdc"))
    extract = json.loads(plan_as_json(the_plan(), authority="sdc", as_at=dt.date(2024, 9, 30)))
    said = [
        note["authority"]
        for objective in extract["objectives"]
        for entry in objective["actions"]
        for outcome in entry["outcomes"]
        for note in outcome["progress"]
    ]
    assert said == ["sdc"] * 4
    earlier = json.loads(plan_as_json(the_plan(), as_at=dt.date(2024, 9, 29)))
    assert not any(
        outcome["progress"]
        for objective in earlier["objectives"]
        for entry in objective["actions"]
        for outcome in entry["outcomes"]
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "no JSON"),
        (b"{" * 100_000, "no JSON"),
        (b'{"objectives": 1}', "objectives must be a list"),
        (b'{"objectives": [3]}', "objectives[0] must be an object"),
        (b'{"objectives": [{"number": true}]}', "objectives[0].number must be text"),
        (b'{"period": {"from": "soon"}}', "period.from must be a date"),
        (
            b'{"objectives": [{"actions": [{"outcomes": [{"progress": [{"status": "fine"}]}]}]}]}',
            "objectives[0].actions[0].outcomes[0].progress[0].status",
        ),
    ],
)
def test_json_that_is_not_in_the_form_is_refused_at_its_place(content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        draft_of_file(content, AUTHORITIES, {})
    assert words in " ".join(refused.value.problems.values())


words = st.text(alphabet=st.sampled_from("abcŵ£€ –•=+\n\"'<&1.مש"), max_size=30).map(normalise)
some_words = words.filter(bool)
slugs = st.sampled_from(["sdc", "tmbc", "twbc", "kcc"])
owners = st.one_of(
    st.none(), st.fixed_dictionaries({"kind": st.sampled_from(["post", "person", "team"]), "name": st.just("Housing")})
)
timescales = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {
            "kind": st.just("date"),
            "date": st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)).map(dt.date.isoformat),
            "precision": st.sampled_from(["day", "month", "quarter", "year"]),
            "words": st.sampled_from(["", "by then"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["condition", "recurring"]),
            "date": st.none(),
            "precision": st.just(""),
            "words": st.just("as agreed"),
        }
    ),
)


@st.composite
def outcomes(draw: st.DrawFn, of: list[str]) -> dict[str, Any]:
    dates = draw(st.lists(st.sampled_from(["2024-06-30", "2024-09-30"]), unique=True, max_size=2).map(sorted))
    progress = [
        {
            "authority": slug,
            "as_at": as_at,
            "status": draw(st.one_of(st.none(), st.sampled_from([status.value for status in Status]))),
            "text": draw(some_words),
            "reason": "Agreed by the board",
        }
        for slug in of
        for as_at in dates
    ]
    return {"text": draw(words), "lead": draw(st.none() | slugs), "timescale": draw(timescales), "progress": progress}


@st.composite
def objectives(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        actions = []
        for place in range(1, draw(st.integers(0, 3)) + 1):
            of = [slug for slug in ("sdc", "tmbc", "twbc", "kcc") if draw(st.booleans())] or ["tmbc"]
            actions.append(
                {
                    "number": f"{number}.{place}",
                    "text": draw(some_words),
                    "lead": draw(st.none() | slugs),
                    "owner": draw(owners),
                    "shares": [{"authority": slug, "owner": draw(owners)} for slug in of],
                    "outcomes": draw(st.lists(outcomes(of), max_size=2)),
                }
            )
        title = f"{draw(some_words)} {number}"
        found.append({"number": number, "title": title, "lead": draw(st.none() | slugs), "actions": actions})
    return found


@needs_database
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(objectives())
def test_any_plan_goes_in_and_comes_out_the_same(given_objectives: list[dict[str, Any]]) -> None:
    given_plan = {
        "title": "Plan",
        "strategy": "Strategy",
        "period": {"from": "2024-04-01", "to": "2025-03-31"},
        "objectives": given_objectives,
    }
    draft = draft_of_file(json.dumps(given_plan).encode(), AUTHORITIES, {})
    slug = f"plan-{uuid.uuid4().hex[:8]}"
    operations.import_plan(OPERATOR, partnership(), slug, draft)
    content = plan_as_json(Plan.get(Plan.slug == slug))
    assert json.loads(content)["objectives"] == given_objectives
    again = draft_of_file(content, AUTHORITIES, {})
    assert operations.import_plan(OPERATOR, partnership(), slug, again).is_nothing


@needs_database
def test_json_tells_how_timescales_changed() -> None:
    action = builders.action("1.1")
    outcome = builders.outcomes(action)[0]
    later = Timescale.by(dt.date(2010, 12, 31), Precision.MONTH)
    change = Change("The post is vacant", on=dt.date(2010, 8, 1))
    plans.edit_outcome(OPERATOR, outcome, outcome.version, text=outcome.text, timescale=later, lead=None, change=change)
    (told,) = json.loads(plan_as_json(builders.plan()))["timescale_changes"]
    assert (told["action"], told["outcome"], told["on"], told["reason"]) == (
        "1.1",
        1,
        "2010-08-01",
        "The post is vacant",
    )
    assert (told["before"]["date"], told["after"]["date"], told["after"]["precision"]) == (
        "2010-07-30",
        "2010-12-31",
        "month",
    )
    assert json.loads(plan_as_json(builders.plan(), as_at=dt.date(2010, 7, 31)))["timescale_changes"] == []
    assert json.loads(plan_as_json(builders.plan(), authority="kcc"))["timescale_changes"] == []
