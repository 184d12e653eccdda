"""The preview of a revision: what changes, what does not and why, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.services.revising.revision import Revision
from smartct_desktop.ui.buttons import Kind, button, switch
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.review_facets import Facet
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.revisions.lines import Line, LineModel, Outcome
from smartct_desktop.ui.revisions.table import LineTable
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look

_WIDE, _HIGH = 980, 540
_FACETS = 180


class RevisionDialog(QDialog):
    """`agreed(revision, additions)` is emitted once; closing it any other way writes nothing."""

    agreed = Signal(object, bool)

    def __init__(
        self, look: Look, revision: Revision, lines: Sequence[Line], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._look = look
        self.revision = revision
        schema = schema_of(revision.kind)
        title = _capital(say(revision.label(additions=not revision.changes)))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.model = LineModel(lines, tr(schema.label), self)
        self.table = LineTable(look, self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, face="title"))
        for note in (self._sum(), *map(say, revision.notes)):
            column.addWidget(label(note, tone="muted", wrap=True))
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._make_facets())
        shown = QVBoxLayout()
        shown.setSpacing(8)
        shown.addWidget(self.table, 1)
        self._whole_line = label(wrap=True)
        self._whole_line.setMinimumHeight(round(look.metrics.text.height()))
        shown.addWidget(self._whole_line)
        middle.addLayout(shown, 1)
        self.table.selectionModel().currentRowChanged.connect(self._show_whole)
        column.addLayout(middle, 1)
        column.addLayout(self._make_foot())
        self._show_button()
        resize_within(self, look.px(_WIDE), look.px(_HIGH))
        FocusRing(look, self)
        first = self.main if self.main.isEnabled() else self.cancel
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def facet(self, outcome: Outcome) -> Facet:
        """The facet of an outcome."""
        return self._facets[outcome]

    def agree(self) -> None:
        """Have it written."""
        if self.main.isEnabled():
            additions = self.additions.isChecked()
            self.accept()
            self.agreed.emit(self.revision, additions)

    def _make_facets(self) -> QWidget:
        inside = surface("window")
        inside.setFixedWidth(self._look.px(_FACETS))
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.all_lines = Facet(self._look, tr("All lines"))
        self.all_lines.setChecked(True)
        self.all_lines.show_count(self.model.rowCount())
        self.all_lines.clicked.connect(self._show_all)
        rows.addWidget(self.all_lines)
        self._facets = {one: Facet(self._look, one.word, one.tone.ink) for one in Outcome}
        for outcome, facet in self._facets.items():
            facet.show_count(self._count(outcome))
            facet.clicked.connect(self._narrow)
            rows.addWidget(facet)
        rows.addStretch(1)
        return inside

    def _count(self, outcome: Outcome) -> int:
        """A new record may have many lines, or only one: records are what is counted of them."""
        if outcome is Outcome.NEW:
            return len(self.revision.additions)
        return self.model.count(outcome)

    def _make_foot(self) -> QHBoxLayout:
        n = len(self.revision.additions)
        schema = schema_of(self.revision.kind)
        kind = tr(schema.label if n == 1 else schema.plural).lower()
        words = tr("Add the rows beyond the last one as {n} new {kind}", n=n, kind=kind)
        self.additions = QCheckBox(words)
        if not n:
            self.additions.hide()
        self.additions.setChecked(bool(n) and not self.revision.changes)
        self.additions.toggled.connect(self._show_button)
        self.cancel = button(self._look, tr("Cancel"), Kind.FLAT, room="large")
        self.cancel.clicked.connect(self.reject)
        self.main = button(self._look, "", Kind.PRIMARY, room="large")
        self.main.setDefault(True)
        self.main.clicked.connect(self.agree)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.additions)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.main)
        return row

    def _sum(self) -> str:
        """How many cells change, are refused, and hold already what was given."""
        revision = self.revision
        cells, beyond = revision.cells, len(revision.overflow)
        parts = [tr("1 cell changes") if cells == 1 else tr("{n} cells change", n=cells)]
        if revision.refusals:
            parts.append(tr("{n} refused", n=len(revision.refusals)))
        if beyond:
            one = tr("1 row reaches beyond the table")
            parts.append(one if beyond == 1 else tr("{n} rows reach beyond the table", n=beyond))
        if revision.additions:
            parts.append(tr("new records possible: {n}", n=len(revision.additions)))
        if revision.same:
            parts.append(tr("unchanged: {n}", n=revision.same))
        return f"{', '.join(parts)}. {tr('Nothing is written yet.')}"

    def _show_button(self) -> None:
        cells, revision = self.revision.cells, self.revision
        added = len(revision.additions) if self.additions.isChecked() else 0
        change = tr("Change 1 cell") if cells == 1 else tr("Change {n} cells", n=cells)
        if added:
            schema = schema_of(revision.kind)
            kind = tr(schema.label if added == 1 else schema.plural).lower()
            add = tr("add {n} {kind}", n=added, kind=kind)
            change = f"{change}, {add}" if cells else _capital(add)
        self.main.setText(change)
        nothing = tr("Nothing would change.")
        switch(self.main, self._look, on=bool(cells or added), reason=nothing)

    def _show_whole(self) -> None:
        """Say all of the current line: in the table its end may be cut off."""
        row = self.table.currentIndex().row()
        lines = self.model.lines
        self._whole_line.setText(lines[row].text if 0 <= row < len(lines) else "")

    def _show_all(self) -> None:
        for facet in self._facets.values():
            facet.setChecked(False)
        self._narrow()

    def _narrow(self) -> None:
        ticked = frozenset(one for one, facet in self._facets.items() if facet.isChecked())
        self.all_lines.setChecked(not ticked)
        self.model.narrow(ticked)
        self._whole_line.clear()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
