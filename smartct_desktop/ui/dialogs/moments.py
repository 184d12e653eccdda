"""Which two moments are compared: steps, days, closed periods, a backup, now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QFormLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import StepState
from smartct_desktop.domain.errors import Cancelled, Invalid, Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.causes import step_of_closing
from smartct_desktop.services.closed_periods import closed_periods
from smartct_desktop.services.letters import LANGUAGES
from smartct_desktop.services.moments import BEGINNING, NOW, Moment, at_end_of
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.reports.differences import Compared
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.day_editors import DayEditor
from smartct_desktop.ui.history.words import moment_words, step_words
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_WIDE = 560
_STEPS = 200  # so many of the newest steps are offered by name


class _Way(Enum):
    """How a moment is named."""

    BEGINNING = "Before the first step"
    DAY = "The end of a day"
    STEP = "After a step"
    PERIOD = "When a period was closed"
    BACKUP = "A backup or a copy…"
    NOW = "Now"


_BEFORE = (_Way.BEGINNING, _Way.DAY, _Way.STEP, _Way.PERIOD, _Way.BACKUP)
_AFTER = (_Way.NOW, _Way.DAY, _Way.STEP, _Way.PERIOD)


class MomentsDialog(QDialog):
    """`compared` are the moments, `language` that of the headings.

    `key_for` gives the key of a protected backup, and asks for it if need be; raises `Cancelled`.
    """

    def __init__(
        self,
        look: Look,
        desk: Desk,
        parent: QWidget,
        *,
        step: int | None = None,
        key_for: Callable[[Path], Key | None] = lambda _path: None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Differences between two moments"))
        self.setMinimumWidth(look.px(_WIDE))
        self.before = _MomentField(look, desk, tr("From"), _BEFORE, key_for)
        self.after = _MomentField(look, desk, tr("To"), _AFTER)
        if step is not None:
            self.before.choose_step(step)
        self.language_box = QComboBox()
        self.language_box.setAccessibleName(tr("Language"))
        self.language_box.addItems(list(LANGUAGES.values()))
        self._refusal = label(tone="error", wrap=True)
        self._refusal.hide()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(tr("From"), self.before)
        form.addRow(tr("To"), self.after)
        form.addRow(tr("Language"), self.language_box)
        foot, self.go_on = deed_foot(look, self, tr("Choose the file…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(tr("Differences between two moments"), face="title"))
        about = tr(
            "A workbook with what was added, removed and changed, field by field, and the figures "
            "before and after."
        )
        column.addWidget(label(about, tone="muted", wrap=True))
        column.addLayout(form)
        column.addWidget(self._refusal)
        column.addLayout(foot)
        FocusRing(look, self)
        self._growing = QTimer(self)  # a row has its new height when the layout was done again
        self._growing.setSingleShot(True)
        self._growing.timeout.connect(self._fit)
        for part in (self.before, self.after):
            part.moved.connect(self._growing.start)

    @property
    def language(self) -> str:
        """The code of the language of the headings."""
        return list(LANGUAGES)[self.language_box.currentIndex()]

    def compared(self) -> Compared:
        """The moments chosen. Raises `Invalid` with what is to be mended."""
        after = self.after.moment()
        path = self.before.backup
        if path is not None:
            if after.step is not None:
                raise Invalid(Sentence("A backup is compared with the document of now."), "after")
            opened = partial(open_document, path, read_only=True, key=self.before.backup_key)
            return Compared(backup=opened, backup_name=path.name)
        before = self.before.moment()
        if after.step is not None and before.step is not None and after.step < before.step:
            raise Invalid(Sentence("The second moment is before the first."), "after")
        return Compared(before, after)

    def _fit(self) -> None:
        self.resize(self.width(), self.sizeHint().height())

    def accept(self) -> None:
        """Close, unless the moments cannot be."""
        try:
            self.compared()
        except Invalid as refusal:
            self._refusal.setText(say(refusal.sentence))
            self._refusal.show()
        else:
            super().accept()


class _MomentField(QWidget):
    """A list of ways to name a moment, and beneath it what the chosen way asks for.

    `moved` when something else is asked for.
    """

    moved = Signal()

    def __init__(
        self,
        look: Look,
        desk: Desk,
        name: str,
        ways: Sequence[_Way],
        key_for: Callable[[Path], Key | None] = lambda _path: None,
    ) -> None:
        super().__init__()
        self._key_for = key_for
        self._desk = desk
        self._ways = list(ways)
        self.backup: Path | None = None
        self.backup_key: Key | None = None
        self.box = QComboBox()
        self.box.setAccessibleName(name)
        self._periods = closed_periods(desk.reader)
        if not self._periods and _Way.PERIOD in self._ways:
            self._ways.remove(_Way.PERIOD)
        self.box.addItems([tr(way.value) for way in self._ways])
        declared = schema_of("exchange").by_name["start"]
        field = replace(declared, name="day", label="Day", help="", required=False)
        self.day = DayEditor(field, desk.texts, look, in_cell=False)
        self.steps = QComboBox()
        self.steps.setAccessibleName(tr("Step"))
        self.steps.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for step in desk.reader.history(0, _STEPS):
            if step.state is StepState.DONE:
                told = f"{moment_words(step.at, desk.texts)}  {step_words(step)}"
                self.steps.addItem(told, step.no)
        self.periods = QComboBox()
        self.periods.setAccessibleName(tr("Closed period"))
        self.periods.addItems([one.name for one in self._periods])
        self.file = label(tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.box, self.day, self.steps, self.periods, self.file):
            column.addWidget(part)
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(self._show)
        self.box.activated.connect(self._ask_backup)
        self._show()

    def choose_step(self, no: int) -> None:
        """Name the moment after this step, if it is among those offered."""
        place = self.steps.findData(no)
        if place >= 0:
            self.box.setCurrentIndex(self._ways.index(_Way.STEP))
            self.steps.setCurrentIndex(place)

    def choose_backup(self, path: Path) -> None:
        """Name the moment of a backup or copy."""
        self.backup = path
        self.file.setText(path.name)
        self.box.setCurrentIndex(self._ways.index(_Way.BACKUP))
        self._show()

    def moment(self) -> Moment:
        """The moment named. Raises `Invalid` for a day that is not one, or none."""
        match self._way:
            case _Way.BEGINNING:
                return BEGINNING
            case _Way.DAY:
                day = self.day.value()
                if not isinstance(day, date):
                    raise Invalid(Sentence("Give the day."), "day")
                return at_end_of(self._desk.reader, day)
            case _Way.STEP:
                return Moment(int(self.steps.currentData() or 0))
            case _Way.PERIOD:
                period = self._periods[self.periods.currentIndex()]
                return Moment(step_of_closing(self._desk.reader, period.id))
            case _Way.BACKUP:
                raise Invalid(Sentence("Choose the backup."), "backup")
            case _Way.NOW:
                return NOW

    @property
    def _way(self) -> _Way:
        return self._ways[self.box.currentIndex()]

    def _show(self) -> None:
        way = self._way
        self.day.setVisible(way is _Way.DAY)
        self.steps.setVisible(way is _Way.STEP)
        self.periods.setVisible(way is _Way.PERIOD)
        self.file.setVisible(way is _Way.BACKUP and self.backup is not None)
        if way is not _Way.BACKUP:
            self.backup = None
        self.moved.emit()

    def _ask_backup(self) -> None:
        if self._way is not _Way.BACKUP:
            return
        name, _ = QFileDialog.getOpenFileName(
            self,
            tr("A backup or a copy"),
            str(self._desk.document.home.parent),
            tr("SmartCT documents (*.smartct *.smartct-backup)"),
        )
        if name:
            self._take_backup(Path(name))

    def _take_backup(self, path: Path) -> None:
        """Choose it, once it can be opened."""
        try:
            own = path.samefile(self._desk.document.path)
            key = None if own else self._key_for(path)
        except Cancelled:
            return
        except (Trouble, OSError) as trouble:
            self.file.setText(say(trouble.sentence) if isinstance(trouble, Trouble) else "")
            self.file.show()
            return
        self.backup_key = key
        self.choose_backup(path)
