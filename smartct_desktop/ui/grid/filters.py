"""The filters that are on, as chips beside the filter field."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.query import Among, Filter
from smartct_desktop.ui.chip import Chip
from smartct_desktop.ui.grid.columns import Column, heading
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

_MOST = 3


@dataclass(frozen=True)
class NamedFilter:
    """A filter, and what its chip says ("Country: Spain")."""

    filter: Filter
    text: str


class FilterChips(QWidget):
    """One chip per filter; more than three fold to one that takes all off."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._filters: list[NamedFilter] = []
        self._chips: list[Chip] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips that are shown."""
        return tuple(self._chips)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that are on."""
        return tuple(one.filter for one in self._filters)

    def add(self, one: NamedFilter) -> None:
        """Put a filter on; the same one twice changes nothing."""
        if one not in self._filters:
            self._filters.append(one)
            self._rebuild()
            self.changed.emit()

    def clear(self) -> None:
        """Take all filters off."""
        if self._filters:
            self._filters.clear()
            self._rebuild()
            self.changed.emit()

    def _rebuild(self) -> None:
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        if len(self._filters) > _MOST:
            texts = [tr("{n} filters", n=len(self._filters))]
        else:
            texts = [one.text for one in self._filters]
        self._chips = [Chip(self._look, text) for text in texts]
        for chip in self._chips:
            chip.removed.connect(self._remove)
            self._row.addWidget(chip)

    def _remove(self) -> None:
        place = self._chips.index(self.sender())  # type: ignore[arg-type] # only chips send this
        if len(self._chips) == len(self._filters):
            del self._filters[place]
        else:
            self._filters.clear()
        self._rebuild()
        self.changed.emit()


def filter_for(column: Column, value: Value, text: str) -> NamedFilter:
    """The filter for rows with this value."""
    wanted = value if not isinstance(value, tuple) else None
    values: frozenset[Value] = frozenset(value) if isinstance(value, tuple) else frozenset({wanted})
    name = f"{heading(column)}: {text}"
    return NamedFilter(Among(column.path, values or frozenset({None})), name)
