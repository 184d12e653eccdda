"""Records that were made while choosing one to name, and come with the step that names them."""

from __future__ import annotations

from collections.abc import Iterable

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.record import Record


class Newcomers:
    """Keeps them until they are written; one that nobody names in the end never is.

    Belongs to the window's thread.
    """

    def __init__(self) -> None:
        self._made: dict[Id, Record] = {}

    def make(self, kind: str, name: str) -> Id:
        """Make a record of which only the name is known; it is not written yet."""
        record = schema_of(kind).make({"name": name})
        self._made[record.id] = record
        return record.id

    def among(self, values: Iterable[Value]) -> tuple[Record, ...]:
        """Give those that these values name."""
        texts = dict.fromkeys(value for value in values if isinstance(value, str))
        return tuple(self._made[Id(text)] for text in texts if Id(text) in self._made)
