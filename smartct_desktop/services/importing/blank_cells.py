"""Columns of which a person said that their blank cells empty what is stored.

Otherwise a blank cell tells nothing: partners leave out what they do not know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Terms, Value
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.plan import PlanValue, Spot
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.understood import Understood

EMPTY = "empty"
"""The answer that blank cells of a column empty the field."""

LEAVE = "leave"
"""The answer that they leave it, as they do unless something is said."""

TOPIC = "blank_cells"


def blank_cells_place(sheet: str | None, letter: str) -> Place:
    """The place at which a person says what blank cells of a column do."""
    return Place(TOPIC, "column", Sentence(""), sheet, letter)


class BlankCells:
    """Knows the blank cells that shall empty fields, by row and code."""

    def __init__(self) -> None:
        self._codes: dict[Spot, set[str]] = defaultdict(set)

    def read(
        self,
        sheet: str | None,
        numbers: Sequence[int],
        mapped: Iterable[MappedColumn],
        columns: Mapping[str, Understood],
        asking: Asking,
    ) -> None:
        """Find the cells of a table; `numbers` are those of its rows.

        Raises `Invalid` for an answer that is none.
        """
        for column in mapped:
            given = asking.decided(blank_cells_place(sheet, column.letter))
            code = column.code or ""
            if given is None or given.value == LEAVE or code not in columns:
                continue
            if given.value != EMPTY:
                raise Invalid(
                    Sentence(
                        "Blank cells can “{leave}” or “{empty}” a field, not “{answer}”.",
                        leave=LEAVE,
                        empty=EMPTY,
                        answer=given.value,
                    )
                )
            understood = columns[code]
            told = {*understood.asked, *understood.faults, *understood.texts}
            for place, number in enumerate(numbers):
                if understood.values[place] is None and place not in told:
                    self._codes[sheet, number].add(code)

    def changes(
        self,
        stored: Record,
        values: Mapping[str, PlanValue],
        place: tuple[str | None, Sequence[int]],
    ) -> dict[str, tuple[Value, PlanValue]]:
        """Give the fields of a stored record that its rows empty; required ones stay."""
        if not self._codes:
            return {}
        sheet, rows = place
        found: dict[str, tuple[Value, PlanValue]] = {}
        for field in stored.schema.fields:
            code = f"{stored.schema.kind}.{field.name}"
            old: Value = getattr(stored, field.name)
            told = values.get(field.name) is not None
            if told or field.required or old is None or old == ():
                continue
            if all(code in self._codes.get((sheet, row), ()) for row in rows):
                found[field.name] = (old, () if isinstance(field.type, Terms) else None)
        return found
