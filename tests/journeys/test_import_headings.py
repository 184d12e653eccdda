"""Where the headings of a sheet were found wrongly, a person says where they are."""

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.ui.import_assistant.steps import Step
from tests.journeys.importing import opened
from tests.ui.import_assistant.partner_files import write_sheets

ROWS = [
    ("Country", "Name", "City", "Type", "SME"),
    ("see the list below",),
    ("Organisation", "State", "Town"),
    ("Lantern Ltd", "IE", "Athlone"),
    ("Candle Ltd", "IE", "Cork"),
]


@pytest.fixture
def hand(desktop, sample, facts):  # noqa: ARG001 -- the document that is shown
    """The assistant over the window with the sample partnership."""
    with opened(desktop, facts, None) as hand:
        yield hand


def test_that_the_rows_of_the_headings_are_said_with_keys(hand, tmp_path):
    file = hand.add(write_sheets(tmp_path / "list.xlsx", {"List": ROWS}))
    before = {one.name for one in hand.all(Organisation)}
    choice = hand.columns().panel.heading_choice.field
    assert choice.text() == "1"

    choice.setFocus()
    choice.selectAll()
    hand.type("3")
    hand.key(Qt.Key.Key_Return)
    hand.at(Step.COLUMNS)
    assert [sheet.header_rows for sheet in file.outlook.plan.sheets] == [(3,)]
    assert choice.text() == "3"

    hand.go_on()
    hand.at(Step.REVIEW)
    hand.go_on()
    hand.at(Step.DONE)
    assert {one.name for one in hand.all(Organisation)} - before == {"Lantern Ltd", "Candle Ltd"}


def test_that_rows_that_are_no_headings_are_refused_with_a_sentence(hand, tmp_path):
    file = hand.add(write_sheets(tmp_path / "list.xlsx", {"List": ROWS}))
    choice = hand.columns().panel.heading_choice.field
    before = file.outlook

    choice.setFocus()
    choice.selectAll()
    hand.type("70")
    hand.key(Qt.Key.Key_Return)

    assert file.outlook is before
    assert file.refusal == "Row 70 of the sheet is blank."
    assert choice.text() == "1"
