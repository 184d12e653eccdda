"""What is scrolled in the record pane: profile, form, files, related records, history."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import references_to, schema_of
from smartct_desktop.domain.fields import Field, Id
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.attaching import Owner
from smartct_desktop.ui.buttons import menu_button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.attaching import Attaching
from smartct_desktop.ui.forms.attachments import Attachments
from smartct_desktop.ui.forms.cluster_profile import ClusterProfile
from smartct_desktop.ui.forms.form import Form, Write
from smartct_desktop.ui.forms.origins import OriginSigns
from smartct_desktop.ui.forms.part_table import PartTable
from smartct_desktop.ui.forms.related import Related
from smartct_desktop.ui.grid.columns import Column
from smartct_desktop.ui.history.record_history import RecordHistory
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.table_tabs import TAB_KINDS
from smartct_desktop.ui.theme.look import Look

_COLUMNS = 3  # of the form in a pane below the table
_ADDED = frozenset({"exchange", "payment", "waiver", "person", "event"})
"""Kinds that can be added although they need not name the record."""


class PaneBody(QFrame):
    """One kind of record in one document; one record at a time is shown.

    `opened`, `asked`, `part_asked`, `delete_asked` and `said` are those of the related lists,
    `step_asked(no)` opens a step in the history, `counted(place, n)` says how many files there are
    for the section at a place.
    """

    opened = Signal(str, object)
    asked = Signal(object, object)
    part_asked = Signal(object, object)
    delete_asked = Signal(str, object)
    step_asked = Signal(int)
    said = Signal(str)
    counted = Signal(int, int)

    def __init__(
        self,
        desk: Desk,
        kind: str,
        write: Write | None,
        *,
        below: bool,
        attaching: Attaching | None,
    ) -> None:
        super().__init__()
        self._look: Look = desk.editors.look
        self._desk = desk
        self._kind = kind
        self._write = write
        self._record: Record | None = None
        self._sections: list[tuple[str, QWidget]] = []
        self.setProperty("ground", "base")
        self.profile = ClusterProfile(self._look, desk.facts) if below else None
        fields = schema_of(kind).fields
        self.form = Form(self._look, desk.editors, fields, write, _COLUMNS if below else 1)
        self.origins = OriginSigns(self._look, self.form, self, desk.texts, desk.reader)
        self.files = None if attaching is None else Attachments(self._look, attaching)
        self.related = Related(self._look, kind, TAB_KINDS)
        self.history = RecordHistory(self._look)
        self._connect()
        self._arrange()
        if self.files is not None:
            self.files.attach(desk, write)
        self.related.attach(desk, write)

    @property
    def sections(self) -> list[str]:
        """The names of the sections, from the top."""
        return [name for name, _ in self._sections]

    def tops(self) -> list[int]:
        """Where the sections begin."""
        return [part.mapTo(self, QPoint(0, 0)).y() for _, part in self._sections]

    def first_of(self, place: int) -> QWidget | None:
        """The first thing in a section, or after it, that takes keys."""
        top = self.tops()[place]
        found = [
            (part.mapTo(self, QPoint(0, 0)).y(), part)
            for part in self.findChildren(QWidget)
            if part.isVisibleTo(self)
            and part.isEnabled()
            and part.focusPolicy() & Qt.FocusPolicy.TabFocus
            and part.focusProxy() is None
        ]
        after = [one for one in found if one[0] >= top - 8]
        return min(after, key=lambda one: one[0])[1] if after else None

    def show_record(self, record: Record) -> None:
        """Show what is quickly known of a record."""
        self._record = record
        self.form.show_record(record, self._desk.reader)
        self.origins.show_record(record)

    def show_rest(self, owner: Owner) -> Iterator[None]:
        """Show what names the record, and its history, in steps of some milliseconds each."""
        record, desk = self._record, self._desk
        if record is None:
            return
        if self.profile is not None and isinstance(record, Organisation):
            self.profile.show_cluster(record, desk)
            yield
        if self.files is not None:
            self.files.show_owner(owner)
            yield
        yield from self.related.show_owner(record.id)
        self.history.show_record(self._kind, record.id, desk.texts, desk.reader)

    def tell_origin(self, focused: QWidget | None) -> bool:
        """Tell where the value of the field or cell comes from that has the keys, if one has."""
        if isinstance(focused, PartTable):
            return self._tell_origin_of_cell(focused)
        return self.origins.tell_of(focused) is not None

    def commit(self) -> bool:
        """Write what is being typed; False if it is refused, and stays."""
        tables = (self.related.finish_editing, *([self.files.finish_editing] if self.files else []))
        return self.form.commit() and all(finish() for finish in tables)

    def detach(self) -> None:
        """Let go of the document."""
        self.related.detach()
        if self.files is not None:
            self.files.detach()

    # Within.

    def _connect(self) -> None:
        self.origins.step_asked.connect(self.step_asked)
        self.history.step_asked.connect(self.step_asked)
        self.related.opened.connect(self.opened)
        self.related.asked.connect(self.asked)
        self.related.part_asked.connect(self._pass_part)
        self.related.delete_asked.connect(self.delete_asked)
        self.related.said.connect(self.said)
        if self.files is not None:
            self.files.delete_asked.connect(self.delete_asked)
            self.files.counted.connect(self._count_files)

    def _arrange(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 12, 14, 16)
        rows.setSpacing(4)
        if self.profile is not None:
            rows.addWidget(self.profile)
            rows.addSpacing(16)
            self._sections.append((tr("Profile"), self.profile))
        rows.addWidget(self.form)
        self._sections += [(tr(s), self.form.heading(s)) for s in self.form.sections]
        files = [] if self.files is None else [(tr("Files"), self.files)]
        for name, part in (*files, (tr("Related"), self.related), (tr("History"), self.history)):
            heading = label(name, face="strong")
            rows.addSpacing(8)
            line = QHBoxLayout()
            line.addWidget(heading)
            line.addStretch(1)
            if part is self.related and self._write is not None:
                self._offer_parts(line)
            rows.addLayout(line)
            rows.addWidget(part)
            self._sections.append((name, heading))
        rows.addStretch(1)

    def _offer_parts(self, line: QHBoxLayout) -> None:
        """A menu of what can be added to the record: records that name it."""
        menu = QMenu(self)
        for field in references_to(self._kind):
            if field.kind != "attachment" and (field.required or field.kind in _ADDED):
                schema = schema_of(field.kind)
                action = menu.addAction(f"{tr(schema.label)} · {tr(field.label)}")
                action.setData(field.code)
        menu.triggered.connect(self._ask_part)
        if menu.actions():
            line.addWidget(menu_button(self._look, tr("Add"), menu, icon="plus"))

    def _ask_part(self, action: QAction) -> None:
        chosen = [field for field in references_to(self._kind) if field.code == action.data()]
        if chosen and self._record is not None:
            self._pass_part(chosen[0], self._record.id)

    def _pass_part(self, field: Field, id_: Id) -> None:
        if self.commit():
            self.part_asked.emit(field, id_)

    def _tell_origin_of_cell(self, table: PartTable) -> bool:
        index, id_ = table.currentIndex(), table.current_id
        column = table.records.columns[index.column()] if index.isValid() else None
        if id_ is None or not isinstance(column, Column) or not column.own:
            return False
        record = self._desk.reader.record(table.records.kind, id_)
        at = table.viewport().mapToGlobal(table.visualRect(index).bottomLeft())
        self.origins.tell_of_part(record, column.field, at)
        return True

    def _count_files(self, count: int) -> None:
        self.counted.emit(self.sections.index(tr("Files")), count)
