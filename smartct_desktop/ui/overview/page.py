"""The Overview tab: targets, what there is in the document, what changed last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated, Readers
from smartct_desktop.services.figures import Figure, figures, own_partnership
from smartct_desktop.services.settings import Json
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.overview.cards import CountsCard, RecentCard, TargetCard
from smartct_desktop.ui.overview.partnership_page import PartnershipPage, long_day
from smartct_desktop.ui.table_tabs import TABLE_TABS
from smartct_desktop.ui.tools import Tools

_STEPS = 9
_CARD = 310  # pixels of the narrowest card
_LATER = 150  # milliseconds: several steps in a row are counted once


class OverviewPage(QWidget):
    """Cards; every number opens the records behind it.

    `records_asked(kind, ids)`, `record_asked(kind, id)`, `tab_asked(name)` and `history_asked` lead
    away from here.
    """

    stated = Signal(str)
    records_asked = Signal(str, object)
    tab_asked = Signal(str)
    history_asked = Signal()
    record_asked = Signal(str, object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._look = tools.look
        self._desk: Desk | None = None
        self._outdated = False
        self._asked = 0
        self.target_cards: list[TargetCard] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER)
        self._later.timeout.connect(self._count)
        self._name = label(face="title", wrap=True)
        self._about = label(tone="muted", wrap=True)
        self.page_button = button(self._look, tr("As on the partnership page"), icon="eye")
        self.page_button.clicked.connect(self.show_partnership)
        self.edit_button = button(self._look, tr("Edit the partnership…"), icon="pencil")
        self.edit_button.clicked.connect(self._edit_partnership)
        self._targets = QGridLayout()
        self._targets.setSpacing(12)
        self._per_row = 4
        self._counting = label(tr("Counting…"), tone="muted")
        self.counts = CountsCard(self._look, [(t.name, tr(t.label)) for t in TABLE_TABS])
        self.counts.asked.connect(self.tab_asked)
        self.recent = RecentCard(self._look)
        self.recent.history_asked.connect(self.history_asked)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._make_body())
        rows.addWidget(scroll)
        self._look.changed.connect(self._fit)

    def attach(self, desk: Desk) -> None:
        """Show a document."""
        self._desk = desk
        self._show_quick_parts()
        self._count()

    def detach(self) -> None:
        """Let go of the document."""
        self._desk = None
        self._asked += 1
        self._later.stop()
        self._show_targets(())

    def hear(self, _touched: Touched) -> None:
        """A step was done, undone or redone."""
        if self.isVisible():
            self._show_quick_parts()
            self._later.start()
        else:
            self._outdated = True

    def hear_findings(self) -> None:
        """No finding is shown here."""

    def look_again(self) -> None:
        """Catch up with what happened while another tab was in front."""
        if self._outdated:
            self._outdated = False
            self._show_quick_parts()
            self._count()
        self._state()

    def finish_editing(self) -> bool:
        """Nothing is edited here."""
        return True

    def focus_filter(self) -> None:
        """There is nothing to filter here."""

    def set_compact(self, on: bool) -> None:  # noqa: FBT001 (as the pages with tables)
        """Nothing here has rows."""

    def remember(self) -> None:
        """Nothing here is remembered."""

    def headings(self) -> list[Json]:
        """No table, no headings."""
        return []

    def show_partnership(self) -> None:
        """Open the partnership as on its page."""
        if self._desk is not None:
            PartnershipPage(self._look, self._desk, self.window()).show()

    # Within.

    def _make_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._about)
        head.addLayout(words, 1)
        head.addWidget(self.page_button, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        self._targets.addWidget(self._counting, 0, 0)
        column.addLayout(self._targets)
        beneath = QGridLayout()
        beneath.setSpacing(12)
        beneath.addWidget(self.counts, 0, 0)
        beneath.addWidget(self.recent, 0, 1)
        beneath.setColumnStretch(0, 1)
        beneath.setColumnStretch(1, 3)
        column.addLayout(beneath)
        column.addStretch(1)
        return body

    def _edit_partnership(self) -> None:
        own = own_partnership(self._desk.reader) if self._desk is not None else None
        if own is not None:
            self.record_asked.emit("partnership", own.id)

    def _show_quick_parts(self) -> None:
        """What costs the same however many records there are."""
        desk = self._desk
        if desk is None:
            return
        for tab in TABLE_TABS:
            self.counts.show_count(tab.name, desk.reader.count(tab.query))
        self.recent.show_steps(desk.reader.history(0, _STEPS), desk.texts)
        own = own_partnership(desk.reader)
        self._name.setText(own.full_name or own.acronym if own else tr("No own partnership"))
        about = [own.acronym, own.call or "", long_day(own.starts_on)] if own else []
        self._about.setText(" · ".join(part for part in about if part))
        self.page_button.setEnabled(own is not None)
        self.edit_button.setEnabled(own is not None)

    def _count(self) -> None:
        """Count the figures off the window's thread."""
        self._later.stop()
        if self._desk is None:
            return
        self._asked += 1
        asked, readers = self._asked, self._desk.document

        def work(_progress: Progress) -> tuple[int, Sequence[Figure]]:
            return asked, _figures(readers)

        self._tools.jobs.run(
            work, self._take_figures, self._count_again, title=tr("Counting"), shown=False
        )

    def _count_again(self, error: Exception) -> None:
        """The document changed, or was closed, while its records were counted."""
        if self._desk is None:
            return
        if isinstance(error, Outdated):
            self._later.start()
        else:
            self._tools.report(error)

    def _take_figures(self, result: tuple[int, Sequence[Figure]]) -> None:
        asked, found = result
        if asked == self._asked:
            self._show_targets(found)

    def _show_targets(self, found: Sequence[Figure]) -> None:
        for old in self.target_cards:
            old.hide()
            old.deleteLater()
        self.target_cards = [TargetCard(self._look, figure) for figure in found]
        for made in self.target_cards:
            made.asked.connect(self.records_asked)
        self._place_targets()
        self._counting.setVisible(not found and self._desk is not None)

    def _place_targets(self) -> None:
        """As many cards in a row as have room for their words."""
        for place, made in enumerate(self.target_cards):
            self._targets.addWidget(made, place // self._per_row, place % self._per_row)
        for column in range(4):
            self._targets.setColumnStretch(column, 1 if column < self._per_row else 0)

    def _fit(self) -> None:
        per_row = max(1, min(4, self.width() // self._look.px(_CARD)))
        if per_row != self._per_row:
            self._per_row = per_row
            self._place_targets()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _state(self) -> None:
        desk = self._desk
        if desk is not None:
            counts = [(tr(tab.label).lower(), desk.reader.count(tab.query)) for tab in TABLE_TABS]
            self.stated.emit("   ·   ".join(f"{n} {name}" for name, n in counts))


def _figures(readers: Readers) -> Sequence[Figure]:
    with readers.reader() as reader:
        return figures(reader)
