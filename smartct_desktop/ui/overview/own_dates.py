"""The question from which day to which the Overview is to look."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.services.reports.period import ALWAYS, Period
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.reports.period_field import PeriodField
from smartct_desktop.ui.theme.look import Look

_WIDE = 360


class OwnDatesDialog(QDialog):
    """Asks as reports do; what is accepted is `period`."""

    def __init__(self, look: Look, desk: Desk, today: date, scope: Scope, parent: QWidget) -> None:
        super().__init__(parent)
        title = tr("Period of the Overview")
        self.setWindowTitle(title)
        self.setMinimumWidth(look.px(_WIDE))
        self.period: Period = ALWAYS
        self.field = PeriodField(look, desk, today)
        days = (day.isoformat() if day else "" for day in (scope.since, scope.until))
        self.field.choose(":".join(("own", *days)))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, face="title"))
        column.addWidget(self.field)
        foot, self.deed = deed_foot(look, self, tr("Show this period"))
        column.addLayout(foot)
        self.field.first.setFocus()

    def accept(self) -> None:
        """Take the days, unless they cannot be."""
        try:
            self.period = self.field.period()
        except Invalid:
            return
        super().accept()
