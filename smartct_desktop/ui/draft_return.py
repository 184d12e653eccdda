"""Puts back what was being typed when the program ended, in its place and written by nobody."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from smartct_desktop.domain.catalog import BY_KIND, schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.services.drafts import FOLDER, Draft, Place
from smartct_desktop.services.editing import record_name
from smartct_desktop.system.paths import data_folder
from smartct_desktop.ui.deeds import Deeds
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.drafts import DraftKeeper
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.forms.form import Form
from smartct_desktop.ui.grid.page import TablePage
from smartct_desktop.ui.homes import home_of
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.tab_names import TAB_NAMES
from smartct_desktop.ui.table_tabs import TABLE_TABS
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench


@dataclass(frozen=True)
class Lost:
    """A draft that has no place any more, and why."""

    draft: Draft
    why: str


class DraftReturn(QObject):
    """When a document is opened, offers back what was typed into it and not written."""

    def __init__(self, window: QWidget, tools: Tools, workbench: Workbench, deeds: Deeds) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._workbench = workbench
        self._deeds = deeds
        self._desk: Desk | None = None
        self._editors: list[FieldEditor] = []
        self.keeper = DraftKeeper(workbench, tools.jobs)
        deeds.resumed.connect(self.keeper.watch)

    def attach(self, desk: Desk | None) -> None:
        """Keep drafts of this document from now on, and offer those of the last time soon."""
        self.keeper.detach()
        self._desk = desk
        if desk is None or desk.read_only:
            return
        folders: list[object] = []
        if not self._tools.try_deed(lambda: folders.append(data_folder())):
            return
        document = desk.document
        if self.keeper.attach(data_folder() / FOLDER, document.path, document.key):
            QTimer.singleShot(0, self, self._offer)  # when the window shows the document

    def _offer(self) -> None:
        desk = self._desk
        if desk is None:
            return
        self._editors = []
        lost: list[Lost] = []
        told = ""
        new: list[Draft] = []
        for draft in tuple(self.keeper.held):
            if draft.place is Place.NEW:
                new.append(draft)
                continue
            why = self._put_back(desk, draft)
            if why:
                lost.append(Lost(draft, why))
            else:
                told = self._name(desk, draft)
                self.keeper.forget(draft)
        self.keeper.watch(self._editors)
        if self._editors:
            self._editors[0].setFocus(Qt.FocusReason.OtherFocusReason)
            words = tr("What you typed was kept: {what}. Enter writes it, Esc drops it.", what=told)
            self._tools.note.tell(words, [Link(tr("Drop it"), self._drop)])
        for one in lost:
            self._tell_lost(desk, one)
        for draft in new:
            self.keeper.forget(draft)
            self._resume_new(draft)

    # Records that are there.

    def _put_back(self, desk: Desk, draft: Draft) -> str:
        """Put a draft into its editors; says why if that cannot be."""
        if draft.kind not in BY_KIND:
            return tr("There is no such record any more.")
        try:
            desk.reader.record(draft.kind, Id(draft.record))
        except KeyError:
            return tr("The record was deleted meanwhile.")
        names = schema_of(draft.kind).by_name
        for typed in draft.fields:
            if typed.field not in names:
                return tr("There is no such field any more.")
            editor = self._editor(desk, draft, typed.field)
            if editor is None:
                return tr("The field cannot be changed just now.")
            if editor.start_text == typed.text:
                _give_up(editor)  # it was written before the program ended
                continue
            if editor.start_text != typed.before:
                now = editor.start_text
                _give_up(editor)
                return tr("The record was changed meanwhile: {now} stands there.", now=_quoted(now))
            editor.put_text(typed.text)
            self._editors.append(editor)
        return ""

    def _editor(self, desk: Desk, draft: Draft, field: str) -> FieldEditor | None:
        page = self._page(desk, draft)
        if page is None:
            dialog = self._deeds.open_record(draft.kind, Id(draft.record))
            return _in_form(dialog.form, field) if dialog is not None else None
        if draft.place is Place.CELL and page.go_to(Id(draft.record), field):
            table = page.table
            names = [column.name for column in page.model.columns]
            if field in names:
                table.setFocus(Qt.FocusReason.OtherFocusReason)
                table.edit(table.currentIndex())
                return table.cells.editor
        if not page.go_to(Id(draft.record)):
            return None
        page.show_pane(True)
        form = page.pane.form
        if form is None or page.pane.record is None:
            return None
        editor = _in_form(form, field)
        if editor is not None:
            page.pane.focus_field(field)
        return editor

    def _page(self, desk: Desk, draft: Draft) -> TablePage | None:
        """The table with the record: the one it was typed in, if it is there."""
        kinds = {tab.name: tab.kind for tab in TABLE_TABS}
        home = home_of(desk.reader, draft.kind, Id(draft.record), draft.origin)
        tab = draft.origin if kinds.get(draft.origin) == draft.kind else ""
        if not tab and home is not None and kinds.get(home.tab) == draft.kind:
            tab = home.tab
        if tab not in TAB_NAMES or not self._workbench.show_tab(tab):
            return None
        return self._workbench.table(tab)

    def _drop(self) -> None:
        for editor in self._editors:
            _give_up(editor)
        self._editors = []

    # Records that are not there yet, and those that are not there any more.

    def _resume_new(self, draft: Draft) -> None:
        texts = {typed.field: typed.text for typed in draft.fields}
        match draft.origin.split(":"):
            case ["tab", name]:
                for tab in TABLE_TABS:
                    if tab.name == name and self._workbench.show_tab(name):
                        self._deeds.new_record(tab, texts)
            case ["part", code, owner]:
                kind, _, name = code.partition(".")
                if kind in BY_KIND and name in schema_of(kind).by_name:
                    self._deeds.new_part(schema_of(kind).by_name[name], Id(owner), texts)
            case _:
                pass

    def _tell_lost(self, desk: Desk, lost: Lost) -> None:
        text = "\n".join(typed.text for typed in lost.draft.fields)
        answer = self._tools.messages.ask(
            self._window,
            tr("What you typed was kept, but it has no place now"),
            tr("{what}: {why}", what=self._name(desk, lost.draft), why=lost.why),
            [
                Choice("later", tr("Ask again next time")),
                Choice("drop", tr("Drop it")),
                Choice("copy", tr("Copy the text")),
            ],
            "copy",
            harmless="later",
            details=text,
        )
        if answer == "copy":
            QGuiApplication.clipboard().setText(text)
            self._tools.note.tell(tr("The text is on the clipboard."))
        if answer != "later":
            self.keeper.forget(lost.draft)

    def _name(self, desk: Desk, draft: Draft) -> str:
        """“Remark (SCT-2021-007)”."""
        schema = BY_KIND.get(draft.kind)
        if schema is None:
            return draft.kind
        labels = [
            tr(schema.by_name[typed.field].label)
            for typed in draft.fields
            if typed.field in schema.by_name
        ]
        name = record_name(desk.reader, draft.kind, Id(draft.record))
        return tr("{fields} ({record})", fields=", ".join(labels), record=name)


def _in_form(form: Form, field: str) -> FieldEditor | None:
    """The editor of a field that can be changed there."""
    rows = {row.field.name: row for row in form.rows() if not row.field.calculated}
    return rows[field].editor if field in rows else None


def _give_up(editor: FieldEditor) -> None:
    """As Esc does."""
    editor.cancelled.emit()


def _quoted(text: str) -> str:
    short = text if len(text) <= 80 else f"{text[:79]}…"
    return f"“{short}”" if short else tr("nothing")
