"""The list in which a person says what a column holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from smartct_desktop.ui.forms.drop_list import OfferLines, OfferModel
from smartct_desktop.ui.forms.offers import Offer, matching
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.column_state import NOT_NEEDED
from smartct_desktop.ui.pointing import Pointing
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look

_WIDTH, _LINES = 320, 12
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _LINES,
    Qt.Key.Key_PageUp: -_LINES,
}


class FieldChooser(QFrame):
    """Opens below a point and is gone after a choice; `chosen` has the code of a field.

    The last line leaves the column out.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, heading: str, offers: Sequence[Offer], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "popup")
        self._offers = (*offers, Offer(NOT_NEEDED, tr("Not needed: leave it out")))
        name = tr("What does “{heading}” hold?", heading=heading)
        self.setAccessibleName(name)
        self.search = SearchField(look, name)
        self.search.textChanged.connect(self._narrow)
        self._model = OfferModel(self)
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(OfferLines(look, self._model, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(tr("Fields"))
        Pointing(self.view).pointed.connect(self.view.setCurrentIndex)
        self.view.clicked.connect(self._choose)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(6, 6, 6, 6)
        rows.setSpacing(6)
        rows.addWidget(self.search)
        rows.addWidget(self.view)
        self.setFocusProxy(self.search)
        self.setFixedSize(look.px(_WIDTH), look.measures.field * (_LINES + 1) + look.px(26))
        self._narrow("")

    def open_at(self, point: QPoint) -> None:
        """Show it with its upper left corner there, or as near as the screen allows."""
        room = self.screen().availableGeometry()
        left = max(room.left(), min(point.x(), room.right() - self.width()))
        top = max(room.top(), min(point.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.view.currentIndex())
            case Qt.Key.Key_Escape:
                self.close()
            case key if key in _MOVES:
                self._move(Qt.Key(key))
            case _:
                super().keyPressEvent(event)

    def _move(self, key: Qt.Key) -> None:
        row = self.view.currentIndex().row() + _MOVES[key]
        row = max(0, min(row, self._model.rowCount() - 1))
        self.view.setCurrentIndex(self._model.index(row))

    def _narrow(self, typed: str) -> None:
        self._model.show_offers(matching(self._offers, typed))
        self.view.setCurrentIndex(self._model.index(0))

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        offer = self._model.offers[index.row()]
        self.close()
        self.chosen.emit(str(offer.value))
