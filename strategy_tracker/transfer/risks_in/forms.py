"""The forms of an import of risks."""

from wtforms import HiddenField

from strategy_tracker.web.dates import DayMonthYear
from strategy_tracker.web.forms import Form, Tick, Upload

KINDS = ".docx,.xlsx,.ods,.csv"


class RisksFileForm(Form):
    file = Upload(
        "Risk register",
        description="A table in Word (.docx), Excel (.xlsx), OpenDocument (.ods) or CSV, up to 10 MB",
    )


class RisksChoicesForm(Form):
    """What the file cannot say. `seen` is the digest of the risks that the page shows."""

    order = ("day", "leaves")
    seen = HiddenField()
    day = DayMonthYear("Scores as at", description="For scores of which the file does not say when they were given")
    leaves = Tick("Leave the risks as they are that the register has already in other words")
