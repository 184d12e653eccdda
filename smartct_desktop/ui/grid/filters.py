"""The filters that are on, as chips beside the filter field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.query import Among, Filter
from smartct_desktop.ui.chip import Chip
from smartct_desktop.ui.grid.columns import Column, heading
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.theme.look import Look

_MOST = 3
_WIDEST = 230  # pixels of a chip; its tip says the rest


@dataclass(frozen=True)
class NamedFilter:
    """A filter, and what its chip says ("Country: Spain").

    `wording` is the filter in the filter language, as kept, if it was written in it.
    """

    filter: Filter
    text: str
    wording: str = ""


class FilterChips(QWidget):
    """One chip per filter; more than three fold to one that takes all off.

    `edit_asked` brings the filters of a chip that was clicked.
    """

    changed = Signal()
    edit_asked = Signal(object)

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

    @property
    def named(self) -> tuple[NamedFilter, ...]:
        """The filters that are on, with what their chips say."""
        return tuple(self._filters)

    def exchange(self, before: Sequence[NamedFilter], after: NamedFilter | None) -> None:
        """Take some filters off, and put one in the place of the first of them."""
        kept = [one for one in self._filters if one not in before]
        if after is not None:
            places = [self._filters.index(one) for one in before if one in self._filters]
            kept.insert(min(places, default=len(kept)), after)
        if kept != self._filters:
            self._filters = kept
            self._rebuild()
            self.changed.emit()

    def add(self, one: NamedFilter) -> None:
        """Put a filter on; the same one twice changes nothing."""
        if one not in self._filters:
            self._filters.append(one)
            self._rebuild()
            self.changed.emit()

    def set_all(self, filters: Sequence[NamedFilter]) -> None:
        """Have these filters on and no others."""
        if list(filters) != self._filters:
            self._filters = list(filters)
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
        if len(texts) < len(self._filters):
            tip = "\n".join(one.text for one in self._filters)
            self._chips[0].setToolTip(tool_tip(tip, self._look))
            self._chips[0].setAccessibleDescription(tip)
        for chip in self._chips:
            chip.setMaximumWidth(self._look.px(_WIDEST))
            chip.removed.connect(self._remove)
            chip.clicked.connect(self._edit)
            self._row.addWidget(chip)

    def _edit(self) -> None:
        place = self._chips.index(self.sender())  # type: ignore[arg-type] # only chips send this
        alone = len(self._chips) == len(self._filters)
        self.edit_asked.emit([self._filters[place]] if alone else list(self._filters))

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
