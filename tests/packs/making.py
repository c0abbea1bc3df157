"""Packs in the words of the domain, made by the product's own operations."""

from collections.abc import Callable, Sequence
from typing import Any

from strategy_tracker.access.policy import Acting
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.jobs.models import Job
from strategy_tracker.plans.models import Plan
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.packs import operations
from strategy_tracker.reports.packs.making import make_asked
from strategy_tracker.reports.packs.models import BoardPack, PackEdition
from strategy_tracker.reports.packs.operations import Details
from strategy_tracker.reports.packs.rules import Chosen
from strategy_tracker.risks.models import Register
from tests import builders
from tests.cast import partnership, person
from tests.reports.making import EVERYBODY, a_report, made_public, published, quick

DETAILS = Details(title="Papers for the cabinet", for_whom="Cabinet of TMBC", meeting="Larkfield")


Thing = Report | Plan | Register | Partnership
KINDS = {Report: "report", Plan: "plan", Register: "register", Partnership: "top"}


def of(thing: Thing, **state: Any) -> Chosen:
    """A report, a plan, a register, or the top risks of a partnership as a part."""
    return Chosen(KINDS[type(thing)], thing.id, **state)


def a_published_report(render: Any = None) -> Report:
    """The last quarter's, published for the group, a board and everybody."""
    made_public()
    return published(a_report(audiences=EVERYBODY), render)


def a_pack(*things: Thing | Chosen, by: Acting | None = None, home: str = "west-kent", **details: Any) -> BoardPack:
    """A pack of these parts, or of the plan that is agreed."""
    chosen = [one if isinstance(one, Chosen) else of(one) for one in things or (builders.plan(of=home),)]
    words = Details(**(vars(DETAILS) | details))
    return operations.add_pack(by or coordinator(home), partnership(home), words, chosen)


def asked(pack: BoardPack, by: Acting | None = None) -> Job:
    fresh = BoardPack.get_by_id(pack.id)
    return operations.ask_for_pack(by or coordinator(pack.partnership.slug), fresh)


def made(pack: BoardPack, render: Callable[[str], bytes] = quick) -> PackEdition:
    """What a worker makes of it; the PDF is a stand-in unless a `render` is named."""
    job = asked(pack)
    make_asked(job, render)
    Job.update(state="done", finished_at=job.created_at).where(Job.id == job.id).execute()
    return editions(pack)[-1]


def editions(pack: BoardPack) -> Sequence[PackEdition]:
    return list(PackEdition.select().where(PackEdition.pack == pack).order_by(PackEdition.number))


def coordinator(home: str = "west-kent") -> Any:
    return person("coordinator" if home == "west-kent" else "foreign coordinator")
