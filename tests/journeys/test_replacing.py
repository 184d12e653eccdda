"""Finding and replacing in a column, with keys only."""

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.ui.revisions.replace_dialog import ReplaceDialog
from tests.journeys.revising import (
    CONTROL,
    EXCHANGES,
    ORGANISATIONS,
    column,
    dialog_of,
    press_enter,
    undo,
    words,
)


def replace(desktop, find, by, *ticked):
    """Ask for a replacement; gives the preview."""
    desktop.key(Qt.Key.Key_H, CONTROL)
    dialog = dialog_of(desktop, ReplaceDialog)
    desktop.qtbot.keyClicks(dialog.find_line, find)
    desktop.qtbot.keyClicks(dialog.replace_line, by)
    for box in ticked:
        desktop.qtbot.keyClick(getattr(dialog, box), Qt.Key.Key_Space)
    press_enter(desktop, dialog)


@pytest.mark.usefixtures("small")
def test_that_a_text_is_replaced_in_the_column_after_a_look(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.go_to(page, 0, "name")

    replace(desktop, "gmbh", "AG")
    dialog = dialog_of(desktop)
    assert words(dialog) == ["Gamma GmbH | Name: Gamma GmbH → Gamma AG"]
    press_enter(desktop, dialog)

    assert "Gamma AG" in column(page, "name")
    undo(desktop)
    assert "Gamma GmbH" in column(page, "name")


@pytest.mark.usefixtures("small")
def test_that_what_is_not_found_changes_nothing(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.go_to(page, 0, "name")

    replace(desktop, "gmbh", "AG", "match_case")

    assert desktop.note() == "Nothing would change."


@pytest.mark.usefixtures("small")
def test_that_a_replacement_that_is_no_value_is_refused(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "start")

    replace(desktop, "2021-11-16", "tomorrow", "whole")
    dialog = dialog_of(desktop)

    assert [line.words for line in dialog.model.lines] == [
        "tomorrow – From takes a day that exists, such as 16.11.2021."
    ]
    assert not dialog.main.isEnabled()
    desktop.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desktop.settle()


@pytest.mark.usefixtures("small")
def test_that_a_pattern_replaces_with_its_groups_and_a_wrong_one_says_why(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")

    replace(desktop, r"SCT-([0-9]+-[0-9]+)", "EX-$1", "pattern")
    press_enter(desktop, dialog_of(desktop))
    assert column(page, "number") == ["EX-2021-001", "EX-2021-002", "EX-2022-001"]
    undo(desktop)

    replace(desktop, "(SCT", "EX", "pattern")
    dialog = dialog_of(desktop, ReplaceDialog)
    assert dialog.refusal == "The pattern is not understood at sign 1: a ) is missing."
    desktop.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desktop.settle()
