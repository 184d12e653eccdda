"""What a person does to records from the menus: new, duplicate, delete, undo, redo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.reading import Reader, Referring
from smartct_desktop.domain.record import Record
from smartct_desktop.services.editing import (
    Deletion,
    add_record,
    change_value,
    delete,
    duplicate,
    plan_deletion,
    record_name,
)
from smartct_desktop.services.figures import own_partnership
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.new_record import NewRecordDialog
from smartct_desktop.ui.dialogs.record import RecordDialog
from smartct_desktop.ui.homes import HOMES
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.table_tabs import CLUSTERS, TableTab
from smartct_desktop.ui.tools import Tools

_NAMED = 6  # records that a question names


class Deeds(QObject):
    """Acts on the document that is shown; `made(kind, id)` brings a record forward."""

    made = Signal(str, object)

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools = tools
        self._window = window
        self._desk: Desk | None = None
        self._dialogs: list[RecordDialog] = []

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        for dialog in self._dialogs:
            dialog.close()
        self._dialogs.clear()

    def hear(self) -> None:
        """A step was done: open dialogs show it."""
        for dialog in self._dialogs:
            dialog.refresh()

    def new_record(self, tab: TableTab) -> None:
        """Ask for what a new record of the tab needs, and add it."""
        desk = self._desk
        if desk is None:
            return
        given: dict[str, Value] = dict(tab.fixed)
        if tab is CLUSTERS:
            own = own_partnership(desk.reader)
            given["partnership"] = own.id if own else None

        record = self._ask_for(desk, tab.kind, given)
        if record is not None:
            self.made.emit(tab.kind, record.id)

    def new_part(self, field: Field, owner: Id) -> None:
        """Ask for a new record that names another one in `field`, and add it."""
        if self._desk is not None:
            self._ask_for(self._desk, field.kind, {field.name: owner})

    def create(self, kind: str, name: str) -> Id | None:
        """Make a record that is only known by its name, from a field that refers to it."""
        desk = self._desk
        if desk is None:
            return None
        record = schema_of(kind).make({"name": name})
        done = self._tools.try_deed(lambda: add_record(desk.document, record, name))
        if done:
            kind_name = tr(schema_of(kind).label).lower()
            self._tools.note.tell(tr("New {kind}: {name}", kind=kind_name, name=name))
        return record.id if done else None

    def duplicate(self, kind: str, id_: Id) -> None:
        """Add a copy of a record; what only one record can have is left blank."""
        desk = self._desk
        if desk is None:
            return
        copies: list[Record] = []
        without = ("number",) if kind == "exchange" else ()
        if self._tools.try_deed(
            lambda: copies.append(duplicate(desk.document, kind, id_, without))
        ):
            self.made.emit(kind, copies[0].id)

    def delete(self, kind: str, ids: Sequence[Id]) -> bool:
        """Say what refers to the records, ask, and delete them with their parts."""
        desk = self._desk
        if desk is None or not ids:
            return False
        plan = plan_deletion(desk.reader, kind, ids)
        if plan.witnesses:
            self._refuse(plan)
            return False
        title, sentence, verb = _question(plan, desk.reader)
        answer = self._tools.messages.ask(
            self._window,
            title,
            sentence,
            [Choice("delete", verb), Choice("keep", tr("Keep"))],
            "keep",
            harmless="keep",
            details="\n".join(_lines((*plan.parts, *plan.loose))),
        )
        if answer != "delete":
            return False
        done = self._tools.try_deed(lambda: delete(desk.document, plan))
        if done:
            self._tools.note.tell(_gone_words(plan), [Link(tr("Undo"), self.undo)])
        return done

    def open_record(self, kind: str, id_: Id) -> None:
        """Show a record that has no tab of its own."""
        desk = self._desk
        if desk is None:
            return
        try:
            record = desk.reader.record(kind, id_)
        except KeyError:
            self._tools.note.tell(tr("This record is no longer there."))
            return
        write = None if desk.read_only else self.write
        dialog = RecordDialog(desk, record, write, self._delete_one, self._window)
        dialog.finished.connect(self._forget_closed)
        self._dialogs.append(dialog)
        dialog.show()

    def write(self, id_: Id, field: Field, value: Value) -> None:
        """Write one value as a step. Raises `Invalid`, `Trouble`."""
        if self._desk is not None:
            change_value(self._desk.document, id_, field, value)

    def undo(self) -> None:
        """Take back the newest step, and bring forward what it touched."""
        if self._desk is not None:
            self._go(self._desk.document.undo, back=True)

    def redo(self) -> None:
        """Bring back the step undone last."""
        if self._desk is not None:
            self._go(self._desk.document.redo, back=False)

    # Within.

    def _ask_for(self, desk: Desk, kind: str, given: Mapping[str, Value]) -> Record | None:
        def add(record: Record) -> None:
            add_record(desk.document, record, _caption(record, desk.reader))

        dialog = NewRecordDialog(desk.editors, schema_of(kind), given, add, self._window)
        dialog.exec()
        dialog.deleteLater()
        return dialog.added

    def _go(self, deed: Callable[[], Touched], *, back: bool) -> None:
        heard: list[Touched] = []
        if not self._tools.try_deed(lambda: heard.append(deed())):
            return
        touched = heard[0]
        first = _first(touched)
        if first is not None:
            self.made.emit(*first)
        if back:
            link = Link(tr("Redo"), self.redo)
            self._tools.note.tell(tr("Undone: {step}", step=touched.label), [link])
        else:
            self._tools.note.tell(tr("Done again: {step}", step=touched.label))

    def _delete_one(self, kind: str, id_: Id) -> bool:
        return self.delete(kind, [id_])

    def _forget_closed(self) -> None:
        closed = self.sender()
        self._dialogs = [dialog for dialog in self._dialogs if dialog is not closed]

    def _refuse(self, plan: Deletion) -> None:
        """Name what still needs the records."""
        one = len(plan.ids) == 1
        title = (
            tr("{record} cannot be deleted", record=plan.names[0])
            if one
            else tr("These records cannot be deleted")
        )
        sentence = tr(
            "{mentions} still name it. Change or delete them first."
            if one
            else "{mentions} still name them. Change or delete these first.",
            mentions=_counted(plan.witnesses),
        )
        self._tools.messages.ask(
            self._window,
            title,
            sentence,
            [Choice("close", tr("Close"))],
            "close",
            harmless="close",
            details="\n".join(_lines(plan.witnesses)),
        )


def _first(touched: Touched) -> tuple[str, Id] | None:
    """The record to look at after a step: one with a tab rather than a part of one."""
    for kinds in (touched.added, touched.changed, touched.removed):
        for kind in sorted(kinds, key=lambda kind: kind not in HOMES):
            if kinds[kind]:
                return kind, kinds[kind][0]
    return None


def _caption(record: Record, reader: Reader) -> str:
    """What a record that is not stored yet will be called."""
    words: list[str] = []
    for name in record.schema.caption:
        value = getattr(record, name)
        type_ = record.schema.by_name[name].type
        if isinstance(type_, Reference) and isinstance(value, str):
            words.append(record_name(reader, type_.kind, Id(value)))
        elif value is not None:
            words.append(str(value))
    return " ".join(words)


def _question(plan: Deletion, reader: Reader) -> tuple[str, str, str]:
    """Title, sentence and verb of the question before deleting."""
    schema = schema_of(plan.kind)
    if len(plan.ids) == 1:
        name = plan.names[0].strip() or record_name(reader, plan.kind, plan.ids[0])
        title = tr("Delete {record}?", record=name)
        verb = tr("Delete")
    else:
        title = tr("Delete {n} {records}?", n=len(plan.ids), records=tr(schema.plural).lower())
        verb = tr("Delete {n}", n=len(plan.ids))
    sentences = []
    if plan.parts:
        sentences.append(tr("{parts} go with it.", parts=_counted(plan.parts)))
    if plan.loose:
        sentences.append(tr("{mentions} will no longer name it.", mentions=_counted(plan.loose)))
    if not sentences:
        sentences.append(tr("Nothing else names it."))
    return title, " ".join([*sentences, tr("It can be undone.")]), verb


def _gone_words(plan: Deletion) -> str:
    if len(plan.ids) == 1:
        return tr("{record} deleted.", record=plan.names[0].strip() or tr("One record"))
    plural = tr(schema_of(plan.kind).plural).lower()
    return tr("{n} {records} deleted.", n=len(plan.ids), records=plural)


def _counted(mentions: Iterable[Referring]) -> str:
    """“2 memberships, 1 exchange”."""
    counts: dict[str, set[Id]] = {}
    for one in mentions:
        counts.setdefault(one.field.kind, set()).add(one.id)
    parts = []
    for kind, ids in counts.items():
        schema = schema_of(kind)
        parts.append(f"{len(ids)} {tr(schema.label if len(ids) == 1 else schema.plural).lower()}")
    return ", ".join(parts)


def _lines(mentions: Sequence[Referring]) -> list[str]:
    """The records one by one, the first of many."""
    lines = [
        f"{tr(schema_of(one.field.kind).label)} {one.caption}".strip() for one in mentions[:_NAMED]
    ]
    if len(mentions) > _NAMED:
        lines.append(tr("and {n} more", n=len(mentions) - _NAMED))
    return lines
