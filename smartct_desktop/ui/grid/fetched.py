"""Which values a window has to fetch for some columns, and where they lie in its rows."""

from __future__ import annotations

from collections.abc import Sequence

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import LongText, Value
from smartct_desktop.domain.query import Path
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.grid.columns import AnyColumn, Column, Gathered, country_beside
from smartct_desktop.ui.grid.rows import Line

STATUS = Path(("status",))
"""Fetched along for every kind that has it: it decides how the whole row is drawn."""


class Fetched:
    """The paths that the columns of a kind need, and what is painted beside them."""

    def __init__(self, kind: str, columns: Sequence[AnyColumn]) -> None:
        paths = {column.path: None for column in columns if isinstance(column, Column)}
        for column in columns:
            beside = country_beside(column) if isinstance(column, Column) else None
            if beside is not None:
                paths[beside] = None
        if "status" in schema_of(kind).by_name:
            paths[STATUS] = None
        self.paths = tuple(paths)
        self._place = {path: place for place, path in enumerate(paths)}

    def value(self, line: Line, column: AnyColumn) -> Value:
        """The value of one cell."""
        if isinstance(column, Gathered):
            return line.gathered.get(column.name)
        return line.row.values[self._place[column.path]]

    def caption(self, line: Line, column: AnyColumn) -> str | None:
        """The caption of the record that a reference names."""
        if isinstance(column, Gathered):
            return None
        return line.row.captions[self._place[column.path]]

    def beside(self, line: Line, path: Path | None) -> Value:
        """A value that was fetched along with the columns, such as a country code."""
        place = self._place.get(path) if path is not None else None
        return None if place is None else line.row.values[place]

    def text(self, line: Line, column: AnyColumn, texts: Texts) -> str:
        """The text of one cell."""
        text = texts.shown(column.type, self.value(line, column), self.caption(line, column))
        if isinstance(column, Gathered) and column.meter and text:
            return f"{text}\u00a0%"
        return " ".join(text.split("\n")) if isinstance(column.type, LongText) else text
