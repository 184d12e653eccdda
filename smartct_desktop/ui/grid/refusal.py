"""The note under a cell whose value is refused."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from smartct_desktop.ui.grid.cells import Cells
from smartct_desktop.ui.notes import Note
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_WIDE = 380
_ROOM = 4  # pixels around it


class RefusalNote(Note):
    """Lies in the viewport under the open editor, or above it where there is no room."""

    def __init__(self, look: Look, cells: Cells, viewport: QWidget) -> None:
        super().__init__(look, Tone.ERROR, "", viewport)
        self._look_of_table = look
        self._cells = cells
        self._viewport = viewport
        self.hide()
        cells.refused.connect(self._show)

    @property
    def sentence(self) -> str:
        """Why the value is not taken; empty if nothing is refused."""
        return "" if self.isHidden() else self.accessibleName()

    def place(self) -> None:
        """Lie where the editor is now."""
        editor = self._cells.editor
        if editor is None or not self.isVisible():
            return
        view = self._viewport
        width = min(self._look_of_table.px(_WIDE), view.width() - 2 * _ROOM)
        height = self.heightForWidth(width)
        left = max(_ROOM, min(editor.x(), view.width() - width - _ROOM))
        below = editor.geometry().bottom() + _ROOM
        above = editor.y() - height - _ROOM
        top = below if below + height <= view.height() or above < 0 else above
        self.setGeometry(left, top, width, height)

    def _show(self, sentence: str) -> None:
        self.setVisible(bool(sentence))
        if sentence:
            self.say(Tone.ERROR, sentence)
            self.raise_()
            self.place()
