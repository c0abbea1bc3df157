"""The pages on which registers are read."""

from flask import render_template, request

from strategy_tracker.access.permissions import Permission
from strategy_tracker.risks.overview import all_page
from strategy_tracker.risks.page import CHOICES, register_page
from strategy_tracker.risks.routes.blueprint import ALL, REGISTER, blueprint, the_register
from strategy_tracker.web.access import acting_person, needs, the_partnership


@blueprint.get(ALL)
@needs(Permission.REGISTER_READ)
def registers(partnership: str) -> str:
    person = acting_person()
    home = the_partnership(person, partnership, Permission.REGISTER_READ)
    page = all_page(person, home, is_whole=request.args.get("show") == "all")
    return render_template("risks/list.html", partnership=home, nav="risks", page=page)


@blueprint.get(REGISTER)
@needs(Permission.REGISTER_READ)
def register(partnership: str, register: str) -> str:
    person = acting_person()
    found = the_register(person, partnership, register)
    page = register_page(person, found, request.args.to_dict(flat=False))
    return render_template(
        "risks/register.html", partnership=found.partnership, nav="risks", register=found, page=page, choices=CHOICES
    )
