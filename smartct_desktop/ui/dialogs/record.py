"""One record of a kind without a tab of its own: its form in a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.attaching import OWNERS, Owner
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.attaching import Attaching
from smartct_desktop.ui.forms.attachments import Attachments
from smartct_desktop.ui.forms.dropping import DropGoal
from smartct_desktop.ui.forms.form import Form, Write
from smartct_desktop.ui.forms.origins import KEY, OriginSigns
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.pill import Pill
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_WIDE, _HIGHEST = 480, 620


class RecordDialog(QDialog):
    """Every change is written as it is made, as in the record pane; `delete` asks and deletes.

    `step_asked(no)` opens a step in the history. With `attaching` the dialog of a person shows and
    takes files.
    """

    step_asked = Signal(int)

    def __init__(  # noqa: PLR0913 -- what is shown, and who does what with it
        self,
        desk: Desk,
        record: Record,
        write: Write | None,
        delete: Callable[[str, Sequence[Id]], object],
        parent: QWidget,
        *,
        attaching: Attaching | None = None,
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
        self.origins = OriginSigns(look, self.form, paper, desk.texts, desk.reader)
        self.origins.step_asked.connect(self.step_asked)
        self.origins.show_record(record)
        ask = QShortcut(QKeySequence(KEY), self)
        ask.activated.connect(self._tell_origin)
        self.files: Attachments | None = None
        if attaching is not None and self._kind in OWNERS:
            self._add_files(attaching, inside, write)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        scroll.setWidgetResizable(True)
        scroll.setWidget(paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.state = Pill(look)
        self._show_state(record)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 20, 12)
        head.setSpacing(8)
        head.addWidget(label(tr(schema.label), face="title"))
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addLayout(self._made_foot(look, write))
        height = paper.sizeHint().height() + look.px(130)
        resize_within(self, look.px(_WIDE), min(height, look.px(_HIGHEST)))
        FocusRing(look, self)

    def refresh(self) -> None:
        """Show the values after a step; closes when the record is gone."""
        try:
            record = self._desk.reader.record(self._kind, self._id)
        except KeyError:
            self.close()
        else:
            self.form.show_record(record, self._desk.reader)
            self.origins.show_record(record)
            self._show_state(record)
            if self.files is not None:
                self.files.show_owner(self._owner())

    def _made_foot(self, look: Look, write: Write | None) -> QHBoxLayout:
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
        return row

    def _show_state(self, record: Record) -> None:
        restricted = isinstance(record, Person) and record.restricted_on is not None
        self.state.show_status(tr("Use restricted") if restricted else "", Tone.WARNING)

    def _add_files(self, attaching: Attaching, inside: QVBoxLayout, write: Write | None) -> None:
        look = self._desk.editors.look
        self.files = Attachments(look, attaching)
        self.files.attach(self._desk, write)
        self.files.show_owner(self._owner())
        self.files.delete_asked.connect(self._delete)
        inside.addSpacing(8)
        inside.addWidget(label(tr("Files"), face="strong"))
        inside.addWidget(self.files)
        inside.addStretch(1)
        goal = DropGoal(look, self, self._goal_name)
        goal.guard(self.form)
        goal.dropped.connect(self.files.take)

    def _tell_origin(self) -> None:
        self.origins.tell_of(self.focusWidget())

    def _owner(self) -> Owner:
        captions = self._desk.reader.captions(self._kind, [self._id])
        return Owner(self._kind, self._id, captions.get(self._id, ""))

    def _goal_name(self) -> str:
        return "" if self._desk.read_only else self._owner().name

    def _remove(self) -> None:
        self._delete(self._kind, [self._id])
