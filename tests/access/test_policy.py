"""The policy, as a table for people and as a promise."""

import pytest
from click.testing import CliRunner

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import OPERATOR, POLICY, Place, acts_for_another, allows
from strategy_tracker.access.scope import load, visible
from strategy_tracker.accounts.models import Grant
from strategy_tracker.accounts.roles import Role
from strategy_tracker.cli import main
from strategy_tracker.errors import Forbidden, NotFound
from strategy_tracker.plans.comments.models import Comment, Mention
from strategy_tracker.plans.comments.operations import add_comment
from strategy_tracker.plans.models import Action, Outcome, Plan, ProgressNote, Share
from tests import builders
from tests.cast import CAST, person


class Held:
    """Somebody with these grants."""

    def __init__(self, *grants):
        self.grants = grants


HERE, THERE, OWN, OTHER = 1, 2, 10, 11
OFFICER = Held(Grant(Role.OFFICER, HERE, OWN))
COORDINATOR = Held(Grant(Role.COORDINATOR, HERE, None))
VIEWER = Held(Grant(Role.VIEWER, HERE, None))


@pytest.mark.parametrize(
    ("who", "permission", "place", "may"),
    [
        (OFFICER, Permission.PROGRESS_WRITE, Place(HERE, OWN), True),
        (OFFICER, Permission.PROGRESS_WRITE, Place(HERE, OTHER), False),
        (OFFICER, Permission.PROGRESS_WRITE, Place(HERE, None), False),
        (OFFICER, Permission.PROGRESS_WRITE, Place(THERE, OWN), False),
        (OFFICER, Permission.PLAN_READ, Place(HERE, None, False), True),
        (OFFICER, Permission.PLAN_EDIT, Place(HERE), False),
        (COORDINATOR, Permission.PROGRESS_WRITE, Place(HERE, OTHER), True),
        (COORDINATOR, Permission.PLAN_READ, Place(THERE), False),
        (VIEWER, Permission.PLAN_READ, Place(HERE, None, True), True),
        (VIEWER, Permission.PLAN_READ, Place(HERE, None, False), False),
        (Held(), Permission.PARTNERSHIP_READ, Place(HERE), False),
        (Held(Grant(Role.PROVIDER, HERE, None)), Permission.PARTNERSHIP_READ, Place(HERE), False),
        (Held(Grant(Role.ADMINISTRATOR, None, None)), Permission.PLAN_READ, Place(HERE), False),
        (Held(Grant(Role.ADMINISTRATOR, None, None)), Permission.MEMBERSHIP_MANAGE, Place(HERE, OWN), True),
        (OPERATOR, Permission.PLAN_EDIT, Place(HERE), True),
    ],
)
def test_who_may_do_what_where(who, permission, place, may):
    assert allows(who, permission, place) is may


def test_a_coordinator_who_is_also_an_officer_acts_for_herself_at_home_and_for_others_elsewhere():
    both = Held(Grant(Role.COORDINATOR, HERE, None), Grant(Role.OFFICER, HERE, OWN))
    assert not acts_for_another(both, Permission.PROGRESS_WRITE, Place(HERE, OWN))
    assert acts_for_another(both, Permission.PROGRESS_WRITE, Place(HERE, OTHER))


@pytest.mark.parametrize("model", [Plan, Action, Outcome, Share, ProgressNote, Comment, Mention])
def test_what_lists_show_is_what_the_policy_allows_row_by_row(database, model):
    for action in (builders.action("1.2"), builders.action("1.1", "2011-12")):
        add_comment(person("lead"), action, text="Who rings?", named=[person("coordinator").id])
    everything = list(visible(OPERATOR, model))
    assert everything
    for somebody in map(person, CAST):
        for permission in (
            Permission.PLAN_READ,
            Permission.PROGRESS_WRITE,
            Permission.STRUCTURE_EDIT,
            Permission.COMMENT_READ,
        ):
            allowed = {row.id for row in everything if allows(somebody, permission, row.place())}
            listed = {row.id for row in visible(somebody, model, permission)}
            assert listed == allowed, f"{somebody.name}, {permission}"


def test_what_may_not_be_read_is_not_there_and_what_may_not_be_changed_is_refused(database):
    action = builders.action("1.1")
    with pytest.raises(NotFound):
        load(person("outsider"), Action, action.id, Permission.PLAN_READ)
    with pytest.raises(Forbidden):
        load(person("officer"), Action, action.id, Permission.STRUCTURE_EDIT)
    assert load(person("lead"), Action, action.id, Permission.STRUCTURE_EDIT) == action


@pytest.mark.parametrize("number", [0, -1, 987654, 2**31, 2**63, 10**40])
def test_a_number_that_no_row_has_is_not_there(database, number):
    with pytest.raises(NotFound):
        load(person("coordinator"), Action, number, Permission.PLAN_READ)


def test_the_table_is_printed_with_every_role_and_permission():
    printed = CliRunner().invoke(main, ["permissions"]).output
    lines = printed.splitlines()
    assert lines[0].split() == [role.value for role in Role]
    assert [line.split()[0] for line in lines[1:]] == [permission.value for permission in Permission]
    assert POLICY.keys() == set(Permission)
    assert "progress.write     own authority's" in printed
