"""The palette: one field to type into, and under it what fits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from smartct_desktop.domain.searching import LONGEST_SEARCH
from smartct_desktop.ui.frames import rule
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.key_cap import KeyCap
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.pointing import Pointing
from smartct_desktop.ui.quick_open.entries import Entry, Row
from smartct_desktop.ui.quick_open.lines import LineModel, LinePainter, spoken
from smartct_desktop.ui.theme.look import Look

_WIDE, _TOP, _SHARE, _EDGE = 680, 96, 0.7, 24
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class QuickOpenPanel(QWidget):
    """Lies over the whole window; `typed(text)` asks for other lines, `chosen(entry)` ends it.

    The keys go to the field only; it passes on those that move in the list. The focus goes back
    to where it was when the palette is put away, however that happens.
    """

    typed = Signal(str)
    chosen = Signal(object)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._before: QWidget | None = None
        self._moved = False
        self.setAccessibleName(tr("Search or command"))
        self._box = QFrame(self)
        self._box.setProperty("ground", "quick")
        self.line = QLineEdit()
        self.line.setProperty("room", "search")
        self.line.setProperty("ring", "never")  # the ring is on the line that is chosen
        self.line.setMaxLength(LONGEST_SEARCH + 1)  # one sign too many, so that it is said
        self.line.setPlaceholderText(tr("Search or command…"))
        self.line.setAccessibleName(tr("Search or command"))
        self.line.textChanged.connect(self._type)
        self.line.installEventFilter(self)
        self.model = LineModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(LinePainter(look, self.model, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(tr("What fits"))
        self.view.setProperty("ground", "list")
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._choose)
        Pointing(self.view).pointed.connect(self._point)
        self._sign = QLabel()
        self._nothing = label(tone="muted")
        self._nothing.setContentsMargins(14, 12, 14, 12)
        self._busy = label(face="small", tone="muted")
        self._lay_out()
        window.installEventFilter(self)
        look.changed.connect(self._fit)
        self._fit()
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    @property
    def current(self) -> Entry | None:
        """The line that Enter would choose."""
        return self.model.entry(self.view.currentIndex())

    def open(self, typed: str = "") -> None:
        """Show the palette, with the keys in its field."""
        if self.isVisible():
            self.line.selectAll()
            return
        self._before = QApplication.focusWidget()
        self.line.blockSignals(True)
        self.line.setText(typed)
        self.line.blockSignals(False)
        self._type(typed)
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_panel(self) -> None:
        """Put the palette away; the keys go where they went before."""
        if self.isHidden():
            return
        before, self._before = self._before, None
        within = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if within and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rows(self, rows: Sequence[Row], *, busy: bool, steady: bool) -> None:
        """Show what fits; `steady` keeps the line that is chosen if it is still there.

        `busy` says that more may follow.
        """
        before = self.current
        self.model.show_rows(rows)
        at = self.model.row_of(before.key) if before is not None else None
        if at is None or not (steady or self._moved):
            at = self.model.next_line(-1, 0)
        self._busy.setText(tr("Looking for records…") if busy else "")
        self._nothing.setText(tr("Still looking…") if busy else tr("Nothing fits."))
        self._nothing.setHidden(bool(rows))
        self.view.setVisible(bool(rows))
        self._place()
        if at >= 0:
            self._go_to(at)

    def refuse(self, why: str) -> None:
        """Show why nothing is looked for."""
        self.show_rows([], busy=False, steady=False)
        self._nothing.setText(why)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, why))

    # What Qt asks for.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.line and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                if event.key() == Qt.Key.Key_Escape or event.key() in _STEPS:
                    event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                return self._press(event)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._box.geometry().contains(event.position().toPoint()):
            self.close_panel()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("dim"))
        painter.end()

    # Within.

    def _press(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.view.currentIndex())
        elif key in _STEPS:
            self._moved = True
            at = self.model.next_line(self.view.currentIndex().row(), _STEPS[key])
            if at >= 0:
                self._go_to(at)
        else:
            return False
        return True

    def _type(self, text: str) -> None:
        self._moved = False
        self.typed.emit(text)

    def _go_to(self, row: int) -> None:
        index = self.model.index(row)
        self.view.setCurrentIndex(index)
        first = self.model.next_line(-1, 0) == row
        self.view.scrollTo(self.model.index(0) if first else index)
        entry = self.model.entry(index)
        if entry is not None and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, spoken(entry)))

    def _point(self, index: QModelIndex) -> None:
        if self.model.entry(index) is not None:
            self._moved = True
            self.view.setCurrentIndex(index)

    def _choose(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is None:
            return
        if entry.reason:
            self._busy.setText(entry.reason)  # it stays open: the person sees why
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, entry.reason))
            return
        self.close_panel()
        self.chosen.emit(entry)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Somebody else took the keys within the window: the palette is over."""
        if (
            self.isVisible()
            and new is not None
            and new.window() is self._window
            and not self.isAncestorOf(new)
        ):
            self._before = None
            self.close_panel()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 14, 0)
        top.setSpacing(10)
        top.addWidget(self._sign)
        top.addWidget(self.line, 1)
        top.addWidget(KeyCap(self._look, tr("Esc")))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 14, 8)
        foot.setSpacing(6)
        for keys, words in (("↑ ↓", tr("choose")), (tr("Enter"), tr("open"))):
            foot.addWidget(KeyCap(self._look, keys))
            foot.addWidget(label(words, face="small", tone="muted"))
            foot.addSpacing(6)
        foot.addWidget(self._busy, 1)
        for keys, words in ((">", tr("commands")), ("@", tr("records"))):
            foot.addWidget(KeyCap(self._look, keys))
            foot.addWidget(label(words, face="small", tone="muted"))
            foot.addSpacing(6)
        column = self._column = QVBoxLayout(self._box)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule("hair"))
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        column.addWidget(rule("hair"))
        column.addLayout(foot)

    def _fit(self) -> None:
        look = self._look
        ratio = self.devicePixelRatio()
        self._sign.setPixmap(look.icons.pixmap("search", "muted", 18, ratio))
        self._place()

    def _place(self) -> None:
        window, look = self._window, self._look
        self.setGeometry(window.rect())
        wide = min(look.px(_WIDE), window.width() - 2 * _EDGE)
        rows = sum(self.view.sizeHintForRow(row) for row in range(self.model.rowCount()))
        needed = self._column.sizeHint().height()
        if not self.view.isHidden():
            needed += rows + 8 - self.view.sizeHint().height()
        height = min(needed, round(window.height() * _SHARE))
        top = min(_TOP, max(8, window.height() - height - 8))
        self._box.setGeometry(QRect(QPoint((window.width() - wide) // 2, top), self._box.size()))
        self._box.resize(wide, height)
