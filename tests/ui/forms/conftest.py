"""A stage for editors."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of


@pytest.fixture
def stage(qtbot):
    """A window to put editors into, with another field to go to."""
    window = QWidget()
    window.setLayout(QVBoxLayout())
    window.layout().addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.resize(500, 400)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


@pytest.fixture
def editor(stage, desk, world, qtbot):  # noqa: ARG001 -- references need records
    """Makes the editor of a field, on the stage and with the focus."""

    def make(kind, name, value=None, caption=None, *, in_cell=False, **more):
        field = replace(schema_of(kind).by_name[name], **more)
        editor = desk.editors.make(field, in_cell=in_cell)
        stage.layout().addWidget(editor)
        editor.show_value(value, caption)
        editor.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return editor

    return make
