"""Buttons and the keys that press them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from smartct_desktop.ui.buttons import Kind, button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", Kind)
def test_that_a_key_presses_the_button_that_has_the_focus(look, qtbot, kind, key):
    window = QWidget()  # no dialog: there Qt would do it by itself
    qtbot.addWidget(window)
    pressed = []
    made = button(look, "Choose files…", kind, parent=window)
    made.clicked.connect(lambda: pressed.append(True))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.setFocus()

    qtbot.keyClick(made, key)

    assert pressed == [True]
