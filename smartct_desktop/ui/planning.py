"""Finding out in a job what a deed would do, before it is shown and done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.reading import Reader
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.jobs import Job
    from smartct_desktop.ui.long_steps import Waiting

T = TypeVar("T")

_TIMES = 3  # a plan is made again if the document changed meanwhile
_PATIENCE = 250  # milliseconds until the person is told that something is being found out
_INPUT = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut),
        *(QEvent.Type.InputMethod, QEvent.Type.Drop, QEvent.Type.Wheel),
        *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick),
        QEvent.Type.ContextMenu,
    }
)
"""What would begin something; the release of a key or button only ends what has begun."""


class Planning(QObject):
    """Plans one deed at a time. Until its plan is there the window takes neither keys nor clicks.

    What is typed meanwhile would go into the table behind the dialog that is about to come. If it
    takes longer, words, a bar and Cancel are shown.
    """

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools = tools
        self._window = window
        self._desk: Desk | None = None
        self._failed: Callable[[Exception], bool] | None = None
        self._job: Job | None = None
        self._waiting: Waiting | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._show_waiting)

    def attach(self, desk: Desk | None) -> None:
        """Plan for this document from now on; what is being planned for another is given up."""
        if self._job is not None:
            self._job.cancel()
        self._end()
        self._desk = desk

    def run(
        self,
        title: str,
        plan: Callable[[Reader, Progress], T],
        show: Callable[[T], object],
        *,
        failed: Callable[[Exception], bool] | None = None,
    ) -> None:
        """Make a plan in a job, and hand it to `show` on the window's thread.

        Nothing happens while another plan is being made. What the world has against it is told
        here, and that a record is gone (KeyError); `failed` is asked first whether it knows what to
        do.
        """
        if self._desk is not None and self._job is None:
            self._failed = failed
            self._start(self._desk, title, plan, show, _TIMES)

    # Within.

    def _start(
        self,
        desk: Desk,
        title: str,
        plan: Callable[[Reader, Progress], T],
        show: Callable[[T], object],
        times: int,
    ) -> None:
        def work(progress: Progress) -> T:
            with desk.document.reader() as reader:
                return plan(reader, progress)

        _application().installEventFilter(self)
        self._patience.start()
        again = partial(self._start, desk, title, plan, show, times - 1)
        self._job = self._tools.jobs.run(
            work,
            partial(self._show, desk, show),
            partial(self._fail, desk, again if times else None),
            partial(self._stop, desk),
            title=title,
            shown=False,
        )

    def _show(self, desk: Desk, show: Callable[[T], object], plan: T) -> None:
        if desk is self._desk:
            self._end()
            show(plan)

    def _fail(self, desk: Desk, again: Callable[[], object] | None, error: Exception) -> None:
        from smartct_desktop.domain.reading import Outdated

        if desk is not self._desk:
            return
        self._end()
        if self._failed is not None and self._failed(error):
            return
        match error:
            case Outdated() if again is not None:
                again()
            case Outdated():
                self._tools.note.tell(tr("The document is being changed. Try again."))
            case KeyError():
                self._tools.note.tell(tr("This record is no longer there."))
            case Trouble():
                self._tools.messages.tell_trouble(self._window, error)
            case _:
                self._tools.report(error)

    def _stop(self, desk: Desk) -> None:
        if desk is self._desk:
            self._end()

    def _end(self) -> None:
        self._job = None
        self._patience.stop()
        _application().removeEventFilter(self)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            above = waiting.parentWidget()
            waiting.end()
            if above is not None:
                above.activateWindow()  # not every window manager gives the keys back

    def _show_waiting(self) -> None:
        from smartct_desktop.ui.long_steps import Waiting

        if self._job is None:
            return
        _application().removeEventFilter(self)  # the dialog keeps the window from it, not itself
        above = QApplication.activeModalWidget() or self._window
        self._waiting = Waiting(self._tools.look, self._tools.jobs, self._job, above)
        self._waiting.open()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep what is typed and clicked from the window."""
        return self._job is not None and event.type() in _INPUT


def _application() -> QCoreApplication:
    app = QApplication.instance()
    assert app is not None
    return app
