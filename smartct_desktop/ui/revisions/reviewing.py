"""From a wish to a step: plan the revision, show it, write it, and say what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.long_step import LONG, LongStep, Written, write_long
from smartct_desktop.services.revising.building import ids_of
from smartct_desktop.services.revising.committing import commit
from smartct_desktop.services.revising.revision import Refusal, Revision
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.choice_editors import FindEditor
from smartct_desktop.ui.forms.line_editors import LineEditor
from smartct_desktop.ui.grid.page import TablePage
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.revisions.lines import Line, lines_of
from smartct_desktop.ui.revisions.preview import RevisionDialog
from smartct_desktop.ui.tools import Tools

Build = Callable[[Reader, Progress], Revision]
"""Plans the revision, on whatever thread."""

_SOON = 200  # cells that are planned while one blinks


@dataclass(frozen=True, slots=True)
class Planned:
    """A revision with the lines that are shown of it."""

    revision: Revision
    lines: Sequence[Line]


class Reviewing(QObject):
    """Works on the document that is shown; nothing is written before the person agrees."""

    def __init__(self, tools: Tools, undo: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._undo = undo
        self._desk: Desk | None = None
        self._page: TablePage | None = None
        self._typed = ""
        self._at_once = False
        self._words = ""
        self.dialog: RevisionDialog | None = None

    def attach(self, desk: Desk | None) -> None:
        """Work on this document from now on."""
        self._desk = desk
        if self.dialog is not None:
            self.dialog.close()

    def show(
        self, page: TablePage, build: Build, cells: int, typed: str = "", *, ask: bool = False
    ) -> None:
        """Plan a change of so many cells and show it.

        One single cell is changed at once unless `ask` says otherwise; if it is refused, its
        editor opens with what was `typed`.
        """
        desk = self._desk
        if desk is None:
            return
        self._page, self._typed = page, typed
        self._at_once = cells == 1 and not ask
        if cells <= _SOON:
            revision = build(desk.reader, Progress())
            self._take(Planned(revision, lines_of(revision)))
            return

        def work(progress: Progress) -> Planned:
            with desk.document.reader() as reader:
                revision = build(reader, progress)
            return Planned(revision, lines_of(revision))

        self._tools.jobs.run(work, self._take, title=tr("Looking at what would change"))

    # Within.

    def _take(self, planned: Planned) -> None:
        revision = planned.revision
        if self._desk is None or self._page is None:
            return
        if self._at_once and len(revision.changes) == 1 and not revision.overflow:
            self._write(revision, False)
        elif self._at_once and len(revision.refusals) == 1:
            self._refuse_at_cell(self._page, revision.refusals[0])
        elif not planned.lines:
            self._tools.note.tell(tr("Nothing would change."))
        else:
            self._preview(self._page, planned)

    def _preview(self, page: TablePage, planned: Planned) -> None:
        dialog = RevisionDialog(self._tools.look, planned.revision, planned.lines, page.window())
        dialog.agreed.connect(self._write)
        dialog.destroyed.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _refuse_at_cell(self, page: TablePage, refusal: Refusal) -> None:
        """Open the cell with what was to stand there, and say why it cannot."""
        index = page.table.currentIndex()
        sentence = say(refusal.sentence)
        if page.table.edit(index) and page.table.cells.editor is not None:
            editor = page.table.cells.editor
            if isinstance(editor, LineEditor | FindEditor):
                editor.begin(self._typed or refusal.text)
            page.table.cells.refuse(sentence)
        else:
            self._tools.note.tell(sentence)

    def _write(self, revision: Revision, additions: bool) -> None:  # noqa: FBT001 (a signal's)
        desk = self._desk
        if desk is None:
            return
        records = len(revision.changes) + (len(revision.additions) if additions else 0)
        self._words = done_words(revision, additions=additions)
        if records < LONG:
            if self._tools.try_deed(lambda: commit(desk.document, revision, additions=additions)):
                self._tell()
            return

        def work(progress: Progress) -> Written[None]:
            def write(step: LongStep) -> None:
                commit(step, revision, additions=additions)

            return write_long(desk.document, write, progress)

        self._tools.jobs.run(
            work, self._announce, self._fail, title=say(revision.label(additions=additions))
        )

    def _announce(self, written: Written[None]) -> None:
        if self._desk is not None and written.touched is not None:
            self._desk.document.announce(written.touched)
        self._tell()

    def _fail(self, error: Exception) -> None:
        def again() -> None:
            raise error

        if isinstance(error, Trouble | Invalid):
            self._tools.try_deed(again)
        else:
            self._tools.report(error)

    def _tell(self) -> None:
        self._tools.note.tell(self._words, [Link(tr("Undo"), self._undo)])


def done_words(revision: Revision, *, additions: bool) -> str:
    """“24 cells changed, 3 records added.”, or for one cell what it holds now."""
    cells, added = revision.cells, len(revision.additions) if additions else 0
    if cells == 1 and not added:
        change = revision.changes[0]
        cell = change.cells[0]
        return tr(
            "{field} of {record}: {value}.",
            field=tr(cell.field.label),
            record=say(change.name),
            value=cell.after_text or tr("empty"),
        )
    parts = []
    if cells:
        parts.append(tr("1 cell changed") if cells == 1 else tr("{n} cells changed", n=cells))
    if added:
        parts.append(tr("1 record added") if added == 1 else tr("{n} records added", n=added))
    return ", ".join(parts) + "."


def over(
    plan: Callable[..., Revision],
    page: TablePage,
    ids: Sequence[Id] | None,
    texts: Texts,
    *given: object,
) -> Build:
    """What plans a revision of some records, or without `ids` of all that the table has."""
    kind, query = page.tab.kind, page.model.query

    def build(reader: Reader, progress: Progress) -> Revision:
        wanted = ids if ids is not None else ids_of(reader, query)
        return plan(reader, texts, kind, wanted, *given, progress)

    return build
