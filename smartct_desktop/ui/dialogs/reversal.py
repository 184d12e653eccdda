"""Shows what undoing an old step, or doing it again, would do, before it is done."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.services.reversal import Outcome, Reversal
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.history.fates import WHY, FateCells, FateModel, outcome_words
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label

_WIDE, _HIGH = 1010, 560
_AROUND = 60  # pixels of the screen that stay free
_WIDTHS = (180, 140, 140, 140, 104)


class ReversalDialog(QDialog):
    """Accepted if it is to be done; without anything to do it can only be closed."""

    def __init__(self, desk: Desk, reversal: Reversal, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look = desk.editors.look
        self._reversal = reversal
        self.setWindowTitle(tr("Do this step again") if reversal.again else tr("Undo this step"))
        title = (
            tr("Do “{step}” again?", step=reversal.step.label)
            if reversal.again
            else tr("Undo “{step}”?", step=reversal.step.label)
        )
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.words)
        self.model = FateModel(reversal, desk.reader, desk.texts, self)
        self.table = self._make_table()
        self._why = label("", tone="muted", wrap=True)
        self.table.selectionModel().currentRowChanged.connect(self._show_why)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(title, face="title", wrap=True))
        column.addWidget(label(self.words, wrap=True))
        column.addLayout(self._make_outcomes())
        column.addWidget(self.table, 1)
        column.addWidget(self._why)
        column.addLayout(self._make_foot())
        room = self.screen().availableGeometry()
        wide = min(look.px(_WIDE), room.width() - _AROUND)
        self.resize(wide, min(look.px(_HIGH), room.height() - _AROUND))
        FocusRing(look, self)
        self._show_first_kept()
        (self.act_button if reversal.changes else self.close_button).setFocus()

    @property
    def words(self) -> str:
        """What would happen, in a sentence or two."""
        counts, again = self._reversal.counts, self._reversal.again
        if not self._reversal.changes and self._reversal.whole:
            return tr("Nothing is left to do.")
        if not self._reversal.changes:
            parts = ", ".join(self._staying(counts))
            nothing = tr("Nothing can be done again") if again else tr("Nothing can be put back")
            return f"{nothing}: {parts}."
        if self._reversal.whole:
            words = tr("All of it is done again.") if again else tr("All of it is put back.")
        else:
            n = counts[Outcome.BACK]
            done = tr("{n} done again", n=n) if again else tr("{n} put back", n=n)
            words = f"{', '.join((done, *self._staying(counts)))}."
        return f"{words} {tr('Later steps stay. This becomes a step of its own.')}"

    def _staying(self, counts: Mapping[Outcome, int]) -> list[str]:
        """How many values stay as they are, and why, in words; nothing for nothing."""
        kept, cannot = counts[Outcome.KEPT], counts[Outcome.CANNOT]
        parts = []
        if kept:
            parts.append(tr("{n} kept because changed since", n=kept))
        if cannot and self._reversal.again:
            parts.append(tr("{n} cannot be done again", n=cannot))
        elif cannot:
            parts.append(tr("{n} cannot be put back", n=cannot))
        return parts

    # Within.

    def _make_table(self) -> QTableView:
        look = self._look
        table = QTableView()
        table.setModel(self.model)
        table.setItemDelegate(FateCells(look, self.model, table))
        table.setAccessibleName(tr("What would happen"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setProperty("ring", "never")
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look.measures.row)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setFixedHeight(look.measures.heading)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, wide in enumerate(_WIDTHS):
            table.setColumnWidth(place, look.px(wide))
        return table

    def _make_outcomes(self) -> QHBoxLayout:
        """The outcomes with their counts, to look at those of one only."""
        row = QHBoxLayout()
        row.setSpacing(6)
        group = QButtonGroup(self)
        self.outcome_buttons: dict[Outcome | None, QPushButton] = {}
        counts = self._reversal.counts
        total = len(self._reversal.fates)
        offers: list[tuple[Outcome | None, str, int]] = [(None, tr("all"), total)]
        offers += [
            (one, outcome_words(one, again=self._reversal.again), counts[one])
            for one in Outcome
            if counts[one]
        ]
        for outcome, words, n in offers:
            made = button(self._look, f"{words} {n}", Kind.SWITCH, room="small")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setChecked(outcome is None)
            made.toggled.connect(self._show_chosen)
            group.addButton(made)
            self.outcome_buttons[outcome] = made
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        acts = bool(self._reversal.changes)
        close = tr("Cancel") if acts else tr("Close")
        self.close_button = button(self._look, close, Kind.FLAT if acts else Kind.PLAIN)
        self.close_button.clicked.connect(self.reject)
        n = self._reversal.counts[Outcome.BACK]
        verb = tr("Do {n} again", n=n) if self._reversal.again else tr("Put {n} back", n=n)
        self.act_button = button(self._look, verb, Kind.PRIMARY)
        self.act_button.setDefault(acts)
        self.act_button.setVisible(acts)
        self.act_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        row.addWidget(self.act_button)
        return row

    def _show_first_kept(self) -> None:
        """Begin at the first value that stays, which is what one has to know."""
        staying = (Outcome.KEPT, Outcome.CANNOT)
        fates = enumerate(self._reversal.fates)
        row = next((at for at, fate in fates if fate.outcome in staying), 0)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _show_why(self, current: QModelIndex) -> None:
        """Say in full why the value in the current row stays."""
        self._why.setText(self.model.text(current.row(), WHY) if current.isValid() else "")

    def _show_chosen(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        if on:
            chosen = next(o for o, made in self.outcome_buttons.items() if made.isChecked())
            self.model.show_only(chosen)
            if self.model.rowCount():
                self.table.setCurrentIndex(self.model.index(0, 0))
                self.table.scrollToTop()
