"""The page of the search box."""

import re
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from strategy_tracker.access.scope import visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.search.results import search
from strategy_tracker.text import one_line
from strategy_tracker.web.access import acting_person, signed_in

blueprint = Blueprint("search", __name__)
PAGE = re.compile(r"[0-9]{1,6}", re.ASCII)


@blueprint.get("/search")
@signed_in
def find() -> str:
    """A partnership or a kind that is not there is passed over, as is one that the person may not see."""
    person = acting_person()
    query, kind = one_line(request.args.get("q", "")), request.args.get("kind", "")
    partnerships = list(visible(person, Partnership).order_by(Partnership.name, Partnership.id))
    asked = next((one for one in partnerships if one.slug == request.args.get("in")), None)
    given = request.args.get("page", "")
    page = int(given) if PAGE.fullmatch(given) else 1
    results = search(person, query, home=asked.id if asked else None, kind=kind, page=page)

    def address(**changes: Any) -> str:
        wanted = {"q": query, "in": asked.slug if asked else "", "kind": results.kind} | changes
        return f"/search?{urlencode({name: value for name, value in wanted.items() if value})}"

    return render_template(
        "search/search.html",
        partnership=asked or (partnerships[0] if len(partnerships) == 1 else None),
        partnerships=partnerships,
        asked=asked,
        query=query,
        results=results,
        address=address,
        at_search=True,
    )
