"""Where the risks of registers stand on a day, for pages, documents and files alike: frozen values, few selects."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.quarters.calendar import calendar_of
from strategy_tracker.risks import queries
from strategy_tracker.risks.lines import LineResponse, LineRisk, LineScore, as_told
from strategy_tracker.risks.models import Acceptance, Escalation, Register
from strategy_tracker.risks.rules import (
    Movement,
    Proximity,
    ScoreKind,
    acceptance_holds,
    is_response_late,
    is_review_overdue,
    latest_end,
    movement,
)
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.queries import current_versions


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One risk as at a day. `ref` is the number by which the reader knows it.

    `version` is the one in force in its register. `before` is the current score at the end of the quarter before,
    None where there was none; `moved` None where there is no score now, or no quarter before. `review_months` is its
    own rhythm, None where its register's counts. `accepted` is an acceptance that holds on the day. `escalations` are
    those that run.
    """

    id: int
    row_version: int
    slug: str
    day: dt.date
    ref: str
    register: Register
    version: SchemeVersion
    event: str
    cause: str
    effect: str
    category: str
    owner: Owner
    proximity: Proximity
    is_opportunity: bool
    assumptions: str
    review_months: int | None
    is_shared: bool
    current: LineScore | None
    inherent: LineScore | None
    target: LineScore | None
    before: LineScore | None
    moved: Movement | None
    is_above: bool
    accepted: Acceptance | None
    responses: tuple[LineResponse, ...]
    escalations: tuple[Escalation, ...]
    opened_on: dt.date
    reviewed_on: dt.date | None
    review_due_on: dt.date
    is_overdue: bool
    told_at: dt.datetime | None
    closed_on: dt.date | None
    closed_why: str

    @property
    def needs_acceptance(self) -> bool:
        return self.is_above and self.accepted is None

    def name(self, registers: Mapping[int, str]) -> str:
        """By which it is known wherever several registers stand together: "TMBC S2"; `registers` as from names_of."""
        return f"{registers[self.register.id]} {self.ref}"

    @property
    def number(self) -> int:
        return int(self.ref.lstrip("SE"))

    def is_late(self, response: LineResponse) -> bool:
        return is_response_late(response.due_on, response.state, self.closed_on, self.day)

    @property
    def place(self) -> tuple[int, int] | None:
        """Where it stands on the map of the version in force; None where it has no place there."""
        if self.current is None or self.is_under_old_version:
            return None
        return self.current.impact, self.current.likelihood

    @property
    def counts_under(self) -> int | None:
        """The version among whose numbers its score counts: the one in force, where that has its cell."""
        if self.current is None:
            return None
        return self.current.scheme_version_id if self.is_under_old_version else self.version.id

    @property
    def is_under_old_version(self) -> bool:
        """Whether its current score has no cell in the version in force: it was given under another scheme, or under a
        version in which the cell was called otherwise.
        """
        score = self.current
        if score is None:
            return False
        return not self.version.has_same_cell(score.scheme_version, score.impact, score.likelihood)


class Parts(NamedTuple):
    """What was read for many risks at once: the version in force by its register, all else by the risk.

    `before` are current scores on the day that is compared, and `acceptances` those that were not ended.
    """

    versions: Mapping[int, SchemeVersion]
    scores: Mapping[int, queries.Scores]
    before: Mapping[int, LineScore]
    responses: Mapping[int, Sequence[LineResponse]]
    escalations: Mapping[int, Sequence[Escalation]]
    acceptances: Mapping[int, Acceptance]


def lines_of(
    person: Acting, registers: Sequence[Register], today: dt.date, previous: dt.date | None, *, closed: bool = False
) -> tuple[RiskLine, ...]:
    """The open (or the closed) risks of these registers that the person may read, by register as given, and number.

    `previous` is the day with whose scores today's are compared; None: with none. To whoever is not of its authority a
    risk is new that was private then. The number of selects does not depend on how many risks there are.
    """
    versions = current_versions({register.scheme_id for register in registers})
    own = {register.id for register in registers if queries.is_own(person, register)}
    places = {register.id: place for place, register in enumerate(registers)}
    risks = sorted(queries.line_risks(person, registers, closed=closed), key=lambda risk: places[risk.register_id])
    ids = [risk.id for risk in risks]
    parts = Parts(
        {register.id: versions[register.scheme_id] for register in registers},
        queries.scores_of(ids),
        queries.current_scores(ids, previous) if previous else {},
        queries.responses_of(ids),
        queries.escalations_of(ids),
        queries.acceptances_of(ids),
    )
    return tuple(line_of(risk, parts, own, today, previous) for risk in risks)


def is_told_by(risk: LineRisk, day: dt.date) -> bool:
    """Whether people outside its authority could read it on that day, and so may know what it scored then."""
    if risk.register.authority_id is None:
        return True
    return risk.told_at is not None and clock.in_london(risk.told_at).date() <= day


def quarter_before(partnership_id: int, today: dt.date) -> dt.date | None:
    """The last day of the latest quarter that has ended; None where none has.

    Where the partnership has planned none of late it is the calendar's.
    """
    ended = [one.period_to for one in calendar_of(partnership_id).quarters if one.period_to < today]
    return latest_end(ended[-1], today) if ended else None


def line_of(risk: LineRisk, parts: Parts, own: Collection[int], today: dt.date, previous: dt.date | None) -> RiskLine:
    """`own` are the registers of which the reader knows all; `previous` as for `lines_of`."""
    is_own = risk.register_id in own
    scores = as_told(parts.scores.get(risk.id, {}), risk, own)
    is_known = is_own or (previous is not None and is_told_by(risk, previous))
    current, before = scores.get(ScoreKind.CURRENT), parts.before.get(risk.id) if is_known else None
    moved = movement(current.mark, before.mark if before else None) if current and previous else None
    held = parts.acceptances.get(risk.id)
    holds = held is not None and acceptance_holds(held.until, held.ended_on, today)
    return RiskLine(
        id=risk.id,
        row_version=risk.version,
        slug=risk.slug,
        day=today,
        ref=queries.reference(risk, own=is_own),
        register=risk.register,
        version=parts.versions[risk.register_id],
        event=risk.event,
        cause=risk.cause,
        effect=risk.effect,
        category=risk.category,
        owner=Owner(OwnerKind(risk.owner_kind), risk.owner_name),
        proximity=Proximity(risk.proximity),
        is_opportunity=risk.is_opportunity,
        assumptions=risk.assumptions,
        review_months=risk.review_months,
        is_shared=risk.is_shared,
        current=current,
        inherent=scores.get(ScoreKind.INHERENT),
        target=scores.get(ScoreKind.TARGET),
        before=before,
        moved=moved,
        is_above=queries.is_above_tolerance(risk, current),
        accepted=held if holds else None,
        responses=tuple(parts.responses.get(risk.id, ())),
        escalations=tuple(parts.escalations.get(risk.id, ())),
        opened_on=risk.opened_on,
        reviewed_on=risk.reviewed_on,
        review_due_on=risk.review_due_on,
        is_overdue=is_review_overdue(risk.review_due_on, risk.closed_on, today),
        told_at=risk.told_at,
        closed_on=risk.closed_on,
        closed_why=risk.closed_why,
    )


def by_day(registers: Iterable[Register]) -> dict[dt.date, list[Register]]:
    """Registers by the day as at which each is shown."""
    found: dict[dt.date, list[Register]] = {}
    for one in registers:
        found.setdefault(one.day, []).append(one)
    return found


def lines_shown(person: Acting, registers: Sequence[Register]) -> tuple[RiskLine, ...]:
    """Their open risks, by register as given, each as at its register's own day and compared with the quarter before.

    The number of selects grows with the days alone.
    """
    found = [
        line
        for day, some in by_day(registers).items()
        for line in lines_of(person, some, day, quarter_before(some[0].partnership_id, day))
    ]
    places = {register.id: place for place, register in enumerate(registers)}
    return tuple(sorted(found, key=lambda line: places[line.register.id]))


def shown_on(registers: Sequence[Register]) -> dt.date:
    """The day as at which these registers are shown together: the latest of theirs; today where there are none."""
    return max((register.day for register in registers), default=clock.today())
