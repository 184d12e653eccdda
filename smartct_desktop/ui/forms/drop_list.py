"""The list that drops under a field one types into, to choose from what fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.ui.forms.offers import Offer
from smartct_desktop.ui.pointing import Pointing
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look

_MOST = 9  # lines shown at once
_SIDE = 8


class OfferModel(QAbstractListModel):
    """Offers as a list, one text each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[Offer, ...] = ()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is offered, from the top."""
        return self._offers

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Offer something else."""
        self.beginResetModel()
        self._offers = tuple(offers)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        offer = self._offers[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return offer.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{offer.text} {offer.detail}".strip()
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(part for part in (offer.text, offer.detail) if part)
            case _:
                return None


class OfferLines(QStyledItemDelegate):
    """Draws an offer: its text, and its detail in grey behind it."""

    def __init__(self, look: Look, model: OfferModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, self._look.measures.field)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        look = self._look
        offer = self._model.offers[index.row()]
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look.colour("select"))
        room = QRectF(rect).adjusted(look.px(_SIDE), 0, -look.px(_SIDE), 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if offer.detail:
            wide = look.metrics.small.horizontalAdvance(offer.detail)
            wide = min(wide, room.width() / 2)
            painter.setFont(look.fonts.small)
            painter.setPen(look.on_select("muted") if chosen else look.colour("muted"))
            detail = look.metrics.small.elidedText(
                offer.detail, Qt.TextElideMode.ElideRight, wide + 1
            )
            painter.drawText(room, right, detail)
            room.setRight(room.right() - wide - look.px(_SIDE))
        painter.setFont(look.fonts.text)
        painter.setPen(look.on_select("text") if chosen else look.colour("text"))
        text = look.metrics.text.elidedText(offer.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, left, text)


class DropList(QFrame):
    """Lies over the window under its field; the field keeps the focus and sends the keys here."""

    chosen = Signal(object)

    def __init__(self, look: Look, field: QWidget) -> None:
        super().__init__(field.window())
        self._look = look
        self._field = field
        self.setProperty("ground", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = OfferModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(OfferLines(look, self.model, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(field.accessibleName())
        self.view.clicked.connect(self._choose)
        Pointing(self.view).pointed.connect(self.view.setCurrentIndex)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3, 3, 3, 3)
        rows.addWidget(self.view)
        self.hide()

    def offer(self, offers: Sequence[Offer], *, first: bool) -> None:
        """Show these; `first` says whether the first one is meant unless another is taken."""
        self.model.show_offers(offers)
        if not offers:
            self.close_list()
            return
        self._place(len(offers))
        if first:
            self.view.setCurrentIndex(self.model.index(0))
        if not self.isVisible():
            _application().installEventFilter(self)
        self.show()
        self.raise_()

    def close_list(self) -> None:
        """Put the list away."""
        _application().removeEventFilter(self)
        self.hide()

    @property
    def current(self) -> Offer | None:
        """What is marked in the open list."""
        index = self.view.currentIndex()
        return self.model.offers[index.row()] if self.isVisible() and index.isValid() else None

    def step(self, by: int) -> None:
        """Mark the next or the previous offer."""
        row = self.view.currentIndex().row() + by
        row = max(0, min(row, self.model.rowCount() - 1))
        self.view.setCurrentIndex(self.model.index(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the list away when the pointer is pressed anywhere else."""
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(watched, QWidget)
            and watched is not self._field
            and watched is not self
            and not self.isAncestorOf(watched)
        ):
            self.close_list()
        return super().eventFilter(watched, event)

    def _choose(self, index: QModelIndex) -> None:
        offer = self.model.offers[index.row()]
        self.close_list()
        self.chosen.emit(offer)

    def _place(self, lines: int) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = min(lines, _MOST) * self._look.measures.field + 8
        top_left = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        width = max(self._field.width(), self._look.px(260))
        if top_left.y() + height > window.height():
            top_left.setY(self._field.mapTo(window, QPoint(0, 0)).y() - height - 2)
        top_left.setX(max(4, min(top_left.x(), window.width() - width - 4)))
        self.setGeometry(QRect(top_left, QSize(width, height)))


def _application() -> QCoreApplication:
    app = QApplication.instance()
    assert app is not None
    return app
