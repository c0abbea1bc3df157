"""From a file to its risks: which tables are taken, and what is wrong with the place where it stands."""

import datetime as dt
from collections.abc import Sequence

import pytest

from strategy_tracker.errors import Invalid
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.rules import ResponseKind, ScoreKind
from strategy_tracker.transfer.risks_in.check import MOST_NEW, checked
from strategy_tracker.transfer.risks_in.drafts import Checked, Kept, ResponseDraft, RiskDraft, ScoreDraft, State
from strategy_tracker.transfer.risks_in.heads import parse_mapping
from strategy_tracker.transfer.risks_in.reading import RegisterFile, register_in
from tests.risks.making import five_by_five, four_by_six
from tests.risks_in.files import BELOW, FILES, HEADS, ROWS, VALUES, Rows, csv_file, excel_file, merged_down, word_file

DAY = dt.date(2014, 10, 1)
PLAIN = ("Id", "Description", "Impact", "Likelihood", "Responses", "Owner")


def found_in(content: bytes, *pairs: str, **options: object) -> Checked:
    kept = options.pop("kept", {})
    return checked(register_in(content, parse_mapping(pairs)), four_by_six(), kept, day=DAY, **options)


def problems(rows: Rows, heads: Sequence[str] = PLAIN, *pairs: str) -> dict[str, str]:
    return found_in(excel_file(rows, heads), *pairs).problems


def first(rows: Rows, heads: Sequence[str] = PLAIN) -> RiskDraft:
    found = found_in(csv_file(rows, heads))
    assert found.problems == {}
    return found.risks[0]


def row(**changes: str) -> tuple[str, ...]:
    said = {"number": "1", "event": "Grants stop", "impact": "3", "likelihood": "4", "responses": "Treat: ask"}
    return tuple((said | {"owner": "Manager"} | changes).values())


@pytest.mark.parametrize("name", FILES)
def test_the_same_seven_risks_come_out_of_every_kind_of_file(name):
    found = found_in(FILES[name]())
    assert found.problems == {}
    assert [int(risk.current.words.split()[0]) for risk in found.risks] == list(VALUES)
    assert [(risk.number, risk.event) for risk in found.risks] == [(int(each[0]), each[1]) for each in ROWS]
    assert [len(risk.responses) for risk in found.risks] == [2, 2, 1, 2, 2, 1, 1]
    one, five = found.risks[0], found.risks[4]
    assert [(each.kind, each.text) for each in one.responses] == [
        (ResponseKind.TOLERATE, "as far as our own means allow"),
        (ResponseKind.TREAT, "look for other grants with our partners"),
    ]
    assert (one.owner.kind, one.owner.name, one.warnings) == ("post", "Manager", ())
    assert five.owner.name == "CLT?"
    assert five.warnings == ("the owner is not settled: the file says “CLT?”",)


def test_other_tables_are_passed_over_by_name():
    assert register_in(word_file()).passed_over == (
        "Table 1 (Action; Owner; By when)",
        "Table 3 (Scoring the risk)",
    )
    assert register_in(excel_file()).passed_over == ("Key (Scoring the risk)",)


def test_columns_are_found_in_any_order_and_in_other_words():
    heads = ("Risk owner", "Probability", "Mitigating actions", "Ref", "Severity", "Risk description")
    risk = first([("Manager", "4 Significant", "Treat - ask", "R7", "critical", "Grants stop")], heads)
    assert (risk.number, risk.event, risk.current.words) == (7, "Grants stop", "12 High")
    assert risk.warnings == ("“R7” becomes number 7",)


def test_everything_that_a_register_may_say_is_taken():
    heads = (*PLAIN, "Cause", "Effect", "Category", "Score", "Gross impact", "Gross likelihood", "Target impact")
    heads += ("Target likelihood", "Target date", "Last reviewed", "Next review")
    more = ("No money", "Fewer homes", "money", "12", "4", "4", "2", "2", "March 2015", "1/9/2014", "Monthly")
    risk = first([(*row(), *more)], heads)
    assert (risk.cause, risk.effect, risk.category) == ("No money", "Fewer homes", "Money")
    assert {score.kind: score.words for score in risk.scores} == {
        ScoreKind.CURRENT: "12 High",
        ScoreKind.INHERENT: "16 Very high",
        ScoreKind.TARGET: "4 Low",
    }
    assert (risk.responses[0].due_on, risk.reviewed_on, risk.review_months) == (
        dt.date(2015, 3, 31),
        dt.date(2014, 9, 1),
        1,
    )
    assert risk.warnings == ()


def test_heads_over_groups_of_columns_are_read_with_them():
    heads = ("Id", "Description", "Inherent risk", "", "Current risk", "", "Owner")
    rows = [("", "", "Impact", "Likelihood", "Impact", "Likelihood", "")]
    unclear = found_in(csv_file([*rows, ("1", "Grants stop", "4", "4", "3", "4", "Manager")], heads))
    assert "both seem to be Likelihood" in str(unclear.problems)
    filled = ("Id", "Description", "Inherent risk", "Inherent risk", "Current risk", "Current risk", "Owner")
    risk = first([*rows, ("1", "Grants stop", "4", "4", "3", "4", "Manager")], filled)
    assert {score.kind: score.words for score in risk.scores} == {
        ScoreKind.CURRENT: "12 High",
        ScoreKind.INHERENT: "16 Very high",
    }


def test_a_score_that_contradicts_its_cell_is_a_warning_that_says_what_and_where():
    found = found_in(excel_file([(*row(), "16")], (*PLAIN, "Score")))
    assert found.risks[0].warnings == (
        "Risks!G4 says “16”, but impact 3 Critical by likelihood 4 Significant is 12 High: that counts",
    )


def test_a_column_of_kinds_says_the_kind_of_the_words_beside_it():
    heads = (*PLAIN, "4 Ts")
    assert [(each.kind, each.text) for each in first([(*row(responses="Ask"), "Transfer")], heads).responses] == [
        (ResponseKind.TRANSFER, "Ask")
    ]
    alone = first([(*row(responses=""), "Tolerate")], heads)
    assert [(each.kind, each.text) for each in alone.responses] == [(ResponseKind.TOLERATE, "Tolerate")]
    assert "Treat it" in problems([(*row(), "Treat it")], heads)["Risks!G4"]


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"impact": "5"}, "Risks!C4", "“5” is no level of impact in the register’s scheme: 1 Negligible, 2 Marginal"),
        ({"likelihood": "3 Very low"}, "Risks!D4", "“3 Very low” is no level of likelihood"),
        ({"impact": ""}, "Risks!C4", "There is a likelihood and no impact: a score needs both"),
        ({"event": ""}, "Risks!B4", "This risk has no description"),
        ({"event": "x" * 501}, "Risks!B4", "What may happen must be 500 characters or fewer; it has 501"),
        ({"event": "[exempt] x"}, "Risks!B4", "Close each exempt passage"),
        ({"number": "first"}, "Risks!A4", "“first” is no number of a risk"),
        ({"number": "", "impact": "", "likelihood": ""}, "Risks!A4", "This risk has no number"),
        ({"number": "0"}, "Risks!A4", "“0” is no number of a risk"),
        ({"owner": "x" * 201}, "Risks!F4", "The owner must be 200 characters or fewer"),
    ],
)
def test_what_is_wrong_stands_with_its_cell(changes, place, words):
    found = problems([row(**changes)])
    assert list(found) == [place]
    assert words in found[place]


def test_doubled_numbers_name_both_places():
    rows = [row(), row(number="2"), row(number="R1", event="Other")]
    assert problems(rows) == {"Risks!A6": "Number 1 is there twice; the other is at Risks!A4"}
    found = found_in(word_file(rows, PLAIN, None)).problems
    assert found == {"Table 2, row 4, column Id": "Number 1 is there twice; the other is at Table 2, row 2, column Id"}


def test_days_that_are_none_and_scores_that_fit_several_cells_are_refused():
    heads = (*PLAIN, "By when", "Next review", "Target")
    found = problems([(*row(), "soon", "next week", "6")], heads)
    assert found == {"Risks!G4": "“soon” is no single day", "Risks!H4": "“next week” is no single day"}
    unclear = first([(*row(), "", "", "6 Medium")], heads)
    assert unclear.score(ScoreKind.TARGET) is None
    assert unclear.warnings == ("the target score is left out: “6 Medium” alone fits 3 cells of the scheme",)
    assert problems([("1", "Grants stop", "6", "Manager")], ("Id", "Description", "Score", "Owner")) == {
        "Risks!C4": "“6” alone fits 3 cells of the scheme: give an impact and a likelihood, or leave the column out"
    }
    assert first([(*row(), "", "", "24")], heads).score(ScoreKind.TARGET).likelihood_words == "6 Very high"


def test_an_unknown_head_is_named_and_settled_by_hand():
    heads = (*PLAIN, "Budget")
    found = problems([(*row(), "£5")], heads)
    assert found == {"Risks!G3": "The head “Budget” is not understood; say what the column holds, or none"}
    assert problems([(*row(), "£5")], heads, "Budget=none") == {}
    assert register_in(excel_file([(*row(), "£5")], heads), parse_mapping(["budget=none"])).passed_over == (
        "Key (Scoring the risk)",
        "Risks, not read: “Budget”",
    )
    doubled = problems([(*row(), "4")], (*PLAIN, "Severity"))
    assert doubled == {"Risks!G3": "The heads “Impact” and “Severity” both seem to be Impact; say which one is"}


def test_a_file_without_a_register_says_what_it_lacks():
    with pytest.raises(Invalid, match=r"No table has the columns of a risk register.* not understood: “By hand”"):
        register_in(csv_file([("1", "x", "y")], ("Id", "By hand", "Action")))
    assert "has the heads of a register but no risk" in str(problems([]))


def test_a_row_that_a_page_divides_is_put_together_and_said():
    rest = ("", "applications of people without a home", "", "", "kept short by meetings", "Housing Officer")
    risk = first([row(event="Partners delay", owner="Senior"), rest])
    assert (risk.event, risk.owner.name) == (
        "Partners delay applications of people without a home",
        "Senior Housing Officer",
    )
    assert risk.responses[0].text == "ask kept short by meetings"
    assert risk.warnings == ("The file, row 3 goes on from the row above and was put to it",)


def test_a_row_that_might_be_a_risk_of_its_own_is_refused():
    found = problems([row(), ("", "Builders stop", "", "", "Treat: ask", "Manager")])
    assert list(found) == ["Risks!B5"]
    assert "has no number and no score" in found["Risks!B5"]


def test_rows_of_one_risk_whose_cells_are_merged_are_its_responses():
    rows = [row(), ("", "", "", "", "Transfer: insure", ""), row(number="2", event="Builders stop")]
    risks = found_in(merged_down(rows, (0, 1), 1, 2)).risks
    assert [(each.kind, each.text) for each in risks[0].responses] == [
        (ResponseKind.TREAT, "ask"),
        (ResponseKind.TRANSFER, "insure"),
    ]
    assert [risk.event for risk in risks] == ["Grants stop", "Builders stop"]
    other = [row(), ("", "", "2", "", "", "Director")]
    assert found_in(merged_down(other, (0, 1), 1, 2)).problems == {
        "Table 1, row 3, column Impact score": "Impact is “2” here and “3” in the row above, for one risk: keep one",
        "Table 1, row 3, column Owner": "Owner is “Director” here and “Manager” in the row above, for one risk: "
        "keep one",
    }


def test_heads_said_again_and_titles_between_the_rows_are_passed_over():
    rows = [("Housing", "", "", "", "", ""), row(), PLAIN, row(number="2")]
    file = register_in(csv_file(rows, PLAIN))
    assert len(file.risks) == 2
    assert file.passed_over == ("The file, row 2 (Housing)",)


def test_a_table_without_numbers_gets_the_next_ones():
    rows = [row()[1:], row(event="Builders stop")[1:]]
    kept = {4: Kept(RiskDraft(4, "", "Old"))}
    assert [risk.number for risk in found_in(csv_file(rows, PLAIN[1:]), kept=kept).risks] == [5, 6]


@pytest.mark.parametrize("number", ["", "-", "TBC"])
def test_a_scored_risk_whose_number_is_missing_gets_the_next_free_one(number):
    rows = [row(number=number), row(number="7", event="Builders stop"), row(number=number, event="Rents rise")]
    kept = {9: Kept(RiskDraft(9, "", "Old"))}
    for known, numbers in (({}, [8, 7, 9]), (kept, [10, 7, 11])):
        found = found_in(csv_file(rows, PLAIN), kept=known)
        assert found.problems == {}
        assert [risk.number for risk in found.risks] == numbers
        said = f"the file gives no number: it gets {numbers[0]}, the next free one"
        assert [said in risk.warnings for risk in found.risks] == [True, False, False]


def test_a_number_is_proposed_to_no_row_that_may_be_no_risk():
    assert "Risks!A4" in problems([row(number="", event="")])
    assert list(problems([row(number="100000"), row(number="", event="Builders stop")])) == ["Risks!A5"]


def test_a_risk_without_a_score_is_taken_with_a_warning():
    risk = first([row(impact="", likelihood="-")])
    assert risk.scores == ()
    assert "the file gives no score: it is added without one" in risk.warnings


def test_too_many_new_risks_are_refused():
    rows = [row(number=str(number)) for number in range(1, MOST_NEW + 2)]
    assert list(problems(rows)) == ["file"]
    assert "brings 201 new risks; at most 200 are added at a time" in problems(rows)["file"]
    assert problems(rows[1:]) == {}


@pytest.fixture
def the_same() -> dict[int, Kept]:
    score = ScoreDraft(ScoreKind.CURRENT, 2, 3, "3 Critical", "4 Significant", "12 High", 3)
    owner, response = Owner(OwnerKind.POST, "Manager"), ResponseDraft(ResponseKind.TREAT, "ask")
    return {1: Kept(RiskDraft(1, "", "Grants stop", "", "", "Money", owner, (score,), (response,)))}


def test_what_is_there_in_the_same_words_is_left(the_same):
    found = found_in(csv_file([row(event="Grants  stop"), row(number="2")], PLAIN), kept=the_same)
    assert (found.problems, [risk.state for risk in found.risks]) == ({}, [State.SAME, State.NEW])


def test_what_is_there_in_other_words_is_refused_or_left_where_somebody_says_so(the_same):
    other = excel_file([row(impact="2", owner="Director")], PLAIN)
    refused = found_in(other, kept=the_same).problems
    assert list(refused) == ["leaves"]
    assert "in other words: Risks!B4 is risk 1 (owner, current score). An import changes none" in refused["leaves"]
    left = found_in(other, kept=the_same, leaves=True)
    assert (left.problems, left.risks[0].state, left.new) == ({}, State.LEFT, ())


def test_levels_are_those_of_the_registers_own_scheme():
    file: RegisterFile = register_in(csv_file([row(impact="Major", likelihood="5")], PLAIN))
    found = checked(file, five_by_five(), {}, day=DAY)
    assert found.risks[0].current.words == "20 Very high"


def test_two_rows_of_heads_are_those_of_the_seed():
    table = register_in(word_file()).tables[0]
    assert (table.head_row, table.depth) == (0, 2)
    assert [head.said for head in table.heads][2] == "Impact score"
    assert BELOW[4] in [head.said for head in table.heads][4]
    assert register_in(csv_file(ROWS, HEADS)).tables[0].depth == 1
