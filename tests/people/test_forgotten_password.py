"""A new password for somebody who forgot hers: by the command line alone."""

import pytest
from click.testing import CliRunner, Result

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts import passwords
from strategy_tracker.cli import main
from strategy_tracker.errors import Forbidden
from strategy_tracker.history.models import Event
from strategy_tracker.people import operations
from tests.cast import person
from tests.databases import using

NEW = "a quite different phrase"


def reset(url: str, email: str, *more: str, given: str | None = None) -> Result:
    return CliRunner().invoke(
        main, ["person", "password", email, *more], input=given, env={"TRACKER_DATABASE_URL": url}
    )


def test_a_made_up_password_is_shown_once_and_is_the_new_one(database_url):
    done = reset(database_url, "officer@tmbc.example")
    assert done.exit_code == 0
    with using(database_url):
        assert passwords.matches(person("officer").password_hash, done.stdout.strip().rsplit(" ", 1)[1])


def test_the_person_must_sign_in_again_with_it_and_history_says_so(visitor_as):
    visitor = visitor_as("officer")
    assert operations.reset_password(OPERATOR, person("officer"), NEW) is None
    assert visitor.get("/", follow=False, status=302).headers["Location"].startswith("/sign-in")
    visitor.sign_in_by_form("officer", password=NEW)
    assert Event.select().where(Event.verb == "password reset", Event.subject_id == person("officer").id).count() == 1


@pytest.mark.parametrize(
    ("email", "given", "said"),
    [("stranger@nowhere.example", NEW, "nobody"), ("officer@tmbc.example", "short", "12 characters")],
)
def test_what_cannot_be_done_is_refused_in_one_line(database_url, email, given, said):
    refused = reset(database_url, email, "--password-stdin", given=f"{given}\n")
    assert refused.exit_code == 1 and said in refused.stderr and refused.stderr.count("\n") == 1


def test_nobody_resets_a_password_on_a_page(database):
    with pytest.raises(Forbidden):
        operations.reset_password(person("administrator"), person("officer"), NEW)
