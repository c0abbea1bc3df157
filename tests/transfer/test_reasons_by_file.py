"""A file that turns a status worse gives its reason, as a page does; without a place for it the words serve."""

import datetime as dt
import json

import pytest

from strategy_tracker.errors import Invalid
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.transfer.plan_json import plan_as_json
from tests import builders
from tests.transfer.going_out import Cells, changes_by, edited, sent_out, setting, shown

pytestmark = pytest.mark.usefixtures("database")
SEPTEMBER = "30 September 2011"
NOTE = ("new", "progress of 1.1", "TMBC, as at 30 September 2011", "", "[stopped] No money")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("stopped", "Enter a reason: the status is stopped"),
        ("off track", "Enter a reason: the status turns from ongoing to off track"),
    ],
)
def test_a_worse_status_without_a_reason_is_wrong_at_its_cell(kind: str, status: str, why: str) -> None:
    edit = setting("1.1", "TMBC", Status=status, Progress="No money", As_at=SEPTEMBER)
    with pytest.raises(Invalid) as refused:
        changes_by(edited(kind, sent_out(kind), edit))
    ((place, words),) = refused.value.problems.items()
    assert words == why and place in ("Plan!O3", "The file, row 3, column Reason", "The file, row 4, column Reason")
    edit = setting("1.1", "TMBC", Status=status, Progress="No money", As_at=SEPTEMBER, Reason="The grant ended")
    content = edited(kind, sent_out(kind), edit)
    assert len(shown(changes_by(content))) == 1
    assert shown(changes_by(content)) == []
    assert [note.reason for note in ProgressNote.select().where(ProgressNote.text == "No money")] == ["The grant ended"]


def test_in_a_file_without_a_place_for_it_the_words_serve_and_come_back_with_nothing_to_do() -> None:
    def edit(rows: Cells) -> None:
        setting("1.1", "TMBC", Status="stopped", Progress="No money", As_at=SEPTEMBER)(rows)
        at = rows[0].index("Reason")
        for row in rows:
            del row[at]

    content = edited("csv", sent_out("csv"), edit)
    assert shown(changes_by(content)) == [NOTE]
    assert shown(changes_by(content)) == []


def test_a_copy_in_json_gives_the_reason_too() -> None:
    given = json.loads(plan_as_json(builders.plan()))
    note = {"authority": "tmbc", "as_at": "2011-09-30", "status": "stopped", "text": "No money", "reason": ""}
    given["objectives"][0]["actions"][0]["outcomes"][0]["progress"].append(note)
    with pytest.raises(Invalid) as refused:
        changes_by(json.dumps(given).encode())
    assert refused.value.problems == {
        "objectives[0].actions[0].outcomes[0].progress[2].reason": "Enter a reason: the status is stopped"
    }
    note["reason"] = "The grant ended"
    assert shown(changes_by(json.dumps(given).encode())) == [NOTE]
    assert ProgressNote.select().where(ProgressNote.as_at == dt.date(2011, 9, 30)).count() == 1
