"""Which part of the work the Overview shows: a period, and one partner or all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.services.reports.period import Period
from smartct_desktop.ui.buttons import menu_button
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.theme.look import Look

_NAME = 180  # pixels of a partner's name in the button
_YEARS = 10


class ScopeChoice(QWidget):
    """Two buttons with menus; `changed` when another part was chosen.

    `own_dates_asked` wants a period that is no year.
    """

    changed = Signal()
    own_dates_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.scope = EVERYTHING
        self._names: Mapping[Id, str] = {}
        self.period_menu, self.partner_menu = QMenu(self), QMenu(self)
        self.period_button = menu_button(
            look, tr("Until today"), self.period_menu, icon="calendar-days"
        )
        self.partner_button = menu_button(look, "", self.partner_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.period_button)
        row.addWidget(self.partner_button)
        self._say()

    def clear(self) -> None:
        """Look at everything, until there are choices for another document."""
        self.scope = EVERYTHING
        self._names = {}
        self.period_menu.clear()
        self.partner_menu.clear()
        self._say()

    def show_choices(self, own: Partnership | None, names: Mapping[Id, str], today: date) -> None:
        """Offer the years of the partnership, and its partners by name."""
        self._names = names
        self.period_menu.clear()
        self._offer_period(tr("Until today"), None, None)
        first = own.starts_on.year if own and own.starts_on else today.year - 1
        last = max(today.year, own.ends_on.year if own and own.ends_on else today.year)
        for year in range(last, max(first, last - _YEARS + 1) - 1, -1):
            self._offer_period(str(year), *_year(year))
        own_dates = self.period_menu.addAction(tr("Other dates…"))
        own_dates.triggered.connect(self._ask_own_dates)
        self.partner_menu.clear()
        self._offer_partner(tr("All partners"), None)
        for partner, name in sorted(names.items(), key=lambda pair: pair[1].casefold()):
            self._offer_partner(name, partner)
        if self.scope.partner is not None and self.scope.partner not in names:
            self.take(replace(self.scope, partner=None))
        self._say()

    def take(self, scope: Scope) -> None:
        """Choose a part."""
        if scope != self.scope:
            self.scope = scope
            self._say()
            self.changed.emit()

    @property
    def words(self) -> str:
        """What is chosen, for the printed page: "2022, all partners"."""
        return f"{self.period_button.text()} · {self.partner_button.text()}"

    def _offer_period(self, words: str, since: date | None, until: date | None) -> None:
        chosen = self.period_menu.addAction(words)
        chosen.triggered.connect(partial(self._take_period, since, until))

    def _offer_partner(self, words: str, partner: Id | None) -> None:
        chosen = self.partner_menu.addAction(words.replace("&", "&&"))
        chosen.triggered.connect(partial(self._take_partner, partner))

    def _take_period(self, since: date | None, until: date | None, *_checked: bool) -> None:
        self.take(replace(self.scope, since=since, until=until))

    def _ask_own_dates(self, *_checked: bool) -> None:
        self.own_dates_asked.emit()

    def _take_partner(self, partner: Id | None, *_checked: bool) -> None:
        self.take(replace(self.scope, partner=partner))

    def _say(self) -> None:
        _label(self.period_button, _words(self.scope), tr("Period"))
        partner = self.scope.partner
        name = self._names.get(partner, "") if partner is not None else tr("All partners")
        shown = self._look.metrics.text_medium.elidedText(
            name, Qt.TextElideMode.ElideRight, self._look.px(_NAME)
        )
        _label(self.partner_button, shown, tr("Partner"))


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _words(scope: Scope) -> str:
    since, until = scope.since, scope.until
    if since is None and until is None:
        return tr("Until today")
    if since is not None and (since, until) == _year(since.year):
        return str(since.year)
    return say(str(Period(since, until)))


def _label(target: QPushButton, words: str, name: str) -> None:
    target.setText(words.replace("&", "&&"))
    target.setAccessibleName(f"{name}: {words}")
