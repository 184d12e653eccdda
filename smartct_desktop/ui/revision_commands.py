"""The commands that edit in rectangles: copy, paste, clear, fill, change for many, replace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.fields import Id
    from smartct_desktop.domain.progress import Progress
    from smartct_desktop.services.revising.copying import Copied
    from smartct_desktop.services.revising.pasting import Rectangle
    from smartct_desktop.services.revising.revision import Revision, Target
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.grid.page import TablePage
    from smartct_desktop.ui.revisions.asking import (
        ChangeFieldDialog,
        SeriesDialog,
    )
    from smartct_desktop.ui.revisions.replace_dialog import ReplaceDialog
    from smartct_desktop.ui.revisions.reviewing import Build, Reviewing
    from smartct_desktop.ui.revisions.selected import Selected

_SOON = 2000  # cells that are copied while one blinks
_LETTERS = 100_000  # on the clipboard that are understood while one blinks
_WRITING = ("paste", "fill_down", "fill_series", "change_field", "replace", "clear_cells")
_READING = ("copy", "copy_headings")


class RevisionCommands(QObject):
    """Acts on the selected cells of the table in front; every change is shown before it is made.

    A change of one single cell is made at once, and its refusal stands at the cell.
    """

    def __init__(
        self,
        workbench: Workbench,
        actions: Actions,
        tools: Tools,
        undo: Callable[[], object],
    ) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._actions = actions
        self._tools = tools
        self._undo = undo
        self._desk: Desk | None = None
        self._made: Reviewing | None = None
        self._copied_cells = 0
        table = {
            "copy": self._copy_plain,
            "copy_headings": self._copy_with_headings,
            "paste": self._paste,
            "clear_cells": self._clear,
            "fill_down": self._fill_down,
            "fill_series": self._fill_series,
            "change_field": self._change_field,
            "replace": self._replace,
        }
        for name, act in table.items():
            actions[name].triggered.connect(act)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        if self._made is not None:
            self._made.attach(desk)
        self.switch()

    def switch(self) -> None:
        """Switch on what can be done here and now, and say of the rest why it cannot."""
        desk = self._desk
        page = self._workbench.table_page if desk is not None else None
        elsewhere = tr("Open a tab with a table first.")
        if desk is None:
            elsewhere = tr("No document is open.")
        chosen = page is not None and page.table.currentIndex().isValid()
        unchosen = tr("Choose a record first.") if page is not None else elsewhere
        for name in _READING:
            self._actions.switch(name, on=chosen, reason=unchosen)
        locked = desk is not None and desk.read_only
        reading = tr("This document is open for reading only.")
        for name in _WRITING:
            on = (page is not None if name == "paste" else chosen) and not locked
            why = elsewhere if name == "paste" else unchosen
            if locked and page is not None:
                why = reading
            self._actions.switch(name, on=on, reason=why)

    # What the actions do.

    def _copy_plain(self) -> None:
        self._copy(headings=False)

    def _copy_with_headings(self) -> None:
        self._copy(headings=True)

    def _copy(self, *, headings: bool) -> None:
        from smartct_desktop.ui.grid.clipboard import CopiedColumns, said_of

        page, desk = self._workbench.table_page, self._desk
        if page is None or desk is None:
            return
        selected = self._selected(page)
        if not selected.area.whole:
            self._tools.note.tell(
                tr("Only a rectangle can be copied: select the same columns in every row.")
            )
            return
        ids = selected.ids
        what = CopiedColumns(page.tab.kind, selected.columns, page.tab.gather)
        self._copied_cells = len(ids) * len(selected.columns)
        if self._copied_cells <= _SOON:
            said = said_of(desk.reader, desk.texts, what, ids, headings=headings)
            self._put_on_clipboard(said)
            return

        def work(progress: Progress) -> Copied:
            with desk.document.reader() as reader:
                return said_of(reader, desk.texts, what, ids, headings=headings, progress=progress)

        self._tools.jobs.run(work, self._put_on_clipboard, title=tr("Copying"))

    def _put_on_clipboard(self, said: Copied) -> None:
        from smartct_desktop.ui.grid.clipboard import put_on_clipboard

        put_on_clipboard(said)
        n = self._copied_cells
        self._tools.note.tell(tr("1 cell copied.") if n == 1 else tr("{n} cells copied.", n=n))

    def _paste(self) -> None:
        from smartct_desktop.ui.grid.clipboard import clipboard_content

        if self._ready() is None:
            return
        content = clipboard_content()
        if content.size <= _LETTERS:
            self._paste_rectangle(content.rectangle())
            return

        def work(_progress: Progress) -> Rectangle | None:
            return content.rectangle()

        self._tools.jobs.run(work, self._paste_rectangle, title=tr("Reading the clipboard"))

    def _paste_rectangle(self, rectangle: Rectangle | None) -> None:
        from smartct_desktop.services.revising.pasting import PasteWish, paste

        page, desk = self._ready(), self._desk
        if page is None or desk is None:
            return
        if rectangle is None:
            self._tools.note.tell(tr("There is no text on the clipboard."))
            return
        selected = self._selected(page)
        area, ids = selected.area, selected.ids
        if area.whole and ids:
            rectangle = rectangle.repeated(len(ids), len(area.places))
        if not area.whole or rectangle.height != len(ids):
            ids = selected.ids_from_first(rectangle.height)
        targets, fixed = selected.targets_from_first, selected.fixed(desk.reader)
        build = asked(paste, desk.texts, PasteWish(page.tab.kind, ids, targets, rectangle, fixed))
        cells = rectangle.height * rectangle.width
        self._reviewing(desk).show(page, build, cells, rectangle.rows[0][0].text)

    def _clear(self) -> None:
        from smartct_desktop.services.revising.filling import clear

        page, desk = self._ready(), self._desk
        if page is not None and desk is not None:
            chosen = self._selected(page)
            build = asked(clear, desk.texts, page.tab.kind, chosen.ids, chosen.targets)
            self._reviewing(desk).show(page, build, chosen.area.cells)

    def _fill_down(self) -> None:
        from smartct_desktop.services.revising.filling import fill_down

        page, desk = self._ready(), self._desk
        if page is None or desk is None:
            return
        chosen = self._selected(page)
        source, ids = chosen.above, chosen.ids
        if len(ids) > 1:
            source, ids = ids[0], ids[1:]
        if source is None:
            self._tools.note.tell(tr("There is no row above to fill from."))
            return
        targets = chosen.targets
        build = asked(fill_down, desk.texts, page.tab.kind, source, ids, targets)
        self._reviewing(desk).show(page, build, len(ids) * len(targets))

    def _fill_series(self) -> None:
        from smartct_desktop.services.revising.series import proposed
        from smartct_desktop.ui.revisions.asking import SeriesDialog

        page, desk = self._ready(), self._desk
        if page is None or desk is None:
            return
        chosen = self._selected(page)
        targets, ids = chosen.targets, chosen.ids
        if len(targets) != 1 or len(ids) < 2:
            self._tools.note.tell(tr("Select the cells of one column, the first one filled in."))
            return
        field = targets[0].field
        if field is None or field.calculated:
            name = targets[0].heading
            calculated = tr("{name} is worked out by the program.", name=name)
            self._tools.note.tell(targets[0].reason or calculated)
            return
        records = (desk.reader.record(page.tab.kind, id_) for id_ in ids[:2])
        series = proposed(field, *(getattr(record, field.name) for record in records))
        if series is None:
            self._tools.note.tell(
                tr("A series begins with a number, a day, a time or a text ending in a number.")
            )
            return
        dialog = SeriesDialog(desk.editors, field, series, len(ids), page.window())
        dialog.asked.connect(partial(self._show_series, dialog, page, ids, targets[0]))
        dialog.open()

    def _show_series(
        self, dialog: SeriesDialog, page: TablePage, ids: Sequence[Id], target: Target
    ) -> None:
        from smartct_desktop.services.revising.series import fill_series

        desk = self._desk
        if desk is not None:
            build = asked(fill_series, desk.texts, page.tab.kind, ids, target, dialog.series)
            self._reviewing(desk).show(page, build, len(ids))

    def _change_field(self) -> None:
        from smartct_desktop.domain.catalog import schema_of
        from smartct_desktop.ui.revisions.asking import ChangeFieldDialog

        page, desk = self._ready(), self._desk
        if page is not None and desk is not None:
            chosen = self._selected(page)
            fields = [one for one in schema_of(page.tab.kind).fields if not one.calculated]
            dialog = ChangeFieldDialog(
                desk.editors, fields, chosen.current_field, chosen.scope, page.window()
            )
            dialog.asked.connect(partial(self._show_change, dialog, page, chosen.ids))
            dialog.open()

    def _show_change(self, dialog: ChangeFieldDialog, page: TablePage, ids: Sequence[Id]) -> None:
        from smartct_desktop.services.revising.filling import set_all

        self._show_over(dialog, page, ids, set_all, dialog.value)

    def _replace(self) -> None:
        from smartct_desktop.ui.revisions.replace_dialog import ReplaceDialog

        page, desk = self._ready(), self._desk
        if page is not None and desk is not None:
            chosen = self._selected(page)
            dialog = ReplaceDialog(
                desk.editors, chosen.fields, chosen.current_field, chosen.scope, page.window()
            )
            dialog.asked.connect(partial(self._show_replacement, dialog, page, chosen.ids))
            dialog.open()

    def _show_replacement(self, dialog: ReplaceDialog, page: TablePage, ids: Sequence[Id]) -> None:
        from smartct_desktop.services.revising.replacing import replace_all

        self._show_over(dialog, page, ids, replace_all, dialog.replacement)

    def _show_over(
        self,
        dialog: ChangeFieldDialog | ReplaceDialog,
        page: TablePage,
        ids: Sequence[Id],
        plan: Callable[..., Revision],
        given: object,
    ) -> None:
        """Show a change of one field, of the records that were selected or of all results."""
        from smartct_desktop.services.revising.revision import Target
        from smartct_desktop.ui.revisions.reviewing import over

        desk = self._desk
        if desk is not None:
            target = Target(tr(dialog.field.label), dialog.field)
            every = dialog.scope.all.isChecked()
            build = over(plan, page, None if every else ids, desk.texts, target, given)
            count = page.model.record_count if every else len(ids)
            self._reviewing(desk).show(page, build, count, ask=True)

    # Within.

    def _selected(self, page: TablePage) -> Selected:
        from smartct_desktop.ui.revisions.selected import Selected

        return Selected(page)

    def _ready(self) -> TablePage | None:
        """The table in front, once what is being typed there is written."""
        page = self._workbench.table_page
        return page if page is not None and page.finish_editing() else None

    def _reviewing(self, desk: Desk) -> Reviewing:
        from smartct_desktop.ui.revisions.reviewing import Reviewing

        if self._made is None:
            self._made = Reviewing(self._tools, self._undo, self)
            self._made.attach(desk)
        return self._made


def asked(plan: Callable[..., Revision], *given: object) -> Build:
    """What plans a revision, once a reader and somebody to report to are there."""
    return lambda reader, progress: plan(reader, *given, progress)
