"""Choosing the columns of a table: fields of the records, and of those they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smartct_desktop.ui.grid.columns import Gathered, heading, named
from smartct_desktop.ui.grid.field_list import Entry, FieldDialog, ways
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look


class ColumnChooser(FieldDialog):
    """`changed` brings the names of the columns from the left, after each tick or move."""

    changed = Signal(list)

    def __init__(
        self,
        look: Look,
        kind: str,
        gathered: Sequence[Gathered],
        names: Sequence[str],
        parent: QWidget,
    ) -> None:
        hint = tr("Space shows or hides, Alt with an arrow moves.")
        super().__init__(look, tr("Columns"), hint, parent)
        self._kind = kind
        self._gathered = gathered
        self._names = list(names)
        self.list.toggled.connect(self._toggle)
        self.list.moved.connect(self._move)
        self.show_fields()

    def groups(self) -> Iterable[tuple[str, Sequence[Entry]]]:
        """The columns that are shown, then all there are."""
        columns = named(self._kind, self._names, self._gathered)
        yield (
            tr("Shown, from the left"),
            [Entry(heading(column), column.name, on=True, shown=True) for column in columns],
        )
        on = set(self._names)
        if self._gathered:
            words = [(column.name, tr(column.label)) for column in self._gathered]
            yield tr("Figures"), [Entry(text, name, on=name in on) for name, text in words]
        for section, paths in ways(self._kind):
            yield section, [Entry(text, str(path), on=str(path) in on) for path, text in paths]

    def _toggle(self, name: str) -> None:
        if name not in self._names:
            self._names.append(name)
        elif len(self._names) > 1:
            self._names.remove(name)
        else:
            return  # the last column stays
        self._tell()

    def _move(self, name: str, by: int) -> None:
        if name in self._names:
            place = self._names.index(name)
            self._names.insert(max(0, place + by), self._names.pop(place))
            self._tell()

    def _tell(self) -> None:
        self.show_fields()
        self.changed.emit(list(self._names))
