"""Pasting into a small table of a form: after a look, as one step, new rows among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Field, Id
from smartct_desktop.services.revising.revision import Revision
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.part_table import PartTable
from smartct_desktop.ui.grid.clipboard import clipboard_content, target_of
from smartct_desktop.ui.i18n import say, tr

if TYPE_CHECKING:  # the preview is made when something is pasted
    from smartct_desktop.ui.revisions.lines import Line

_LETTERS = 100_000  # on the clipboard that are understood while one blinks
_CELLS = 2_000


class PartPasting(QObject):
    """Pastes rows that name the record of the form in `naming`; `said` tells what came of it."""

    said = Signal(str)

    def __init__(self, table: PartTable, naming: Field) -> None:
        super().__init__(table)
        self._table = table
        self._naming = naming

    def paste(self, desk: Desk, owner: Id) -> None:
        """Show what the clipboard would change from the current cell on; rows beyond are new."""
        from smartct_desktop.services.revising.pasting import PasteWish, paste
        from smartct_desktop.ui.revisions.lines import lines_of

        content = clipboard_content()
        rectangle = content.rectangle() if content.size <= _LETTERS else None
        if rectangle is None and content.size <= _LETTERS:
            self.said.emit(tr("There is no text on the clipboard."))
            return
        if rectangle is None or rectangle.height * rectangle.width > _CELLS:
            self.said.emit(tr("This is too much for a list in the pane. Import it as a file."))
            return
        table, records = self._table, self._table.records
        area, order = table.area, table.visual_columns()
        first = area.rows[0].start if area.rows else records.rowCount()
        start = order.index(area.places[0]) if area.places else 0
        ids = [id_ for id_ in records.ids(first, records.rowCount()) if id_]
        if area.whole and area.height > rectangle.height:
            rectangle = rectangle.repeated(area.height, len(area.places))
        targets = [target_of(records.columns[place]) for place in order[start:]]
        fixed = ((self._naming.name, owner),)
        wish = PasteWish(records.kind, ids[: rectangle.height], targets, rectangle, fixed)
        revision = paste(desk.reader, desk.texts, wish)
        lines = lines_of(revision)
        if not lines:
            self.said.emit(tr("Nothing would change."))
            return
        self._preview(desk, revision, lines)

    def _preview(self, desk: Desk, revision: Revision, lines: list[Line]) -> None:
        from smartct_desktop.ui.revisions.preview import RevisionDialog

        dialog = RevisionDialog(self._table.look, revision, lines, self._table.window())

        def write(agreed: Revision, additions: bool) -> None:  # noqa: FBT001 (a signal's)
            self._write(desk, agreed, additions=additions)

        dialog.agreed.connect(write)
        dialog.open()

    def _write(self, desk: Desk, revision: Revision, *, additions: bool) -> None:
        from smartct_desktop.services.revising.committing import commit
        from smartct_desktop.ui.revisions.reviewing import done_words

        try:
            commit(desk.document, revision, additions=additions)
        except Invalid as refusal:
            self.said.emit(say(refusal.sentence))
        except Trouble as trouble:
            self.said.emit(f"{say(trouble.sentence)} {say(trouble.hint)}".strip())
        else:
            self.said.emit(done_words(revision, additions=additions))
