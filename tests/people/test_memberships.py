"""Who may give roles, and what a change of role does."""

import pytest

from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.people import operations
from tests.cast import authority, partnership, person


def add(who: str, role: Role, at: str | None, email: str = "new@tmbc.example", home: str = "west-kent"):
    return operations.add_member(
        person(who), partnership(home), authority(at) if at else None, role, email=email, name="New Officer"
    )


@pytest.mark.parametrize(
    ("who", "role", "at", "may"),
    [
        ("coordinator", Role.OFFICER, "sdc", True),
        ("coordinator", Role.COORDINATOR, None, True),
        ("administrator", Role.LEAD, "kcc", True),
        ("lead", Role.OFFICER, "tmbc", True),
        ("lead", Role.OFFICER, "sdc", False),
        ("lead", Role.STEERING_MEMBER, None, False),
        ("officer", Role.OFFICER, "tmbc", False),
        ("steering member", Role.VIEWER, None, False),
        ("foreign coordinator", Role.OFFICER, "tmbc", False),
        ("coordinator", Role.ADMINISTRATOR, None, False),
    ],
)
def test_roles_are_given_by_those_who_may(database, who, role, at, may):
    if may:
        assert add(who, role, at).membership.role == role.value
    else:
        with pytest.raises(Forbidden):
            add(who, role, at)
        assert not Person.select().where(Person.email == "new@tmbc.example").exists()


@pytest.mark.parametrize(
    ("role", "at"), [(Role.OFFICER, None), (Role.LEAD, None), (Role.COORDINATOR, "tmbc"), (Role.OFFICER, "marsh")]
)
def test_a_role_is_held_where_it_belongs(database, role, at):
    with pytest.raises((Invalid, Forbidden)):
        add("coordinator", role, at)


def test_somebody_new_gets_a_first_password_that_works_and_somebody_known_keeps_hers(visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.get("/p/west-kent/people/")
    tmbc = authority("tmbc").id
    added = coordinator.send(page, {"email": "new@tmbc.example", "name": "New Officer", "role": f"officer:{tmbc}"})
    password = added.all("code")[0].text
    visitor = visitor_as()
    signed_in = visitor.send(
        visitor.get("/sign-in"), {"email": "new@tmbc.example", "password": password}, follow=False, status=302
    )
    assert signed_in.headers["Location"] == "/"
    known = coordinator.send(
        coordinator.get("/p/west-kent/people/"),
        {"email": "officer@tmbc.example", "name": "Other Name", "role": f"lead:{tmbc}"},
    )
    assert "Olive Officer is now lead of TMBC" in known.words
    again = coordinator.send(
        coordinator.get("/p/west-kent/people/"),
        {"email": "officer@tmbc.example", "name": "Olive", "role": f"lead:{tmbc}"},
    )
    assert again.errors == ["Olive Officer has this role already"]


def test_ending_a_membership_ends_what_it_allowed_and_every_session(visitor_as):
    officer, coordinator = visitor_as("officer"), visitor_as("coordinator")
    officer.get("/p/west-kent/")
    held = Membership.get(Membership.person == person("officer"))
    page = coordinator.get(f"/p/west-kent/people/{held.id}/end")
    coordinator.send(page)
    officer.get("/p/west-kent/", follow=False, status=302)
    visitor_as("officer").get("/p/west-kent/", status=404)
    assert Membership.get_by_id(held.id).ended_at is not None
    coordinator.get(f"/p/west-kent/people/{held.id}/end", status=404)


def test_a_lead_sees_and_offers_only_her_own_authority(visitor_as):
    page = visitor_as("lead").get("/p/west-kent/people/")
    offered = [option.text.strip() for option in page.all("option")]
    assert offered == ["Select a role", "TMBC: officer", "TMBC: lead", "TMBC: viewer"]
