"""The editor for several terms of a vocabulary: chosen ones as a text, all of them to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
)

from smartct_desktop.domain.fields import Field, Value
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.forms.offers import Offer, matching
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.pill import paint_pill, pill_width
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_HEIGHT = 320
_WIDTH = 380
_GAP = 4


class TickModel(QAbstractListModel):
    """Terms to tick; those ticked stay in the order in which they were."""

    ticked = Signal()

    def __init__(self, offers: Sequence[Offer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(offers)
        self._shown = self._all
        self._chosen: list[str] = []

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes that are ticked."""
        return tuple(self._chosen)

    def choose(self, codes: Sequence[str]) -> None:
        """Tick these and no others."""
        self.beginResetModel()
        self._chosen = list(codes)
        self.endResetModel()

    def narrow(self, typed: str) -> None:
        """Show only what fits a text."""
        self.beginResetModel()
        self._shown = tuple(matching(self._all, typed))
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        offer = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{offer.text}   {offer.detail}" if offer.detail else offer.text
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(part for part in (offer.text, offer.detail) if part)
            case Qt.ItemDataRole.CheckStateRole:
                on = offer.value in self._chosen
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case _:
                return None

    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ARG002 (a tick is turned over)
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        code = str(self._shown[index.row()].value)
        if code in self._chosen:
            self._chosen.remove(code)
        else:
            self._chosen.append(code)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


class TermsEditor(FieldEditor):
    """Several terms: a field that says which, and opens the list to tick."""

    def __init__(self, field: Field, offers: Sequence[Offer], look: Look, *, in_cell: bool) -> None:
        super().__init__(field, in_cell=in_cell)
        self._look = look
        self._texts = {str(offer.value): offer.text for offer in offers}
        self._codes: tuple[str, ...] = ()
        self.ticks = TickModel(offers, self)
        self.box = _Box(look)
        self.box.opened.connect(self.open_list)
        self.take_input(self.box)
        self._popup: _TickList | None = None

    def show_value(self, value: Value, caption: str | None = None) -> None:  # noqa: ARG002
        self._codes = value if isinstance(value, tuple) else ()
        self.ticks.choose(self._codes)
        self._say()

    def value(self) -> Value:
        return self.ticks.chosen

    def typed_text(self) -> str:
        return "\n".join(self.ticks.chosen)

    def put_text(self, text: str) -> None:
        self.ticks.choose([code for code in text.split("\n") if code in self._texts])
        self._say()

    def begin(self, typed: str = "") -> None:
        if self.in_cell:
            self.open_list()
            if typed and self._popup is not None:
                self._popup.filter.setText(typed)

    def open_list(self) -> None:
        """Open the list with its filter under the field."""
        popup = _TickList(self._look, self.ticks, tr(self.field.label), self)
        popup.closed.connect(self._finish)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        popup.filter.setFocus()
        self._popup = popup

    @property
    def popup(self) -> _TickList | None:
        """The open list."""
        return self._popup

    def _finish(self, kept: bool) -> None:  # noqa: FBT001 (a signal's)
        self._popup = None
        self.ticks.narrow("")
        if kept:
            self._say()
            self.committed.emit()
        else:
            self.ticks.choose(self._codes)
            self.cancelled.emit()

    def _say(self) -> None:
        texts = [self._texts.get(code, code) for code in self.ticks.chosen]
        self.box.show_terms(texts)
        self.box.setToolTip(tool_tip("\n".join(texts), self._look))


class _Box(QComboBox):
    """Looks like a choice with a chip for every term; not its own list but ours is opened."""

    opened = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._terms: tuple[str, ...] = ()
        self.addItem("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)

    def show_terms(self, terms: Sequence[str]) -> None:
        """Show these; whoever reads the box out says them as one text."""
        self._terms = tuple(terms)
        self.setItemText(0, "; ".join(terms))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        painter.setClipRect(room)
        look, gap = self._look, self._look.px(_GAP)
        left, middle = float(room.left()), self.rect().center().y() + 0.5
        for place, term in enumerate(self._terms):
            rest = f"+{len(self._terms) - place}"
            wide = pill_width(term, look)
            after = pill_width(rest, look) if place + 1 < len(self._terms) else 0
            if place and left + wide + after > room.right():
                paint_pill(painter, left, middle, rest, Tone.CALM, look)
                break
            left += paint_pill(painter, left, middle, term, Tone.CALM, look) + gap
        painter.end()

    def showPopup(self) -> None:
        self.opened.emit()


class _TickList(QFrame):
    """The list to tick, with a filter. Enter and a click elsewhere keep the ticks, Esc drops."""

    closed = Signal(bool)

    def __init__(self, look: Look, ticks: TickModel, name: str, owner: TermsEditor) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "popup")
        self._kept = True
        self._ticks = ticks
        self.filter = SearchField(look, tr("Filter {list}…", list=name))
        self.filter.textChanged.connect(ticks.narrow)
        self.filter.installEventFilter(self)
        self.view = QListView()
        self.view.setModel(ticks)
        self.view.setAccessibleName(name)
        self.view.setUniformItemSizes(True)
        self.view.installEventFilter(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 8, 8, 8)
        rows.addWidget(self.filter)
        rows.addWidget(self.view)
        self.resize(QSize(look.px(_WIDTH), look.px(_HEIGHT)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self._kept = False
                self.close()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.close()
                return True
            if watched is self.filter and key == Qt.Key.Key_Down:
                self.view.setFocus()
                self.view.setCurrentIndex(self._ticks.index(0))
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QEvent) -> None:
        super().hideEvent(event)  # type: ignore[arg-type] # PySide wants QHideEvent
        self.closed.emit(self._kept)
