"""The sample's risk registers: Copeland's, a second partnership, and those of West Kent's three councils."""

import datetime as dt
import json
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.escalations import accept_escalation, nominate_risk
from strategy_tracker.risks.operations.parts import add_control, add_response
from strategy_tracker.risks.operations.registers import RegisterTerms, add_register, edit_register
from strategy_tracker.risks.operations.risks import add_risk, close_risk, share_risk
from strategy_tracker.risks.operations.scores import review_risk, score_risk
from strategy_tracker.risks.queries import escalations_of
from strategy_tracker.risks.rules import Effectiveness, Proximity, ResponseKind, RiskWords, ScoreKind
from strategy_tracker.risks.schemes.models import ScoringScheme
from strategy_tracker.risks.schemes.operations import add_scheme
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.schemes.rules import Axis, Band, Category, Cell, Level, Scheme, Tone, product_cells
from strategy_tracker.sample.year import EVENING, MORNING, Diary

Part = dict[str, Any]
NIGHT = dt.time(20)
DECIDING = {"corporate": "corporate@copeland.example", "partnership": "steering@westkent.example"}
"""Who answers for the register of a next level."""


def content() -> dict[str, Part]:
    """By the short address of the partnership."""
    return json.loads(files("strategy_tracker.sample").joinpath("registers.json").read_text("utf-8"))


@dataclass
class Registers:
    """Enters the registers of one partnership in the diary.

    Authorities are known by their slugs, people by their e-mail addresses; who writes for an authority is its officer.
    """

    place: Partnership
    authorities: dict[str, Authority]
    people: dict[str, Person]
    schemes: dict[str, ScoringScheme] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    risks: dict[str, Risk] = field(default_factory=dict)

    def enter(self, diary: Diary, given: Part) -> None:
        diary.on(given["begun"], self.begin, given, at=MORNING)
        for register in given["registers"]:
            for each in register["risks"]:
                self.enter_risk(diary, register, each)
            diary.on(register["as_at"], self.show_as_at, register, at=NIGHT)

    def begin(self, given: Part) -> None:
        for each in given["schemes"]:
            owner = self.authorities.get(each["authority"])
            names = {"slug": each["slug"], "name": each["name"]}
            self.schemes[each["slug"]] = add_scheme(OPERATOR, self.place, owner, **names, shape=_shape(each))
        for each in given["registers"]:
            terms = RegisterTerms(
                title=each["title"],
                scheme=self.schemes[each["scheme"]],
                body=each["body"],
                goes_to=self.registers.get(each["goes_to"]),
                review_months=each["review_months"],
            )
            owner = self.authorities.get(each["authority"])
            self.registers[each["slug"]] = add_register(OPERATOR, self.place, owner, slug=each["slug"], terms=terms)

    def show_as_at(self, given: Part) -> None:
        """From now on it is shown as on its last day."""
        register = self.registers[given["slug"]]
        words = {name: getattr(register, name) for name in ("title", "scheme", "body", "goes_to", "top")}
        terms = RegisterTerms(**words, review_months=register.review_months, as_at=clock.today())
        edit_register(OPERATOR, register, register.version, terms)

    def enter_risk(self, diary: Diary, register: Part, given: Part) -> None:
        first = given["scores"][0]["on"]
        diary.on(first, self.add, register, given, at=MORNING)
        for each in given["scores"]:
            diary.on(each["on"], self.score, register, given, each)
        for on, note in given.get("reviews", []):
            diary.on(on, self.review, register, given, note)
        diary.on(given.get("shared") or register.get("shared", ""), self.share, register, given, at=EVENING)
        forward = given.get("put_forward", {})
        diary.on(forward.get("on", ""), self.put_forward, register, given, at=EVENING)
        diary.on(forward.get("accepted", ""), self.take_up, register, given, at=EVENING)
        diary.on(given.get("accepted", {}).get("on", ""), self.accept, register, given, at=EVENING)
        diary.on(given.get("closed", {}).get("on", ""), self.close, register, given, at=EVENING)

    def add(self, register: Part, given: Part) -> None:
        officer = self.officer(register)
        words = RiskWords(
            event=given["event"],
            cause=given["cause"],
            effect=given["effect"],
            category=given["category"],
            owner=_owner(*given["owner"]),
            proximity=Proximity(given["proximity"]),
            is_opportunity=given.get("opportunity", False),
        )
        risk = add_risk(officer, self.registers[register["slug"]], words, opened_on=clock.today())
        self.risks[given["event"]] = risk
        for kind, text, owner, due_on in given["responses"]:
            due = dt.date.fromisoformat(due_on) if due_on else None
            named = Owner(OwnerKind.POST, owner) if owner else Owner()
            add_response(officer, risk, kind=ResponseKind(kind), text=text, owner=named, due_on=due)
        for text, effectiveness in given.get("controls", []):
            add_control(officer, risk, text=text, effectiveness=Effectiveness(effectiveness))

    def score(self, register: Part, given: Part, score: Part) -> None:
        risk, version = self.risk(given), current_version(self.schemes[register["scheme"]])
        shape = version.shape
        impact, likelihood = (
            [level.mark for level in levels].index(mark)
            for levels, mark in zip((shape.impact, shape.likelihood), score["at"], strict=True)
        )
        score_risk(
            self.officer(register),
            risk,
            risk.version,
            ScoreKind(score["kind"]),
            under=version,
            impact=impact,
            likelihood=likelihood,
            reason=score["reason"],
            scored_on=clock.today(),
        )

    def review(self, register: Part, given: Part, note: str) -> None:
        risk = self.risk(given)
        review_risk(self.officer(register), risk, risk.version, note=note, reviewed_on=clock.today())

    def share(self, register: Part, given: Part) -> None:
        risk = self.risk(given)
        share_risk(self.lead(register), risk, risk.version)

    def put_forward(self, register: Part, given: Part) -> None:
        risk = self.risk(given)
        nominate_risk(self.lead(register), risk, risk.version, words=given["put_forward"]["words"])

    def take_up(self, register: Part, given: Part) -> None:
        found = escalations_of([self.risk(given).id])[self.risk(given).id][0]
        decider = self.people[DECIDING[register["goes_to"]]]
        accept_escalation(decider, found, found.version, words=given["put_forward"]["answer"])

    def accept(self, register: Part, given: Part) -> None:
        risk, said = self.risk(given), given["accepted"]
        until = dt.date.fromisoformat(said["until"])
        accept_risk(self.lead(register), risk, risk.version, accepted_by=said["by"], until=until, reason=said["reason"])

    def close(self, register: Part, given: Part) -> None:
        risk, said = self.risk(given), given["closed"]
        closed_on = dt.date.fromisoformat(said["on"])
        close_risk(self.officer(register), risk, risk.version, reason=said["reason"], closed_on=closed_on)

    def risk(self, given: Part) -> Risk:
        """As it stands now: each act changes its version."""
        found: Risk = Risk.reach().query.where(Risk.id == self.risks[given["event"]].id).get()
        return found

    def officer(self, register: Part) -> Person:
        return self._member("officer", register)

    def lead(self, register: Part) -> Person:
        return self._member("lead", register)

    def _member(self, role: str, register: Part) -> Person:
        """The authority's own, or for the partnership's register its coordinator."""
        if not register["authority"]:
            return self.people["coordinator@westkent.example"]
        name = "copeland" if register["authority"] == "copeland-council" else register["authority"]
        return self.people[f"{role}@{name}.example"]


def _shape(given: Part) -> Scheme:
    impact, likelihood = (tuple(Level(*level) for level in given[name]) for name in ("impact", "likelihood"))
    bands = tuple(Band(name, Tone[tone.upper().replace(" ", "_")]) for name, tone, _ in given["bands"])
    places = {band.name: place for place, band in enumerate(bands)}
    if "table" in given:
        cells = tuple(tuple(Cell(places[name]) for name in row) for row in given["table"])
    else:
        cells = product_cells(impact, likelihood, [start for _, _, start in given["bands"][1:]])
    return Scheme(
        impact=impact,
        likelihood=likelihood,
        bands=bands,
        cells=cells,
        tolerated=places[given["tolerated"]],
        categories=tuple(Category(name, places[band]) for name, band in given["categories"].items()),
        rows=Axis(given["rows"]),
        impact_word=given.get("impact_word", "Impact"),
        likelihood_word=given.get("likelihood_word", "Likelihood"),
    )


def _owner(kind: str, name: str) -> Owner:
    return Owner(OwnerKind(kind), name)
