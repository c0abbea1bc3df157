"""Adding a member. Fields that a refusal names: email, name, role."""

from wtforms.validators import InputRequired, Length

from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority
from strategy_tracker.web.forms import Choice, Form, Line


class MemberForm(Form):
    email = Line("E-mail address", [InputRequired("Enter an e-mail address"), Length(max=254)])
    name = Line("Name", [InputRequired("Enter a name"), Length(max=200)])
    role = Choice("Role", [InputRequired("Select a role")])

    def offer(self, roles: list[tuple[Role, int | None]], authorities: list[Authority]) -> None:
        """Lists the roles that may be given, each with its authority's short name."""
        names = {authority.id: authority.short_name for authority in authorities}
        self.role.choices = [("", "Select a role")] + [
            (f"{role.value}:{at or ''}", f"{names[at]}: {role.label.lower()}" if at else role.label)
            for role, at in roles
        ]

    @property
    def chosen(self) -> tuple[Role, int | None]:
        """The role, and the id of the authority it is held in (None: the partnership itself)."""
        role, _, at = (self.role.data or "").partition(":")
        return Role(role), int(at) if at else None


class EndForm(Form):
    """Nothing but the version that was read, and the form's key."""
