"""Whatever a plan says, each kind of file gives it back: plans built by hypothesis, without a database."""

import csv
import datetime as dt
import io
import zlib
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind
from strategy_tracker.text import guarded, normalise, one_line
from strategy_tracker.transfer.back.merge import Merging
from strategy_tracker.transfer.back.own import own_file
from strategy_tracker.transfer.draft import ActionDraft, NoteDraft, ObjectiveDraft, OutcomeDraft, PlanDraft, ShareDraft
from strategy_tracker.transfer.out import words
from strategy_tracker.transfer.out.export import Export
from strategy_tracker.transfer.out.files import _writer
from strategy_tracker.transfer.out.kinds import WRITERS
from strategy_tracker.transfer.out.layout import rows_of
from strategy_tracker.transfer.reading import read_document
from strategy_tracker.transfer.snapshot import Snapshot, packed, unpacked
from tests.transfer.files import AUTHORITIES

SHORTS = {known.slug: known.short_name for known in AUTHORITIES}
SLUGS = tuple(SHORTS)
AWKWARD = (
    "=1+1", "+44 1732", "-", "@home", "'quoted'", "'=guarded", "• one\n• two\n\nthree", "ŵ ŷ 👪🏽", "_x0041_",
    "<b>&amp;</b>", "\uffff\ufffe non\ufdd0", "_x000D_",
    "March 2011", "30/6/2011", "1.10", "none", "Objective 2: Led by SDC", "…more", "A;B,C\t\"D\"", "\u202eabc",
    "Row", "-,–",
)  # fmt: skip
text = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=40)).map(normalise)
line = text.map(one_line)
some = text.filter(bool)
leads = st.sampled_from([None, *SLUGS])
days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
owners = st.one_of(
    st.just(Owner()),
    st.builds(Owner, st.sampled_from([OwnerKind.POST, OwnerKind.PERSON, OwnerKind.TEAM]), line.filter(bool)),
)
timescales = st.one_of(
    st.just(Timescale()),
    st.builds(Timescale.by, days, st.sampled_from(Precision), line),
    st.builds(
        Timescale,
        st.sampled_from([TimescaleKind.CONDITION, TimescaleKind.RECURRING, TimescaleKind.NONE]),
        words=line.filter(bool),
    ),
)


@st.composite
def plans(draw: st.DrawFn) -> Snapshot:
    """A plan as it would be kept: ids for all, numbers once each, reports by those who take part."""
    ids = count(1)

    def note(authority: str) -> NoteDraft:
        status = draw(st.sampled_from([None, *Status]))
        day, reason = draw(days), draw(text)
        return NoteDraft(draw(some), status, authority=authority, as_at=day, reason=reason, row=next(ids))

    def outcome(shares: tuple[ShareDraft, ...]) -> OutcomeDraft:
        notes = tuple(note(share.authority) for share in shares if draw(st.booleans()))
        return OutcomeDraft(draw(text), draw(timescales), lead=draw(leads), notes=notes, row=next(ids))

    def action(number: str) -> ActionDraft:
        takers = draw(st.lists(st.sampled_from(SLUGS), min_size=1, max_size=3, unique=True))
        shares = tuple(ShareDraft(slug, draw(owners)) for slug in sorted(takers))
        outcomes = tuple(outcome(shares) for _ in range(draw(st.integers(0, 3))))
        return ActionDraft(number, draw(some), draw(leads), draw(owners), shares, outcomes, row=next(ids))

    def objective(number: str) -> ObjectiveDraft:
        numbers = draw(st.lists(st.sampled_from(["1", "2a", "10", "1.2a"]), max_size=2, unique=True))
        actions = tuple(action(f"{number}.{each}") for each in numbers)
        return ObjectiveDraft(number, draw(some), draw(leads), actions, row=next(ids))

    numbers = draw(st.lists(st.sampled_from(["1", "2", "10", "A"]), min_size=1, max_size=2, unique=True))
    return Snapshot(PlanDraft(tuple(objective(number) for number in numbers)), last_note=10_000)


def written(kind: str, snapshot: Snapshot) -> bytes:
    rows = tuple(rows_of(snapshot.plan, SHORTS))
    facts = (("Version", "Draft"), ("Contact", "The coordinator"))
    made_at = dt.datetime(2011, 6, 30, 12)
    title = "Action plan, = 2011"
    export = Export("West Kent", title, "Strategy", "a year", "30 June 2011", "", "ABCDEFG", facts, rows, made_at)
    return _writer(kind)(export)


def read(content: bytes, base: Snapshot, now: Snapshot | None = None) -> Merging:
    file = own_file(read_document(content))
    assert file is not None
    return Merging(file, base, now or base, AUTHORITIES, {})


def without_notes(plan: PlanDraft) -> tuple[ObjectiveDraft, ...]:
    def action(part: ActionDraft) -> ActionDraft:
        return replace(part, outcomes=tuple(replace(outcome, notes=()) for outcome in part.outcomes))

    return tuple(replace(part, actions=tuple(action(each) for each in part.actions)) for part in plan.objectives)


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(snapshot=plans())
def test_a_file_that_nobody_edited_changes_nothing(kind: str, snapshot: Snapshot) -> None:
    merging = read(written(kind, snapshot), snapshot)
    tree = merging.merged()
    assert (merging.problems, merging.clashes.found) == ({}, [])
    assert tree.drafts() == without_notes(snapshot.plan)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(snapshot=plans(), chance=st.randoms(use_true_random=False), new=some)
def test_one_edited_cell_is_the_one_edit(snapshot: Snapshot, chance: Any, new: str) -> None:
    actions = [action for action in snapshot.plan.actions() if action.text.split() != new.split()]
    if not actions:
        return
    chosen = chance.choice(actions)
    rows = list(csv.reader(io.StringIO(written("csv", snapshot).decode("utf-8-sig"), newline="")))
    number, column = rows[0].index("Action number"), rows[0].index("Action")
    row = chance.choice([row for row in rows if row[number] == guarded(chosen.number)])
    row[column] = guarded(new)
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    merging = read(stream.getvalue().encode(), snapshot)
    found = {action.row: action for objective in merging.merged().drafts() for action in objective.actions}
    assert (merging.problems, merging.clashes.found) == ({}, [])
    for action in (action for objective in without_notes(snapshot.plan) for action in objective.actions):
        wanted = replace(action, text=new) if action.row == chosen.row else action
        assert replace(found[action.row], place="") == wanted


@settings(max_examples=25, deadline=None)
@given(snapshot=plans())
def test_what_is_kept_of_an_export_is_had_again(snapshot: Snapshot) -> None:
    assert unpacked(packed(snapshot)) == snapshot
    assert zlib.decompress(packed(snapshot)) == zlib.decompress(packed(unpacked(packed(snapshot))))


@given(text=st.one_of(st.sampled_from(AWKWARD), st.text()))
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert words.unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r")


def test_words_too_long_for_a_cell_are_split_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "LONGEST_CELL", 10)
    note = NoteDraft("x" * 25, None, authority="sdc", as_at=dt.date(2011, 6, 30), row=4)
    outcome = OutcomeDraft("y" * 15, Timescale(), notes=(note,), row=3)
    action = ActionDraft("1.1", "Act", None, Owner(), (ShareDraft("sdc"),), (outcome,), row=2)
    snapshot = Snapshot(PlanDraft((ObjectiveDraft("1", "Aim", None, (action,), row=1),)), last_note=4)
    content = written("xlsx", snapshot)
    grid = read_document(content).grids[-1]
    assert [row[-1].text for row in grid.rows[1:]] == ["ABCDEFG.o3.sdc", "ABCDEFG.o3.sdc+1", "ABCDEFG.o3.sdc+2"]
    merging = read(content, snapshot)
    assert merging.merged().drafts() == without_notes(snapshot.plan)
    assert merging.problems == {}
