"""Search or command: everything by its name, with the keys only."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.ui.dialogs.keyboard_map import KeyboardMap
from smartct_desktop.ui.help.topics import TOPICS
from smartct_desktop.ui.quick_open.entries import Heading, Line
from smartct_desktop.ui.quick_open.field import QuickOpenField

CTRL = Qt.KeyboardModifier.ControlModifier
ORGANISATIONS, EVENTS, EXCHANGES = 3, 4, 5


@pytest.fixture
def panel(desktop):
    """Opens the palette with its keys."""

    def open_it(typed=""):
        desktop.key(Qt.Key.Key_K, CTRL)
        panel = desktop.window.quick_open.panel
        assert panel.isVisible()
        desktop.type(typed)
        return panel

    return open_it


def shown(panel):
    """The lines, and the groups with a colon."""
    return [
        f"{row.group.value}:" if isinstance(row, Heading) else row.entry.title
        for row in panel.model.rows
    ]


def entry(panel, title):
    found = [r.entry for r in panel.model.rows if isinstance(r, Line) and r.entry.title == title]
    assert found, shown(panel)
    return found[0]


@pytest.mark.usefixtures("small")
def test_that_a_command_is_found_by_the_beginnings_of_its_words(desktop, panel):
    desktop.tab(EXCHANGES)
    opened = panel("lt")

    assert opened.current.title == "Larger text"
    before = desktop.window.font().pixelSize()
    desktop.key(Qt.Key.Key_Return)

    assert not opened.isVisible()
    assert desktop.window.font().pixelSize() > before


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x" * 5000, "A search has 2000 signs at most."),
        (" ".join(f"w{n}" for n in range(101)), "A search has 100 words at most."),
    ],
)
@pytest.mark.usefixtures("small")
def test_that_a_search_beyond_measure_is_refused_rather_than_cut(desktop, panel, text, why):
    opened = panel()
    QGuiApplication.clipboard().setText(text)
    desktop.key(Qt.Key.Key_V, CTRL)

    assert shown(opened) == []
    assert why in [one.text() for one in opened.findChildren(QLabel) if one.isVisible()]

    desktop.type_over("alfa")
    assert shown(opened)
    QGuiApplication.clipboard().clear()


@pytest.mark.usefixtures("small")
def test_that_escape_puts_it_away_and_the_keys_go_back(desktop, panel):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "number")
    opened = panel("what")

    desktop.key(Qt.Key.Key_Escape)

    assert not opened.isVisible()
    assert desktop.focused() is page.table


@pytest.mark.usefixtures("small")
def test_that_the_keys_go_back_into_the_field_of_the_filter(desktop, panel):
    page = desktop.tab(EXCHANGES)
    page.focus_filter()
    panel()

    desktop.key(Qt.Key.Key_Escape)

    assert desktop.focused() is page.filter_field


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("typed", "title", "tab"),
    [
        ("alfa", "Álfa, S.L.", "organisations"),
        ("expo", "Smart City Expo", "events"),
        ("2021-002", "SCT-2021-002", "exchanges"),
        ("klaster", "Klaster K", "clusters"),
    ],
)
def test_that_a_record_is_found_by_its_name_and_shown(desktop, panel, typed, title, tab):
    opened = panel(f"@{typed}")
    assert opened.current.title == title

    desktop.key(Qt.Key.Key_Return)

    page = desktop.window.workbench.table_page
    assert desktop.window.workbench.current_name == tab
    assert desktop.document.read.captions(page.tab.kind, [page.table.current_id]) == {
        page.table.current_id: title
    }
    assert desktop.focused() is page.table


@pytest.mark.usefixtures("small")
def test_that_a_name_in_another_alphabet_is_found_by_what_was_copied(desktop, panel):
    opened = panel()
    QGuiApplication.clipboard().setText("бета")

    desktop.key(Qt.Key.Key_V, CTRL)

    assert opened.current.title == "„Бета“ ООД"


@pytest.mark.usefixtures("small")
def test_that_an_exchange_is_found_by_its_visitor_with_its_state(desktop, panel):
    del desktop
    opened = panel("gamma")

    third = entry(opened, "SCT-2022-001")

    assert (third.detail, third.state) == ("exchange · Gamma GmbH → nobody yet", "Paid")


@pytest.mark.usefixtures("small")
def test_that_a_command_that_is_off_says_why_and_stays_undone(desktop, panel):
    desktop.tab(1)
    opened = panel("duplicate")
    assert opened.current.reason == "Open a tab with a table first."

    desktop.key(Qt.Key.Key_Return)

    assert opened.isVisible()
    desktop.key(Qt.Key.Key_Escape)


@pytest.mark.usefixtures("small")
def test_that_every_action_of_the_program_is_offered(desktop, panel):
    opened = panel(">")

    offered = {row.entry.key for row in opened.model.rows if isinstance(row, Line)}

    names = set(desktop.window.command.names) - {"quick_open"}
    assert {f"command:{name}" for name in names} <= offered


@pytest.mark.usefixtures("small")
def test_that_a_command_shows_its_key_and_its_menu(desktop, panel):
    desktop.tab(EXCHANGES)
    new = entry(panel("new record"), "New record")

    assert (new.keys, new.detail) == ("Ctrl Shift N", "Records")


@pytest.mark.usefixtures("small")
def test_that_a_tab_is_opened(desktop, panel):
    panel("hist")

    desktop.key(Qt.Key.Key_Return)

    assert desktop.window.workbench.current_name == "history"


@pytest.mark.usefixtures("small")
def test_that_a_named_view_is_chosen(desktop, panel):
    view = entry(panel("waiting for"), "Waiting for papers")
    assert view.detail == "Exchanges"

    desktop.key(Qt.Key.Key_Return)

    page = desktop.window.workbench.table_page
    assert page.views.current.name == "Waiting for papers"


@pytest.mark.usefixtures("small")
def test_that_what_was_used_last_is_offered_before_anything_is_typed(desktop, panel):
    panel("@alfa")
    desktop.key(Qt.Key.Key_Return)
    panel("usual text")
    desktop.key(Qt.Key.Key_Return)

    lines = shown(panel())

    assert lines[:3] == ["Recent:", "Usual text size", "Álfa, S.L."]


def test_that_a_record_that_is_gone_is_not_offered_again(desktop, small, panel):
    panel("@alfa")
    desktop.key(Qt.Key.Key_Return)
    with desktop.document.edit("rename") as edit:
        edit.set(edit.get(Organisation, small.alpha), "name", "Omega")

    assert "Omega" in shown(panel())[:2]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("resting", [False, True])
def test_that_the_arrows_go_over_headings_and_stop_at_the_ends(desktop, panel, resting):
    """Also while a mouse lies over the list, which moves beneath it."""
    QTest.mouseMove(desktop.window, desktop.window.rect().center() if resting else QPoint(0, 0))
    opened = panel("re")
    lines = [row.entry.key for row in opened.model.rows if isinstance(row, Line)]

    desktop.key(Qt.Key.Key_Up)
    assert opened.current.key == lines[0]
    visited = []
    for _ in range(len(lines) + 2):
        visited.append(opened.current.key)
        desktop.key(Qt.Key.Key_Down)

    assert list(dict.fromkeys(visited)) == lines


@pytest.mark.usefixtures("small")
def test_that_nothing_fitting_is_said(desktop, panel):
    del desktop
    opened = panel("qqqqq")

    assert shown(opened) == []
    assert opened.current is None


@pytest.mark.usefixtures("small")
def test_that_it_does_not_open_over_a_refused_value(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "end")
    desktop.type("01.01.1999")

    desktop.key(Qt.Key.Key_K, CTRL)

    assert page.table.refusal
    assert page.table.cells.editor.isAncestorOf(desktop.focused())


def test_that_it_works_without_a_document(desktop, panel):
    desktop.window.show_start()

    opened = panel("duplicate")

    assert opened.current.reason == "No document is open."
    desktop.key(Qt.Key.Key_Escape)


@pytest.mark.usefixtures("small")
def test_that_the_field_beside_the_menus_opens_it_too(desktop):
    (field,) = desktop.window.findChildren(QuickOpenField)
    assert isinstance(field, QAbstractButton)

    field.setFocus(Qt.FocusReason.TabFocusReason)
    desktop.key(Qt.Key.Key_Space)

    assert desktop.window.quick_open.panel.isVisible()
    assert field.accessibleName() == "Search or command"
    desktop.key(Qt.Key.Key_Escape)
    assert desktop.focused() is field


@pytest.mark.usefixtures("small")
def test_that_lines_are_spoken_whole(desktop, panel):
    desktop.tab(1)
    opened = panel("duplicate")
    view = QAccessible.queryAccessibleInterface(opened.view)

    names = [view.child(n).text(QAccessible.Text.Name) for n in range(view.childCount())]

    off = "Open a tab with a table first."
    assert f"Duplicate, Records, Commands, off: {off}, Ctrl Shift D" in names


# Help.


@pytest.mark.usefixtures("small")
def test_that_a_page_of_the_help_is_opened_by_its_name(desktop, panel):
    panel("?undo")
    desktop.key(Qt.Key.Key_Return)

    assert desktop.window.help.help.topic == "history"
    desktop.window.help.help.close()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("tab", "topic"),
    [(1, "overview"), (2, "clusters"), (3, "organisations"), (4, "events"), (5, "exchanges")],
)
def test_that_f1_opens_the_page_for_where_one_is(desktop, tab, topic):
    desktop.tab(tab)
    desktop.key(Qt.Key.Key_F1)

    assert desktop.window.help.help.topic == topic
    desktop.window.help.help.close()


@pytest.mark.usefixtures("small")
def test_that_f1_in_the_pane_and_in_the_filter_explains_those(desktop):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    page.pane.focus_field("goals")
    desktop.key(Qt.Key.Key_F1)
    in_pane = desktop.window.help.help.topic
    desktop.window.help.help.close()
    desktop.activate(desktop.window)
    page.focus_filter()
    desktop.key(Qt.Key.Key_F1)

    assert (in_pane, desktop.window.help.help.topic) == ("record", "tables")
    desktop.window.help.help.close()


@pytest.mark.usefixtures("small")
def test_that_the_help_is_searched_and_its_links_lead_to_its_pages(desktop):
    desktop.key(Qt.Key.Key_F1)
    help_window = desktop.window.help.help
    desktop.activate(help_window)
    help_window.search.setFocus()

    desktop.type("lodz")

    assert help_window.topic == "tables"
    links = [
        part
        for topic in TOPICS
        for part in topic.text.replace(")", "(").split("(")
        if part.endswith(".md")
    ]
    assert {link.removesuffix(".md") for link in links} <= {topic.name for topic in TOPICS}
    help_window.close()


@pytest.mark.usefixtures("small")
def test_that_the_keys_are_all_there_and_can_be_searched(desktop):
    desktop.key(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    (keys,) = desktop.window.findChildren(KeyboardMap)
    everything = {(use.keys, use.words) for use in keys.shown}
    desktop.activate(keys)

    desktop.type("calendar")

    assert set(desktop.window.command.with_keys()) <= {(words, k) for k, words in everything}
    assert {use.keys for use in keys.shown} == {"Alt+Down"}
    keys.close()


@pytest.mark.usefixtures("small")
def test_that_the_current_column_is_grouped_frozen_widened_and_hidden_by_name(desktop, panel):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "vo")

    opened = panel("group by this")
    assert opened.current.title == "Group by this column"
    assert opened.current.detail == "column “Visiting organisation” · off"
    desktop.key(Qt.Key.Key_Return)
    assert str(page.model.query.group.path) == "vo"
    assert desktop.focused() is page.table

    desktop.key(Qt.Key.Key_K, CTRL)
    desktop.type("no groups")
    desktop.key(Qt.Key.Key_Return)
    assert page.model.query.group is None

    panel("freeze up")
    desktop.key(Qt.Key.Key_Return)
    assert page.table.headings.wanted_frozen == 2

    desktop.go_to(page, 0, "vo")
    before = page.table.columnWidth(page.table.currentIndex().column())
    assert entry(panel("wider"), "Wider").keys == "Alt+→"
    desktop.key(Qt.Key.Key_Return)
    assert page.table.columnWidth(page.table.currentIndex().column()) > before

    panel("hide this")
    desktop.key(Qt.Key.Key_Return)
    assert "vo" not in page.arrangement.names


@pytest.mark.usefixtures("small")
def test_that_rows_are_filtered_by_the_current_column_from_the_palette(desktop, panel):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 1, "status")

    panel("only rows with")
    desktop.key(Qt.Key.Key_Return)
    assert page.model.rowCount() == 1
    page.clear_filters()

    desktop.go_to(page, 1, "status")
    panel("filter by this")
    desktop.key(Qt.Key.Key_Return)
    assert desktop.focused() is page.filter_field
    assert page.filter_field.text() == "Status:"
    assert "Paid" in [offer.text for offer in page.filter_field.offers]


@pytest.mark.usefixtures("small")
def test_that_commands_for_a_column_say_why_they_are_off(desktop, panel):
    desktop.tab(1)
    opened = panel("group by this")
    assert entry(opened, "Group by this column").reason == "Open a tab with a table first."
    desktop.key(Qt.Key.Key_Escape)

    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "amount_cents")
    opened = panel("facet of")
    reason = entry(opened, "Facet of this column").reason
    assert reason.endswith("has too many values for a facet.")
    desktop.key(Qt.Key.Key_Escape)
    opened = panel("freeze nothing")
    assert entry(opened, "Freeze nothing").reason == "No column is frozen."


@pytest.mark.usefixtures("small")
def test_that_escape_in_an_empty_filter_goes_back_to_the_table(desktop):
    page = desktop.tab(EXCHANGES)
    page.focus_filter()
    desktop.type("alfa")

    desktop.key(Qt.Key.Key_Escape)
    assert page.filter_field.text() == ""
    desktop.key(Qt.Key.Key_Escape)

    assert desktop.focused() is page.table
