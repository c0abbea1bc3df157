"""Puts the page of one action together: each authority's part, and everything that ever happened to it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, acts_for_another, allows
from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.errors import NotFound
from strategy_tracker.plans import queries
from strategy_tracker.plans.action_view import ActionPage, Neighbour, OutcomeView, Report, ShareView
from strategy_tracker.plans.changes import author_of, happenings
from strategy_tracker.plans.dates.queries import moves_of_action
from strategy_tracker.plans.dates.rules import Move, known
from strategy_tracker.plans.models import Action, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.pages import address_of, facts_of, reader_of
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rollup.rules import Rule, roll_up, why_overdue
from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, Status, Timescale, is_overdue, late_by, share_status
from strategy_tracker.plans.versions.view import View


def past_action(view: View, action_id: int) -> Action:
    """The action as a version had it, whether it still stands or not. Raises NotFound where it did not stand then."""
    parts = view.parts()
    action: Any = next((row for row in parts.actions if row.id == action_id), None)
    if action is None:
        raise NotFound
    action.objective = next(row for row in parts.objectives if row.id == action.objective_id)
    action.objective.plan = parts.plan
    return action


def action_page(action: Action, person: Acting, view: View) -> ActionPage:
    """The page of an action that the person may read; as many queries for a long history as for none.

    A version is only read: `action` is then what `past_action` gives.
    """
    plan, as_at = action.plan, view.as_at
    authorities = authorities_of(plan.partnership_id)
    names = {each.id: each for each in authorities}
    outcomes, shares = _parts_of(action, view)
    notes = list(queries.notes_of_action(action.id))
    current = _current(notes, as_at)
    own = reader_of(person, plan.partnership_id).authority_ids
    rule = rule_of(plan.partnership_id, as_at)
    moves = moves_of_action(action.id, view.moves_until)
    views = [_share(share, names, outcomes, current, as_at, rule, person, plan, own) for share in shares]
    before, after = (None, None) if view.is_past else _neighbours(action)
    page = ActionPage(
        facts=facts_of(plan, as_at),
        past=view.words,
        base=address_of(plan.partnership.slug, plan.slug),
        id=action.id,
        number=action.number,
        text=action.text,
        lead=_short(names, action.lead_id),
        owner=action.owner_name,
        objective_id=action.objective_id,
        objective=f"Objective {action.objective.number}: {action.objective.title}",
        outcomes=tuple(
            _outcome(each, views, names, action, person, as_at, moves.get(each.id, ())) for each in outcomes
        ),
        shares=tuple(sorted(views, key=lambda view: not view.is_mine)),
        rollup=roll_up(((view.status, view.is_overdue) for view in views), rule),
        history=happenings(action, notes, names),
        before=before,
        after=after,
        may_edit=_may(person, Permission.STRUCTURE_EDIT, plan, action.owning_authority_id),
        at_query=view.query,
    )
    return _only_to_read(page) if view.is_past else page


def _parts_of(action: Action, view: View) -> tuple[list[Outcome], list[Share]]:
    if not view.is_past:
        plan_id = action.plan.id
        return (
            list(queries.outcomes(plan_id).where(Outcome.action == action.id)),
            list(queries.shares(plan_id).where(Share.action == action.id)),
        )
    parts = view.parts()
    return (
        [row for row in parts.outcomes if row.action_id == action.id],
        [row for row in parts.shares if row.action_id == action.id],
    )


def _only_to_read(page: ActionPage) -> ActionPage:
    """What a version said is not written to."""
    return replace(
        page,
        may_edit=False,
        outcomes=tuple(replace(each, may_edit=False) for each in page.outcomes),
        shares=tuple(replace(each, may_edit=False, may_write=False) for each in page.shares),
    )


def _may(person: Acting, permission: Permission, plan: Plan, authority_id: int | None) -> bool:
    place = Place(plan.partnership_id, authority_id, plan.is_settled)
    return plan.state != "closed" and allows(person, permission, place)


def _current(notes: Iterable[ProgressNote], as_at: dt.date) -> dict[tuple[int, int], ProgressNote]:
    """The note that counts for each share and outcome; they come newest first."""
    notes = list(notes)
    replaced = {note.replaces_id for note in notes}
    found: dict[tuple[int, int], ProgressNote] = {}
    for note in notes:
        if note.id not in replaced and note.as_at <= as_at:
            found.setdefault((note.share_id, note.outcome_id), note)
    return found


def _share(
    share: Share,
    names: dict[int, Authority],
    outcomes: Sequence[Outcome],
    current: dict[tuple[int, int], ProgressNote],
    as_at: dt.date,
    rule: Rule,
    person: Acting,
    plan: Plan,
    own: frozenset[int],
) -> ShareView:
    reports = tuple(_report(outcome, current.get((share.id, outcome.id)), as_at, rule) for outcome in outcomes)
    authority = names[share.authority_id]
    place = Place(plan.partnership_id, share.authority_id, plan.is_settled)
    return ShareView(
        id=share.id,
        authority=authority.short_name,
        name=authority.name,
        owner=share.owner_name,
        status=str(share_status(report.status for report in reports)),
        is_overdue=any(report.is_overdue for report in reports),
        is_mine=share.authority_id in own,
        may_write=_may(person, Permission.PROGRESS_WRITE, plan, share.authority_id),
        writes_on_behalf=acts_for_another(person, Permission.PROGRESS_WRITE, place),
        may_edit=_may(person, Permission.SHARE_EDIT, plan, share.authority_id),
        reports=reports,
    )


def _report(outcome: Outcome, note: Any, as_at: dt.date, rule: Rule) -> Report:
    status = (note.status or NOT_GIVEN) if note else NOT_REPORTED
    timescale = outcome.timescale
    late = is_overdue(timescale, status, rule.late_on(as_at))
    why = [why_overdue(timescale, status, as_at, rule, clock.long_date(as_at))] if late else []
    if note is None:
        return Report(outcome.id, outcome.text, status, late, why=" ".join(why))
    author = author_of(note)
    if status == Status.OFF_TRACK:
        why.append(f"Off track: {author} reported it so, as at {clock.long_date(note.as_at)}.")
    return Report(
        *(outcome.id, outcome.text, status, late, note.text, note.reason, note.as_at, author, note.id, " ".join(why))
    )


def _outcome(
    outcome: Outcome,
    shares: Sequence[ShareView],
    names: dict[int, Authority],
    action: Action,
    person: Acting,
    as_at: dt.date,
    moves: tuple[Move, ...],
) -> OutcomeView:
    timescale = outcome.timescale
    late = [
        share.authority
        for share in shares
        for report in share.reports
        if report.outcome_id == outcome.id and report.is_overdue
    ]
    owner = outcome.lead_id or action.owning_authority_id
    return OutcomeView(
        id=outcome.id,
        text=outcome.text,
        timescale=timescale,
        moves=known(moves, timescale),
        lead=_short(names, outcome.lead_id),
        overdue=_overdue(timescale, late, len(shares), as_at),
        may_edit=_may(person, Permission.STRUCTURE_EDIT, action.plan, owner),
    )


def _overdue(timescale: Timescale, late: Sequence[str], of: int, as_at: dt.date) -> str:
    if not late or timescale.due_on is None:
        return ""
    whose = "every authority" if len(late) == of and of > 1 else ", ".join(late)
    return (
        f"Due {timescale.shown}, and {late_by(timescale.due_on, as_at)} late on {clock.long_date(as_at)} for {whose}: "
        "neither achieved nor set aside."
    )


def _short(names: dict[int, Authority], authority_id: int | None) -> str:
    return names[authority_id].short_name if authority_id in names else ""


def _neighbours(action: Action) -> tuple[Neighbour | None, Neighbour | None]:
    rows = list(queries.actions(action.plan.id).select(Action.id, Action.number, Action.text).tuples())
    at = next(index for index, row in enumerate(rows) if row[0] == action.id)
    before = Neighbour(*rows[at - 1]) if at else None
    after = Neighbour(*rows[at + 1]) if at + 1 < len(rows) else None
    return before, after
