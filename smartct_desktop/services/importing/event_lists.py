"""Lists of attendance that name an event in each row: one list for each event is made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.conference import attendance_of
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.session_text import TitleText
from smartct_desktop.services.importing.understood import Fault, Understood

EVENT, DAY = "attendance.event", "session.date"
"""The columns with the name of the event, and with its day."""


class EventLists:
    """The lists of the events that one table is about; usually it is one."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        by_event = _places_by_event(table)
        parted = len(by_event) > 1 or (len(by_event) == 1 and table.has(DAY))
        parts = [
            _part(table, places, alone=len(by_event) == 1)
            for places in (by_event.values() if parted else ())
        ]
        self._lists = [attendance_of(part) for part in parts or [table]]
        self._waits = [_questions_of_days(part) for part in parts] or [[]]
        named = {place for places in by_event.values() for place in places}
        places = range(len(table.numbers)) if parted else ()
        self._nameless = [place for place in places if place not in named]

    def mention(self) -> None:
        """Note the organisations that the rows name."""
        for one in self._lists:
            one.mention()

    def drafts(self) -> Iterator[Draft]:
        """Give the events with their attendance; a row without an event is refused."""
        for one, waits in zip(self._lists, self._waits, strict=True):
            for draft in one.drafts():
                draft.waits += waits
                yield draft
        for place in self._nameless:
            row = self._table.numbers[place]
            draft = Draft(
                "attendance", self._table.key("attendance", row), self._table.sheet, [row], {}
            )
            letter = next((m.letter for m in self._table.mapped if m.code == EVENT), "")
            fault = Fault("IMP-04", Sentence("The row does not say which event it is about."))
            draft.faults = [*self._table.faults(place), (letter, fault)]
            yield draft


def _places_by_event(table: TableWork) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(table.cells(EVENT)):
        if isinstance(name, str):
            found[fold(name)].append(place)
    return found


def _part(table: TableWork, places: Sequence[int], *, alone: bool) -> TableWork:
    """Give the rows of one event as a list of their own; its days tell when the event was."""
    name = str(table.value(EVENT, places[0]))
    numbers = [table.numbers[place] for place in places]
    columns = {code: _cells(column, places) for code, column in table.columns.items()}
    days = columns[DAY].cells if DAY in columns else [None] * len(places)
    dated = {row: day for row, day in zip(numbers, days, strict=True) if isinstance(day, date)}
    whole = sorted(set(dated.values()))
    several = len(whole) > 1  # each day of an event is a session; its first row stands for it
    first = {day: row for row, day in sorted(dated.items(), reverse=True)}
    return replace(
        table,
        numbers=numbers,
        columns=columns,
        sections={row: day.isoformat() for row, day in dated.items()} if several else {},
        section_rows={row: first[day] for row, day in dated.items()} if several else {},
        titles=(),
        title_rows=(),
        totals=(),
        about="" if alone else name,
        event=TitleText(name, name, None, *((whole[0], whole[-1]) if whole else ())),
    )


def _questions_of_days(table: TableWork) -> list[str]:
    """Give the questions on which the days of an event hang."""
    asked = (day.question for day in table.cells(DAY) if isinstance(day, Asked))
    return list(dict.fromkeys(asked))


def _cells(column: Understood, places: Sequence[int]) -> Understood:
    """Give some cells of a column as a column; its notes are told of the whole already."""
    back = {place: new for new, place in enumerate(places)}
    return Understood(
        column.code,
        column.letter,
        [column.values[place] for place in places],
        {back[p]: asked for p, asked in column.asked.items() if p in back},
        {back[p]: fault for p, fault in column.faults.items() if p in back},
        {back[p]: text for p, text in column.texts.items() if p in back},
    )
