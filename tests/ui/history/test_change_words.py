"""What was decided and learned from files, said in words in the history."""

import json

import pytest

from smartct_desktop.domain.records.sender import Judgement, Sender, Verdict
from smartct_desktop.ui.history.step_changes import ChangeModel


@pytest.fixture
def changes(document, texts):
    model = ChangeModel()
    model.attach((document.read, texts))
    return model


def table(model):
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def answers(**given):
    return json.dumps({"0" * 64: given})


def test_that_each_answer_learned_of_a_sender_is_a_line_of_its_own(document, changes):
    sender = Sender(name="?", answers=answers(same_organisation={"Beta": True}))
    with document.edit("first") as edit:
        edit.add(sender)
    more = answers(same_organisation={"Beta": False}, country="DE")
    with document.edit("second") as edit:
        edit.set(sender, "answers", more)

    changes.show_step(document.read.next_undo())

    who = "unknown sender   sender"
    assert table(changes) == [
        (who, "Same organisation: Beta", "yes", "no"),
        (who, "Country", "empty", "DE"),
    ]


def test_that_a_decision_names_the_record_it_is_about(document, world, changes):
    judgement = Judgement(
        subject="organisation", written="Gamma", record=world.gamma, verdict=Verdict.SAME
    )
    with document.edit("decision") as edit:
        edit.add(judgement)

    changes.show_step(document.read.next_undo())
    changes.open_line(0)

    lines = {field: after for _, field, _, after in table(changes)[1:]}
    assert table(changes)[0][0] == "Gamma   judgement"
    assert lines == {
        "Kind of record": "Organisation",
        "As written": "Gamma",
        "Record": "Gamma GmbH",
        "Verdict": "Same",
    }
