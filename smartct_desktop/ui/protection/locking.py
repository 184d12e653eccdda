"""Locks the window of a protected document: everything is covered until the password comes."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid

from smartct_desktop.domain.errors import WrongPassword
from smartct_desktop.domain.key import Key, derived
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.protection.cover import Cover
from smartct_desktop.ui.protection.fitting import FittedDialog
from smartct_desktop.ui.protection.key_dialog import KeyPanel
from smartct_desktop.ui.room import widen_within
from smartct_desktop.ui.theme.look import Look

if TYPE_CHECKING:
    from smartct_desktop.ui.main_window import MainWindow

_WIDE = 420

_INPUT = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut),
        *(QEvent.Type.InputMethod, QEvent.Type.ContextMenu, QEvent.Type.Wheel),
        *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin),
        *(QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop, QEvent.Type.Close),
    }
)
_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


class HeldKeyhole:
    """Compares with the key that is in use; the file itself may be out of reach just now."""

    def __init__(self, key: Key) -> None:
        self._key = key

    def key_of(self, password: str) -> Key:
        """Give the key that a password makes. Raises `WrongPassword`."""
        return self._compared(derived(password, self._key.salt).raw)

    def key_of_recovery(self, raw: bytes) -> Key:
        """Give the key of a recovery sheet. Raises `WrongPassword`."""
        return self._compared(raw)

    def _compared(self, raw: bytes) -> Key:
        if not hmac.compare_digest(raw, self._key.raw):
            raise WrongPassword(Sentence("This is not the password of the document."))
        return self._key


class LockDialog(FittedDialog):
    """Asks for the password over everything; there is no way around it."""

    def __init__(self, look: Look, key: Key, parent: QWidget) -> None:
        super().__init__(parent)
        title = tr("SmartCT is locked")
        sentence = tr("Type the password of the document to go on.")
        self.setWindowTitle(tr("SmartCT"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        widen_within(self, look.px(_WIDE))
        self.panel = KeyPanel(look, HeldKeyhole(key), tr("Unlock"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, face="title", wrap=True))
        column.addWidget(label(sentence, tone="muted", wrap=True))
        column.addWidget(self.panel)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.panel.deed)
        column.addLayout(row)
        FocusRing(look, self)
        self.fit()

    def reject(self) -> None:
        """Esc empties what is typed; the dialog stays."""
        self.panel.clear()
        self.panel.take_focus()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()


class Locking(QObject):
    """Covers all windows of the program, and takes the covers away again.

    Nothing is closed: jobs go on, dialogs stay as they are, and what is typed stays in its field.
    A dialog that comes meanwhile is covered as well, and waits. `turned` says that it was locked
    or unlocked.
    """

    turned = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._look = window.tools.look
        self._covers: list[Cover] = []
        self._titles: list[tuple[QWidget, str]] = []
        self._front: QWidget | None = None
        self.dialog: LockDialog | None = None

    @property
    def locked(self) -> bool:
        """Whether everything is covered."""
        return self.dialog is not None

    def lock(self, key: Key) -> None:
        """Cover everything until the password that makes this key is typed."""
        if self.dialog is not None:
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self._front = QApplication.activeWindow()
        self.dialog = LockDialog(self._look, key, self._window)
        self.dialog.panel.found.connect(self.unlock)
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible():
                self._cover(widget)
        _application().installEventFilter(self)
        self._come_forward()
        self.turned.emit()

    def unlock(self) -> None:
        """Take all covers away."""
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        _application().removeEventFilter(self)
        dialog.hide()
        dialog.deleteLater()
        for cover in self._covers:
            if isValid(cover):
                cover.hide()
                cover.deleteLater()
        for widget, title in self._titles:
            if isValid(widget):
                widget.setWindowTitle(title)
        self._covers, self._titles = [], []
        front, self._front = self._front, None
        modal = QApplication.activeModalWidget()
        if modal is not None:
            front = modal
        if front is None or not isValid(front) or not front.isVisible():
            front = self._window
        front.activateWindow()
        self.turned.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep input from everything but the question, and cover what comes up."""
        if not isinstance(watched, QWidget) or self.dialog is None:
            return False
        window = watched.window()
        if self.dialog in {window, window.parentWidget()}:
            return False
        kind = event.type()
        if kind in _INPUT:
            event.ignore()
            return True
        if kind == QEvent.Type.Show and watched is window:
            self._appear(watched)
        elif kind in {QEvent.Type.Show, QEvent.Type.ZOrderChange}:
            self._raise_cover(watched)
        elif kind == QEvent.Type.WindowTitleChange and watched is window:
            self._hide_title(watched)
        return False

    # Within.

    def _appear(self, widget: QWidget) -> None:
        """A window came up while everything is locked: it must wait beneath the question."""
        self._cover(widget)
        QTimer.singleShot(0, self, self._come_forward)

    def _cover(self, widget: QWidget) -> None:
        if self.dialog in {widget, widget.parentWidget()} or widget.windowType() in _PASSING:
            return
        covered = [cover.parentWidget() for cover in self._covers if isValid(cover)]
        if widget not in covered:
            self._covers.append(Cover(self._look, widget))
        self._hide_title(widget)

    def _hide_title(self, widget: QWidget) -> None:
        hidden = tr("SmartCT")
        if widget.windowType() in _PASSING or widget.windowTitle() == hidden:
            return
        others = [pair for pair in self._titles if pair[0] is not widget]
        self._titles = [*others, (widget, widget.windowTitle())]
        widget.setWindowTitle(hidden)

    def _raise_cover(self, widget: QWidget) -> None:
        """Something came to the front within a window: a note, the ring of the focus."""
        if isinstance(widget, Cover) or widget.parentWidget() is not widget.window():
            return
        for cover in self._covers:
            if isValid(cover) and cover.parentWidget() is widget.window():
                cover.raise_()

    def _come_forward(self) -> None:
        """Put the question on top of whatever else asks something."""
        if self.dialog is None:
            return
        self.dialog.hide()  # the dialog shown last is the one that may be answered
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self.dialog.panel.take_focus()


def _application() -> QCoreApplication:
    app = QApplication.instance()
    assert app is not None
    return app
