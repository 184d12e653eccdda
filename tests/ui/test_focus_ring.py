"""The focus ring: where it lies and when it is seen."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.ui.focus_ring import FocusRing


class Form(QWidget):
    """A window with a control of each kind."""

    def __init__(self, look):
        super().__init__()
        self.resize(400, 400)
        column = QVBoxLayout(self)
        self.button = QPushButton("New")
        self.tick = QCheckBox("Spain")
        self.field = QLineEdit("415")
        self.combo = QComboBox()
        self.combo.setEditable(True)
        self.table = QTableWidget(2, 2)
        for widget in (self.field, self.button, self.tick, self.combo, self.table):
            column.addWidget(widget)
        self.ring = FocusRing(look, self)


@pytest.fixture
def form(look, qtbot):
    made = Form(look)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.table.setFocus()
    return made


def around(form, widget):
    return QRect(widget.mapTo(form, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3)


def press_key(form, key=Qt.Key.Key_Tab):
    QTest.keyClick(form.windowHandle(), key)


def click(form, widget):
    place = widget.mapTo(form, widget.rect().center())
    QTest.mouseClick(form.windowHandle(), Qt.MouseButton.LeftButton, pos=place)


def test_that_a_field_has_the_ring_around_it(form):
    form.field.setFocus()

    assert form.ring.isVisible()
    assert form.ring.geometry() == around(form, form.field)


def test_that_a_table_draws_its_own(form):
    form.field.setFocus()
    form.table.setFocus()

    assert not form.ring.isVisible()


def test_that_a_list_to_type_in_has_the_ring_around_the_whole(form):
    form.combo.setFocus()

    assert form.ring.geometry() == around(form, form.combo)


def test_that_a_button_has_it_after_a_key_only(form):
    click(form, form.button)
    assert form.button.hasFocus()
    assert not form.ring.isVisible()

    press_key(form, Qt.Key.Key_Shift)
    assert not form.ring.isVisible()

    press_key(form)
    assert form.tick.hasFocus()
    assert form.ring.isVisible()


def test_that_a_field_has_it_after_a_click_too(form):
    click(form, form.field)

    assert form.ring.isVisible()


def test_that_it_follows_when_things_move(form):
    form.field.setFocus()
    before = form.ring.geometry()

    form.layout().insertSpacing(0, 40)
    form.layout().activate()

    assert form.ring.geometry() == around(form, form.field)
    assert form.ring.geometry() != before


def test_that_it_goes_with_what_is_hidden(form):
    for widget in (form.button, form.tick, form.combo, form.table):
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    form.field.setFocus()
    assert form.ring.isVisible()

    form.field.hide()

    assert not form.ring.isVisible()


def test_that_it_does_not_leave_the_part_that_is_scrolled(look, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 100)
    area, inside = QScrollArea(window), QWidget()
    area.setGeometry(0, 0, 300, 60)
    inside.resize(280, 500)
    field = QLineEdit(inside)
    field.setGeometry(10, 20, 100, 28)
    area.setWidget(inside)
    ring = FocusRing(look, window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    assert ring.isVisible()

    area.verticalScrollBar().setValue(30)
    assert ring.geometry().bottom() < 30
    assert ring.geometry().top() >= 0

    area.verticalScrollBar().setValue(200)
    assert not ring.isVisible()


def test_that_an_editor_in_a_cell_has_it_inside(form):
    form.table.setCurrentCell(0, 0)
    form.table.editItem(form.table.item(0, 0) or _fill(form.table))
    editor = form.table.viewport().findChild(QLineEdit)

    assert form.ring.isVisible()
    assert form.ring.geometry() == around(form, editor).adjusted(3, 3, -3, -3)


def _fill(table):
    from PySide6.QtWidgets import QTableWidgetItem

    item = QTableWidgetItem("415")
    table.setItem(0, 0, item)
    return item


def test_that_the_ring_of_a_tick_box_is_no_wider_than_its_words(form):
    press_key(form)
    form.tick.setFocus()

    assert form.ring.width() == form.tick.sizeHint().width() + 6


def test_that_a_widget_can_ask_for_it(form):
    card = QWidget(form)
    card.setProperty("ring", "always")
    card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    card.setGeometry(50, 50, 80, 80)
    card.show()

    card.setFocus()

    assert form.ring.geometry() == around(form, card)


def test_that_the_pointer_goes_through(form):
    form.field.setFocus()

    assert form.childAt(around(form, form.field).center()) is not form.ring
