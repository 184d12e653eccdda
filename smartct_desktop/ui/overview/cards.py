"""The cards of the Overview: one target each, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import PastStep
from smartct_desktop.services.figures import Figure
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.elided_label import ElidedLabel
from smartct_desktop.ui.frames import rule, surface
from smartct_desktop.ui.history.words import clock, local_day, moment_words, state_words, step_words
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.overview.flow import FlowRow
from smartct_desktop.ui.overview.money import HEAD
from smartct_desktop.ui.overview.parts import Part
from smartct_desktop.ui.overview.progress_bar import TargetBar
from smartct_desktop.ui.pill import Pill
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_INSIDE = (16, 10, 16, 10)


def card() -> tuple[QFrame, QVBoxLayout]:
    """An empty card and the column inside it."""
    frame = surface("card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(*_INSIDE)
    column.setSpacing(6)
    return frame, column


class TargetCard(QFrame):
    """One figure against its target; `asked` wants the records behind it explained.

    With a figure goes the part that was clicked: counted, expected or left out.
    """

    asked = Signal(object, object)  # Figure and Part

    def __init__(
        self, look: Look, figure: Figure, today: date, beside: Figure | None = None
    ) -> None:
        super().__init__()
        self.figure = figure
        self._beside = beside
        self.second: QPushButton | None = None
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(4)
        planned = figure.pace.by(today) if figure.pace is not None else None
        column.addLayout(self._head(look, planned))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(str(figure.value), face="figure-large"))
        of = tr("of {target}", target=figure.target) if figure.target else tr("without a target")
        line.addWidget(label(of, tone="muted"), 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._bar(look, planned))
        column.addLayout(self._links(look))
        column.addStretch(1)

    @property
    def stops(self) -> dict[object, QWidget]:
        """What the keys stop at, in reading order, by what it is."""
        second: dict[object, QWidget] = {} if self.second is None else {"second": self.second}
        return second | dict(self.links)

    def _head(self, look: Look, planned: int | None) -> QHBoxLayout:
        top = QHBoxLayout()
        name = label(say(self.figure.name), face="strong")
        name.setToolTip(tool_tip(say(self.figure.definition), look))
        top.addWidget(name)
        top.addStretch(1)
        top.addStrut(look.px(HEAD))
        target = self.figure.target
        done = target is not None and self.figure.value >= target > 0
        if self._beside is not None:
            top.addWidget(self._second(look, self._beside))
        elif planned is not None and not done:
            top.addWidget(label(tr("plan for today {n}", n=planned), face="small", tone="muted"))
        if done:
            reached = Pill(look, self)
            top.addWidget(reached)
            reached.show_status(tr("reached"), Tone.DONE)
        return top

    def _second(self, look: Look, beside: Figure) -> QPushButton:
        """A second figure of the same kind of records, as a link in the corner."""
        words = tr("{n} {figure}", n=beside.value, figure=say(beside.short))
        self.second = link = button(look, words, Kind.LINK, room="line")
        link.setToolTip(tool_tip(say(beside.definition), look))
        link.setAccessibleDescription(say(beside.name))
        link.clicked.connect(self._ask_second)
        return link

    def _ask_second(self) -> None:
        self.asked.emit(self._beside, Part.COUNTED)

    def _bar(self, look: Look, planned: int | None) -> TargetBar:
        bar = TargetBar(look)
        words = tr(
            "{name}: {value}, {pipeline} in the pipeline",
            name=say(self.figure.name),
            value=self.figure.value,
            pipeline=self.figure.pipeline,
        )
        target = self.figure.target or 0
        bar.show_shares(self.figure.value, self.figure.pipeline, target, words, planned)
        policy = bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        bar.setSizePolicy(policy)
        if not self.figure.target:
            bar.hide()
        return bar

    def _links(self, look: Look) -> FlowRow:
        row = FlowRow(8)
        behind = self.figure.behind
        numbers = {
            Part.COUNTED: (len(behind.counted), tr("{n} counted", n=len(behind.counted))),
            Part.EXPECTED: (
                self.figure.pipeline,
                tr("{n} in the pipeline", n=self.figure.pipeline),
            ),
            Part.LEFT_OUT: (
                len(behind.left_out),
                tr("{n} do not count", n=len(behind.left_out)),
            ),
        }
        self.links: dict[Part, QPushButton] = {}
        for part, (number, words) in numbers.items():
            link = button(look, words, Kind.LINK)
            link.setEnabled(number > 0)
            link.setAccessibleDescription(say(self.figure.name))
            link.clicked.connect(partial(self._ask, part))
            self.links[part] = link
            row.addWidget(link)
        return row

    def _ask(self, part: Part, *_checked: bool) -> None:
        self.asked.emit(self.figure, part)


class RecentCard(QFrame):
    """The newest steps; `history_asked` opens them all."""

    history_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(label(tr("Recent changes"), face="strong"))
        top.addStretch(1)
        self.history_button = button(look, tr("History"), Kind.LINK)
        self.history_button.clicked.connect(self.history_asked)
        top.addWidget(self.history_button)
        column.addLayout(top)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._parts: list[QWidget] = []

    def show_steps(self, steps: Sequence[PastStep], texts: Texts) -> None:
        """Show these, newest first."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        newest = local_day(steps[0].at) if steps else None
        for row, step in enumerate(steps):
            same = local_day(step.at) == newest
            when = clock(step.at, texts) if same else moment_words(step.at, texts)
            fate = state_words(step)
            words = ElidedLabel(self._look, muted=bool(fate))
            words.say(step_words(step))
            records = tr("1 record") if step.records == 1 else tr("{n} records", n=step.records)
            told = "  ·  ".join(part for part in (fate, records) if part)
            count = label(told, face="small", tone="muted")
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._put(label(when, face="small", tone="muted"), 2 * row, 0)
            self._put(words, 2 * row, 1)
            self._put(count, 2 * row, 2)
            self._put(label(step.by, face="small", tone="muted"), 2 * row, 3)
            self._put(rule("hair"), 2 * row + 1, 0, wide=True)
        if not steps:
            self._put(label(tr("Nothing has been changed yet."), tone="muted"), 0, 0, wide=True)

    def _put(self, part: QWidget, row: int, column: int, *, wide: bool = False) -> None:
        self._parts.append(part)
        self._grid.addWidget(part, row, column, 1, 4 if wide else 1)
