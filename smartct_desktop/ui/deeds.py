"""What a person does to records from the menus: new, duplicate, delete, undo, redo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Step
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.services.duplicating import duplication_step
from smartct_desktop.services.editing import add_record, duplicate, plain_name, record_name
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.ui.deletion import Deleting
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.attaching import Attaching
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.stepping import Stepping
from smartct_desktop.ui.table_tabs import CLUSTERS, TableTab
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # much is needed for these dialogs, and not for the first rows
    from smartct_desktop.ui.dialogs.record import RecordDialog


class Deeds(QObject):
    """Acts on the document that is shown; `made(kind, id)` brings a record forward.

    `resumed(editors)` says into which editors of a new record a draft was put back,
    `step_asked(no)` wants a step of the history.
    """

    made = Signal(str, object)
    resumed = Signal(object)
    step_asked = Signal(int)

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools = tools
        self._window = window
        self._desk: Desk | None = None
        self._attaching = Attaching(tools, window)
        self._stepping = Stepping(tools, self, window)
        self._stepping.made.connect(self.made)
        self._deleting = Deleting(tools, window, self.undo)
        self._deleting.opened.connect(self.open_record)
        self._dialogs: list[RecordDialog] = []

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self._attaching.attach(desk)
        self._stepping.attach(desk)
        self._deleting.attach(desk)
        for dialog in self._dialogs:
            dialog.close()
        self._dialogs.clear()

    def hear(self) -> None:
        """A step was done: open dialogs show it."""
        for dialog in self._dialogs:
            dialog.refresh()
        self._deleting.hear()

    def new_record(self, tab: TableTab, texts: Mapping[str, str] | None = None) -> None:
        """Ask for what a new record of the tab needs, and add it.

        `texts` are what was typed the last time, by field, when the program ended meanwhile.
        """
        desk = self._desk
        if desk is None:
            return
        given: dict[str, Value] = dict(tab.fixed)
        if tab is CLUSTERS:
            own = own_partnership(desk.reader)
            given["partnership"] = own.id if own else None

        record = self._ask_for(desk, tab.kind, given, f"tab:{tab.name}", texts)
        if record is not None:
            self.made.emit(tab.kind, record.id)

    def new_part(self, field: Field, owner: Id, texts: Mapping[str, str] | None = None) -> None:
        """Ask for a new record that names another one in `field`, and add it."""
        if self._desk is not None:
            origin = f"part:{field.code}:{owner}"
            self._ask_for(self._desk, field.kind, {field.name: owner}, origin, texts)

    def duplicate(self, kind: str, ids: Sequence[Id]) -> None:
        """Add copies of records; what only one record can have is left blank."""
        desk = self._desk
        if desk is None or not ids:
            return
        without = ("number",) if kind == "exchange" else ()
        if len(ids) > 1:
            steps: list[Step] = []
            if self._tools.try_deed(
                lambda: steps.append(duplication_step(desk.reader, kind, ids, without))
            ):
                self.do(steps[0])
            return
        copies: list[Record] = []
        if self._tools.try_deed(
            lambda: copies.append(duplicate(desk.document, kind, ids[0], without))
        ):
            self.made.emit(kind, copies[0].id)

    def delete(self, kind: str, ids: Sequence[Id]) -> None:
        """Say what names the records, ask what shall become of it, and delete them."""
        self._deleting.delete(kind, ids)

    def open_record(self, kind: str, id_: Id, above: QWidget | None = None) -> RecordDialog | None:
        """Show a record that has no tab of its own; None if it is no longer there.

        `above` is the dialog over which it is shown, None for the window.
        """
        desk = self._desk
        if desk is None:
            return None
        try:
            record = desk.reader.record(kind, id_)
        except KeyError:
            self._tools.note.tell(tr("This record is no longer there."))
            return None
        write = None if desk.read_only else self.write
        from smartct_desktop.ui.dialogs.record import RecordDialog

        above = above or self._window
        dialog = RecordDialog(desk, record, write, self.delete, above, attaching=self._attaching)
        dialog.step_asked.connect(self.step_asked)
        dialog.finished.connect(self._forget_closed)
        self._dialogs.append(dialog)
        dialog.show()
        return dialog

    def write(self, id_: Id, field: Field, value: Value) -> None:
        """Write one value as a step. Raises `Invalid`, `Trouble`."""
        if self._desk is not None:
            self._desk.write(id_, field, value)

    def welcome(self, new: Sequence[Record]) -> None:
        """Say which records were made with a value that names them."""
        for record in new:
            kind = tr(record.schema.label).lower()
            words = tr("New {kind}: {name}", kind=kind, name=plain_name(record))
            self._tools.note.tell(words)

    def undo(self) -> None:
        """Take back the newest step, and bring forward what it touched."""
        self._stepping.undo()

    def redo(self) -> None:
        """Bring back the step undone last."""
        self._stepping.redo()

    def do(self, step: Step) -> None:
        """Do what was planned, bring forward what it touched, and offer to take it back."""
        self._stepping.do(step)

    # Within.

    def _ask_for(
        self,
        desk: Desk,
        kind: str,
        given: Mapping[str, Value],
        origin: str,
        texts: Mapping[str, str] | None,
    ) -> Record | None:
        def add(record: Record) -> None:
            new = desk.newcomers.among(record.schema.values(record).values())
            add_record(desk.document, record, _caption(record, desk.reader, new), new)

        from smartct_desktop.ui.dialogs.new_record import NewRecordDialog

        dialog = NewRecordDialog(desk.editors, schema_of(kind), given, add, self._window, origin)
        if texts:
            self.resumed.emit(dialog.resume(texts))
        dialog.exec()
        dialog.deleteLater()
        return dialog.added

    def _forget_closed(self) -> None:
        closed = self.sender()
        self._dialogs = [dialog for dialog in self._dialogs if dialog is not closed]


def _caption(record: Record, reader: Reader, newcomers: Sequence[Record]) -> str:
    """What a record that is not stored yet will be called."""
    new = {one.id: plain_name(one) for one in newcomers}
    words: list[str] = []
    for name in record.schema.caption:
        value = getattr(record, name)
        type_ = record.schema.by_name[name].type
        if isinstance(type_, Reference) and isinstance(value, str):
            words.append(new.get(Id(value)) or record_name(reader, type_.kind, Id(value)))
        elif value is not None:
            words.append(str(value))
    return " ".join(words)
