"""What names a record, in the record's own pane: small tables that are edited in place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Query
from smartct_desktop.ui.buttons import Kind, button, icon_button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.form import Write
from smartct_desktop.ui.forms.part_lists import PartList, part_lists
from smartct_desktop.ui.forms.part_pasting import PartPasting
from smartct_desktop.ui.forms.part_table import PartTable
from smartct_desktop.ui.grid.columns import AnyColumn, of_kind
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.reasons import why_fixed
from smartct_desktop.ui.grid.source import Source
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look


class RelatedList(QWidget):
    """One list: heading, number of records, and the table.

    `opened(kind, id)` for a row, `asked(field, id)` for all rows in their tab, `part_asked(field,
    id)` for a new row, `delete_asked(kind, ids)`; `said` tells why a cell cannot be changed.
    """

    opened = Signal(str, object)
    asked = Signal(object, object)
    part_asked = Signal(object, object)
    delete_asked = Signal(str, object)
    said = Signal(str)

    def __init__(self, look: Look, shape: PartList, *, listed: bool) -> None:
        super().__init__()
        self.shape = shape
        self._id: Id | None = None
        columns: list[AnyColumn] = [*of_kind(shape.kind, shape.columns)]
        self._model = RecordModel(Query(shape.kind), columns, parent=self)
        self.table = PartTable(look, self._model, shape.heading, {})
        self.table.set_widths({})
        self.table.takes_pasted = True
        self._desk: Desk | None = None
        self._pasting = PartPasting(self.table, shape.field)
        self._pasting.said.connect(self.said)
        self.table.pasted.connect(self._paste)
        self._count = label(face="small", tone="muted")
        kind = tr(schema_of(shape.kind).label).lower()
        self.add = icon_button(look, "plus", tr("Add {kind} (Ins)", kind=kind))
        self.everything = button(look, "", Kind.LINK)
        if not listed:  # showing it before it lies in the pane would make it a window
            self.everything.hide()
        self._listed = listed
        head = QHBoxLayout()
        head.setContentsMargins(0, 6, 0, 0)
        head.setSpacing(6)
        head.addWidget(label(shape.heading, face="small-strong", tone="muted"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.everything)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.table)
        self.add.clicked.connect(self._ask_part)
        self.everything.clicked.connect(self._ask_all)
        self.table.added.connect(self._ask_part)
        self.table.opened.connect(self._open)
        self.table.removed.connect(self._ask_delete)
        self.table.refused.connect(self.said)
        self.table.cannot_edit.connect(self._tell_why_not)
        self._model.asked.connect(self._show_count)

    def attach(self, desk: Desk, write: Write | None) -> None:
        """Show records of this document, and write what is typed by `write`."""
        self._desk = desk
        make = None if write is None else partial(desk.editors.make, in_cell=True)
        self.table.edit_with(make)
        self.add.setVisible(write is not None)
        self._model.attach(Source(desk.reader, desk.texts, write))

    def detach(self) -> None:
        """Let go of the document."""
        self._desk = None
        self.table.edit_with(None)
        self._model.attach(None)

    def show_owner(self, id_: Id) -> None:
        """Show the list of this record."""
        if id_ == self._id:
            self.table.refresh()
            return
        self._id = id_
        self._model.ask(self.shape.query(id_))

    @property
    def count(self) -> int:
        """How many records are in the list."""
        return self._model.rowCount()

    def _show_count(self) -> None:
        self._count.setText(str(self.count))
        self.everything.setText(tr("All {n}", n=self.count))
        self.everything.setAccessibleName(tr("Show all {n} in their tab", n=self.count))
        self.everything.setVisible(self._listed and self.count > 1)

    def _open(self, id_: Id) -> None:
        self.opened.emit(self.shape.kind, id_)

    def _ask_all(self) -> None:
        self.asked.emit(self.shape.field, self._id)

    def _ask_part(self) -> None:
        if self.table.finish_editing():
            self.part_asked.emit(self.shape.field, self._id)

    def _paste(self) -> None:
        if self._desk is not None and self._id is not None:
            self._pasting.paste(self._desk, self._id)

    def _ask_delete(self, ids: Sequence[Id]) -> None:
        self.delete_asked.emit(self.shape.kind, ids)

    def _tell_why_not(self, column: AnyColumn) -> None:
        self.said.emit(why_fixed(column, read_only=not self.table.writes))


class Related(QWidget):
    """The lists of one record that are not empty; signals as those of `RelatedList`.

    Only kinds that are `listed` in a tab can be shown all. A list is made when a record needs it
    first.
    """

    opened = Signal(str, object)
    asked = Signal(object, object)
    part_asked = Signal(object, object)
    delete_asked = Signal(str, object)
    said = Signal(str)

    def __init__(self, look: Look, kind: str, listed: Collection[str]) -> None:
        super().__init__()
        self._look = look
        self._listed = listed
        self._shapes = tuple(part_lists(kind))
        self._made: dict[str, RelatedList] = {}
        self._desk: Desk | None = None
        self._write: Write | None = None
        self._nothing = label(tr("Nothing names this record."), tone="muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._nothing)

    @property
    def lists(self) -> tuple[RelatedList, ...]:
        """The lists that are shown, from the top."""
        made = (self._made.get(shape.field.code) for shape in self._shapes)
        return tuple(one for one in made if one is not None and not one.isHidden())

    def attach(self, desk: Desk, write: Write | None) -> None:
        """Show records of this document."""
        self._desk, self._write = desk, write

    def detach(self) -> None:
        """Let go of the document."""
        for one in self._made.values():
            one.detach()
        self._desk = None

    def show_owner(self, id_: Id) -> Iterator[None]:
        """Show the lists of a record, one after the other: a step of the iterator for each."""
        for shape in self._shapes:
            desk = self._desk
            if desk is None:
                return
            made = self._made.get(shape.field.code)
            there = made is not None and made.table.cells.editor is not None
            if there or desk.reader.count(shape.query(id_)):
                made = made or self._make(shape, desk)
                made.show_owner(id_)
                made.show()
            elif made is not None:
                made.hide()
            yield
        self._nothing.setHidden(bool(self.lists))

    def finish_editing(self) -> bool:
        """Write what is being typed; False if it is refused and stays."""
        return all(one.table.finish_editing() for one in self._made.values())

    def _make(self, shape: PartList, desk: Desk) -> RelatedList:
        made = RelatedList(self._look, shape, listed=shape.kind in self._listed)
        made.attach(desk, self._write)
        made.opened.connect(self.opened)
        made.asked.connect(self.asked)
        made.part_asked.connect(self.part_asked)
        made.delete_asked.connect(self.delete_asked)
        made.said.connect(self.said)
        self._made[shape.field.code] = made
        codes = [one.field.code for one in self._shapes if one.field.code in self._made]
        self._column.insertWidget(codes.index(shape.field.code), made)
        return made
