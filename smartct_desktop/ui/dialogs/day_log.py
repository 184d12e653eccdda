"""The proposed day log of a stay: each day with why it counts or not, against what was declared."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QCheckBox, QDialog, QListWidget, QVBoxLayout, QWidget

from smartct_desktop.domain.fields import Day
from smartct_desktop.services.day_logs import DayLogPlan
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_SIZE = (520, 480)


class DayLogDialog(QDialog):
    """Shows what would be logged; `declare` says whether the declared days follow."""

    def __init__(self, look: Look, plan: DayLogPlan, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Day log of {exchange}", exchange=plan.exchange.number or ""))
        self.resize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        days = _number(plan.computed)
        column.addWidget(label(tr("{n} working days", n=days), face="title"))
        column.addWidget(
            label(self._against(plan), tone="" if plan.agrees else "warning", wrap=True)
        )
        self.lines = QListWidget()
        self.lines.setAccessibleName(tr("Days of the stay"))
        self.lines.addItems(_lines(plan, texts))
        column.addWidget(self.lines, 1)
        self.declare = QCheckBox(tr("Take {n} as the declared days", n=days))
        self.declare.setVisible(not plan.agrees or plan.declared is None)
        self.declare.setChecked(plan.declared is None)
        column.addWidget(self.declare)
        added = len(plan.added)
        words = tr("Log 1 day") if added == 1 else tr("Log {n} days", n=added)
        row, self.write_button = deed_foot(look, self, words if added else tr("Done"))
        column.addLayout(row)
        FocusRing(look, self)
        self.write_button.setFocus()

    def _against(self, plan: DayLogPlan) -> str:
        if plan.declared is None:
            return tr("The partner declared no days.")
        declared = _number(plan.declared)
        if plan.agrees:
            return tr("As declared.")
        return tr("The partner declared {n}.", n=declared)


def _lines(plan: DayLogPlan, texts: Texts) -> list[str]:
    kept = [
        (day.date, tr(day.day_kind.label) if day.day_kind else "", day.note or tr("logged already"))
        for day in (*plan.kept, *plan.outside)
    ]
    added = []
    for one in plan.added:
        why = [say(words) for words in (one.because, one.doubt) if words is not None]
        added.append((one.on, tr(one.kind.label), "; ".join(why)))
    return [
        "   ".join(part for part in (texts.shown(Day(), on), kind, why) if part)
        for on, kind, why in sorted(kept + added)
    ]


def _number(days: Decimal) -> str:
    return f"{days.normalize():f}"
