"""A risk by keyboard alone: found, scored and reviewed by an officer; put forward, accepted and returned."""

from tests.journeys.hands import WITH_AND_WITHOUT_SCRIPTS, Hands
from tests.risks.making import a_register

ALL = "/p/west-kent/risks/"


@WITH_AND_WITHOUT_SCRIPTS
def test_a_risk_goes_up_and_comes_back(page_as, javascript):
    group = a_register("", "group", title="Risks of the strategy", body="Steering group")
    a_register(goes_to=group, title="Operational risks")
    officer = Hands(page_as("officer", javascript=javascript))
    officer.page.goto(f"{ALL}tmbc-risks/")
    officer.follow("Add a risk")
    officer.write("What may happen", "Partners give less money")
    officer.write("Cause", "The grant ends")
    officer.choose("Impact", "3")
    officer.choose("Likelihood", "4")
    officer.follow("Add the risk")
    assert "Why is it high? Impact 3 Critical and likelihood 4 Significant make 12 High." in officer.read()
    officer.follow("Reviewed, still valid")
    assert "The review is recorded: the risk is still valid as it stands." in officer.read()
    officer.follow("Give a new score")
    officer.choose("Likelihood", "5")
    officer.write("Why", "The county wrote")
    officer.follow("Save the score")
    assert "It is 15 Very high." in officer.read()
    address = officer.page.url

    lead = Hands(page_as("lead", javascript=javascript))
    lead.page.goto(address)
    lead.follow("Put it forward to Risks of the strategy")
    lead.write("Why it is put forward", "It is beyond us")
    lead.follow("Put it forward")
    assert "waits for a decision" in lead.read()

    steering = Hands(page_as("steering member", javascript=javascript))
    steering.page.goto(f"{ALL}group/")
    steering.follow("Partners give less money")
    steering.tick("Accept it among the top risks here")
    steering.write("Your words", "We write to the minister")
    steering.follow("Save the decision")
    assert "We write to the minister" in steering.read()
    steering.follow("Return it with a reason")
    steering.write("Why it goes back", "The minister answered")
    steering.follow("Return it")
    assert "It is its authority’s alone again" in steering.read()

    lead.page.goto(address)
    assert "It does not stand there." in lead.read()
    lead.tick("Put forward before")
    assert "The minister answered" in lead.read()
