"""The record pane: one record as a form, with its files, what names it, and its history."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.record import Record
from smartct_desktop.services.attaching import OWNERS, Owner
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.anchors import Anchors
from smartct_desktop.ui.forms.attaching import Attaching
from smartct_desktop.ui.forms.dropping import DropGoal
from smartct_desktop.ui.forms.form import Form, Write
from smartct_desktop.ui.forms.pane_body import PaneBody
from smartct_desktop.ui.forms.pane_head import PaneHead
from smartct_desktop.ui.frames import rule
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

_AROUND = 80  # pixels of the form that are shown above and beneath a field that is brought forward
_LATER = 60  # milliseconds: what is slow waits until the current record stays the same
_SLICE = 0.015  # seconds that it takes at a time
_END = object()


class RecordPane(QFrame):
    """One record beside or below its table.

    `closed` asks to hide the pane, `stepped(by)` for the next or previous record; the others are
    those of `PaneBody`. With `attaching` the pane shows the files of its record and takes dropped
    ones.
    """

    closed = Signal()
    stepped = Signal(int)
    opened = Signal(str, object)
    asked = Signal(object, object)
    part_asked = Signal(object, object)
    delete_asked = Signal(str, object)
    step_asked = Signal(int)
    said = Signal(str)

    def __init__(
        self, look: Look, kind: str, *, below: bool, attaching: Attaching | None = None
    ) -> None:
        super().__init__()
        self._kind = kind
        self._below = below
        self._attaching = attaching if kind in OWNERS else None
        self._desk: Desk | None = None
        self._write: Write | None = None
        self._record: Record | None = None
        self.body: PaneBody | None = None
        self.setProperty("ground", "base")
        self.setAccessibleName(tr("Record"))
        self.head = PaneHead(look, below=below)
        self.head.closed.connect(self.closed)
        self.head.stepped.connect(self.stepped)
        self._anchors = Anchors(look)
        self._anchors.chosen.connect(self._go_to_anchor)
        self._anchors.entered.connect(self._go_into)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        if not below:
            self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().valueChanged.connect(self._follow_scroll)
        self._goal = DropGoal(look, self, self._owner_name)
        self._goal.dropped.connect(self._take_dropped)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER)
        self._later.timeout.connect(self._show_slow_parts)
        self._rest: Iterator[None] | None = None
        self._on = QTimer(self)
        self._on.setSingleShot(True)
        self._on.setInterval(0)
        self._on.timeout.connect(self._show_on)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        rows.addWidget(self._anchors)
        rows.addWidget(rule("hair"))
        rows.addWidget(self._scroll, 1)
        self.show_nothing()

    @property
    def form(self) -> Form | None:
        """The form, once a record was shown."""
        return None if self.body is None else self.body.form

    @property
    def record(self) -> Record | None:
        """The record that is shown."""
        return self._record

    @property
    def takes_files(self) -> bool:
        """Whether files can be attached to its records."""
        return self._attaching is not None and self._attaching.writes

    def attach(self, desk: Desk | None, write: Write | None) -> None:
        """Show records of this document; None shows none any more."""
        self._stop_showing()
        self._desk, self._write = desk, write
        self._record = None
        if self._attaching is not None:
            self._attaching.attach(desk)
        if self.body is not None:
            self.body.detach()
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()
        self.body = None
        self._anchors.name_sections([])
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that no record is current."""
        self._stop_showing()
        self._record = None
        self.head.show_nothing()
        self._anchors.hide()
        if self.body is not None:
            self.body.hide()

    def show_record(self, id_: Id, place: str) -> None:
        """Show a record; `place` says which of how many it is."""
        desk = self._desk
        if desk is None:
            return
        try:
            record = desk.reader.record(self._kind, id_)
        except KeyError:
            self.show_nothing()
            return
        body = self.body or self._build(desk)
        if self._record is None or self._record.id != id_:
            self._scroll.verticalScrollBar().setValue(0)
        self._record = record
        self.head.show_place(place)
        self.head.show_record(desk, record)
        body.show_record(record)
        self._anchors.show()
        body.show()
        self._stop_showing()
        self._later.start()

    def show_place(self, place: str) -> None:
        """Say which of how many the record is now."""
        if self._record is not None:
            self.head.show_place(place)

    def commit(self) -> bool:
        """Write what is being typed; False if it is refused."""
        return self.body is None or self._record is None or self.body.commit()

    def focus_field(self, name: str) -> None:
        """Put the focus into a field and show it."""
        if self.form is not None and name in self.form:
            editor = self.form.row(name).editor
            # What was shown just now has no place yet.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self._scroll.ensureWidgetVisible(editor, 0, _AROUND)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_sections(self) -> None:
        """Put the focus into the names of the sections: arrows choose, Enter goes into one."""
        self._anchors.bar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def attach_files(self) -> None:
        """Ask for files, and attach them to the record."""
        if self._attaching is not None and self._record is not None:
            self._attaching.choose(self._owner(self._record))

    # Within.

    def _stop_showing(self) -> None:
        """What is slow begins anew with another record."""
        self._later.stop()
        self._on.stop()
        self._rest = None

    def _build(self, desk: Desk) -> PaneBody:
        """Make the body when the first record is shown: it has many widgets."""
        body = PaneBody(desk, self._kind, self._write, below=self._below, attaching=self._attaching)
        body.opened.connect(self.opened)
        body.asked.connect(self.asked)
        body.part_asked.connect(self.part_asked)
        body.delete_asked.connect(self.delete_asked)
        body.step_asked.connect(self.step_asked)
        body.said.connect(self.said)
        body.counted.connect(self._show_file_count)
        self._goal.guard(body)
        self._anchors.name_sections(body.sections)
        self._scroll.setWidget(body)
        self.body = body
        body.installEventFilter(self)
        return body

    def _show_slow_parts(self) -> None:
        if self.body is not None and self._record is not None:
            self._rest = self.body.show_rest(self._owner(self._record))
            self._show_on()

    def _show_on(self) -> None:
        """Show a little more, and let the window breathe: an organisation has many lists."""
        until = time.perf_counter() + _SLICE
        while self._rest is not None and time.perf_counter() < until:
            if next(self._rest, _END) is _END:
                self._rest = None
        if self._rest is not None:
            self._on.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.body and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._keep_focus_in_view)
        return super().eventFilter(watched, event)

    def _keep_focus_in_view(self) -> None:
        """What has grown above the field with the keys may have pushed it out of view."""
        focused = QApplication.focusWidget()
        if self.body is not None and focused is not None and self.body.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused)

    def _show_file_count(self, place: int, count: int) -> None:
        """“Files 3” among the anchors."""
        self._anchors.rename(place, tr("Files {n}", n=count) if count else tr("Files"))

    def _owner(self, record: Record) -> Owner:
        return Owner(self._kind, record.id, self.head.name)

    def _owner_name(self) -> str:
        """What dropped files would be attached to; empty while nothing can be."""
        return self.head.name if self.takes_files and self._record is not None else ""

    def _take_dropped(self, paths: Sequence[Path]) -> None:
        if self._attaching is not None and self._record is not None:
            self._attaching.take(self._owner(self._record), paths)

    def _go_to_anchor(self, place: int) -> None:
        tops = [] if self.body is None else self.body.tops()
        if 0 <= place < len(tops):
            self._scroll.verticalScrollBar().setValue(max(0, tops[place] - 8))
            self._anchors.mark(place)

    def _go_into(self, place: int) -> None:
        """Put the focus into the first thing of a section that takes keys."""
        part = self.body.first_of(place) if self.body is not None and place >= 0 else None
        if part is not None:
            self._scroll.ensureWidgetVisible(part)
            part.setFocus(Qt.FocusReason.TabFocusReason)

    def _follow_scroll(self, top: int) -> None:
        if self.body is None or self._below:
            return
        passed = [place for place, at in enumerate(self.body.tops()) if at <= top + 24]
        if passed:
            self._anchors.mark(passed[-1])
