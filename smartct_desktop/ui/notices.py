"""The bars at the top of the window: what concerns the whole document and stays until answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.notes import Link, Note
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_SIDE, _ABOVE, _BELOW = 12, 8, 4


class Notices(QWidget):
    """Shows one bar for each matter, the newest below; takes no room while there is none.

    A matter has a word of its own, so that a bar about it replaces the one before.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: dict[str, Note] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(_SIDE, _ABOVE, _SIDE, _BELOW)
        self._rows.setSpacing(_ABOVE)
        self.hide()

    def tell(
        self,
        matter: str,
        tone: Tone,
        sentence: str,
        links: Sequence[Link] = (),
        *,
        closing: str = "",
    ) -> Note:
        """Show a bar. With `closing`, the words of a last link, the person can put it away."""
        self.drop(matter)
        note = Note(self._look, tone, sentence, self)
        note.offer(*links)
        if closing:
            note.offer(Link(tr(closing), lambda: self.drop(matter)))
        self._shown[matter] = note
        self._rows.addWidget(note)
        self.show()
        return note

    def drop(self, matter: str) -> None:
        """Take the bar about a matter away, if there is one."""
        note = self._shown.pop(matter, None)
        if note is not None:
            note.hide()
            self._rows.removeWidget(note)
            note.deleteLater()
        self.setVisible(bool(self._shown))

    def clear(self) -> None:
        """Take all bars away: another document comes."""
        for matter in tuple(self._shown):
            self.drop(matter)

    def told(self, matter: str) -> Note | None:
        """Give the bar about a matter, None if there is none."""
        return self._shown.get(matter)
