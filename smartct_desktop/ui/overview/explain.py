"""Explain: what counts for a figure, what is expected to, and what does not and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figures import Figure
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.history.words_table import WordCells
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.line_table import LineTable
from smartct_desktop.ui.overview.parts import Part
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look

_SIZE = (860, 520)
_NAME_WIDE = 400

CaptionsOf = Callable[[str, Sequence[Id]], Mapping[Id, str]]
_PAGE = 200
_PARTNER = "organisation"


class ExplainModel(QAbstractTableModel):
    """The records of one part of a figure with the reason for each, captions fetched as shown."""

    def __init__(self, figure: Figure, captions: CaptionsOf) -> None:
        super().__init__()
        self._figure = figure
        self._captions = captions
        self._known: dict[Id, str] = {}
        self._partners: dict[Id, str] = {}
        self._reasons: Mapping[Id, Sentence] = {}
        self._part = Part.COUNTED
        self.ids: Sequence[Id] = ()

    def show_part(self, part: Part) -> None:
        """Show the records of a part."""
        self.beginResetModel()
        self._part = part
        self.ids = tuple(part.ids(self._figure.behind))
        self._reasons = dict(self._figure.behind.left_out) if part is Part.LEFT_OUT else {}
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 2

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Record"), tr("Why"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
        if not index.isValid() or role not in shown:
            return None
        id_ = self.ids[index.row()]
        return self._caption(index.row()) if index.column() == 0 else self._why(id_)

    def _caption(self, row: int) -> str:
        id_ = self.ids[row]
        if id_ not in self._known:
            start = row - row % _PAGE
            page = self.ids[start : start + _PAGE]
            self._known |= dict.fromkeys(page, "") | dict(self._captions(self._figure.kind, page))
        return self._known[id_]

    def _why(self, id_: Id) -> str:
        match self._part:
            case Part.LEFT_OUT:
                return say(self._reasons[id_])
            case Part.EXPECTED:
                return self._of_partner(tr("will count if it ends well"), id_)
            case Part.COUNTED:
                weight = self._figure.behind.weights.get(id_)
                told = tr("counts") if weight is None else tr("counts for {n}", n=weight)
                return self._of_partner(told, id_)

    def _of_partner(self, told: str, id_: Id) -> str:
        """Add of an exchange whose it is, and why."""
        if self._figure.whose is None:
            return told
        whose = self._figure.whose(id_)
        if whose.partner is None:
            return tr("{told}; {why}", told=told, why=say(whose.why))
        if whose.partner not in self._partners:
            self._partners |= self._captions(_PARTNER, [whose.partner])
        name = self._partners.get(whose.partner, "")
        if name == whose.sender:
            return tr("{told}; {why}", told=told, why=say(whose.why))
        return tr("{told}, of {partner}: {why}", told=told, partner=name, why=say(whose.why))


class _Words(WordCells):
    """Draws captions and reasons as other tables draw their words."""

    def paint_words(self, painter: QPainter, room: QRect, index: Index, *, selected: bool) -> None:
        painter.setPen(self.ink("muted" if index.column() else "text", selected=selected))
        self.write(painter, room, str(index.data() or ""))


class ExplainTable(LineTable):
    """The records of one part; one that is opened is shown in its tab."""

    def __init__(self, look: Look, model: ExplainModel) -> None:
        super().__init__(look, model, (_NAME_WIDE,))
        self.setItemDelegate(_Words(look, self))


class ExplainDialog(QDialog):
    """One figure with its definition and its three sets of records.

    `record_asked(kind, id)` wants one of them, `records_asked(kind, ids)` those shown as a table.
    """

    record_asked = Signal(str, object)
    records_asked = Signal(str, object)

    def __init__(
        self, look: Look, figure: Figure, part: Part, captions: CaptionsOf, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._figure = figure
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("What counts for {figure}", figure=say(figure.name)))
        resize_within(self, look.px(_SIZE[0]), look.px(_SIZE[1]))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        target = tr("of {target}", target=figure.target) if figure.target is not None else ""
        column.addWidget(
            label(f"{say(figure.name)}: {figure.value} {target}".strip(), face="title")
        )
        column.addWidget(label(say(figure.definition), tone="muted", wrap=True))
        self.sent = label(wrap=True)
        self.sent.hide()
        column.addWidget(self.sent)
        self.model = ExplainModel(figure, captions)
        self.parts: dict[Part, QPushButton] = {}
        switches = QHBoxLayout()
        switches.setSpacing(0)
        behind = figure.behind
        for one, words in (
            (Part.COUNTED, tr("Counted {n}", n=len(behind.counted))),
            (Part.EXPECTED, tr("In the pipeline {n}", n=len(behind.pipeline))),
            (Part.LEFT_OUT, tr("Not counted {n}", n=len(behind.left_out))),
        ):
            chosen = button(look, words, Kind.SWITCH)
            chosen.setCheckable(True)
            chosen.setAutoExclusive(True)
            chosen.setAutoDefault(False)
            chosen.clicked.connect(partial(self.show_part, one))
            self.parts[one] = chosen
            switches.addWidget(chosen)
        switches.addStretch(1)
        column.addLayout(switches)
        self.table = ExplainTable(look, self.model)
        self.table.opened.connect(self._open)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        self.as_table = button(look, tr("Show as a table"), icon="table-2")
        self.as_table.setAutoDefault(False)
        self.as_table.clicked.connect(self._show_as_table)
        close = button(look, tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot.addWidget(self.as_table)
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)
        self.show_part(part)

    def show_sent(self, lines: Sequence[str]) -> None:
        """Say what was sent for the figure in closed periods."""
        self.sent.setText("\n".join(lines))
        self.sent.setVisible(bool(lines))

    def show_part(self, part: Part, *_checked: bool) -> None:
        """Show one of the three sets."""
        self.parts[part].setChecked(True)
        self.model.show_part(part)
        self.table.setAccessibleName(self.parts[part].text())
        self.as_table.setEnabled(bool(self.model.ids))
        if self.model.ids:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def _open(self, row: int) -> None:
        self.record_asked.emit(self._figure.kind, self.model.ids[row])

    def _show_as_table(self) -> None:
        self.records_asked.emit(self._figure.kind, self.model.ids)
        self.close()
