"""Previews made in jobs: one at a time, always of the newest wish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import ReportKind
from smartct_desktop.services.reports.preview import PreviewSheet, preview
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.system.clock import local_now
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import say
from smartct_desktop.ui.jobs import Job, Jobs

_PAUSE = 250  # milliseconds without a change until the preview is made
_PAGES = 6
_PAGE_SCALE = 0.62


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be previewed, as pages if it is `printed`; `ratio` is that of the screen."""

    kind: ReportKind
    wish: Wish
    printed: bool
    ratio: float


@dataclass(frozen=True, slots=True)
class Seen:
    """The first rows of the sheets, or the first pages of so many."""

    sheets: tuple[PreviewSheet, ...] = ()
    pictures: tuple[QImage, ...] = ()
    pages: int = 0


class Previewing(QObject):
    """`made(seen)` comes with each preview, `refused(sentence)` where there can be none.

    `ask` says what is wanted by now, None for nothing, and tells the person why itself.
    """

    began = Signal()
    made = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        desk: Desk,
        ask: Callable[[], Wanted | None],
        report: Callable[[Exception], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._desk, self._ask, self._report = jobs, desk, ask, report
        self._job: Job | None = None
        self._again = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._begin)

    @property
    def pending(self) -> bool:
        """Whether a preview is still to come."""
        return self._pause.isActive() or self._job is not None

    def renew(self) -> None:
        """Make the preview anew when nothing more was changed for a moment."""
        self._pause.start()

    def stop(self) -> None:
        """Give up."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()

    def _begin(self) -> None:
        if self._job is not None:
            self._again = True
            self._job.cancel()
            return
        wanted = self._ask()
        if wanted is not None:
            self.began.emit()
            self._job = self._jobs.run(
                partial(_look, self._desk, wanted),
                self._show,
                self._fail,
                self._give_up,
                shown=False,
            )

    def _show(self, seen: Seen) -> None:
        if not self._went_on():
            self.made.emit(seen)

    def _fail(self, failure: Exception) -> None:
        if self._went_on():
            return
        if isinstance(failure, Trouble):
            self.refused.emit(f"{say(failure.sentence)} {say(failure.hint)}".strip())
        else:
            self._report(failure)

    def _give_up(self) -> None:
        self._went_on()

    def _went_on(self) -> bool:
        """Begin again if something else is wanted by now; says whether it did."""
        self._job = None
        again, self._again = self._again, False
        if again:
            self._begin()
        return again


def _look(desk: Desk, wanted: Wanted, progress: Progress) -> Seen:
    """Read the beginning of a report; draw its first pages."""
    from smartct_desktop.ui.printing.pages import draw_pictures

    wish = wanted.wish
    facts = desk.facts if wish.language == "en" else ProgrammeFacts(wish.language)
    with desk.document.reader(progress) as reader:
        found = preview(wanted.kind, reader, facts, local_now(), wish, printed=wanted.printed)
    if found.printout is None:
        return Seen(found.sheets)
    pictures, pages = draw_pictures(found.printout, _PAGE_SCALE * wanted.ratio, _PAGES)
    for picture in pictures:
        picture.setDevicePixelRatio(wanted.ratio)
    return Seen((), tuple(pictures), pages)
