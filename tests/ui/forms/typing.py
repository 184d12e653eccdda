"""Typing into editors, key by key."""

from PySide6.QtCore import Qt


def type_over(qtbot, editor, text):
    """Put a text in the place of the one that is there, key by key."""
    line = editor.focusProxy()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)
