"""Where a value comes from is told at the field, with keys, and leads into the history."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from smartct_desktop.domain.changes import Origin, Source
from smartct_desktop.domain.records.exchange import Exchange

CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES = range(2, 6)
JUNE = Source("Juni.xlsx", "0" * 64, "NEU")


@pytest.fixture
def panel(qapp):
    """Gives the panel that is open."""

    def panel():
        found = qapp.activePopupWidget()
        assert found is not None
        return found

    return panel


@pytest.fixture
def imported(desktop, small):
    """The first exchange got its city from a file; gives the number of the step."""
    document = desktop.document
    with document.edit("import of Juni.xlsx", JUNE) as edit:
        record = edit.get(Exchange, small.first).replace(ho_city="Leipzig")
        edit.update(record, Origin("Visits", 12))
    return document.read.next_undo().no


def test_that_f9_in_a_field_tells_its_file_sheet_row_and_sender(desktop, small, imported, panel):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    page.pane.focus_field("ho_city")

    desktop.key(Qt.Key.Key_F9)

    told = panel().words
    assert told.startswith("Host city\nLeipzig\nfrom Juni.xlsx, sheet “Visits”, row 12, ")
    assert "sent by NEU" in told
    assert panel().accessibleName() == told
    panel().close()
    assert imported > 1


def test_that_f9_in_the_table_tells_of_the_current_cell(desktop, small, panel):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    desktop.go_to(page, 0, "amount_cents")

    desktop.key(Qt.Key.Key_F9)

    assert panel().words.splitlines()[1] == "415\u00a0€"
    assert "typed by" in panel().words
    panel().close()


def test_that_f9_in_a_list_of_the_pane_tells_of_its_cell(desktop, small, imported, panel, qtbot):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.alpha)
    related = page.pane.body.related
    qtbot.waitUntil(lambda: bool(related.lists))
    table = related.lists[0].table
    table.setFocus()
    names = [one.name for one in table.records.columns]
    table.setCurrentIndex(table.records.index(0, names.index("start")))

    desktop.key(Qt.Key.Key_F9)

    assert panel().words.splitlines()[:2] == ["From", "16.11.2021"]
    panel().close()
    assert imported


def test_that_former_values_are_told_after_a_change_by_keys(desktop, small, imported, panel):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    page.pane.focus_field("ho_city")
    desktop.type_over("Halle")
    desktop.key(Qt.Key.Key_Return)
    desktop.key(Qt.Key.Key_F9)

    lines = panel().words.splitlines()
    assert lines[1] == "Halle"
    assert lines[2].startswith("typed by")
    assert lines[3:5] == ["Before", "Leipzig"]
    panel().close()
    assert imported


def test_that_a_field_never_filled_in_says_so(desktop, small, panel):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    page.pane.focus_field("ho_region")
    desktop.key(Qt.Key.Key_F9)

    assert "was never filled in" in panel().words
    panel().close()


def test_that_a_sign_stands_beside_the_field_with_the_keys(desktop, small, imported):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    sign = page.pane.body.origins.sign
    page.pane.focus_field("ho_city")
    assert sign.isVisible()
    assert "Juni.xlsx" in sign.toolTip()

    page.pane.focus_field("ho_region")
    assert not sign.isVisible()
    assert imported


def test_that_the_panel_leads_to_the_step_with_keys(desktop, small, imported, panel):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    page.pane.focus_field("ho_city")
    desktop.key(Qt.Key.Key_F9)

    link = panel().findChildren(QPushButton)[0]
    assert QApplication.focusWidget() is link
    desktop.key(Qt.Key.Key_Space)

    assert desktop.window.workbench.current_name == "history"
    assert desktop.window.workbench.current.current_step.no == imported


def test_that_the_history_of_the_record_leads_to_its_steps(desktop, small, imported, qtbot):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    history = page.pane.body.history
    qtbot.waitUntil(lambda: len(history.links) == 2)
    history.links[0].setFocus()
    desktop.key(Qt.Key.Key_Space)

    assert desktop.window.workbench.current.current_step.no == imported


def test_that_the_origin_follows_undo(desktop, small, imported, panel):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    desktop.document.undo()
    desktop.settle()
    page.pane.focus_field("ho_city")
    desktop.key(Qt.Key.Key_F9)

    assert "was never filled in" in panel().words
    panel().close()
    assert imported
