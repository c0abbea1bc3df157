"""Evidence: added, had, removed."""

from typing import Any

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState

from strategy_tracker.access.permissions import Permission
from strategy_tracker.errors import Invalid, NotFound
from strategy_tracker.history.queries import saved_by
from strategy_tracker.plans.attached.operations import require_write
from strategy_tracker.plans.attached.queries import own_shares
from strategy_tracker.plans.evidence import operations
from strategy_tracker.plans.evidence.forms import EvidenceForm, WholeActionEvidenceForm
from strategy_tracker.plans.evidence.kinds import ENDINGS, LARGEST
from strategy_tracker.plans.evidence.models import Evidence
from strategy_tracker.plans.evidence.names import disposition
from strategy_tracker.plans.evidence.queries import content_of
from strategy_tracker.plans.models import Action, Share
from strategy_tracker.plans.routes.blueprint import PLAN, base_of, the_part
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer
from strategy_tracker.web.forms import ReasonForm

blueprint = Blueprint("evidence", __name__)
ONE = f"{PLAN}evidence/<int:evidence>/"


@blueprint.record_once
def _allow_files(state: BlueprintSetupState) -> None:
    taking = {"evidence.add_to_action", "evidence.add_to_share"}
    state.app.config["UPLOADS"] = {*state.app.config.get("UPLOADS", ()), *taking}


@blueprint.route(f"{PLAN}actions/<int:action>/evidence/new", methods=["GET", "POST"])
@needs(Permission.STRUCTURE_EDIT)
def add_to_action(partnership: str, plan: str, action: int) -> Answer:
    """Of the whole action, or of a share for which the person may write."""
    person = acting_person()
    row: Action = the_part(person, Action, action, Permission.STRUCTURE_EDIT, partnership, plan)
    shares = own_shares(person, row)
    form = WholeActionEvidenceForm()
    form.offer_shares(shares)
    return _add(form, row, lambda: form.chosen_share(shares))


@blueprint.route(f"{PLAN}shares/<int:share>/evidence/new", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def add_to_share(partnership: str, plan: str, share: int) -> Answer:
    row: Share = the_part(acting_person(), Share, share, Permission.PROGRESS_WRITE, partnership, plan)
    return _add(EvidenceForm(), row.action, lambda: row, f" for {row.authority.short_name}")


@blueprint.get(f"{ONE}file")
@needs(Permission.PLAN_READ)
def download(partnership: str, plan: str, evidence: int) -> Response:
    """The bytes, always to be kept and never to be shown as a page of this site."""
    row: Evidence = the_part(acting_person(), Evidence, evidence, Permission.PLAN_READ, partnership, plan)
    content = content_of(row)
    if content is None:
        raise NotFound
    answer = Response(content, content_type=row.media_type)
    answer.headers["Content-Disposition"] = disposition(row.filename)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@blueprint.route(f"{ONE}remove", methods=["GET", "POST"])
@needs(Permission.PROGRESS_WRITE)
def remove(partnership: str, plan: str, evidence: int) -> Answer:
    person = acting_person()
    row: Evidence = the_part(person, Evidence, evidence, Permission.PROGRESS_WRITE, partnership, plan)
    require_write(person, row)
    form = ReasonForm(data={"version": row.version})
    page = Page(
        row.plan.partnership,
        "Remove a file",
        _back(row.action),
        lambda: operations.remove_evidence(
            person, row, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The file is removed.",
        caption=_caption(row.action),
        button="Remove the file",
        theirs=lambda now: Theirs(ReasonForm(None), now.version, saved_by(now)),
        context={
            "words": [row.title, "Nobody can download it any more. The record that it was here stays."],
            "is_dangerous": True,
        },
    )
    return answer(form, page)


def _add(form: EvidenceForm, action: Action, share: Any, whose: str = "") -> Answer:
    def save() -> None:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise Invalid({"file": "Select the file"})
        with file.stream:
            content = file.read(LARGEST + 1)
        operations.add_evidence(
            acting_person(),
            action,
            share(),
            filename=file.filename,
            content=content,
            title=form.title.data or "",
            form_key=form.key,
        )

    page = Page(
        action.plan.partnership,
        f"Add a file{whose}",
        _back(action),
        save,
        "The file is added.",
        caption=_caption(action),
        button="Add the file",
        template="evidence/add.html",
        context={"endings": ",".join(ENDINGS), "sent": request.method == "POST"},
    )
    return answer(form, page)


def _back(action: Action) -> str:
    return f"{base_of(action.plan)}actions/{action.id}#evidence"


def _caption(action: Action) -> str:
    return f"Action {action.number}: {action.text}"
