"""Says once where a document lies if that is no safe place, and offers a local copy."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from smartct_desktop.services.place_choices import PlaceChoices
from smartct_desktop.system.drives import Place, PlaceKind
from smartct_desktop.system.machine import place_of_file
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.sharing.words import place_words
from smartct_desktop.ui.theme.tones import Tone

if TYPE_CHECKING:
    from smartct_desktop.domain.progress import Progress
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.main_window import MainWindow

PLACE = "place"
"""The matter of the bar."""


class Reopener(Protocol):
    """Who owns the open document."""

    def reopen(self, path: Path) -> None:
        """Let go of the document, and open what lies at `path`."""


class PlaceSign(QObject):
    """Once for each document and place; what is answered is remembered."""

    def __init__(self, window: MainWindow, program: Reopener, choices: PlaceChoices) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._choices = choices
        self._desk: Desk | None = None

    def attach(self, desk: Desk | None, *, on_copy: bool = False) -> None:
        """Look where this document lies; one that is read only is in no danger."""
        self._desk = desk
        if "notices" in self._window.__dict__:
            self._window.notices.drop(PLACE)
        if desk is None or desk.read_only or on_copy:
            return
        path = desk.document.home
        self._window.tools.jobs.run(partial(_place, path), partial(self._tell, path), shown=False)

    def _tell(self, path: Path, place: Place) -> None:
        desk = self._desk
        if desk is None or desk.document.home != path or place.kind is PlaceKind.LOCAL:
            return
        if self._choices.decided(path, desk.document.id, place):
            return
        self._window.notices.tell(
            PLACE,
            Tone.WAITING,
            place_words(place),
            [
                Link(tr("Work on a local copy"), partial(self._decide, place, copy=True)),
                Link(tr("Work in this folder"), partial(self._decide, place, copy=False)),
            ],
        )

    def _decide(self, place: Place, *, copy: bool) -> None:
        desk = self._desk
        if desk is None or not self._window.finish_editing():
            return
        path = desk.document.home
        self._choices.decide(path, desk.document.id, place, copy=copy)
        self._window.notices.drop(PLACE)
        if copy:
            self._program.reopen(path)


def _place(path: Path, _progress: Progress) -> Place:
    return place_of_file(path)
