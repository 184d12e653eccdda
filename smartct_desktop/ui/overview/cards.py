"""The cards of the Overview: one target each, what there is, what changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import PastStep
from smartct_desktop.services.figures import Figure
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.frames import rule, surface
from smartct_desktop.ui.history.words import clock, local_day, moment_words, state_words, step_words
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.overview.progress_bar import TargetBar
from smartct_desktop.ui.pill import Pill
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_INSIDE = (16, 12, 16, 12)


def card() -> tuple[QFrame, QVBoxLayout]:
    """An empty card and the column inside it."""
    frame = surface("card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(*_INSIDE)
    column.setSpacing(6)
    return frame, column


class TargetCard(QFrame):
    """One figure against its target; `asked` wants the records behind what was clicked."""

    asked = Signal(str, object)  # kind and ids

    def __init__(self, look: Look, figure: Figure) -> None:
        super().__init__()
        self.figure = figure
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(4)
        top = QHBoxLayout()
        name = say(figure.name)
        top.addWidget(label(name, face="strong"))
        top.addStretch(1)
        reached = Pill(look)
        done = figure.target is not None and figure.value >= figure.target > 0
        policy = reached.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        reached.setSizePolicy(policy)
        top.addWidget(reached)
        column.addLayout(top)
        reached.show_status(tr("reached") if done else "", Tone.DONE)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(str(figure.value), face="figure-large"))
        of = tr("of {target}", target=figure.target) if figure.target else tr("without a target")
        beside = label(of, tone="muted")
        line.addWidget(beside, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column.addLayout(line)
        bar = TargetBar(look)
        words = tr(
            "{name}: {value}, {pipeline} in the pipeline",
            name=name,
            value=figure.value,
            pipeline=figure.pipeline,
        )
        bar.show_shares(figure.value, figure.pipeline, figure.target or 0, words)
        column.addWidget(bar)
        policy = bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        bar.setSizePolicy(policy)
        bar.setVisible(bool(figure.target))
        column.addLayout(self._links(look))

    def _links(self, look: Look) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.counted = counted = button(look, tr("{n} counted", n=self.figure.value), Kind.LINK)
        counted.clicked.connect(self._ask_counted)
        counted.setEnabled(self.figure.value > 0)
        waiting = button(look, tr("{n} in the pipeline", n=self.figure.pipeline), Kind.LINK)
        waiting.clicked.connect(self._ask_pipeline)
        waiting.setEnabled(self.figure.pipeline > 0)
        out = len(self.figure.behind.left_out)
        left = button(look, tr("{n} do not count", n=out), Kind.LINK)
        left.clicked.connect(self._ask_left_out)
        left.setEnabled(out > 0)
        for part in (counted, waiting, left):
            part.setAccessibleDescription(say(self.figure.name))
            row.addWidget(part)
        row.addStretch(1)
        return row

    def _ask_counted(self) -> None:
        self.asked.emit(self.figure.kind, self.figure.behind.counted)

    def _ask_pipeline(self) -> None:
        self.asked.emit(self.figure.kind, self.figure.behind.pipeline)

    def _ask_left_out(self) -> None:
        self.asked.emit(self.figure.kind, tuple(id_ for id_, _ in self.figure.behind.left_out))


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
        everything = button(look, tr("History"), Kind.LINK)
        everything.clicked.connect(self.history_asked)
        top.addWidget(everything)
        column.addLayout(top)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
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
            words = label(step_words(step), tone="muted" if fate else "")
            words.setToolTip(tool_tip(step_words(step), self._look))
            words.setMinimumWidth(40)
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


class CountsCard(QFrame):
    """How many records there are; each line opens its tab."""

    asked = Signal(str)

    def __init__(self, look: Look, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(4)
        column.addWidget(label(tr("In this document"), face="strong"))
        self._counts = {}
        self._names: dict[QPushButton, str] = {}
        for name, words in tabs:
            row = QHBoxLayout()
            count = label("–", face="strong")
            count.setMinimumWidth(look.px(34))
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            opener = button(look, words, Kind.LINK)
            opener.clicked.connect(self._ask)
            self._counts[name] = count
            self._names[opener] = name
            row.addWidget(count)
            row.addSpacing(8)
            row.addWidget(opener)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)

    def show_count(self, name: str, count: int) -> None:
        """Say how many there are."""
        self._counts[name].setText(str(count))

    def _ask(self) -> None:
        opener = self.sender()
        if isinstance(opener, QPushButton):
            self.asked.emit(self._names[opener])
