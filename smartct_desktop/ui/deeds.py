"""What a person does to records from the menus: new, duplicate, delete, undo, redo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Step, Touched
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated, Reader, Referring
from smartct_desktop.domain.record import Record
from smartct_desktop.services.duplicating import duplication_step
from smartct_desktop.services.editing import (
    Deletion,
    add_record,
    change_value,
    delete,
    deletion_step,
    duplicate,
    plan_deletion,
    record_name,
)
from smartct_desktop.services.figures import own_partnership
from smartct_desktop.services.long_step import LONG, LongStep
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.attaching import Attaching
from smartct_desktop.ui.homes import HOMES
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.table_tabs import CLUSTERS, TableTab
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # much is needed for these dialogs, and not for the first rows
    from smartct_desktop.ui.dialogs.record import RecordDialog

_NAMED = 6  # records that a question names
_AT_ONCE = 50  # records whose deletion is planned while the person waits


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
        self._dialogs: list[RecordDialog] = []

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self._attaching.attach(desk)
        for dialog in self._dialogs:
            dialog.close()
        self._dialogs.clear()

    def hear(self) -> None:
        """A step was done: open dialogs show it."""
        for dialog in self._dialogs:
            dialog.refresh()

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

    def delete(self, kind: str, ids: Sequence[Id]) -> bool:
        """Say what refers to the records, ask, and delete them with their parts."""
        desk = self._desk
        if desk is None or not ids:
            return False
        if len(ids) > _AT_ONCE:
            self._plan_deletion(desk, kind, tuple(ids))
            return False
        return self._delete_planned(desk, plan_deletion(desk.reader, kind, ids))

    def _plan_deletion(self, desk: Desk, kind: str, ids: tuple[Id, ...]) -> None:
        """Find out in a job what deleting many records would do."""

        def work(progress: Progress) -> Deletion:
            with desk.document.reader() as reader:
                return plan_deletion(reader, kind, ids, progress)

        title = tr("Looking at {n} records", n=len(ids))
        self._tools.jobs.run(work, partial(self._delete_planned, desk), self._fail, title=title)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Outdated):
            self._tools.note.tell(tr("The document is being changed. Try again."))
        elif isinstance(error, Trouble):
            self._tools.messages.tell_trouble(self._window, error)
        else:
            self._tools.report(error)

    def _delete_planned(self, desk: Desk, plan: Deletion) -> bool:
        if desk is not self._desk:
            return False
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
        tell = partial(self._tell_gone, plan)
        if len(plan.ids) + len(plan.parts) + len(plan.loose) > LONG:
            work = partial(_delete_long, plan)
            self._tools.long_steps.run(desk.document, title.rstrip("?"), work, tell)
            return False
        done = self._tools.try_deed(lambda: delete(desk.document, plan))
        if done:
            tell(None)
        return done

    def _tell_gone(self, plan: Deletion, _done: None) -> None:
        self._tools.note.tell(_gone_words(plan), [Link(tr("Undo"), self.undo)])

    def open_record(self, kind: str, id_: Id) -> RecordDialog | None:
        """Show a record that has no tab of its own; None if it is no longer there."""
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

        dialog = RecordDialog(
            desk, record, write, self._delete_one, self._window, attaching=self._attaching
        )
        dialog.step_asked.connect(self.step_asked)
        dialog.finished.connect(self._forget_closed)
        self._dialogs.append(dialog)
        dialog.show()
        return dialog

    def write(self, id_: Id, field: Field, value: Value) -> None:
        """Write one value as a step. Raises `Invalid`, `Trouble`."""
        if self._desk is not None:
            change_value(self._desk.document, id_, field, value)

    def undo(self) -> None:
        """Take back the newest step, and bring forward what it touched."""
        desk = self._desk
        if desk is None:
            return
        step = desk.reader.next_undo()
        if step is not None and step.records > LONG:
            title = tr("Undoing: {step}", step=step.label)
            tell = partial(self._tell_turned, back=True)
            self._tools.long_steps.run(desk.document, title, LongStep.undo, tell)
        else:
            self._go(desk.document.undo, back=True)

    def redo(self) -> None:
        """Bring back the step undone last."""
        desk = self._desk
        if desk is None:
            return
        step = desk.reader.next_redo()
        if step is not None and step.records > LONG:
            title = tr("Doing again: {step}", step=step.label)
            tell = partial(self._tell_turned, back=False)
            self._tools.long_steps.run(desk.document, title, LongStep.redo, tell)
        else:
            self._go(desk.document.redo, back=False)

    def do(self, step: Step) -> None:
        """Do what was planned, bring forward what it touched, and offer to take it back."""
        desk = self._desk
        if desk is None:
            return
        tell = partial(self._tell_done, step.label)
        if len(step.changes) > LONG:
            title = tr("Writing: {step}", step=step.label)
            self._tools.long_steps.run(desk.document, title, partial(_write_long, step), tell)
            return
        heard: list[Touched] = []
        if self._tools.try_deed(lambda: heard.append(desk.document.do(step))):
            tell(heard[0])

    def _tell_done(self, label: str, touched: Touched | None) -> None:
        if touched is not None:
            self._bring_forward(touched)
        self._tools.note.tell(tr("Done: {step}", step=label), [Link(tr("Undo"), self.undo)])

    # Within.

    def _bring_forward(self, touched: Touched) -> None:
        first = _first(touched)
        if first is not None:
            self.made.emit(*first)

    def _ask_for(
        self,
        desk: Desk,
        kind: str,
        given: Mapping[str, Value],
        origin: str,
        texts: Mapping[str, str] | None,
    ) -> Record | None:
        def add(record: Record) -> None:
            add_record(desk.document, record, _caption(record, desk.reader))

        from smartct_desktop.ui.dialogs.new_record import NewRecordDialog

        dialog = NewRecordDialog(desk.editors, schema_of(kind), given, add, self._window, origin)
        if texts:
            self.resumed.emit(dialog.resume(texts))
        dialog.exec()
        dialog.deleteLater()
        return dialog.added

    def _go(self, deed: Callable[[], Touched], *, back: bool) -> None:
        heard: list[Touched] = []
        if not self._tools.try_deed(lambda: heard.append(deed())):
            return
        self._tell_turned(heard[0], back=back)

    def _tell_turned(self, touched: Touched, *, back: bool) -> None:
        self._bring_forward(touched)
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


def _write_long(step: Step, long_step: LongStep) -> Touched | None:
    long_step.write(step)
    return long_step.touched


def _delete_long(plan: Deletion, long_step: LongStep) -> None:
    long_step.write(deletion_step(long_step.read, plan))


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
