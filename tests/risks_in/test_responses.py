"""How a risk is managed, out of one cell."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.risks.rules import ResponseKind
from strategy_tracker.transfer.risks_in.responses import (
    BEGINS,
    BOTH,
    NO_KIND,
    NO_KIND_BEFORE,
    OPEN,
    TAKEN,
    kinds_in,
    responses_in,
)

TREAT, TOLERATE, TRANSFER, TERMINATE = (
    ResponseKind.TREAT,
    ResponseKind.TOLERATE,
    ResponseKind.TRANSFER,
    ResponseKind.TERMINATE,
)


def said(text: str) -> list[tuple[ResponseKind, str]]:
    return [(each.kind, each.text) for each in responses_in(text).said]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tolerate – what we can Treat – with others", [(TOLERATE, "what we can"), (TREAT, "with others")]),
        ("Treat: meet them. tolerate: the rest", [(TREAT, "meet them."), (TOLERATE, "the rest")]),
        ("TREAT - meet them\nTRANSFER — insure", [(TREAT, "meet them"), (TRANSFER, "insure")]),
        ("Treat–meet them", [(TREAT, "meet them")]),
        ("• Treat – meet them; • Transfer – insure", [(TREAT, "meet them"), (TRANSFER, "insure")]),
        ("1. Treat: meet them\n2) Terminate: stop", [(TREAT, "meet them"), (TERMINATE, "stop")]),
        ("Treat\n• meet them\n• train", [(TREAT, "• meet them\n• train")]),
        ("Tolerate.\nThere is no other way", [(TOLERATE, "There is no other way")]),
        ("[Treat] meet them (Tolerate) the rest", [(TREAT, "meet them"), (TOLERATE, "the rest")]),
        ("Treat the risk: meet them", [(TREAT, "meet them")]),
        ("Treat – the treatment will be a bid", [(TREAT, "the treatment will be a bid")]),
        ("Treat – we decide what to treat - and what not", [(TREAT, "we decide what to treat - and what not")]),
        ("Tolerate – rather than to Treat – it", [(TOLERATE, "rather than to Treat – it")]),
        ("Treat – treat-and-repair works", [(TREAT, "treat-and-repair works")]),
        ("Treat the damp in all homes", [(TREAT, "Treat the damp in all homes")]),
        ("Treatment – a bid", [(TREAT, "Treatment – a bid")]),
        ("Treat/Tolerate – watch it", [(TREAT, "watch it"), (TOLERATE, "watch it")]),
        ("Treat & Tolerate – x", [(TREAT, "x"), (TOLERATE, "x")]),
        ("treat and tolerate – x", [(TREAT, "x"), (TOLERATE, "x")]),
        ("[Treat, Transfer] x Tolerate: y", [(TREAT, "x"), (TRANSFER, "x"), (TOLERATE, "y")]),
        ("Treat and treat – x", [(TREAT, "x")]),
        ("Treat or tolerate – x", [(TREAT, "Treat or tolerate – x")]),
        ("Tolerated: the rest Treated: with others", [(TOLERATE, "the rest"), (TREAT, "with others")]),
        ("Transferred: to them. Terminated – all of it", [(TRANSFER, "to them."), (TERMINATE, "all of it")]),
        ("Accept – x\nReduce – y\nMitigate: z", [(TOLERATE, "x"), (TREAT, "y"), (TREAT, "z")]),
        ("Accept – what we can Reduce – the rest", [(TOLERATE, "what we can"), (TREAT, "the rest")]),
        ("Shared: a\nInsured: b\nAvoid: c", [(TRANSFER, "a"), (TRANSFER, "b"), (TERMINATE, "c")]),
        ("Treat – meet them, Share – the findings", [(TREAT, "meet them, Share – the findings")]),
        ("Treat – Accept – x", [(TREAT, "Accept – x")]),
        ("Tolarate – x Treet: y", [(TOLERATE, "x"), (TREAT, "y")]),
        ("Terminte: x\nTrasnfer: y", [(TERMINATE, "x"), (TRANSFER, "y")]),
        ("Threat: they leave", [(TREAT, "Threat: they leave")]),
        ("Trent – the river rises", [(TREAT, "Trent – the river rises")]),
        ("T – train", [(TREAT, "T – train")]),
        (
            "Treat (by Manager by 1 March 2027) – go Tolerate (all) – stay",
            [(TREAT, "(by Manager by 1 March 2027) – go"), (TOLERATE, "(all) – stay")],
        ),
        ("Treat (all of it", [(TREAT, "Treat (all of it")]),
        ("Accepting that costs rise", [(TREAT, "Accepting that costs rise")]),
        ("Tolerate", [(TOLERATE, "Tolerate")]),
        ("", []),
        (" – ", []),
    ],
)
def test_a_cell_is_divided_by_the_kinds_that_it_names(text, wanted):
    assert said(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["Treat" + " " * 30_000 + "x", "Treat " * 5_000, " -" * 15_000, "- \n" * 10_000, "t" * 30_000, "Treat (" * 4_000],
)
def test_a_hostile_cell_is_soon_read(text):
    """In a blink of CPU; a minute where a pattern runs back and forth over it."""
    before = time.process_time()
    responses_in(text)
    assert time.process_time() - before < 5


def test_what_is_not_certain_is_said():
    assert responses_in("Meet them").notes == (NO_KIND,)
    assert responses_in("Watch it. Tolerate – the rest").notes == (NO_KIND_BEFORE,)
    assert responses_in("Tolerate").notes == ("“Tolerate” says how, and not what is done",)
    assert responses_in("Treat – meet them").notes == ()
    assert [(each.kind, each.text) for each in responses_in("Ask", (TRANSFER,)).said] == [(TRANSFER, "Ask")]
    assert responses_in("Ask", (TRANSFER,)).notes == ()
    assert responses_in("Treat & Tolerate – x").notes == (BOTH.format("Treat & Tolerate"),)
    assert responses_in("Treat or tolerate – x").notes == (OPEN.format("Treat or tolerate"),)
    assert responses_in("Accept – x Tolarate – y Accept – z").notes == (
        TAKEN.format("Accept", "tolerate"),
        TAKEN.format("Tolarate", "tolerate"),
    )
    assert responses_in("Tolerated: x").notes == responses_in("TREATED: x").notes == ()
    assert responses_in("Treat the damp").notes == (BEGINS.format("Treat", "treat"),)
    assert responses_in("T – train").notes == responses_in("Threat: they leave").notes == (NO_KIND,)


def test_kinds_of_a_column_beside_count_for_words_that_name_none():
    both = responses_in("Ask", (TOLERATE, TREAT))
    assert [(each.kind, each.text) for each in both.said] == [(TOLERATE, "Ask"), (TREAT, "Ask")]
    part = responses_in("Watch it. Tolerate – the rest", (TOLERATE, TRANSFER))
    assert [each.kind for each in part.said] == [TRANSFER, TOLERATE]
    assert part.notes == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Treat", (TREAT,)),
        ("Tolerate / treat", (TOLERATE, TREAT)),
        ("TRANSFER and Treat", (TRANSFER, TREAT)),
        ("Treat it", ()),
        ("", ()),
        ("Threat", ()),
        ("Treated", (TREAT,)),
        ("Reduce", (TREAT,)),
        ("Accepted / Insured", (TOLERATE, TRANSFER)),
        ("Tolarate", (TOLERATE,)),
        ("Treat / reduce", (TREAT,)),
        ("Tolerate or transfer", (TREAT,)),
        ("T", (TREAT,)),
    ],
)
def test_a_cell_of_kinds_alone(text, wanted):
    assert kinds_in(text).kinds == wanted


def test_what_is_not_certain_of_a_cell_of_kinds_is_said():
    assert kinds_in("Treat / tolerated").notes == ()
    assert kinds_in("Accept").notes == (TAKEN.format("Accept", "tolerate"),)
    assert kinds_in("T").notes == (OPEN.format("T"),)
    assert kinds_in("Tolerate or transfer").notes == (OPEN.format("Tolerate or transfer"),)


PIECE = st.one_of(
    st.sampled_from([*ResponseKind, *(kind.upper() for kind in ResponseKind), *(k.capitalize() for k in ResponseKind)]),
    st.sampled_from(["Accept", "reduced", "Shared", "Tolarate", "treet", "T", "Threat", " and ", " or ", " & "]),
    st.sampled_from([" – ", ": ", "-", " - ", "\n", "\n• ", ". ", " ", "; ", "/", "(", ")", "[", "]", "to ", "1. "]),
    st.text("abc Tt.\n–", max_size=8),
)


@given(st.lists(PIECE, max_size=20).map("".join))
def test_no_word_of_any_text_is_lost(text):
    found = responses_in(text).said
    once = [each for each in found if not each.is_twin]
    assert words(" ".join(f"{each.label} {each.text}" for each in once)) == words(text)
    assert all(each.text for each in found)
    assert all(other.text == one.text for one, other in pairwise(found) if other.is_twin)


WORDS = st.lists(st.sampled_from(["partners", "meet", "the", "treatment", "retreat", "grants", "x-y"]), min_size=1)
LABELLED = st.tuples(st.sampled_from(list(ResponseKind)), st.sampled_from([" – ", ": ", " - ", " — "]), WORDS)


@given(st.lists(LABELLED, min_size=1, max_size=5), st.sampled_from([" ", "\n", ". ", "\n• "]))
def test_every_labelled_part_becomes_its_response(parts, between):
    text = between.join(f"{kind.capitalize()}{mark}{' '.join(rest)}" for kind, mark, rest in parts)
    found = responses_in(text).said
    goes_on = {"the"} if between == " " else set()
    if any(part[2][-1] in goes_on for part in parts[:-1]):
        return
    assert [each.kind for each in found] == [kind for kind, _, _ in parts]
    assert words(" ".join(each.text for each in found)) == words(" ".join(" ".join(rest) for _, _, rest in parts))
