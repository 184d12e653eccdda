"""Keeps what is being typed, so that it is there again after the program ended without a word."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.drafts import Draft, Drafts, Place, Typed
from smartct_desktop.system.clock import utc_now
from smartct_desktop.ui.dialogs.new_record import NewRecordDialog
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.workbench import Workbench

_LOOK = 200  # milliseconds between two looks at what is typed; a pause is one without a change
_AT_MOST_EVERY = 1.0  # seconds between two drafts while somebody types on
_FREE = 2  # jobs: with more under way a draft would have to wait for them


class DraftKeeper(QObject):
    """Looks at the editors that have, or had, the keys, as long as they hold something unwritten.

    `held` are drafts that could not be put back yet; they are kept as they are.
    """

    def __init__(self, workbench: Workbench, jobs: Jobs) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._jobs = jobs
        self._file: _File | None = None
        self._watched: list[FieldEditor] = []
        self.held: list[Draft] = []
        self._seen: list[Draft] = []
        self._kept: list[Draft] = []
        self._kept_at = 0.0
        self._writing = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._look)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def attach(self, folder: Path, document: Path, key: Key | None = None) -> list[Draft]:
        """Keep drafts of this document from now on; gives those that were kept before.

        `key` is that of a protected document.
        """
        drafts = Drafts(folder, document, key)
        self._file = _File(drafts)
        self.held = drafts.read()
        self._seen = self._kept = list(self.held)
        return list(self.held)

    def detach(self) -> None:
        """The document is let go: only what could not be put back stays."""
        self._timer.stop()
        self._watched.clear()
        file, self._file = self._file, None
        if file is not None and self._kept != self.held:
            with suppress(Trouble):
                file.write(list(self.held))
        self.held = []

    def keep_now(self) -> None:
        """Write down what is typed, and leave it so: the program is about to be ended."""
        file, self._file = self._file, None
        self._timer.stop()
        if file is not None:
            at = utc_now().isoformat(timespec="seconds")
            drafts = [*self.held, *self._typed()]
            with suppress(Trouble):
                file.write([draft if draft.at else replace(draft, at=at) for draft in drafts])

    def watch(self, editors: Iterable[FieldEditor]) -> None:
        """Look at these too, although they may not have had the keys."""
        if self._file is not None:
            self._watched += [editor for editor in editors if editor not in self._watched]
            if self._watched:
                self._timer.start()

    def forget(self, draft: Draft) -> None:
        """A draft was put back, or is not wanted any more."""
        self.held = [one for one in self.held if one != draft]
        if self._file is not None:
            self._timer.start()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        step = new
        while step is not None and not isinstance(step, FieldEditor):
            step = step.parentWidget()
        if step is not None:
            self.watch([step])

    def _look(self) -> None:
        file = self._file
        if file is None:
            return
        now = [*self.held, *self._typed()]
        paused = now == self._seen
        self._seen = now
        waited = time.monotonic() - self._kept_at >= _AT_MOST_EVERY
        if now != self._kept and not self._writing and (paused or waited or not now):
            self._keep(file, now)
        elif not self._watched and now == self._kept and not self._writing:
            self._timer.stop()

    def _typed(self) -> list[Draft]:
        """What stands unwritten in the editors, record by record."""
        self._watched = [editor for editor in self._watched if _in_use(editor)]
        drafts: dict[tuple[str, ...], Draft] = {}
        for editor in self._watched:
            if editor.unwritten and _has_place(editor):
                draft = self._draft_of(editor)
                key = (draft.place.value, draft.kind, draft.record, draft.origin)
                before = drafts[key].fields if key in drafts else ()
                drafts[key] = replace(draft, fields=(*before, *draft.fields))
        return list(drafts.values())

    def _draft_of(self, editor: FieldEditor) -> Draft:
        window = editor.window()
        field = editor.field
        typed = (Typed(field.name, editor.typed_text(), editor.start_text),)
        if isinstance(window, NewRecordDialog):
            return Draft(Place.NEW, field.kind, "", window.origin, typed)
        place = Place.CELL if editor.in_cell else Place.FORM
        tab = self._workbench.current_name
        return Draft(place, field.kind, editor.record or "", tab, typed)

    def _keep(self, file: _File, drafts: list[Draft]) -> None:
        at = utc_now().isoformat(timespec="seconds")
        stamped = [draft if draft.at else replace(draft, at=at) for draft in drafts]
        self._kept, self._kept_at = drafts, time.monotonic()
        write = partial(_write, file, file.next_turn(), stamped)
        if len(self._jobs.active) >= _FREE:
            with suppress(Trouble):
                write(Progress())
            return
        self._writing = True
        self._jobs.run(write, self._wrote, self._fail, shown=False)

    def _wrote(self, _nothing: None) -> None:
        self._writing = False

    def _fail(self, failure: Exception) -> None:
        """A draft that cannot be kept is no reason to interrupt: the typing itself goes on."""
        self._writing = False
        if not isinstance(failure, Trouble):
            raise failure


class _File:
    """Writes in the order in which it was asked, from whatever thread."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self._lock = Lock()
        self._turn = 0
        self._done = 0

    def next_turn(self) -> int:
        self._turn += 1
        return self._turn

    def write(self, drafts: list[Draft], turn: int | None = None) -> None:
        turn = turn if turn is not None else self.next_turn()
        with self._lock:
            if turn > self._done:
                self._done = turn
                self._drafts.write(drafts)


def _write(file: _File, turn: int, drafts: list[Draft], _progress: Progress) -> None:
    file.write(drafts, turn)


def _has_place(editor: FieldEditor) -> bool:
    """Whether what is typed belongs to a record, and not only to a question."""
    return editor.record is not None or isinstance(editor.window(), NewRecordDialog)


def _in_use(editor: FieldEditor) -> bool:
    """Whether the editor can still be typed into, or holds something that was."""
    if not isValid(editor) or (isinstance(editor.window(), NewRecordDialog) and _is_over(editor)):
        return False
    focused = QApplication.focusWidget()
    return editor.unwritten or (focused is not None and editor.isAncestorOf(focused))


def _is_over(editor: FieldEditor) -> bool:
    """A new record was added, or was thought better of."""
    return not editor.window().isVisible()
