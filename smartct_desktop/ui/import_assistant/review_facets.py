"""The facets of the review: outcomes with their counts, sheets, and what else is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from smartct_desktop.services.importing.plan import Action
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.review_model import ReviewFilter
from smartct_desktop.ui.import_assistant.tab_order import put_behind
from smartct_desktop.ui.import_assistant.words import OUTCOMES, grouped, number, word_of
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_PAD = 12
_GAP = 8


class Facet(QCheckBox):
    """A value to filter by, in the ink of its tone, with its count at the right."""

    def __init__(self, look: Look, text: str, ink: str = "text") -> None:
        super().__init__(text)
        self._look = look
        self._ink = ink
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_count(self, count: int) -> None:
        """Show how many rows have the value; none is faint and can be clicked all the same."""
        self._count = count
        self.setAccessibleName(tr("{facet}, {n}", facet=self.text(), n=count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(150), self._look.measures.facet_row)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(80), self._look.measures.facet_row)

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002 -- the whole line
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.measures.tick_box
        middle = self.height() / 2
        box = QRectF(0, middle - size / 2, size, size).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        painter.setPen(look.colour("accent" if on else "edge"))
        painter.setBrush(look.colour("accent" if on else "base"))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            look.icons.paint(painter, box.left() + 1, middle, "check", "on-accent", 13)
        count = grouped(self._count)
        painter.setFont(look.fonts.small)
        painter.setPen(look.colour("muted" if self._count else "faint"))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(self.rect()), right, count)
        left = size + look.px(_GAP)
        room = self.width() - left - look.metrics.small.horizontalAdvance(count) - look.px(_GAP)
        painter.setFont(look.fonts.text)
        painter.setPen(look.colour(self._ink if self._count else "faint"))
        text = look.metrics.text.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        words = QRectF(left, 0, room + 1, self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()


class ReviewFacets(QScrollArea):
    """`changed` is emitted with a new filter. Outcomes count rows as the receipt will."""

    changed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._outlook: Outlook | None = None
        self._codes: frozenset[str] = frozenset()
        self._sheet_facets: dict[str | None, Facet] = {}
        self.all_rows = Facet(look, tr("All rows"))
        self.all_rows.setChecked(True)
        self.all_rows.clicked.connect(self._show_all)
        self.outcomes = {action: Facet(look, word_of(action), _ink(action)) for action in OUTCOMES}
        self.new_organisation = Facet(look, tr("new organisation"))
        self.with_finding = Facet(look, tr("with a problem"))
        inside = surface("window")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        self._column.setSpacing(0)
        self._add_group(tr("Outcome"), [self.all_rows, *self.outcomes.values()])
        self._sheets_heading = self._add_group(tr("Sheet"), [])
        self._sheets = QVBoxLayout()
        self._sheets.setSpacing(0)
        self._column.addLayout(self._sheets)
        self._add_group(tr("What is seen"), [self.new_organisation, self.with_finding])
        self._column.addStretch(1)
        for facet in (*self.outcomes.values(), self.new_organisation, self.with_finding):
            facet.clicked.connect(self._change)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_outlook(self, outlook: Outlook) -> None:
        """Count anew. What is ticked stays."""
        self._outlook = outlook
        counts = outlook.plan.counts
        self.all_rows.show_count(counts.rows)
        for action, facet in self.outcomes.items():
            facet.show_count(number(counts, action))
        self.new_organisation.show_count(outlook.seen.new_organisation)
        self.with_finding.show_count(outlook.seen.with_problem)
        self._show_sheets(outlook.seen.by_sheet)

    @property
    def filter(self) -> ReviewFilter:
        """What is ticked."""
        actions = [action for action, facet in self.outcomes.items() if facet.isChecked()]
        sheets = [name for name, facet in self._sheet_facets.items() if facet.isChecked()]
        return ReviewFilter(
            frozenset(actions),
            self._codes,
            frozenset(sheets),
            self.new_organisation.isChecked(),
            self.with_finding.isChecked(),
        )

    def show_codes(self, codes: frozenset[str]) -> None:
        """Filter by findings with these codes as well."""
        self._codes = codes
        self._change()

    def _show_sheets(self, counts: Mapping[str | None, int]) -> None:
        several = len(counts) > 1
        for name in [name for name in self._sheet_facets if name not in counts]:
            gone = self._sheet_facets.pop(name)
            gone.hide()
            gone.deleteLater()
        if several:
            for name, count in counts.items():
                if name not in self._sheet_facets:
                    facet = self._sheet_facets[name] = Facet(self._look, name or "")
                    facet.clicked.connect(self._change)
                    self._sheets.addWidget(facet)
                self._sheet_facets[name].show_count(count)
            last = list(self.outcomes.values())[-1]
            put_behind(last, list(self._sheet_facets.values()))
        self._sheets_heading.setVisible(several)

    def _add_group(self, name: str, facets: Sequence[Facet]) -> QWidget:
        heading = label(name, face="small-strong")
        heading.setFixedHeight(self._look.measures.facet_heading)
        self._column.addWidget(heading)
        for facet in facets:
            self._column.addWidget(facet)
        return heading

    def _untick(self) -> None:
        for facet in self._all():
            facet.setChecked(False)
        self._codes = frozenset()

    def _all(self) -> Sequence[Facet]:
        own = (self.new_organisation, self.with_finding)
        return (*self.outcomes.values(), *self._sheet_facets.values(), *own)

    def _show_all(self) -> None:
        self._untick()
        self._change()

    def _change(self) -> None:
        filter_ = self.filter
        self.all_rows.setChecked(not filter_.on)
        self.changed.emit(filter_)


def _ink(action: Action) -> str:
    tone = OUTCOMES[action][1]
    return "text" if action in (Action.SAME, Action.SKIP) else tone.ink
