"""How wide a column has to be: usually, and for what is in view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smartct_desktop.domain.fields import Choice, Day
from smartct_desktop.ui.grid.columns import AnyColumn, Column, country_beside, heading
from smartct_desktop.ui.grid.header import PAD
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.status import is_state
from smartct_desktop.ui.theme.look import Look

_LETTER, _SIGN = 6.2, 7.5  # pixels of an average letter in running text, in a code or date
_DAY = 96
_SHORT = 14  # characters up to which a column holds codes and dates
_ARROW = 18  # room for the sort arrow behind the name
_CODE = 25  # room for the country code behind a name
_PILL = 34  # what a pill has around its word
_WIDEST = 640


def usual_width(look: Look, column: AnyColumn, given: Mapping[str, int]) -> int:
    """The width of a column nobody changed; `given` are those that need others."""
    if column.name in given:
        return look.px(given[column.name])
    if isinstance(column.type, Day):
        return look.px(_DAY)
    letter = _SIGN if column.width <= _SHORT else _LETTER
    return look.px(column.width * letter) + 2 * look.px(PAD)


def fitting_width(look: Look, model: RecordModel, place: int, rows: Iterable[int]) -> int:
    """The width that shows the heading and the texts of these rows, within reason."""
    column = model.columns[place]
    metrics = look.metrics.text
    around = 0
    if isinstance(column, Column) and country_beside(column) is not None:
        around = look.px(_CODE)
    elif isinstance(column.type, Choice) and is_state(column.type.options):
        around = look.px(_PILL)
    wide = look.metrics.small_strong.horizontalAdvance(heading(column)) + look.px(_ARROW)
    for row in rows:
        line = model.line(row)
        if line is not None and line.texts is not None:
            wide = max(wide, metrics.horizontalAdvance(line.texts[place]) + around)
    return min(round(wide + 0.5) + 2 * look.px(PAD) + 1, look.px(_WIDEST))
