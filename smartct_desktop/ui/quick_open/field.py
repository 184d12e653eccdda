"""The field beside the menus that opens the palette."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenuBar, QSizePolicy

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.key_cap import key_cap_width, key_text, paint_key_cap
from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.theme.look import Look

_WIDE, _LEAST, _AROUND = 296, 110, 24  # of the field, and around the name of a menu
_SIGN_AT, _TEXT_AT, _RIGHT, _RADIUS = 9, 31, 8, 4


class QuickOpenField(QAbstractButton):
    """Looks like a field to search in; one types into the palette it opens."""

    def __init__(self, look: Look, keys: QKeySequence, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._look = look
        self._keys = key_text(keys)
        self.setText(tr("Search or command…"))
        self.setAccessibleName(tr("Search or command"))
        self.setAccessibleDescription(self._keys)
        self.setToolTip(tool_tip(tr("Commands, records, tabs and help by name"), look))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring", "never")  # its own edge is the ring
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As wide as the design has it, but never so wide that the menus have no room."""
        metrics, look = self._look.metrics.text, self._look
        menus = sum(
            metrics.horizontalAdvance(action.text()) + _AROUND for action in self._bar.actions()
        )
        room = round(self._bar.width() - menus)
        least = look.px(_LEAST)
        return QSize(max(least, min(look.px(_WIDE), room)), look.measures.field)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        middle = self.height() / 2
        high = self._look.measures.field - 2
        box = QRectF(0.5, middle - high / 2 + 0.5, self.width() - _RIGHT, high - 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self.hasFocus()
        painter.setPen(QPen(look.colour("focus" if ring else "edge"), 2 if ring else 1))
        painter.setBrush(look.colour("hover" if self.underMouse() else "base"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        look.icons.paint(painter, look.px(_SIGN_AT), middle, "search", "muted", 14)
        cap = key_cap_width(self._keys, look)
        left = box.right() - cap - 5
        paint_key_cap(painter, left, middle, self._keys, look)
        room = QRectF(look.px(_TEXT_AT), 0, left - look.px(_TEXT_AT) - 4, self.height())
        painter.setFont(look.fonts.text)
        painter.setPen(look.colour("muted"))
        words = look.metrics.text.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


def add_field(look: Look, bar: QMenuBar, keys: QKeySequence) -> QuickOpenField:
    """Put the field into the right corner of the menu bar."""
    field = QuickOpenField(look, keys, bar)
    bar.setCornerWidget(field, Qt.Corner.TopRightCorner)
    field.show()
    return field
