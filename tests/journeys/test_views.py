"""Named views with the keys alone: choosing, keeping, changing, passing on."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from smartct_desktop.domain.query import Path
from smartct_desktop.services.views import View, write_views
from smartct_desktop.ui.dialogs.view_name import ViewNameDialog
from smartct_desktop.ui.tab_names import EVENTS, EXCHANGES, TAB_NAMES

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key

pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture
def page(desktop, small):  # noqa: ARG001 -- the document comes first
    return desktop.tab(TAB_NAMES.index(EXCHANGES) + 1)


def numbers(page):
    names = [one.name for one in page.model.columns]
    place = names.index("number")
    return [page.model.index(row, place).data() for row in range(page.model.rowCount())]


def filter_by(desktop, text):
    desktop.activate(desktop.window)
    desktop.key(Key.Key_F, CONTROL)
    desktop.type_over(text)
    desktop.window.workbench.current.search_now()
    desktop.settle()


def open_menu(desktop):
    """Open the menu of views with its key."""
    desktop.activate(desktop.window)
    desktop.key(Key.Key_L, CONTROL)
    menu = desktop.window.workbench.current.view_chooser.menu
    assert menu.isVisible()
    return menu


def pick(desktop, text):
    """Choose a line of the menu with the arrows."""
    menu = open_menu(desktop)
    lines = [action for action in menu.actions() if not action.isSeparator()]
    wanted = next(action for action in lines if action.text() == text)
    while menu.activeAction() is not wanted:
        desktop.qtbot.keyClick(menu, Key.Key_Down)
    desktop.qtbot.keyClick(menu, Key.Key_Return)
    desktop.settle()


def when_asked(desktop, act):
    """Do something with the question that is about to open."""
    timer = QTimer(desktop.window)

    def look():
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start(10)


def answer(desktop, name, verb="Save the view"):
    """Type a name into the question that is about to open, and press Enter."""

    def type_name(dialog):
        assert isinstance(dialog, ViewNameDialog)
        dialog.line.selectAll()
        desktop.qtbot.keyClicks(dialog.line, name)
        assert dialog.save.text() == verb
        desktop.qtbot.keyClick(dialog.line, Key.Key_Return)

    when_asked(desktop, type_name)


def save_as(desktop, name):
    answer(desktop, name)
    desktop.activate(desktop.window)
    desktop.key(Key.Key_L, CONTROL | SHIFT)


def title(page):
    return page.view_chooser.button.text()


def test_that_a_view_is_kept_chosen_and_survives_a_restart(desktop, page):
    filter_by(desktop, "status:paid,closed gamma")
    desktop.go_to(page, 0, "amount_cents")
    desktop.key(Key.Key_S, CONTROL | ALT)
    assert title(page) == "All exchanges •"
    save_as(desktop, "Money  spent")

    assert title(page) == "Money spent"
    assert desktop.note() == "The view “Money spent” is kept."
    pick(desktop, "All exchanges")
    assert page.model.rowCount() == 3
    assert page.model.query.sort == ()
    pick(desktop, "Money spent")
    assert numbers(page) == ["SCT-2021-001", "SCT-2022-001"]

    desktop.reopen()
    page = desktop.window.workbench.current
    assert title(page) == "Money spent"
    assert numbers(page) == ["SCT-2021-001", "SCT-2022-001"]
    assert page.filter_field.text() == "gamma"


def test_that_a_changed_view_is_updated_or_reset(desktop, page):
    filter_by(desktop, "status:paid")
    save_as(desktop, "Paid ones")
    filter_by(desktop, "status:paid status:closed")
    assert title(page) == "Paid ones •"
    assert "edited" in page.view_chooser.button.accessibleName()

    pick(desktop, "Reset to “Paid ones”")
    assert title(page) == "Paid ones"
    assert numbers(page) == ["SCT-2022-001"]

    desktop.go_to(page, 0, "start")
    desktop.key(Key.Key_S, CONTROL | ALT)
    assert title(page) == "Paid ones •"
    pick(desktop, "Update “Paid ones”")
    assert title(page) == "Paid ones"
    assert [str(s.path) for s in page.views.own()[0].sort] == ["start"]


def test_that_a_view_is_renamed_and_deleted_and_brought_back(desktop, page):
    save_as(desktop, "First")
    answer(desktop, "Second", verb="Rename")
    pick(desktop, "Rename…")
    assert title(page) == "Second"
    assert [view.name for view in page.views.own()] == ["Second"]

    pick(desktop, "Delete")
    assert title(page) == "All exchanges"
    assert page.views.own() == []
    (undo,) = [b for b in desktop.window.tools.note.findChildren(object) if _is_undo(b)]
    desktop.click(undo)
    assert title(page) == "Second"
    assert [view.name for view in page.views.own()] == ["Second"]


def _is_undo(child):
    return getattr(child, "text", lambda: "")() == "Undo" and child.isVisible()


def test_that_shipped_views_filter_and_say_what_they_mean_but_cannot_be_changed(desktop, page):
    pick(desktop, "Counted")
    assert numbers(page) == ["SCT-2021-001", "SCT-2022-001"]
    assert [chip.text() for chip in page.chips.chips] == ["Counted"]
    assert title(page) == "Counted"
    pick(desktop, "Not counted")
    assert numbers(page) == ["SCT-2021-002"]

    menu = open_menu(desktop)
    lines = {action.text(): action for action in menu.actions()}
    assert "All other exchanges" in lines["Not counted"].toolTip()
    assert not lines["Delete"].isEnabled()
    assert not lines["Rename…"].isEnabled()
    assert lines["Delete"].toolTip() == "Only views of your own can be changed."
    menu.close()


def test_that_searching_within_a_shipped_view_keeps_its_filters(desktop, page):
    pick(desktop, "Counted")
    filter_by(desktop, "alfa")
    assert numbers(page) == ["SCT-2021-001"]
    assert title(page) == "Counted •"


@pytest.mark.usefixtures("page")
def test_that_no_name_is_taken_twice(desktop):
    save_as(desktop, "Mine")
    seen = []

    def look(dialog):
        for name in ("late", "All exchanges", "", "MINE"):
            dialog.line.selectAll()
            desktop.qtbot.keyClick(dialog.line, Key.Key_Delete)
            desktop.qtbot.keyClicks(dialog.line, name)
            seen.append((dialog.save.isEnabled(), dialog.save.text()))
        desktop.qtbot.keyClick(dialog.line, Key.Key_Escape)

    when_asked(desktop, look)
    desktop.activate(desktop.window)
    desktop.key(Key.Key_L, CONTROL | SHIFT)

    assert seen == [
        (False, "Save the view"),
        (False, "Save the view"),
        (False, "Save the view"),
        (True, "Replace the view"),
    ]


def test_that_views_are_exported_and_imported(desktop, page, tmp_path, monkeypatch):
    path = tmp_path / "views.json"
    filter_by(desktop, "status:paid")
    save_as(desktop, "Paid ones")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    pick(desktop, "Export this view…")
    assert desktop.note() == "The view is in “views.json”."

    pick(desktop, "All exchanges")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    pick(desktop, "Import views…")

    assert title(page) == "Paid ones 2"
    assert numbers(page) == ["SCT-2022-001"]
    assert desktop.note() == "Taken over: “Paid ones 2”."

    write_views([View("Fairs", EVENTS, filter="title:expo")], path)
    pick(desktop, "Import views…")
    events = desktop.tab(TAB_NAMES.index(EVENTS) + 1)
    pick(desktop, "Fairs")
    assert events.model.rowCount() == 1


def test_that_another_file_is_refused_with_a_sentence(desktop, page, tmp_path, monkeypatch):
    path = tmp_path / "letter.json"
    path.write_text('{"dear": "colleague"}')
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    said = []

    def read(dialog):
        said.append(dialog.accessibleName())
        desktop.qtbot.keyClick(dialog, Key.Key_Escape)

    when_asked(desktop, read)
    pick(desktop, "Import views…")

    assert said == ["“letter.json” is no file of views."]
    assert page.views.own() == []


def test_that_a_filter_about_one_record_is_not_part_of_a_view_and_that_is_said(desktop, small):
    from smartct_desktop.domain.query import Ids
    from smartct_desktop.ui.grid.filters import NamedFilter

    page = desktop.tab(TAB_NAMES.index(EXCHANGES) + 1)
    page.show_only(NamedFilter(Ids(frozenset({small.first})), "1 of the Overview"))
    save_as(desktop, "Odd")

    assert desktop.note().endswith(
        " One filter names records of this document and is not part of it."
    )
    assert page.views.own()[0].filter == ""


def test_that_what_was_ticked_or_clicked_becomes_part_of_a_view(desktop, page):
    from smartct_desktop.ui.grid.filters import filter_for

    columns = {one.name: one for one in page.model.columns}
    page.chips.add(filter_for(columns["ho"], page.model.value_at(page.model.index(0, 2)), "Gamma"))
    assert numbers(page) == ["SCT-2021-001"]
    save_as(desktop, "At Gamma")

    assert page.views.own()[0].filter == 'ho:"Gamma GmbH"'
    pick(desktop, "All exchanges")
    pick(desktop, "At Gamma")
    assert numbers(page) == ["SCT-2021-001"]
    assert title(page) == "At Gamma"


def test_that_problems_frozen_columns_and_facets_go_with_a_view(
    desktop, page, tmp_path, monkeypatch
):
    from smartct_desktop.ui.facets.facet import PROBLEMS, Facet
    from smartct_desktop.ui.grid.filters import NamedFilter

    problems = Facet.of("exchange", PROBLEMS)
    page.chips.add(NamedFilter(problems.filter(frozenset({"error"})), "Problems: has errors"))
    wrong = numbers(page)
    page.arrangement.freeze_to("vo")
    page.facets.add(Path.of("ho.country"))
    facets = [facet.name for facet in page.facets.facets]
    save_as(desktop, "Wrong ones")
    assert desktop.note() == "The view “Wrong ones” is kept."
    kept = page.views.own()[0]
    assert (kept.filter, kept.frozen) == ("problems:errors", "vo")

    path = tmp_path / "views.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    pick(desktop, "Export this view…")
    pick(desktop, "All exchanges")
    page.facets.remove(page.facets.facets[-1])
    assert page.table.headings.wanted_frozen == 0
    assert title(page) == "All exchanges"

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    pick(desktop, "Import views…")

    assert title(page) == "Wrong ones 2"
    assert numbers(page) == wrong
    assert page.arrangement.frozen == "vo"
    assert [facet.name for facet in page.facets.facets] == facets
    assert page.facets.chosen(problems) == {"error"}


def test_that_freezing_or_another_facet_edits_an_own_view(desktop, page):
    save_as(desktop, "Mine")
    assert not page.views.edited

    page.arrangement.freeze(1)
    desktop.settle()
    assert page.views.edited
    page.arrangement.freeze(0)
    desktop.settle()
    assert not page.views.edited

    page.facets.remove(page.facets.facets[0])
    desktop.settle()
    assert page.views.edited
    page.views.reset()
    assert not page.views.edited
