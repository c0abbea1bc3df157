"""The selects of registers and risks, in two parts.

What is for a person asks who that is, and finds nothing that she may not read. What is said of risks takes ids, and
asks nobody: give it those of risks that were found for the reader, or for whoever writes.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from peewee import JOIN, ModelSelect, fn

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR, Acting, Place, allows
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import one_of, values
from strategy_tracker.risks.lines import LineControl, LineResponse, LineRisk, LineScore
from strategy_tracker.risks.models import (
    Acceptance,
    Control,
    Escalation,
    Register,
    Response,
    Risk,
    RiskReview,
    Score,
)
from strategy_tracker.risks.rules import RUNNING, EscalationState, ScoreKind
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme

Scores = dict[ScoreKind, LineScore]
KINDS = {kind.value: kind for kind in ScoreKind}


def registers_of(person: Acting, home: Partnership) -> list[Register]:
    """The registers in use: the person's own first, then the partnership's, then the others in the partners' order."""
    rows = list(visible(person, Register).where(Register.partnership == home, Register.closed_at.is_null()))
    return sorted(rows, key=lambda row: _place_in_list(person, row))


def _place_in_list(person: Acting, register: Register) -> tuple[Any, ...]:
    if register.authority_id is None:
        return 1, 0, register.title.casefold(), register.id
    group = 0 if is_hers(person, register) or is_own(person, register) else 2
    return group, register.authority.position, register.title.casefold(), register.id


def is_own(person: Acting, register: Register) -> bool:
    """Whether the person reads every risk of it, and so knows its risks by the register's own numbers."""
    if register.authority_id is None or person is OPERATOR:
        return True
    private = Place(register.partnership_id, register.authority_id, is_settled=False, is_raised=False)
    return allows(person, Permission.RISK_READ, private)


def is_hers(person: Acting, register: Register) -> bool:
    """Whether it is the register of what she belongs to, in whichever role: an authority, or the partnership itself."""
    place = register.partnership_id, register.authority_id
    return any((grant.partnership_id, grant.authority_id) == place for grant in person.grants)


def names_of(registers: Collection[Register]) -> dict[int, str]:
    """What each is called beside a number: "TMBC", or "Housing (TMBC)" where TMBC ever had another. One select."""
    homes = {one.partnership_id for one in registers}
    rows = Register.select(Register.partnership, Register.authority).where(Register.partnership.in_(homes)).tuples()
    count = Counter(rows) | Counter((one.partnership_id, one.authority_id) for one in registers)
    several = {one.id: count[one.partnership_id, one.authority_id] > 1 for one in registers}
    return {one.id: _titled(one) if several[one.id] else one.short for one in registers}


def _titled(register: Register) -> str:
    says_whose = register.short.casefold() in register.title.casefold()
    return str(register.title) if says_whose else f"{register.title} ({register.short})"


def risks_of(person: Acting, *registers: Register, closed: bool | None = False) -> list[Risk]:
    """The risks of these registers that the person may read, by register and number; `closed` None: open and closed."""
    return list(_risks(person, registers, closed=closed))


def line_risks(person: Acting, registers: Sequence[Register], *, closed: bool | None) -> list[LineRisk]:
    """The same for the lines of registers."""
    by_id = {register.id: register for register in registers}
    rows = values(_risks(person, registers, closed=closed), LineRisk._fields[:-1])
    return [LineRisk._make((*row, by_id[row[1]])) for row in rows]


def _risks(person: Acting, registers: Sequence[Register], *, closed: bool | None) -> ModelSelect:
    query = visible(person, Risk).where(Risk.register.in_(list(registers)))
    if closed is not None:
        query = query.where(Risk.closed_on.is_null(not closed))
    return query.order_by(Risk.register, Risk.number)


def readable_risks(person: Acting, risk_ids: Iterable[int]) -> dict[int, Risk]:
    """Those of these risks that the person may read, open or closed, by id."""
    return {risk.id: risk for risk in visible(person, Risk).where(Risk.id.in_(list(risk_ids)))}


def has_closed(person: Acting, register: Register) -> bool:
    """Whether the person may read a closed risk of this register."""
    closed = visible(person, Risk).where(Risk.register == register, Risk.closed_on.is_null(False))
    return bool(closed.select(Risk.id).exists())


def registers_with(person: Acting, register_ids: Iterable[int]) -> dict[int, Register]:
    """These registers, closed ones too, by id."""
    return {row.id: row for row in visible(person, Register).where(Register.id.in_(list(register_ids)))}


def escalations_to(person: Acting, register: Register) -> list[Escalation]:
    """What was ever put forward to this register, for those who decide there; the latest first."""
    return list(visible(person, Escalation).where(Escalation.to == register).order_by(Escalation.id.desc()))


def reference(risk: Risk | LineRisk, *, own: bool) -> str:
    """The number by which a reader knows it: "3" in its own register, "S2" for those who know only what is shared.

    "E1" for those who decide at the next level, while it is shared with nobody else.
    """
    if own or risk.register.authority_id is None:
        return str(risk.number)
    return f"E{risk.raised_number}" if risk.outer_number is None else f"S{risk.outer_number}"


def scores_of(risk_ids: Sequence[int], on: dt.date | None = None, kind: ScoreKind | None = None) -> dict[int, Scores]:
    """The last score of each kind (or of one), by risk, with its scheme's version; as at a day, or now. Two selects."""
    given = Score.select(fn.MAX(Score.id)).where(Score.risk.in_(one_of(risk_ids))).group_by(Score.risk, Score.kind)
    if kind is not None:
        given = given.where(Score.kind == kind.value)
    if on is not None:
        given = given.where(Score.scored_on <= on)
    rows = values(Score.select().where(Score.id.in_(given)), LineScore._fields[:-1])
    # A version is read once and not with each of its scores: it holds the whole scheme.
    query = SchemeVersion.select(SchemeVersion, ScoringScheme).join(ScoringScheme)
    versions = {row.id: row for row in query.where(SchemeVersion.id.in_({row[2] for row in rows}))}
    found: dict[int, Scores] = defaultdict(dict)
    for row in rows:
        found[row[0]][KINDS[row[1]]] = LineScore._make((*row, versions[row[2]]))
    return found


def current_scores(risk_ids: Sequence[int], on: dt.date) -> dict[int, LineScore]:
    """The current score of each risk as at a day; one that had none is not there."""
    found = scores_of(risk_ids, on, ScoreKind.CURRENT)
    return {risk_id: scores[ScoreKind.CURRENT] for risk_id, scores in found.items()}


def current_score(risk_id: int) -> Score | None:
    return last_score(risk_id, ScoreKind.CURRENT)


def last_score(risk_id: int, kind: ScoreKind) -> Score | None:
    given = _with_version(Score.select(Score, SchemeVersion, ScoringScheme)).join(ScoringScheme)
    return given.where(Score.risk == risk_id, Score.kind == kind.value).order_by(Score.id.desc()).first()


def history_of_scores(risk_id: int) -> list[Score]:
    """Every score of a risk with who gave it and under which version of which scheme, the earliest first."""
    query = _with_version(Score.select(Score, SchemeVersion, ScoringScheme, Person)).join(ScoringScheme)
    query = query.switch(Score).join(Person, JOIN.LEFT_OUTER)
    return list(query.where(Score.risk == risk_id).order_by(Score.id))


def _with_version(query: ModelSelect) -> ModelSelect:
    return query.join(SchemeVersion)


class Weighed(Protocol):
    """What of a risk says how much of it is tolerated."""

    @property
    def category(self) -> str: ...

    @property
    def is_opportunity(self) -> bool: ...


def is_above_tolerance(risk: Weighed, score: Score | LineScore | None) -> bool:
    """By the tolerance of the version under which the score was given; an opportunity is never above it."""
    if score is None or risk.is_opportunity:
        return False
    return bool(score.scheme_version.shape.is_above_tolerance(score.band, risk.category))


def _by_risk(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.risk_id].append(row)
    return found


def responses_of(risk_ids: Sequence[int]) -> dict[int, list[LineResponse]]:
    """What is done about each risk, in the order of the numbers."""
    query = Response.select().where(Response.risk.in_(one_of(risk_ids)), Response.removed_at.is_null())
    rows = values(query.order_by(Response.risk, Response.number), LineResponse._fields)
    return _by_risk(LineResponse(*row) for row in rows)


def controls_of(risk_ids: Sequence[int]) -> dict[int, list[LineControl]]:
    query = Control.select().where(Control.risk.in_(one_of(risk_ids)), Control.removed_at.is_null())
    rows = values(query.order_by(Control.risk, Control.number), LineControl._fields)
    return _by_risk(LineControl(*row) for row in rows)


def reviews_of(risk_id: int) -> list[RiskReview]:
    """The latest first, with who reviewed."""
    query = RiskReview.select(RiskReview, Person).join(Person, JOIN.LEFT_OUTER)
    return list(query.where(RiskReview.risk == risk_id).order_by(RiskReview.id.desc()))


def every_score(risk_ids: Collection[int]) -> list[Score]:
    """All scores of these risks with their versions and who gave them, the earliest first; in one select."""
    query = Score.select(Score, SchemeVersion, Person).join(SchemeVersion).switch(Score).join(Person, JOIN.LEFT_OUTER)
    return list(query.where(Score.risk.in_(one_of(risk_ids))).order_by(Score.id))


def every_review(risk_ids: Collection[int]) -> list[RiskReview]:
    """All reviews of these risks with who reviewed, the earliest first; in one select."""
    query = RiskReview.select(RiskReview, Person).join(Person, JOIN.LEFT_OUTER)
    return list(query.where(RiskReview.risk.in_(one_of(risk_ids))).order_by(RiskReview.id))


def acceptances_of(risk_ids: Sequence[int]) -> dict[int, Acceptance]:
    """The acceptance of each risk that was not ended; whether its last day has passed is for the rule to say."""
    query = Acceptance.select(Acceptance, Score).join(Score, on=(Acceptance.score == Score.id))
    rows = query.where(Acceptance.risk.in_(one_of(risk_ids)), Acceptance.ended_on.is_null()).order_by(Acceptance.id)
    return {row.risk_id: row for row in rows}


def acceptance_of(risk_id: int) -> Acceptance | None:
    return acceptances_of([risk_id]).get(risk_id)


def voided_by(score: Score) -> Acceptance | None:
    """The acceptance that became void by this score."""
    found: Acceptance | None = Acceptance.get_or_none(Acceptance.void_by == score)
    return found


def ended_acceptances(*risk_ids: int) -> list[Acceptance]:
    """Those that were withdrawn, followed or void, the latest first, with the score accepted and the one that rose.

    What is void has in `void_after` the current score from which that one rose.
    """
    risen, before, earlier = Score.alias(), Score.alias(), Score.alias()
    last = earlier.select(fn.MAX(earlier.id)).where(
        earlier.risk == risen.risk, earlier.kind == ScoreKind.CURRENT.value, earlier.id < risen.id
    )
    query = (
        Acceptance.select(Acceptance, Score, risen, before)
        .join(Score, on=(Acceptance.score == Score.id))
        .switch(Acceptance)
        .join(risen, JOIN.LEFT_OUTER, on=(Acceptance.void_by == risen.id), attr="void_by")
        .switch(Acceptance)
        .join(before, JOIN.LEFT_OUTER, on=(before.id == last), attr="void_after")
    )
    rows = query.where(Acceptance.risk.in_(risk_ids), Acceptance.ended_on.is_null(False))
    return list(rows.order_by(Acceptance.id.desc()))


def escalations_of(risk_ids: Sequence[int], *, running: bool = True) -> dict[int, list[Escalation]]:
    """Where each risk stands at the next level; with `running` False where it ever stood. The latest first."""
    query = (
        Escalation.select(Escalation, Register, Authority, Partnership)
        .join(Register, on=(Escalation.to == Register.id))
        .join(Authority, JOIN.LEFT_OUTER)
        .switch(Register)
        .join(Partnership)
        .where(Escalation.risk.in_(one_of(risk_ids)))
    )
    if running:
        query = query.where(Escalation.state.in_(sorted(RUNNING)))
    return _by_risk(query.order_by(Escalation.id.desc()))


def stood_in(one: Escalation, running: Iterable[Escalation]) -> int:
    """The register, by its id, from which it went up: the one that had accepted it last, or the risk's own.

    `running` are those of its risk, the latest first.
    """
    return next((below.to_id for below in running if below.id < one.id), one.risk.register_id)


def next_level(risk: Risk, running: Sequence[Escalation]) -> Register | None:
    """The register to which it may be put forward now: that of its own register, or of the one that accepted it last.

    `running` is where it stands, the latest first. None: there is none in use, or an answer is awaited.
    """
    if running and running[0].state != EscalationState.ACCEPTED:
        return None
    to: Register | None = running[0].to.goes_to if running else risk.register.goes_to
    return to if to is not None and to.closed_at is None else None
