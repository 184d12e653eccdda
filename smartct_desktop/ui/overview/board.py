"""The cards of the Overview and their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import PastStep
from smartct_desktop.domain.records.target import CountingRule
from smartct_desktop.services.figures import Figure
from smartct_desktop.services.overview import Overview
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.overview.cards import RecentCard, TargetCard
from smartct_desktop.ui.overview.countries_card import CountriesCard
from smartct_desktop.ui.overview.money import MoneyCard
from smartct_desktop.ui.overview.months import MonthsCard
from smartct_desktop.ui.overview.partners import PartnersCard
from smartct_desktop.ui.overview.waiting import WaitingCard
from smartct_desktop.ui.theme.look import Look

_CARD = 280  # pixels of the narrowest target card
_SIDE_BY_SIDE = 900  # pixels from which on the other cards stand beside each other
_MOST = 4
_FIRST = CountingRule.EXCH_VALIDATED_VOP.value
_CORNER = {
    CountingRule.DISTINCT_SME_VO_HO.value: CountingRule.DISTINCT_SME_VO.value,
    CountingRule.EVENTS_HELD.value: CountingRule.PARTICIPANTS.value,
}
"""What stands in the corner of the card of another figure."""


class Board(QWidget):
    """All cards; `records_asked(kind, ids)` and `explain_asked(figure, part)` lead behind them."""

    records_asked = Signal(str, object)
    explain_asked = Signal(object, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._per_row = 0
        self._beside: bool | None = None
        self.target_cards: list[TargetCard] = []
        self.money = MoneyCard(look)
        self.months = MonthsCard(look)
        self.waiting = WaitingCard(look)
        self.countries = CountriesCard(look)
        self.partners = PartnersCard(look)
        self.recent = RecentCard(look)
        charts = (self.months.chart, self.countries.matrix, self.partners.bars)
        for source in (*charts, self.money, self.waiting):
            source.asked.connect(self.records_asked)
        self._targets = QGridLayout()
        self._targets.setSpacing(12)
        self._counting = label(tr("Counting…"), tone="muted")
        self._targets.addWidget(self._counting, 0, 0)
        self._middle, self._foot = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._targets)
        for row in (self._middle, self._foot):
            row.setSpacing(12)
            column.addLayout(row, 1)
        self._middle.addWidget(self.months, 23)
        self._middle.addWidget(self.waiting, 11)
        self._foot.addWidget(self.countries, 8)
        self._foot.addWidget(self.partners, 6)
        self._foot.addWidget(self.recent, 11)
        self._show_cards(shown=False)

    def show_overview(self, shown: Overview, country_name: Callable[[str], str]) -> None:
        """Show an overview; `country_name` gives a country's name in words.

        The keys stay where they were: parts that are made anew take the focus of their like.
        """
        focused = next((name for name, stop in self.stops.items() if stop.hasFocus()), None)
        self._clear_targets()
        self._counting.hide()
        for figure, beside in _in_cards(shown.figures):
            made = TargetCard(self._look, figure, shown.today, beside)
            made.asked.connect(self.explain_asked)
            self.target_cards.append(made)
        self.money.show_overview(shown)
        self.months.show_overview(shown)
        self.waiting.show_overview(shown)
        self.countries.show_overview(shown, country_name)
        self.partners.show_overview(shown)
        self._place_targets()
        self._show_cards(shown=True)
        stops = self.stops
        if focused in stops:
            stops[focused].setFocus()

    def follow(self, before: QWidget) -> None:
        """Have the keys come here after another widget, and go on in reading order."""
        for one, after in pairwise((before, *self.stops.values())):
            QWidget.setTabOrder(one, after)

    @property
    def stops(self) -> dict[object, QWidget]:
        """What the keys stop at, in reading order, by what it is."""
        cards: list[dict[object, QWidget]] = [
            {(card.figure.code, name): stop for name, stop in card.stops.items()}
            for card in self.target_cards
        ]
        cards.insert(_MOST - 1, dict(enumerate(self.money.links)))
        fixed = {
            "months": self.months.chart,
            **self.waiting.stops,
            "countries": self.countries.matrix,
            "off": self.countries.off_button,
            "partners": self.partners.bars,
            "history": self.recent.history_button,
        }
        return {name: stop for card in (*cards, fixed) for name, stop in card.items()}

    def show_steps(self, steps: Sequence[PastStep], texts: Texts) -> None:
        """Show what changed last."""
        self.recent.show_steps(steps, texts)

    def clear(self) -> None:
        """Show nothing until there is something counted."""
        self._clear_targets()
        self._counting.show()
        self._show_cards(shown=False)

    def fit(self, width: int) -> None:
        """Put as many cards beside each other as have room in so many pixels."""
        per_row = max(1, min(_MOST, width // self._look.px(_CARD)))
        if per_row != self._per_row:
            self._per_row = per_row
            self._place_targets()
        beside = width >= self._look.px(_SIDE_BY_SIDE)
        if beside != self._beside:
            self._beside = beside
            across, down = QHBoxLayout.Direction.LeftToRight, QHBoxLayout.Direction.TopToBottom
            for row in (self._middle, self._foot):
                row.setDirection(across if beside else down)
            for chart in (self.countries.matrix, self.partners.bars):
                chart.set_roomy(not beside)

    def for_paper(self) -> None:
        """Hide what can only be clicked."""
        self.waiting.letters.hide()
        self.recent.hide()
        for chart in (self.countries.matrix, self.partners.bars):
            chart.set_roomy(True)

    # Within.

    def _show_cards(self, *, shown: bool) -> None:
        for card in (self.money, self.months, self.waiting, self.countries, self.partners):
            card.setVisible(shown)

    def _clear_targets(self) -> None:
        for old in self.target_cards:
            old.hide()
            old.deleteLater()
        self.target_cards = []

    def _place_targets(self) -> None:
        per_row = max(1, self._per_row)
        cards: list[QWidget] = [*self.target_cards]
        cards.insert(_MOST - 1, self.money)
        for place, made in enumerate(cards):
            self._targets.addWidget(made, place // per_row, place % per_row)
        for column in range(_MOST):
            self._targets.setColumnStretch(column, 1 if column < per_row else 0)


def _in_cards(figures: Sequence[Figure]) -> list[tuple[Figure, Figure | None]]:
    """Give the figures that have a card, with the one in its corner.

    One that stands in a corner needs no card of its own unless it has a target, and one without
    target and records none at all.
    """
    found = {figure.code: figure for figure in figures}
    cards = []
    for figure in figures:
        beside = found.get(_CORNER.get(figure.code, ""))
        always = figure.code == _FIRST or figure.code in _CORNER
        in_corner = figure.code in _CORNER.values()
        if not always and figure.target is None and (in_corner or not figure.value):
            continue
        cards.append((figure, None if beside is None or beside.target is not None else beside))
    return cards
