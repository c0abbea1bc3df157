"""The forms of a return."""

from wtforms import HiddenField

from strategy_tracker.web.forms import Form, Upload


class ReturnForm(Form):
    file = Upload("Filled-in return", description="The workbook that you downloaded here, up to 10 MB")


class SendForm(Form):
    """`seen` is the digest of the reports that the page shows."""

    seen = HiddenField()
