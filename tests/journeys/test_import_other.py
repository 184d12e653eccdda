"""An organisation that the program did not think of, chosen for a name of the file."""

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.sender import Judgement, Verdict
from smartct_desktop.ui.forms.choice_editors import FindEditor
from tests.journeys.importing import opened
from tests.ui.import_assistant.partner_files import exchange, exchanges


@pytest.fixture
def hand(desktop, sample, facts):  # noqa: ARG001 -- the document that is shown
    """The assistant over the window with the sample partnership."""
    with opened(desktop, facts, None) as hand:
        yield hand


def test_that_any_organisation_of_the_document_can_be_chosen_with_keys(hand, tmp_path):
    with hand.document.edit("two firms") as edit:
        edit.add(Organisation(name="Adler Optik GmbH", country="DE"))
        meant = edit.add(Organisation(name="Zeppelin Werke", country="DE"))
    path = exchanges(tmp_path / "a.xlsx", exchange(1, host_organisation="Adler Optic GmbH"))
    file = hand.add(path)
    (asked,) = [q for q in file.outlook.plan.open_questions if q.topic == "which_organisation"]
    assert asked.items[0].others == "organisation"
    review = hand.review()
    review.table.setFocus()
    hand.key(Qt.Key.Key_Return)

    for _ in range(12):
        if isinstance(hand.focused().parent(), FindEditor):
            break
        hand.key(Qt.Key.Key_Tab)
    hand.type("zepp")
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_Return)

    assert not file.outlook.plan.open_questions
    hand.go_on()
    (stay,) = hand.all(Exchange)
    assert stay.ho == meant.id
    told = {(j.written, j.verdict) for j in hand.all(Judgement)}
    assert ("Adler Optic GmbH", Verdict.SAME) in told
    assert ("Adler Optic GmbH", Verdict.NOT_SAME) in told
