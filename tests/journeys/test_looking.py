"""Looking at a document: tabs, filters, sorting, copying, and what is kept of the layout."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.ui.grid.filters import filter_for
from smartct_desktop.ui.main_window import MainWindow
from smartct_desktop.ui.theme.theme import Appearance

OVERVIEW, CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES, PROBLEMS, HISTORY = range(1, 8)
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def column(page, name):
    return next(place for place, one in enumerate(page.model.columns) if one.name == name)


def shown(page, name):
    return [
        page.model.index(row, column(page, name)).data() for row in range(page.model.rowCount())
    ]


def click_heading(desktop, page, name, modifiers=Qt.KeyboardModifier.NoModifier):
    headings = page.table.headings
    section = column(page, name)
    x = headings.sectionViewportPosition(section) + headings.sectionSize(section) // 2
    desktop.qtbot.mouseClick(
        headings.viewport(), Qt.MouseButton.LeftButton, modifiers, QPoint(x, 10)
    )
    desktop.settle()


@pytest.mark.usefixtures("small")
def test_that_the_tabs_count_their_records(desktop):
    tabs = desktop.window.workbench.tabs

    assert [tabs.accessibleTabName(place) or tabs.tabText(place) for place in range(7)] == [
        "Overview",
        "Clusters, 1",
        "Organisations, 4",
        "Events, 1",
        "Exchanges, 3",
        "Problems, 26",
        "History",
    ]


@pytest.mark.usefixtures("small")
def test_that_the_filter_narrows_the_rows_and_escape_shows_all_again(desktop):
    page = desktop.tab(EXCHANGES)

    desktop.key(Qt.Key.Key_F, CONTROL)
    desktop.type("alfa")
    desktop.key(Qt.Key.Key_Return)
    assert shown(page, "number") == ["SCT-2021-001"]
    assert desktop.state().startswith("1 of 3 rows")

    page.focus_filter()
    desktop.key(Qt.Key.Key_Escape)
    page.search_now()
    assert page.model.rowCount() == 3


@pytest.mark.usefixtures("small")
def test_that_the_filter_acts_by_itself_a_moment_after_typing(desktop, qtbot):
    page = desktop.tab(EXCHANGES)
    page.focus_filter()

    desktop.type("gamma")

    qtbot.waitUntil(lambda: page.model.rowCount() == 2)


@pytest.mark.usefixtures("small")
def test_that_a_filter_without_rows_offers_to_be_cleared(desktop):
    page = desktop.tab(EXCHANGES)
    page.focus_filter()
    desktop.type("nothing like this")
    desktop.key(Qt.Key.Key_Return)

    assert page.empty.sentence == "No row fits these filters."
    desktop.click(page.empty.buttons[0])
    assert page.model.rowCount() == 3


def test_that_an_empty_table_says_what_belongs_there_and_offers_ways(desktop, tmp_path):
    from tests.ui.world import make_document

    desktop.show(make_document(tmp_path / "empty.smartct"))
    page = desktop.tab(EXCHANGES)
    asked = []
    desktop.window.import_asked.connect(asked.append)

    assert page.empty.sentence == "One line for every stay of an organisation at another."
    words = ["New", "Import a spreadsheet", "Paste from Excel"]
    assert [button.text() for button in page.empty.buttons] == words
    desktop.click(page.empty.buttons[1])
    assert asked == [[]]


@pytest.mark.usefixtures("small")
def test_that_a_heading_sorts_up_then_down_then_not_at_all(desktop):
    page = desktop.tab(EXCHANGES)

    click_heading(desktop, page, "start")
    up = shown(page, "start")
    click_heading(desktop, page, "start")
    down = shown(page, "start")
    click_heading(desktop, page, "start")

    assert up == ["04.10.2021", "16.11.2021", ""]
    assert down == ["16.11.2021", "04.10.2021", ""]
    assert page.model.query.sort == ()


@pytest.mark.usefixtures("small")
def test_that_shift_sorts_by_a_second_column(desktop):
    page = desktop.tab(ORGANISATIONS)

    click_heading(desktop, page, "country")
    click_heading(desktop, page, "name", SHIFT)

    assert [str(sort.path) for sort in page.model.query.sort] == ["country", "name"]
    assert shown(page, "name") == ["„Бета“ ООД", "Gamma GmbH", "Klaster K", "Álfa, S.L."]


def test_that_the_current_record_stays_current_through_sorting_and_undo(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "number")

    click_heading(desktop, page, "number")
    click_heading(desktop, page, "number")
    assert page.table.current_id == small.second

    with desktop.document.edit("more") as edit:
        edit.add(Exchange(number="SCT-2021-003"))
    desktop.document.undo()
    assert page.table.current_id == small.second


@pytest.mark.usefixtures("small")
def test_that_the_selection_is_told_with_its_sums(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")

    desktop.key(Qt.Key.Key_Down, SHIFT)
    desktop.key(Qt.Key.Key_Down, SHIFT)

    assert desktop.state() == (
        "3 of 3 rows   ·   3 selected   ·   days 5.5   ·   agreed 1,245\u00a0€"
    )


@pytest.mark.usefixtures("small")
def test_that_rows_are_copied_with_their_headings_for_a_spreadsheet(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")

    desktop.key(Qt.Key.Key_Space, SHIFT)
    desktop.key(Qt.Key.Key_C, CONTROL | SHIFT)

    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["No.", "Visiting organisation", "Host organisation"]
    assert lines[1].split("\t")[:3] == ["SCT-2021-001", "Álfa, S.L.", "Gamma GmbH"]
    assert desktop.note() == "8 cells copied."


@pytest.mark.usefixtures("small")
def test_that_a_value_can_be_filtered_by_and_its_chip_taken_off(desktop):
    page = desktop.tab(ORGANISATIONS)
    place = column(page, "country")

    page.chips.add(filter_for(page.model.columns[place], "BG", "Bulgaria"))
    desktop.settle()
    assert shown(page, "country") == ["Bulgaria"]

    chip = page.chips.chips[0]
    assert chip.text() == "Country: Bulgaria"
    chip.setFocus()
    desktop.key(Qt.Key.Key_Delete)
    assert page.model.rowCount() == 4


def test_that_the_pane_follows_the_current_record(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    assert page.pane.record.id == small.first

    desktop.key(Qt.Key.Key_Down)
    assert page.pane.record.id == small.second
    assert page.pane.form.row("vo").editor.line.text() == "„Бета“ ООД"

    desktop.key(Qt.Key.Key_F4)
    assert page.pane.isHidden()
    desktop.key(Qt.Key.Key_F4)
    assert not page.pane.isHidden()


def test_that_what_names_a_record_is_listed_and_opens(desktop, small, qtbot):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.gamma)
    related = page.pane.body.related
    qtbot.waitUntil(lambda: len(related.lists) == 3)

    assert [one.table.records.index(0, 0).data() for one in related.lists] == [
        "SCT-2022-001",
        "SCT-2021-001",
        "Klaster K",
    ]
    related.lists[1].table.setFocus()
    desktop.key(Qt.Key.Key_Return, CONTROL)
    assert desktop.window.workbench.current_name == "exchanges"
    assert desktop.window.workbench.table_page.table.current_id == small.first


@pytest.mark.usefixtures("small")
def test_that_a_record_without_a_tab_opens_in_a_dialog(desktop, qtbot, qapp):
    page = desktop.tab(CLUSTERS)
    related = page.pane.body.related
    qtbot.waitUntil(lambda: len(related.lists) == 4)
    figures = next(one for one in related.lists if one.shape.heading == "Figures").table
    figures.setFocus()
    figures.setCurrentIndex(figures.records.index(0, 0))
    assert figures.records.index(0, 1).data() == "78"

    desktop.key(Qt.Key.Key_Return, CONTROL)
    dialog = qapp.activeWindow()
    editor = dialog.form.row("members").editor
    editor.setFocus()
    desktop.type_over("80")
    desktop.key(Qt.Key.Key_Return)

    assert shown(page, "+members") == ["80"]
    dialog.close()


@pytest.mark.usefixtures("small")
def test_that_columns_widths_and_order_are_kept_by_name(desktop, theme):
    page = desktop.tab(EXCHANGES)
    page.add_column("ho_city")
    page.table.setColumnWidth(column(page, "vo"), 300)
    page.table.headings.moveSection(column(page, "status"), 0)
    click_heading(desktop, page, "start")
    desktop.window.close_document()

    again = MainWindow(theme, desktop.jobs, desktop.settings, desktop.failures.append)
    desktop.qtbot.addWidget(again)
    again.show_document(desktop.document, desktop.facts)
    page = again.workbench.table("exchanges")

    assert again.workbench.current_name == "exchanges"
    assert [one.name for one in page.model.columns][:3] == ["status", "number", "vo"]
    assert page.model.columns[-1].name == "ho_city"
    assert page.table.columnWidth(column(page, "vo")) == 300
    assert [str(sort.path) for sort in page.model.query.sort] == ["start"]
    again.close_document()
    desktop.document.close()
    desktop.document = None


@pytest.mark.usefixtures("small")
def test_that_the_view_can_be_reset(desktop):
    page = desktop.tab(EXCHANGES)
    usual = [one.name for one in page.model.columns]
    page.add_column("ho_city")

    desktop.window.command["reset_view"].trigger()

    assert [one.name for one in page.model.columns] == usual


@pytest.mark.usefixtures("small")
def test_that_rows_can_be_compact(desktop):
    page = desktop.tab(EXCHANGES)
    before = page.table.rowHeight(0)

    desktop.window.command["compact"].trigger()

    assert page.table.rowHeight(0) < before
    assert desktop.settings.get("view.compact") is True
    desktop.window.command["compact"].trigger()


@pytest.mark.usefixtures("small", "qtbot")
def test_that_light_and_dark_switch_live(desktop, theme):
    page = desktop.tab(EXCHANGES)
    desktop.settle()
    light = page.table.grab().toImage().pixelColor(200, 400)

    theme.set_appearance(Appearance.DARK)
    desktop.settle()
    dark = page.table.grab().toImage().pixelColor(200, 400)
    theme.set_appearance(Appearance.LIGHT)

    assert light.lightness() > 200
    assert dark.lightness() < 60


@pytest.mark.usefixtures("small", "theme")
def test_that_larger_text_makes_larger_rows(desktop):
    page = desktop.tab(EXCHANGES)
    before = page.table.rowHeight(0)

    for _ in range(5):
        desktop.window.command["larger"].trigger()
    larger = page.table.rowHeight(0)
    desktop.window.command["usual_size"].trigger()

    assert larger > before
    assert page.table.rowHeight(0) == before


@pytest.mark.parametrize("number", range(1, 8))
@pytest.mark.usefixtures("small")
def test_that_looking_at_a_tab_opens_no_other_window(desktop, qapp, number):
    desktop.tab(number)
    desktop.settle()

    visible = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert visible == [desktop.window]
    assert qapp.activeWindow() is desktop.window


def test_that_a_document_for_reading_only_offers_no_changes(desktop, tmp_path):
    from smartct_desktop.services.document import Document
    from smartct_desktop.storage.store import Store
    from tests.ui.world import fill, make_document

    path = tmp_path / "locked.smartct"
    document = make_document(path)
    fill(document)
    document.close()
    desktop.show(Document(Store.open(path, read_only=True)))
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")

    desktop.key(Qt.Key.Key_F2)

    assert desktop.note() == "This document is open for reading only."
    off = {"undo", "redo", "new_record", "duplicate", "delete", "import"}
    assert [name for name in off if desktop.window.command[name].isEnabled()] == []
    assert desktop.window.command["delete"].statusTip() == "This document is open for reading only."
    assert page.pane.form.row("number").editor.line.isReadOnly()


def test_that_an_action_that_is_off_says_why(desktop):
    desktop.window.show_start()

    reasons = {name: desktop.window.command[name].statusTip() for name in ("close", "copy", "undo")}

    assert reasons == {
        "close": "No document is open.",
        "copy": "No document is open.",
        "undo": "Nothing to take back",
    }


@pytest.mark.usefixtures("small")
def test_that_a_record_that_is_gone_is_not_gone_to(desktop):
    page = desktop.tab(EXCHANGES)

    assert not page.go_to(Id("0" * 32))
