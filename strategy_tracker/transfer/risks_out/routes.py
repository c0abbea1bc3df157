"""Registers and risks to keep, to print and to work with."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app

from strategy_tracker.access.permissions import Permission
from strategy_tracker.reviews.risks.page import risk_links
from strategy_tracker.risks.routes.blueprint import ALL, the_register, the_risk
from strategy_tracker.transfer.risks_out.files import KINDS, register_file
from strategy_tracker.web.access import acting_person, needs, the_partnership

blueprint = Blueprint("risks_out", __name__)


@blueprint.get(f"{ALL}top.pdf")
@needs(Permission.REGISTER_READ)
def top_pdf(partnership: str) -> Response:
    """The top risks of the partnership, as far as whoever asks may read them."""
    from strategy_tracker.reviews.risks.glossary import explained
    from strategy_tracker.risks import sections

    person = acting_person()
    here = the_partnership(person, partnership, Permission.REGISTER_READ)
    content = sections.top_pdf(explained(sections.top_document(person, here), here.id), _folder())
    return _sent(content, f"{here.slug}-top-risks", "pdf")


@blueprint.get(f"{ALL}<register>/<risk>.pdf")
@needs(Permission.RISK_READ)
def risk_pdf(partnership: str, register: str, risk: str) -> Response:
    from strategy_tracker.reviews.risks.glossary import explained
    from strategy_tracker.risks import risk_section

    person = acting_person()
    row = the_risk(person, partnership, register, risk)
    links = [(f"{one.words}, {one.plan}", one.text) for one in risk_links(person, row).links]
    document = explained(risk_section.risk_document(person, row, links), row.register.partnership_id)
    name = f"{partnership}-{register}-risk-{document.ref.rpartition(' ')[2]}"
    return _sent(risk_section.risk_pdf(document, _folder()), name, "pdf")


def _route(kind: str) -> None:
    @blueprint.get(f"{ALL}<register>.{kind}", endpoint=f"register_{kind}")
    @needs(Permission.REGISTER_READ)
    def download(partnership: str, register: str) -> Response:
        person = acting_person()
        row = the_register(person, partnership, register)
        settings: Any = current_app.extensions["settings"]
        content = register_file(kind, person, row, base_url=settings.base_url, folder=_folder())
        return _sent(content, f"{row.partnership.slug}-{row.slug}", kind)


for ending in KINDS:
    _route(ending)


def _folder() -> Path:
    settings: Any = current_app.extensions["settings"]
    folder: Path = settings.data_dir / "documents"
    return folder


def _sent(content: bytes, name: str, kind: str) -> Response:
    answer = Response(content, content_type=KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
