"""The page that explains the roll-up, and the form that changes its rule."""

from flask import Blueprint, render_template

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import may
from strategy_tracker.plans.rollup import operations, queries
from strategy_tracker.plans.rollup.forms import RuleForm
from strategy_tracker.web.access import acting_person, needs, the_partnership
from strategy_tracker.web.editing import Answer, Page, answer

blueprint = Blueprint("rollup", __name__)


@blueprint.get("/p/<partnership>/rules")
@needs(Permission.PARTNERSHIP_READ)
def rules(partnership: str) -> str:
    person = acting_person()
    here = the_partnership(person, partnership)
    kept = list(queries.rules_of(here.id))
    return render_template(
        "rollup/rules.html",
        partnership=here,
        nav="overview",
        rule=queries.rule_of(here.id, clock.today()),
        kept=[(row, queries.as_rule(row)) for row in kept],
        may_edit=may(person, Permission.PLAN_EDIT, here),
    )


@blueprint.route("/p/<partnership>/rules/new", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def set_rule(partnership: str) -> Answer:
    person = acting_person()
    here = the_partnership(person, partnership, Permission.PLAN_EDIT)
    rule = queries.rule_of(here.id, clock.today())
    form = RuleForm(
        data={
            "since": clock.today(),
            "grace": str(rule.grace),
            "overdue_as": rule.overdue_as.value if rule.overdue_as else "",
            "worst_first": "\n".join(status.value for status in rule.order),
        }
    )

    def save() -> None:
        operations.set_rule(
            person,
            here,
            since=form.since.data or clock.today(),
            grace=form.days,
            overdue_as=form.overdue_as.data or "",
            worst_first=form.worst_first.data or "",
            reason=form.reason.data or "",
            form_key=form.key,
        )

    page = Page(
        here, "Change the rule of the roll-up", f"/p/{here.slug}/rules", save, "The rule is set.", nav="overview"
    )
    return answer(form, page)
