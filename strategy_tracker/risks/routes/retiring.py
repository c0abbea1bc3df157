"""The page on which a scheme that no register uses is retired, or taken back."""

from strategy_tracker.access.permissions import Permission
from strategy_tracker.risks.routes.blueprint import blueprint
from strategy_tracker.risks.routes.schemes import SCHEME, the_scheme
from strategy_tracker.risks.schemes.page import address_of_scheme
from strategy_tracker.risks.schemes.retiring import retire_scheme, take_back_scheme
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, answer
from strategy_tracker.web.forms import Form

RETIRING = (
    "It leaves the list of schemes, and no register can choose it any more.",
    "Scores that were given under it stay as they are, and it can be taken back.",
    "Only a scheme that no register uses can be retired.",
)


@blueprint.route(f"{SCHEME}retirement", methods=["GET", "POST"])
@needs(Permission.REGISTER_EDIT)
def retire_a_scheme(partnership: str, scheme: str) -> Answer:
    person = acting_person()
    found = the_scheme(person, partnership, scheme, Permission.REGISTER_EDIT)
    form, is_retired = Form(data={"version": str(found.version)}), found.retired_at is not None
    change = take_back_scheme if is_retired else retire_scheme
    page = Page(
        partnership=found.partnership,
        heading="Take this scheme back?" if is_retired else "Retire this scheme?",
        caption=found.name,
        back=address_of_scheme(found),
        save=lambda: change(person, found, form.started_from, form_key=form.key),
        saved="The scheme can be chosen again." if is_retired else "The scheme is retired.",
        button="Take it back" if is_retired else "Retire it",
        nav="risks",
        context={"words": () if is_retired else RETIRING},
    )
    return answer(form, page)
