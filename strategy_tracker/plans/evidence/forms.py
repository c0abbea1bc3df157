"""The form of evidence. Its fields have the names that a refusal uses."""

from strategy_tracker.plans.attached.forms import WhoseFields
from strategy_tracker.web.forms import Form, Line, Upload


class EvidenceForm(Form):
    order: tuple[str, ...] = ("title", "whose", "file")
    title = Line("Title", description="What the file shows. Left empty, the file’s own name stands")
    file = Upload(
        "File",
        description="PDF, Word, Excel, PowerPoint, OpenDocument, PNG or JPEG, up to 10 MB. Pictures lose what their "
        "camera noted, such as the place",
    )


class WholeActionEvidenceForm(WhoseFields, EvidenceForm):
    """Asks besides whose it is."""
