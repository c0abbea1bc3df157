"""Search finds what one may see and gives no sign of the rest, in the same order on both databases."""

import datetime as dt

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.comments.operations import add_comment, correct_comment, withdraw_comment
from strategy_tracker.plans.milestones.operations import add_milestone
from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind
from strategy_tracker.search.kinds import KINDS
from strategy_tracker.search.results import ON_A_PAGE, search
from tests import builders
from tests.cast import CAST, partnership, person
from tests.evidence.making import a_file
from tests.risks.making import a_risk

CANARY = "Zymurgy"
DUE = Timescale.by(dt.date(2014, 3, 31), Precision.MONTH)


def text(pieces) -> str:
    return "".join(f"[{one.text}]" if one.is_match else one.text for one in pieces)


def labels(query: str, who: str = "officer", **more) -> list[tuple[str, str]]:
    return [(hit.kind, text(hit.label)) for hit in search(person(who), query, **more).hits]


def excerpts(query: str, who: str = "officer") -> list[str]:
    return [text(hit.excerpt) for hit in search(person(who), query).hits if hit.excerpt]


@pytest.fixture
def much(database):
    """One word in every kind of text of West Kent's plan."""
    plan = builders.a_plan("2013-14", title=f"{CANARY} plan", agreed=False, strategy=f"The {CANARY} strategy")
    objective = builders.an_objective(plan, f"Brew {CANARY}")
    timescale = Timescale(TimescaleKind.CONDITION, words=f"Subject to {CANARY}")
    action = builders.an_action(objective, f"Do {CANARY}", outcomes=[(f"Some {CANARY}", timescale)])
    add_milestone(person("lead"), action, builders.share(action, "tmbc"), text=f"Half {CANARY}", due=DUE)
    a_file(action, of="tmbc", title=f"Proof of {CANARY}")
    builders.agree(plan)
    builders.a_note(action, "tmbc", Status.DEFERRED, f"We did {CANARY}", reason=f"No {CANARY} came", by=person("lead"))
    plans.add_abbreviation(person("coordinator"), partnership(), short="ZY", meaning=CANARY)
    add_comment(person("officer"), action, text=f"Who does {CANARY}?")
    a_risk(event=f"No {CANARY}", shared=True)
    return action


def test_every_kind_is_found_in_its_order(much):
    assert labels("zymurgy") == [
        ("Plan", f"[{CANARY}] plan"),
        ("Objective", f"1 Brew [{CANARY}]"),
        ("Action", f"1.1 Do [{CANARY}]"),
        ("Outcome", f"1.1 Do {CANARY}"),
        ("Milestone", f"1.1 Do {CANARY}"),
        ("Evidence", f"1.1 Do {CANARY}"),
        ("Progress", f"1.1 Do {CANARY}"),
        ("Comment", f"1.1 Do {CANARY}"),
        ("Risk", f"Risk 1 No [{CANARY}]"),
        ("Glossary", "ZY"),
    ]
    assert f"We did [{CANARY}]" in excerpts("zymurgy")
    assert excerpts('"no zymurgy"') == [f"[No {CANARY}] came"]


@pytest.mark.parametrize("who", CAST)
def test_what_each_of_the_cast_may_not_see_is_not_counted(much, who):
    results = search(person(who), CANARY)
    kinds = {kind.name for kind, _ in results.counts}
    everything = {kind.name for kind in KINDS}
    here = CAST[who].partnership == "west-kent" and who != "provider"
    assert kinds == (everything - ({"comments"} if "viewer" in who else set()) if here else set())
    assert results.total == len(kinds) == len(results.hits)


@pytest.mark.parametrize("who", ["viewer", "partnership viewer", "provider", "outsider", "nobody", "administrator"])
def test_a_draft_is_not_there_for_those_who_may_not_read_it(database, who):
    assert labels("protocol", "officer") == [("Action", "1.1 Write a [protocol] with the county")]
    assert search(person(who), "protocol").total == 0
    assert search(person(who), '"house the young"').total == 0


def test_another_partnership_is_not_there_even_when_it_is_asked_for(database):
    assert [kind for kind, _ in labels("pump", "outsider")] == ["Progress"]
    assert search(person("coordinator"), "pump").total == 0
    assert search(person("coordinator"), "pump", home=partnership("east-fen").id).total == 0


def test_a_number_finds_the_action_before_what_stands_on_it(database):
    assert labels("1.2")[0] == ("Action", "[1.2] Keep a fund for small loans")
    assert [label for kind, label in labels("1.2") if kind == "Action"] == ["[1.2] Keep a fund for small loans"]
    assert labels("1.2 ten loans") == [("Outcome", "1.2 Keep a fund for small loans")]


def test_whose_and_which_action_help_to_find_a_report(database):
    assert excerpts("sdc vacant") == ["The post is [vacant]"]
    assert excerpts("tmbc vacant") == []
    assert excerpts("1.1 offices") == ["Advice is given at two [offices]. • 41 people came • 30 stayed"]


def test_only_the_report_that_counts_is_found(database):
    action = builders.action("2.1")
    first = builders.a_note(action, "sdc", text=f"First {CANARY}")
    assert len(excerpts(CANARY)) == 1
    plans.correct_progress(
        person("other officer"), first, status=Status.ON_TRACK, text="Put right", as_at=builders.AS_AT
    )
    assert excerpts(CANARY) == []
    builders.a_note(action, "twbc", text=f"Second {CANARY}", as_at=dt.date(2011, 3, 31))
    builders.a_note(action, "twbc", text="A later word", as_at=builders.AS_AT)
    assert excerpts(CANARY) == []
    builders.a_note(action, "twbc", text=f"Not yet {CANARY}", as_at=dt.date(2099, 1, 1))
    assert excerpts(CANARY) == []


def test_what_was_removed_or_withdrawn_or_corrected_away_is_gone(much):
    comment = add_comment(person("lead"), builders.action("1.2"), text="Quizzical")
    assert labels("quizzical")
    correct_comment(person("lead"), comment, 1, text="Quixotic")
    assert labels("quizzical") == []
    withdraw_comment(person("lead"), comment, 2)
    assert labels("quixotic") == []
    plans.remove(OPERATOR, much, much.version, change=builders.WHY)
    assert [kind for kind, _ in labels(CANARY)] == ["Plan", "Objective", "Risk", "Glossary"]


def test_more_words_in_the_label_and_more_often_come_first(database):
    plan = builders.a_plan("2013-14", agreed=False)
    objective = builders.an_objective(plan, "Boats")
    for words in ("A boat", "A boat and a boat", "A boat on a canal", "A canal boat boat"):
        builders.an_action(objective, words, outcomes=())
    found = [label for kind, label in labels("boat") if kind == "Action"]
    assert found == [
        "1.2 A [boat] and a [boat]",
        "1.4 A canal [boat] [boat]",
        "1.1 A [boat]",
        "1.3 A [boat] on a canal",
    ]


def test_pages_follow_one_another_without_gap_or_repeat(database):
    objective = builders.an_objective(builders.a_plan("2013-14", agreed=False), "Many")
    for number in range(ON_A_PAGE * 2 + 5):
        builders.an_action(objective, f"{CANARY} {number}", outcomes=())
    pages = [search(person("officer"), CANARY, page=number) for number in (1, 2, 3)]
    assert [len(one.hits) for one in pages] == [20, 20, 5]
    assert [(one.first, one.pages, one.total) for one in pages] == [(1, 3, 45), (21, 3, 45), (41, 3, 45)]
    addresses = [hit.address for one in pages for hit in one.hits]
    assert len(set(addresses)) == 45
    assert search(person("officer"), CANARY, page=10**6).hits == pages[2].hits
    assert search(person("officer"), CANARY, page=0).hits == pages[0].hits


def test_a_kind_may_be_asked_for_alone_and_one_without_results_is_passed_over(much):
    assert [kind for kind, _ in labels(CANARY, kind="progress")] == ["Progress"]
    assert len(labels(CANARY, kind="agreements")) == len(KINDS)
    assert len(labels(CANARY, "viewer", kind="comments")) == len(KINDS) - 1


def test_as_many_queries_for_much_as_for_nothing(much):
    somebody = person("officer")
    counts = []
    for query in ("nothing-of-the-kind", CANARY, "a"):
        with count_queries() as counter:
            search(somebody, query)
        counts.append(counter.count)
    assert counts[1] == counts[2] <= len(KINDS) + 4, "a risk has words of five kinds"
    assert counts[0] <= counts[1] + 1
