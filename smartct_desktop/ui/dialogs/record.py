"""One record of a kind without a tab of its own: its form in a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.record import Record
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.form import Form, Write
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label

_WIDE, _HIGHEST = 480, 620


class RecordDialog(QDialog):
    """Every change is written as it is made, as in the record pane; `delete` asks and deletes."""

    def __init__(
        self,
        desk: Desk,
        record: Record,
        write: Write | None,
        delete: Callable[[str, Id], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = desk.editors.look
        self._desk = desk
        self._kind, self._id = record.schema.kind, record.id
        self._delete = delete
        schema = schema_of(self._kind)
        self.setWindowTitle(tr(schema.label))
        self.form = Form(look, desk.editors, schema.fields, write)
        self.form.show_record(record, desk.reader)
        paper = surface("base")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(20, 16, 20, 8)
        inside.addWidget(self.form)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = label(tr(schema.label), face="title")
        head.setContentsMargins(20, 16, 20, 12)
        column.addWidget(head)
        column.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.setContentsMargins(20, 12, 20, 12)
        remove = button(look, tr("Delete…"), icon="trash-2")
        remove.clicked.connect(self._remove)
        remove.setHidden(write is None)
        remove.setAutoDefault(False)
        close = button(look, tr("Close"), Kind.PLAIN)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        row.addWidget(remove)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        height = paper.sizeHint().height() + look.px(130)
        self.resize(look.px(_WIDE), min(height, look.px(_HIGHEST)))
        FocusRing(look, self)

    def refresh(self) -> None:
        """Show the values after a step; closes when the record is gone."""
        try:
            record = self._desk.reader.record(self._kind, self._id)
        except KeyError:
            self.close()
        else:
            self.form.show_record(record, self._desk.reader)

    def _remove(self) -> None:
        if self._delete(self._kind, self._id):
            self.close()
