"""A funder's template filled in the window: what is asked, what is chosen, what is remembered."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from smartct_desktop.ui.templates.picking import PlaceDialog
from tests.journeys.asking import Answer, press
from tests.spreadsheets.workbooks import new_book

pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture
def template(tmp_path):
    """A form with a name that is known, one that is not, and a table."""
    path = tmp_path / "form.xlsx"
    workbook = new_book(path)
    form = workbook.add_worksheet("Form")
    form.write_column("A1", ["{{partnership.acronym}}", "{{perod}}"])
    columns = [{"header": "Name"}, {"header": "Land"}]
    form.add_table("D1:E4", {"name": "Firms", "columns": columns})
    workbook.close()
    return path


def planned(desktop, dialog):
    """Wait until the dialog knows what it would do."""
    desktop.qtbot.waitUntil(lambda: not desktop.jobs.active and dialog.plan is not None)


def choose(desktop, box, name):
    """Choose an entry of a list with the keys, as its words begin."""
    box.setFocus()
    place = box.findData(name)
    steps = place - box.currentIndex()
    for _ in range(abs(steps)):
        desktop.qtbot.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    desktop.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.currentData() == name


def cell(dialog, row, column):
    return dialog.model.index(row, column).data()


def test_that_a_template_is_looked_at_completed_and_filled(desktop, template, tmp_path):
    target = tmp_path / "done.xlsx"
    seen = []

    def complete(dialog):
        planned(desktop, dialog)
        seen.append([cell(dialog, row, 0) for row in range(3)])
        assert not dialog.fill.isEnabled()
        assert "perod" in dialog.notes.item(0).text()
        assert dialog.table.currentIndex().row() == 0
        dialog.choice.placed.emit("perod", "period")
        planned(desktop, dialog)
        dialog.table.selectRow(dialog.model.row_of("Firms"))
        dialog.choice.listed.emit("Firms", dialog_map("all.organisation"))
        planned(desktop, dialog)
        seen.append(cell(dialog, dialog.model.row_of("Firms"), 2))
        assert dialog.fill.isEnabled()
        dialog.fill.click()

    def save(dialog):
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(target))
        press("&Save")(dialog)

    answer = Answer(desktop, complete, save)
    desktop.window.templates.open_template(template)
    answer.done()

    assert seen[0] == ["Form!A2", "Form!A1", "Firms"]
    assert seen[1] == "All organisations with all their fields."
    form = openpyxl.load_workbook(target)["Form"]
    assert form["A1"].value == "Small"
    assert form["A2"].value.startswith("until ")
    assert form["D2"].value
    assert desktop.window.tools.note.isVisible()


def dialog_map(name):
    from smartct_desktop.services.templates.mapping import RegionMap

    return RegionMap(name, {})


def test_that_the_choices_are_remembered_for_the_same_template(desktop, template):
    def first(dialog):
        planned(desktop, dialog)
        choose(desktop, dialog.choice.values, "period")
        dialog.choice.values.activated.emit(dialog.choice.values.currentIndex())
        planned(desktop, dialog)
        assert dialog.plan.problems == ()
        dialog.reject()

    def second(dialog):
        planned(desktop, dialog)
        assert dialog.plan.problems == ()
        assert cell(dialog, dialog.model.row_of("perod"), 2) == "The period in words"

    for act in (first, second):
        answer = Answer(desktop, act)
        desktop.window.templates.open_template(template)
        answer.done()


def test_that_a_cell_can_be_added_and_what_is_none_is_refused(desktop, template):
    def add(dialog):
        planned(desktop, dialog)
        inner = Answer(desktop, pick)
        dialog.add.click()
        inner.done()
        planned(desktop, dialog)
        assert dialog.table.currentIndex().row() == dialog.model.row_of("Form!B9")
        dialog.reject()

    def pick(dialog):
        assert isinstance(dialog, PlaceDialog)
        dialog.field.setText("Nowhere!B4")
        dialog.deed.click()
        assert dialog.isVisible()
        assert "no cell of the template" in dialog.refusal.text()
        dialog.field.setText("b9")
        dialog.deed.click()

    answer = Answer(desktop, add)
    desktop.window.templates.open_template(template)
    answer.done()


def test_that_a_file_that_cannot_be_filled_says_why(desktop, tmp_path):
    path = tmp_path / "letter.xlsx"
    path.write_text("Dear funder")
    said = []
    answer = Answer(desktop, lambda dialog: said.append(dialog.accessibleName()))
    desktop.window.templates.open_template(path)
    answer.done()
    assert said == ["letter.xlsx is no workbook of the kind .xlsx, so it cannot be filled."]
