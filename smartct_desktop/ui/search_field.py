"""A field to search or filter with: a sign before the text, its shortcut or ✕ behind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from smartct_desktop.ui.buttons import icon_button
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.key_cap import key_cap_width, key_text, paint_key_cap
from smartct_desktop.ui.theme.look import Look

_LONGEST = 200  # signs; what is asked for is what stands in the field
_SIGN_AT = 9
_TEXT_AT = 27
_RIGHT = 7


class SearchField(QLineEdit):
    """Esc empties it; in an empty field Esc goes on to whoever is around it.

    `shortcut` is only shown here; an action of the window takes the key.
    """

    def __init__(
        self,
        look: Look,
        placeholder: str,
        shortcut: QKeySequence | None = None,
        *,
        sign: str = "search",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMaxLength(_LONGEST)
        self._look = look
        self._sign = sign
        self._keys = key_text(shortcut) if shortcut is not None else ""
        self._clear = icon_button(look, "x", tr("Clear"), parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does it too
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self.clear)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.textChanged.connect(self._make_room)
        look.changed.connect(self._make_room)
        self._make_room()

    def _make_room(self) -> None:
        """Keep the text clear of the sign and of what is behind it."""
        self._clear.setVisible(bool(self.text()))
        behind = self._clear.sizeHint().width() if self.text() else self._cap_width()
        # The sheet keeps 8 pixels at each side already.
        self.setTextMargins(self._look.px(_TEXT_AT) - 8, 0, round(behind), 0)
        self._place_clear()
        self.update()

    def _cap_width(self) -> float:
        return key_cap_width(self._keys, self._look) if self._keys else 0

    def _place_clear(self) -> None:
        size = self._clear.sizeHint()
        top = (self.height() - size.height()) // 2
        self._clear.setGeometry(self.width() - size.width() - 2, top, size.width(), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, middle = self._look, self.height() / 2
        painter = QPainter(self)
        token = "muted" if self.isEnabled() else "faint"
        look.icons.paint(painter, look.px(_SIGN_AT), middle, self._sign, token, 14)
        if self._keys and not self.text():
            left = self.width() - _RIGHT - self._cap_width()
            paint_key_cap(painter, left, middle, self._keys, look)
        painter.end()
