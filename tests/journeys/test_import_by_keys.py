"""The whole way of a file without a pointer: columns, blank cells, review, done, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.ui.import_assistant.review_facets import Facet
from smartct_desktop.ui.import_assistant.steps import Step
from tests.journeys.importing import opened
from tests.ui.import_assistant.partner_files import exchange, exchanges

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MOST_TABS = 40


@pytest.fixture
def hand(desktop, sample, facts):  # noqa: ARG001 -- the document that is shown
    """The assistant over the window with the sample partnership."""
    with opened(desktop, facts, None) as hand:
        yield hand


def tab_to(hand, fits):
    """Press Tab until the focus is on what is looked for."""
    for _ in range(MOST_TABS):
        if fits(hand.focused()):
            return hand.focused()
        hand.key(Qt.Key.Key_Tab)
    raise AssertionError("Tab never came there")


def test_that_a_file_is_imported_and_undone_with_keys_only(hand, tmp_path):
    hand.add(exchanges(tmp_path / "a.xlsx", exchange(1), exchange(2)))
    assert isinstance(hand.focused(), QPushButton)
    hand.key(Qt.Key.Key_Return)
    hand.at(Step.COLUMNS)
    hand.key(Qt.Key.Key_Return, CONTROL)
    hand.at(Step.REVIEW)
    hand.key(Qt.Key.Key_Left, ALT)
    hand.at(Step.COLUMNS)
    hand.key(Qt.Key.Key_Return, CONTROL)
    hand.key(Qt.Key.Key_Return, CONTROL)
    hand.at(Step.DONE)
    assert len(hand.all(Exchange)) == 2

    done = hand.assistant.done_step
    tab_to(hand, lambda focus: focus is done.undo)
    hand.key(Qt.Key.Key_Space)
    assert hand.all(Exchange) == []
    hand.key(Qt.Key.Key_Escape)
    hand.qtbot.waitUntil(lambda: hand.closed == [True])


def test_that_blank_cells_are_told_to_empty_a_field_with_keys(hand, tmp_path):
    hand.add(exchanges(tmp_path / "a.xlsx", exchange(1), exchange(2)))
    hand.review()
    hand.key(Qt.Key.Key_Return, CONTROL)
    file = hand.add(exchanges(tmp_path / "b.xlsx", exchange(1, amount_eur=None), exchange(2)))
    columns = hand.columns()
    columns.sheet.setFocus()
    for _ in range(8):
        hand.key(Qt.Key.Key_Right)
    tick = tab_to(hand, lambda focus: type(focus) is QCheckBox)
    assert tick.text() == "Blank cells empty the field"

    hand.key(Qt.Key.Key_Space)
    assert file.outlook.plan.counts.change == 1
    assert tick.isChecked()
    hand.key(Qt.Key.Key_Space)
    assert file.outlook.plan.counts.change == 0
    assert not tick.isChecked()


def test_that_rows_are_filtered_with_keys(hand, tmp_path):
    hand.add(exchanges(tmp_path / "a.xlsx", exchange(1), exchange(2, start=None)))
    review = hand.review()
    refused = tab_to(hand, lambda focus: isinstance(focus, Facet) and focus.text() == "Refused")
    assert refused is not None
    hand.key(Qt.Key.Key_Space)
    assert [row.first for row in review.rows.rows] == [3]
