"""All values of one facet, with a search in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.reading import Bucket
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.facets.facet import Facet
from smartct_desktop.ui.facets.lines import FacetLine
from smartct_desktop.ui.facets.list import FacetList
from smartct_desktop.ui.facets.wording import value_line
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look

_WIDE, _HIGH = 380, 460
_MOST = 2000  # lines that are listed; the search finds the others
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AllValues(QDialog):
    """Ticks filter at once: `chosen(facet, values)`. Esc closes."""

    chosen = Signal(object, object)

    def __init__(
        self, look: Look, facet: Facet, buckets: Sequence[Bucket], texts: Texts, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._facet = facet
        self._buckets = buckets
        self._texts = texts
        self._words = [fold(facet.text(bucket, texts)) for bucket in buckets]
        self._values: frozenset[Value] = frozenset()
        self.setWindowTitle(facet.title)
        resize_within(self, look.px(_WIDE), look.px(_HIGH))
        self.search = SearchField(look, tr("Search in {facet}…", facet=facet.title))
        self.search.textChanged.connect(self._show)
        self.search.installEventFilter(self)
        self.list = FacetList(look)
        self.list.setAccessibleName(tr("Values of {facet}", facet=facet.title))
        self.list.ticked.connect(self._tick)
        self.count = label(face="small", tone="muted")
        done = button(look, tr("Close"))
        done.clicked.connect(self.close)
        self.clear_button = button(look, tr("Clear"), Kind.FLAT)
        self.clear_button.clicked.connect(self._clear)
        foot = QHBoxLayout()
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.clear_button)
        foot.addWidget(done)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(8)
        rows.addWidget(self.search)
        rows.addWidget(self.list, 1)
        rows.addLayout(foot)
        FocusRing(look, self)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def show_chosen(self, values: frozenset[Value]) -> None:
        """Tick these values."""
        self._values = values
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter go from the search into the list."""
        if (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _DOWN
        ):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.list.lines.rowCount():
                self.list.setCurrentIndex(self.list.lines.index(0))
            return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        wanted = fold(self.search.text()).split()
        found = [
            bucket
            for bucket, words in zip(self._buckets, self._words, strict=True)
            if all(word in words for word in wanted)
        ]
        lines = [
            value_line(self._facet, bucket, self._values, self._texts) for bucket in found[:_MOST]
        ]
        self.list.lines.show_lines(lines)
        self.count.setText(tr("{n} of {all} values", n=len(found), all=len(self._buckets)))
        self.clear_button.setEnabled(bool(self._values))

    def _tick(self, line: FacetLine, more: bool) -> None:  # noqa: ARG002, FBT001 (a signal's)
        self._choose(self._values ^ {line.value})

    def _clear(self) -> None:
        self._choose(frozenset())

    def _choose(self, values: frozenset[Value]) -> None:
        self._values = values
        self.chosen.emit(self._facet, values)
        self._show()
