"""The effect on the figures, and what the rules say, each with a way to its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QVBoxLayout, QWidget

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.services.importing.plan import Effect, NotCounting, PlanFinding
from smartct_desktop.ui.frames import rule, surface
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.review_lines import sentence_case
from smartct_desktop.ui.import_assistant.tab_order import put_behind
from smartct_desktop.ui.import_assistant.words import SEVERITIES, grouped, one_or_more
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.notes import Note
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_BAR = 8
_SIGN = 14
_MOST_REASONS = 3
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class FigureName:
    """What a figure is called, and the number to reach if there is one."""

    name: str
    target: int | None = None


class EffectPanel(QScrollArea):
    """`codes_chosen` is emitted with the findings to filter by; none shows all rows.

    Tab comes from `anchor`.
    """

    codes_chosen = Signal(object)

    def __init__(self, look: Look, names: Mapping[str, FigureName], anchor: QWidget) -> None:
        super().__init__()
        self._anchor = anchor
        self._look = look
        self._names = names
        self._shown: tuple[object, ...] = ()
        inside = surface("window")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(10)
        self._lines: list[_FindingLine] = []
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what a plan would change."""
        plan = outlook.plan
        shown = (plan.effect, plan.findings, len(self._names))
        if shown == self._shown:
            return
        self._shown = shown
        chosen = {line.code for line in self._lines if line.isChecked()}
        self._clear()
        self._add_figures(plan.effect)
        self._add_findings(plan.findings, chosen)
        self._column.addStretch(1)

    @property
    def finding_lines(self) -> Sequence[QAbstractButton]:
        """The lines of the findings, to be ticked."""
        return tuple(self._lines)

    def untick(self) -> None:
        """Show that no finding is filtered by."""
        for line in self._lines:
            line.setChecked(False)

    def _clear(self) -> None:
        self._lines = []
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add_figures(self, effect: Effect) -> None:
        before, after = effect.before, effect.after
        self._column.addWidget(label(tr("Effect on the figures"), face="strong"))
        changed = {code for code in after if before.get(code, 0) != after[code]}
        codes = [code for code in after if code in changed or code in effect.not_counting]
        for code in codes:
            name = self._names.get(code) or FigureName(code.replace("_", " ").capitalize())
            figure = FigureEffect(self._look, name, before.get(code, 0), after.get(code, 0))
            self._column.addWidget(figure)
            for told in effect.not_counting.get(code, ())[:_MOST_REASONS]:
                self._column.addWidget(
                    label(_not_counting(told), face="small", tone="muted", wrap=True)
                )
            self._column.addWidget(rule("hair"))
        if not codes:
            self._column.addWidget(
                label(tr("The figures stay as they are."), tone="muted", wrap=True)
            )

    def _add_findings(self, findings: Sequence[PlanFinding], chosen: set[str]) -> None:
        groups = _groups(findings)
        whole = [finding for finding in findings if not finding.rows and not finding.letter]
        if not groups and not whole:
            return
        self._column.addSpacing(6)
        self._column.addWidget(label(tr("What the rules say"), face="strong"))
        for finding in whole:
            self._column.addWidget(
                Note(self._look, SEVERITIES[finding.severity], say(finding.sentence))
            )
        for first, count in groups:
            line = _FindingLine(self._look, first, count)
            line.setChecked(first.code in chosen)
            line.clicked.connect(self._choose)
            self._lines.append(line)
            self._column.addWidget(line)
        put_behind(self._anchor, self._lines)

    def _choose(self) -> None:
        codes = frozenset(line.code for line in self._lines if line.isChecked())
        self.codes_chosen.emit(codes)


def _not_counting(told: NotCounting) -> str:
    facts = {"n": grouped(told.count), "new": grouped(told.new), "reason": tr(told.reason)}
    if told.count == 1:
        return tr("1 of {new} new ones does not count: {reason}.", **facts)
    return tr("{n} of {new} new ones do not count: {reason}.", **facts)


class FigureEffect(QWidget):
    """A figure before and after, with a bar towards its target."""

    def __init__(self, look: Look, name: FigureName, before: int, after: int) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._before = before
        self._after = after
        said = tr(
            "{name}: {before} before, {after} after", name=tr(name.name), before=before, after=after
        )
        self.setAccessibleName(said)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = self._look.metrics
        height = metrics.text.height() + metrics.figure_small.height() + self._look.px(_BAR + 12)
        return QSize(self._look.px(180), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        width = self.width()
        top = QRectF(0, 0, width, look.metrics.text.height())
        painter.setFont(look.fonts.text)
        painter.setPen(look.colour("muted"))
        name = look.metrics.text.elidedText(tr(self._name.name), Qt.TextElideMode.ElideRight, width)
        painter.drawText(top, left, name)
        line = QRectF(0, top.bottom() + look.px(2), width, look.metrics.figure_small.height())
        x = 0.0
        changed = self._before != self._after
        figure, small = look.metrics.figure_small, look.metrics.text
        if changed:
            for text in (grouped(self._before), "→"):
                painter.setFont(look.fonts.search)
                painter.setPen(look.colour("muted"))
                painter.drawText(line.translated(x, 0), left, text)
                x += look.metrics.search.horizontalAdvance(text) + look.px(7)
        painter.setFont(look.fonts.figure_small)
        painter.setPen(look.colour("text"))
        painter.drawText(line.translated(x, 0), left, grouped(self._after))
        x += figure.horizontalAdvance(grouped(self._after)) + look.px(7)
        if self._name.target:
            painter.setFont(look.fonts.text)
            painter.setPen(look.colour("muted"))
            of = tr("of {target}", target=grouped(self._name.target))
            painter.drawText(line.translated(x, 0), left, of)
            x += small.horizontalAdvance(of)
        self._bar(painter, QRectF(0, line.bottom() + look.px(4), width, look.px(_BAR)))
        painter.end()

    def _bar(self, painter: QPainter, box: QRectF) -> None:
        look = self._look
        whole = max(self._name.target or 0, self._before, self._after, 1)
        painter.fillRect(box, look.colour("chart-rest"))
        kept, most = sorted((self._before, self._after))
        gained = box.width() * most / whole
        token = "c1" if self._after >= self._before else "error"
        painter.fillRect(QRectF(box.left(), box.top(), gained, box.height()), look.colour(token))
        stays = box.width() * kept / whole
        painter.fillRect(QRectF(box.left(), box.top(), stays, box.height()), look.colour("heat3"))


class _FindingLine(QAbstractButton):
    """How many rows a rule speaks of; ticked, only these rows are shown."""

    def __init__(self, look: Look, finding: PlanFinding, count: int) -> None:
        super().__init__()
        self._look = look
        self.code = finding.code
        self._tone: Tone = SEVERITIES[finding.severity]
        self._count = count
        self._text = sentence_case(say(finding.sentence))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        rows = one_or_more(count, "{n} row", "{n} rows")
        self.setAccessibleName(tr("{rows}: {sentence}", rows=rows, sentence=self._text))
        self.setAccessibleDescription(tr("Show only these rows"))
        self.setToolTip(tool_tip(f"{self.code}\n{self._text}", look))
        self.setProperty("ringRadius", 5)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(120), round(2 * self._look.metrics.small.height()) + 12)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("select" if self.isChecked() else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        pad: float = look.px(6)
        line = look.metrics.small.height()
        middle = 6 + line / 2
        chosen = self.isChecked()
        token = "on-select" if chosen and look.scheme.one_ink else self._tone.ink
        look.icons.paint(painter, pad, middle, self._tone.sign, token, _SIGN)
        left = pad + look.px(_SIGN + 7)
        painter.setFont(look.fonts.small_strong)
        painter.setPen(look.on_select("text") if chosen else look.colour("text"))
        count = grouped(self._count)
        painter.drawText(
            QRectF(left, 6, self.width(), line), int(Qt.AlignmentFlag.AlignLeft), count
        )
        left += look.metrics.small_strong.horizontalAdvance(count) + look.px(6)
        painter.setFont(look.fonts.small)
        room = QRectF(left, 6, self.width() - left - pad, 2 * line)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self._two_lines(room.width()))
        painter.end()

    def _two_lines(self, width: float) -> str:
        metrics = self._look.metrics.small
        return metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, 1.85 * width)


def _groups(findings: Sequence[PlanFinding]) -> Sequence[tuple[PlanFinding, int]]:
    """The findings about rows by their code, the worst first, with the rows they concern."""
    rows: Counter[str] = Counter()
    first: dict[str, PlanFinding] = {}
    for finding in findings:
        if finding.rows:
            rows[finding.code] += len(set(finding.rows))
            first.setdefault(finding.code, finding)
    return sorted(
        ((first[code], count) for code, count in rows.items()),
        key=lambda pair: (_ORDER.index(pair[0].severity), -pair[1], fold(pair[0].code)),
    )
