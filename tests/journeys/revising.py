"""Keys that the journeys of pasting, filling and replacing share."""

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from smartct_desktop.ui.revisions.preview import RevisionDialog

ORGANISATIONS, EXCHANGES = 3, 5
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def to_clipboard(text, html=""):
    """What another program copied."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QApplication.clipboard().setMimeData(data)


def paste(desktop):
    desktop.key(Qt.Key.Key_V, CONTROL)


def dialog_of(desktop, kind=RevisionDialog):
    """The dialog that is open, in front."""
    dialog = next(one for one in desktop.window.findChildren(kind) if one.isVisible())
    desktop.activate(dialog)
    return dialog


def press_enter(desktop, dialog):
    """Press Enter in a dialog, and have the window in front again if it closed."""
    desktop.qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    desktop.settle()
    desktop.activate(desktop.window.findChild(RevisionDialog) or desktop.window)
    desktop.settle()


def words(dialog):
    """The lines of a preview."""
    return [f"{line.record} | {line.text}" for line in dialog.model.lines]


def undo(desktop):
    desktop.key(Qt.Key.Key_Z, CONTROL)


def column(page, name):
    """The texts of a column."""
    names = [one.name for one in page.model.columns]
    place = names.index(name)
    return [page.model.index(row, place).data() for row in range(page.model.rowCount())]
