"""Choosing which facets stand beside a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smartct_desktop.ui.facets.facet import Facet, facets_of
from smartct_desktop.ui.grid.field_list import Entry, FieldDialog, ways
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look


class FacetChooser(FieldDialog):
    """`changed` brings the facets from the top, after each tick or move."""

    changed = Signal(object)

    def __init__(self, look: Look, kind: str, facets: Sequence[Facet], parent: QWidget) -> None:
        hint = tr("Space adds or removes, Alt with an arrow moves.")
        super().__init__(look, tr("Facets"), hint, parent)
        self._kind = kind
        self._names = [facet.name for facet in facets]
        self._known = {facet.name: facet for _, group in self._offered() for facet in group}
        self._known.update({facet.name: facet for facet in facets})
        self.list.toggled.connect(self._toggle)
        self.list.moved.connect(self._move)
        self.show_fields()

    def groups(self) -> Iterable[tuple[str, Sequence[Entry]]]:
        """The facets that are shown, then all there could be."""
        on = set(self._names)
        yield (
            tr("Shown, from the top"),
            [Entry(self._known[name].title, name, on=True, shown=True) for name in self._names],
        )
        for heading, facets in self._offered():
            yield heading, [Entry(f.title, f.name, on=f.name in on) for f in facets]

    def _offered(self) -> list[tuple[str, list[Facet]]]:
        offered = [(tr("What the rules say"), [Facet(self._kind, None)])]
        for heading, paths in ways(self._kind):
            facets = [facet for path, _ in paths for facet in facets_of(self._kind, path)]
            if facets:
                offered.append((heading, facets))
        return offered

    def _toggle(self, name: str) -> None:
        if name in self._names:
            self._names.remove(name)
        else:
            self._names.append(name)
        self._tell()

    def _move(self, name: str, by: int) -> None:
        if name in self._names:
            place = self._names.index(name)
            self._names.insert(max(0, place + by), self._names.pop(place))
            self._tell()

    def _tell(self) -> None:
        self.show_fields()
        self.changed.emit([self._known[name] for name in self._names])
