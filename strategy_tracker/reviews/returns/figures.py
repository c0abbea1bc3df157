"""Reading what a quarter's returns say: built without a request in a constant number of selects."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, share_status
from strategy_tracker.plans.standing import timescale_of
from strategy_tracker.quarters.models import Quarter, Return
from strategy_tracker.quarters.queries import return_of, returns_of, state_of, version_of
from strategy_tracker.reviews.returns import keeping, queries
from strategy_tracker.reviews.returns.queries import Keyed, ShareRow
from strategy_tracker.reviews.returns.rules import Moved, OutcomeFigure, Said, exceptions_of, told_of_share
from strategy_tracker.reviews.returns.shapes import BoardFigures, ReturnFigures, ShareFigure


def return_figures(quarter: Quarter, authority: Authority) -> ReturnFigures:
    """What one authority's return says: now, or in a closed quarter what was kept of it."""
    kept = keeping.kept_in(quarter)
    row = return_of(quarter.id, authority.id)
    if kept and row is None:
        return _return(quarter, authority, None, ())
    if row is not None and authority.id in kept:
        return keeping.read(kept[authority.id], quarter, authority, row)
    return live_figures(quarter, authority)


def board_figures(quarter: Quarter) -> BoardFigures:
    """What every return of the quarter says: of each authority that has a share, or of which there is a return.

    In a closed quarter that is what was kept at its close, or later by a reopening: no authority comes or goes.
    """
    kept = keeping.kept_in(quarter)
    if not kept:
        return live_board(quarter)
    returns = returns_of(quarter.id)
    now = {} if returns.keys() <= kept.keys() else {one.authority_id: one for one in live_board(quarter).returns}
    return BoardFigures(
        quarter.id,
        tuple(
            keeping.read(kept[each.id], quarter, each, returns[each.id]) if each.id in kept else now[each.id]
            for each in authorities_of(quarter.partnership_id)
            if each.id in returns
        ),
    )


def live_figures(quarter: Quarter, authority: Authority) -> ReturnFigures:
    """What one authority's return says now, whatever was kept of it."""
    return _return(quarter, authority, return_of(quarter.id, authority.id), shares_of(quarter, authority.id))


def live_board(quarter: Quarter) -> BoardFigures:
    """What every return of the quarter says now, whatever was kept of it."""
    by_authority: dict[int, list[ShareFigure]] = {}
    for authority_id, share in _figures(quarter, None):
        by_authority.setdefault(authority_id, []).append(share)
    returns = returns_of(quarter.id)
    return BoardFigures(
        quarter.id,
        tuple(
            _return(quarter, each, returns.get(each.id), tuple(by_authority.get(each.id, ())))
            for each in authorities_of(quarter.partnership_id)
            if each.id in by_authority or each.id in returns
        ),
    )


def shares_of(quarter: Quarter, authority_id: int) -> tuple[ShareFigure, ...]:
    """One authority's shares in a quarter, in the order of the plan."""
    return tuple(share for _, share in _figures(quarter, authority_id))


def _return(
    quarter: Quarter, authority: Authority, row: Return | None, shares: tuple[ShareFigure, ...]
) -> ReturnFigures:
    return ReturnFigures(
        quarter_id=quarter.id,
        authority_id=authority.id,
        slug=authority.slug,
        short_name=authority.short_name,
        name=authority.name,
        return_id=row.id if row else None,
        version=version_of(row),
        state=state_of(row),
        shares=shares,
    )


def _figures(quarter: Quarter, authority_id: int | None) -> Iterator[tuple[int, ShareFigure]]:
    """Each share with its authority's id."""
    rows = queries.share_rows(quarter, authority_id)
    if not rows:
        return
    said = queries.said_in(quarter, authority_id)
    before = queries.statuses_before(quarter, authority_id)
    moved = queries.moved_in(quarter)
    late_on = rule_of(quarter.partnership_id, quarter.period_to).late_on(quarter.period_to)
    for _, group in groupby(rows, key=attrgetter("share_id")):
        parts = list(group)
        outcomes = tuple(_outcome(part, said, before, moved, late_on) for part in parts if part.outcome_id is not None)
        yield parts[0].authority_id, _share(parts[0], outcomes)


def _share(row: ShareRow, outcomes: tuple[OutcomeFigure, ...]) -> ShareFigure:
    return ShareFigure(
        share_id=row.share_id,
        plan_id=row.plan_id,
        plan=row.plan,
        objective_id=row.objective_id,
        objective=row.objective,
        title=row.title,
        action_id=row.action_id,
        number=row.number,
        action=row.action,
        owner_kind=row.owner_kind,
        owner=row.owner,
        outcomes=outcomes,
        told=told_of_share([one.told for one in outcomes]),
        status=share_status([one.status for one in outcomes]),
        before=share_status([one.before for one in outcomes]),
        exceptions=exceptions_of(outcomes),
        is_closed=row.plan_state == "closed",
    )


def _outcome(
    row: ShareRow,
    said: Mapping[Keyed, list[Said]],
    before: Mapping[Keyed, str | None],
    moved: Mapping[int, list[Moved]],
    late_on: dt.date,
) -> OutcomeFigure:
    outcome_id = row.outcome_id or 0
    key = row.share_id, outcome_id
    timescale = timescale_of(row.kind, row.due_on, row.precision, row.timescale_words)
    return OutcomeFigure(
        outcome_id=outcome_id,
        words=row.words,
        when=timescale.shown,
        timescale=timescale,
        before=(before[key] or NOT_GIVEN) if key in before else NOT_REPORTED,
        said=tuple(said.get(key, ())),
        moved=tuple(moved.get(outcome_id, ())),
        late_on=late_on,
    )
