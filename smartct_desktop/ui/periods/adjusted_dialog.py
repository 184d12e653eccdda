"""Closed periods: each figure as sent and now, and the records between the two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from smartct_desktop.domain.fields import Day
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.services.adjustments import Adjusted, Adjustment
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.history.words import moment_words
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.periods.held import Held
from smartct_desktop.ui.periods.sent_lines import MINUS
from smartct_desktop.ui.periods.words_lines import Lines
from smartct_desktop.ui.theme.look import Look

_SIZE = (1080, 640)


class AdjustedDialog(QDialog):
    """Figures above, the records of the chosen one below.

    `record_asked(kind, id)` wants a record, `open_again_asked(period)` the period opened again.
    """

    record_asked = Signal(str, object)
    open_again_asked = Signal(object)

    def __init__(
        self,
        look: Look,
        held: Sequence[Held],
        texts: Texts,
        parent: QWidget,
        *,
        read_only: bool,
    ) -> None:
        super().__init__(parent)
        self._held, self._texts = held, texts
        self.setWindowTitle(tr("Closed periods"))
        size = QSize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.resize(size.boundedTo(parent.window().size()))
        self.periods = QComboBox()
        self.periods.setAccessibleName(tr("Closed period"))
        self.periods.addItems([one.period.name for one in held])
        self._about = label(tone="muted", wrap=True)
        self.figures = Lines(
            look,
            tr("Figures as sent and now"),
            (
                *(tr("Figure"), tr("Partner"), tr("Days"), tr("As sent"), tr("Added")),
                *(tr("Taken away"), tr("Changed"), tr("Now")),
            ),
            (170, 200, 200, 70, 70, 90, 76),
        )
        self.records = Lines(
            look,
            tr("Records behind the adjustments"),
            (
                *(tr("Record"), tr("As sent"), tr("Now"), tr("Because"), tr("What changed")),
                *(tr("When"), tr("Who")),
            ),
            (180, 66, 56, 190, 250, 136),
        )
        self._none = label(tr("Nothing moved since it was sent."), tone="muted")
        self.open_button = button(look, tr("Open this period again…"), icon="lock-open")
        self.open_button.setAutoDefault(False)
        self.open_button.setEnabled(not read_only)
        self.open_button.clicked.connect(self._ask_open)
        self._lay_out(look)
        self.periods.currentIndexChanged.connect(self._show_period)
        self.figures.selectionModel().currentRowChanged.connect(self._show_records)
        self.records.opened.connect(self._open_record)
        FocusRing(look, self)
        self._show_period()
        self.figures.setFocus()

    def choose(self, period: ReportingPeriod) -> None:
        """Show this period."""
        ids = [one.period.id for one in self._held]
        if period.id in ids:
            self.periods.setCurrentIndex(ids.index(period.id))

    @property
    def current(self) -> Held:
        """The period that is shown."""
        return self._held[max(0, self.periods.currentIndex())]

    # Within.

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(tr("Closed periods"), face="title"))
        head.addWidget(self.periods)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._about)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.figures)
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, look.px(6), 0, 0)
        inside.addWidget(label(tr("Records behind the adjustments"), face="strong"))
        inside.addWidget(self.records, 1)
        inside.addWidget(self._none)
        split.addWidget(below)
        column.addWidget(split, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        close = button(look, tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        column.addLayout(foot)

    def _show_period(self) -> None:
        held = self.current
        period = held.period
        parts = [
            tr("closed on {day}", day=self._texts.shown(Day(), period.closed_on)),
            tr("by {who}", who=period.closed_by or "?"),
        ]
        if period.file:
            parts.append(tr("sent as {file}", file=period.file))
        self._about.setText(" · ".join(parts))
        self.figures.show_lines([_figure_line(one) for one in held.figures])
        moved = [row for row, one in enumerate(held.figures) if one.adjustments]
        self.figures.selectRow(moved[0] if moved else 0)
        self._show_records(self.figures.currentIndex())

    def _chosen(self) -> Adjusted | None:
        row = self.figures.currentIndex().row()
        return self.current.figures[row] if 0 <= row < len(self.current.figures) else None

    def _show_records(self, *_rows: QModelIndex) -> None:
        one = self._chosen()
        moved = one.adjustments if one is not None else ()
        self.records.show_lines([self._record_line(one, each) for each in moved if one])
        self._none.setVisible(not moved)

    def _record_line(self, one: Adjusted, moved: Adjustment) -> tuple[str, ...]:
        happened = self.current.happened.get((one.figure.records_kind, moved.id), ())
        newest = happened[-1].cause.step if happened else None
        return (
            moved.caption,
            str(moved.sent),
            str(moved.now),
            say(moved.because) if moved.because is not None else tr("counts now"),
            "; ".join(say(each.what) for each in happened),
            moment_words(newest.at, self._texts) if newest else "",
            newest.by if newest else "",
        )

    def _open_record(self, row: int) -> None:
        one = self._chosen()
        if one is not None:
            self.record_asked.emit(one.figure.records_kind, one.adjustments[row].id)

    def _ask_open(self) -> None:
        self.open_again_asked.emit(self.current.period)


def _figure_line(one: Adjusted) -> tuple[str, ...]:
    figure = one.figure
    return (
        tr(figure.name),
        figure.cluster_name or tr("All partners"),
        tr(figure.span.label),
        str(one.sent),
        _signed(one.added),
        _signed(-one.removed),
        _signed(one.changed),
        str(one.now),
    )


def _signed(number: int) -> str:
    return f"{number:+}".replace("-", MINUS) if number else ""
