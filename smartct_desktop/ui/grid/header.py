"""The headings of a table: names, the sort arrows, and which columns are asked to sort."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from smartct_desktop.domain.query import Sort
from smartct_desktop.ui.grid.columns import Column, stands_right
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.role_data import Role
from smartct_desktop.ui.theme.look import Look

PAD = 8  # between the edge of a cell and its text, at 100 %
_ARROW = 12
_MOST_FROZEN = 0.7  # of the width


class Headings(QHeaderView):
    """Horizontal headings, drawn by us so that the arrow stands behind the name.

    `sort_asked(column, more)` is emitted for a click; `more` says that Shift was held, so that
    the column is sorted by after the others.
    """

    sort_asked = Signal(int, bool)

    def __init__(self, look: Look, model: RecordModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._records = model
        self._more = False
        self._hovered = -1
        self._frozen = 0
        self._pressed_frozen: bool | None = None
        self.setMouseTracking(True)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(28)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sectionClicked.connect(self._ask_to_sort)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._look.measures.heading)

    # Frozen columns stay at the left while the others scroll beneath them.

    @property
    def frozen(self) -> int:
        """How many columns at the left stay where they are; none while they leave no room."""
        return self._frozen if self._wide(self._frozen) <= self.width() * _MOST_FROZEN else 0

    @property
    def wanted_frozen(self) -> int:
        """How many columns are to stay, room or not."""
        return self._frozen

    def freeze(self, columns: int) -> None:
        """Have so many columns stay at the left."""
        self._frozen = max(0, min(columns, self.count() - 1))
        self.viewport().update()

    @property
    def frozen_width(self) -> int:
        """From where on columns scroll."""
        return self._wide(self.frozen)

    def is_frozen(self, section: int) -> bool:
        """Whether a column stays at the left."""
        return 0 <= self.visualIndex(section) < self.frozen

    def left_of(self, section: int) -> int:
        """Where a column begins in the viewport."""
        if self.is_frozen(section):
            return self.sectionPosition(section)
        return self.sectionViewportPosition(section)

    def section_at(self, x: int) -> int:
        """The column at a place of the viewport, -1 for none."""
        return self.logicalIndexAt(x - self.offset() if x < self.frozen_width else x)

    def _wide(self, columns: int) -> int:
        return sum(self.sectionSize(self.logicalIndex(place)) for place in range(columns))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frozen = self.frozen
        if not frozen or not self.offset():
            return
        painter = QPainter(self.viewport())
        for place in range(frozen):
            section = self.logicalIndex(place)
            left, wide = self.sectionPosition(section), self.sectionSize(section)
            self.paintSection(painter, QRect(left, 0, wide, self.height()), section)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_frozen = event.position().x() < self.frozen_width
        super().mousePressEvent(self._over(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed_frozen = event.position().x() < self.frozen_width
        super().mouseDoubleClickEvent(self._over(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(self._over(event))
        self._pressed_frozen = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(self._over(event))
        self._hover(self.section_at(event.position().toPoint().x()))

    def _over(self, event: QMouseEvent) -> QMouseEvent:
        """The event as Qt must see it: where the frozen columns would lie had they scrolled."""
        frozen = self._pressed_frozen
        if frozen is None:
            frozen = event.position().x() < self.frozen_width
        if not frozen or not self.offset():
            return event
        return QMouseEvent(
            event.type(),
            event.position() - QPointF(self.offset(), 0),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        # Qt's own option would ask the model for the flags of every row that is selected.
        colour = self._look.colour
        painter.save()
        painter.fillRect(rect, colour("hover" if section == self._hovered else "header"))
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), colour("hairline"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
        self._paint_name(painter, QRectF(rect), section)
        painter.restore()

    def restore_order(self) -> None:
        """Put the sections back where the model has them, after they were dragged."""
        for place in range(self.count()):
            self.moveSection(self.visualIndex(place), place)

    def _paint_name(self, painter: QPainter, rect: QRectF, section: int) -> None:
        look = self._look
        pad = look.px(PAD)
        name = str(self._records.headerData(section, Qt.Orientation.Horizontal, Role.DisplayRole))
        place, sort = self._sorted_by(section)
        arrow = look.px(_ARROW) + (look.px(6) if place else 0) if sort is not None else 0
        room = rect.adjusted(pad, 0, -pad - arrow - (4 if arrow else 0), 0)
        metrics = look.metrics.small_strong
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        right = stands_right(self._records.columns[section])
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(look.fonts.small_strong)
        painter.setPen(look.colour("muted"))
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if sort is None:
            return
        end = room.right() if right else room.left() + metrics.horizontalAdvance(shown)
        sign = "chevron-down" if sort.descending else "chevron-up"
        look.icons.paint(painter, end + 4, rect.center().y(), sign, "accent", _ARROW)
        if place:
            painter.setFont(look.fonts.tiny)
            painter.setPen(look.colour("accent"))
            number = QRectF(end + 4 + look.px(_ARROW), rect.top(), look.px(10), rect.height())
            painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, str(place))

    def _sorted_by(self, section: int) -> tuple[int, Sort | None]:
        """The sort this column takes part in, and its place if there are several (else 0)."""
        column = self._records.columns[section]
        sorts = self._records.query.sort
        for place, sort in enumerate(sorts, 1):
            if isinstance(column, Column) and sort.path == column.path:
                return (place if len(sorts) > 1 else 0), sort
        return 0, None

    def _ask_to_sort(self, section: int) -> None:
        self.sort_asked.emit(section, self._more)
