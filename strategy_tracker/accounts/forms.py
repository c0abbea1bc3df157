"""Forms of sign-in and password. Fields that a refusal names: email, password, current, new, again."""

from wtforms.validators import EqualTo, InputRequired, Length

from strategy_tracker.accounts import passwords
from strategy_tracker.web.forms import Form, Line, Secret


class SignInForm(Form):
    email = Line("E-mail address", [InputRequired("Enter your e-mail address"), Length(max=254)])
    password = Secret("Password", [InputRequired("Enter your password"), Length(max=passwords.LONGEST)])


class PasswordForm(Form):
    current = Secret("Current password", [InputRequired("Enter your current password"), Length(max=passwords.LONGEST)])
    new = Secret("New password", [InputRequired("Enter a new password"), Length(max=passwords.LONGEST)])
    again = Secret("New password again", [EqualTo("new", "The two new passwords are not the same")])
