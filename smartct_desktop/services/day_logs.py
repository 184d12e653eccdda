"""A day log while somebody works on it: kinds of days, days added and removed, then one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.lookups import Holidays
from smartct_desktop.domain.programme.working_days import (
    LONGEST_LOG,
    Locality,
    LoggedDay,
    holiday_on,
    is_weekend,
    propose_days,
    propose_online,
    worked_days,
)
from smartct_desktop.domain.query import Among, Path, Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange, Mode
from smartct_desktop.domain.records.exchange_day import DayKind, ExchangeDay
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.edit import Edit
from smartct_desktop.services.localities import locality_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.rule_books import holidays_of, places_of

_AT_HOST = (DayKind.FULL, DayKind.HALF, DayKind.TRAVEL, DayKind.FREE, DayKind.HOLIDAY)
_ONLINE = (DayKind.ONLINE_FULL, DayKind.ONLINE_HALF, DayKind.FREE)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One day: what it is used for, and `stored` where the document has it already.

    `doubt` is what was not certain when it was proposed.
    """

    on: date
    kind: DayKind | None
    note: str = ""
    stored: ExchangeDay | None = None
    doubt: Sentence | None = None

    @property
    def worth(self) -> Decimal:
        """How much of a working day it is."""
        return LoggedDay(self.on, self.kind).worth

    @property
    def written(self) -> bool:
        """Whether the document has it just so."""
        old = self.stored
        return old is not None and (old.day_kind, old.note or "") == (self.kind, self.note)


class DayLogDraft:
    """The lines of a log in their order; nothing is in the document before `write`."""

    def __init__(
        self, exchange: Exchange, where: Locality, holidays: Holidays, lines: Iterable[LogLine]
    ) -> None:
        self.exchange = exchange
        self.where = where
        self._holidays = holidays
        self._lines = _in_order(lines)
        self._removed: list[ExchangeDay] = []

    @property
    def lines(self) -> Sequence[LogLine]:
        """The days, the earliest first."""
        return self._lines

    @property
    def virtual(self) -> bool:
        """Whether nobody travels; such a stay meets on single days, maybe weeks apart."""
        return self.exchange.mode is Mode.VIRTUAL

    @property
    def kinds(self) -> Sequence[DayKind]:
        """What a day of this stay can be used for."""
        match self.exchange.mode:
            case Mode.VIRTUAL:
                return _ONLINE
            case Mode.MIXED:
                return (*_AT_HOST[:2], *_ONLINE[:2], *_AT_HOST[2:])
            case _:
                return _AT_HOST

    @property
    def computed(self) -> Decimal:
        """The working days that the log makes."""
        return worked_days(LoggedDay(line.on, line.kind) for line in self._lines)

    @property
    def declared(self) -> Decimal | None:
        """The working days that the partner declared."""
        return self.exchange.working_days

    @property
    def unwritten(self) -> int:
        """How many days would be added, changed or removed."""
        return sum(not line.written for line in self._lines) + len(self._removed)

    def remark(self, line: LogLine) -> Sentence | None:
        """Say why a day counts as it does, or what to look at."""
        holiday = holiday_on(line.on, self.where, self._holidays)
        if LoggedDay(line.on, line.kind).worked:
            if is_weekend(line.on):
                return Sentence("weekend") if line.note else Sentence("weekend: note why it counts")
            if holiday is not None:
                asked = "{name}" if line.note else "{name}: note why it counts"
                return Sentence(asked, name=holiday.name)
            return line.doubt
        if line.kind is DayKind.HOLIDAY and holiday is not None:
            return Sentence("{name}", name=holiday.name)
        return Sentence("weekend") if is_weekend(line.on) else None

    def set_kind(self, places: Iterable[int], kind: DayKind) -> None:
        """Use these days for something else."""
        for place in places:
            self._lines[place] = replace(self._lines[place], kind=kind)

    def set_note(self, place: int, note: str) -> None:
        """Note something about a day."""
        self._lines[place] = replace(self._lines[place], note=note.strip())

    def remove(self, places: Iterable[int]) -> None:
        """Take days out of the log."""
        gone = set(places)
        self._removed += [s for p in gone if (s := self._lines[p].stored) is not None]
        self._lines = [line for place, line in enumerate(self._lines) if place not in gone]

    def add(self, first: date, last: date) -> int:
        """Add the days from one to another that are not in the log yet; give how many they are.

        Of a virtual stay half days online are added, from Monday to Friday unless one single day is
        meant. Raises `Invalid` where that cannot be meant.
        """
        if not 0 <= (last - first).days < LONGEST_LOG:
            raise Invalid(Sentence("The days have to end when they start or later."), "date")
        if self.virtual:
            days = [first + timedelta(n) for n in range((last - first).days + 1)]
            met = [day for day in days if first == last or not is_weekend(day)]
            proposed = propose_online(met)
        else:
            proposed = propose_days(first, last, self.where, self._holidays)
        known = {line.on for line in self._lines}
        new = [
            LogLine(day.on, day.kind, doubt=day.doubt) for day in proposed if day.on not in known
        ]
        if not new:
            raise Invalid(Sentence("These days are in the log already."), "date")
        self._lines = _in_order((*self._lines, *new))
        return len(new)

    def write(self, edit: Edit, *, declare: bool = False) -> None:
        """Bring the document to the log; with `declare` the declared days follow it."""
        for day in self._removed:
            edit.remove("exchange_day", day.id)
        for line in self._lines:
            if line.stored is None:
                edit.add(
                    ExchangeDay(
                        exchange=self.exchange.id,
                        date=line.on,
                        day_kind=line.kind,
                        note=line.note or None,
                    )
                )
            elif not line.written:
                edit.update(line.stored.replace(day_kind=line.kind, note=line.note or None))
        if declare:
            edit.set(edit.get(Exchange, self.exchange.id), "working_days", self.computed)


def _in_order(lines: Iterable[LogLine]) -> list[LogLine]:
    return sorted(lines, key=lambda line: line.on)


def begin_log(reader: Reader, facts: ProgrammeFacts, exchange: Id) -> DayLogDraft:
    """Begin with what is logged, and with proposed days for those of a physical stay that are not.

    Raises `Invalid` where dates are missing or cannot be right, and KeyError.
    """
    record, where = _place_of(reader, facts, exchange)
    holidays = holidays_of(reader, facts)
    stored = _logged(reader, exchange)
    lines = [LogLine(day.date, day.day_kind, day.note or "", day) for day in stored]
    if record.mode is not Mode.VIRTUAL:
        lines += _proposed(record, where, holidays, {day.date for day in stored})
    return DayLogDraft(record, where, holidays, lines)


def _proposed(
    record: Exchange, where: Locality, holidays: Holidays, known: set[date]
) -> Iterator[LogLine]:
    start, end = _dates(record)
    for day in propose_days(start, end, where, holidays):
        if day.on not in known:
            yield LogLine(day.on, day.kind, doubt=day.doubt)


def _place_of(reader: Reader, facts: ProgrammeFacts, exchange: Id) -> tuple[Exchange, Locality]:
    record = reader.get(Exchange, exchange)
    host = reader.get_many(Organisation, {record.ho}).get(record.ho) if record.ho else None
    return record, locality_of(record, host, facts.regions, places_of(reader, facts))


def _dates(exchange: Exchange) -> tuple[date, date]:
    start, end = exchange.start, exchange.end
    if start is None:
        raise Invalid(Sentence("The start of the stay is missing."), "start")
    if end is None:
        raise Invalid(Sentence("The end of the stay is missing."), "end")
    if not 0 <= (end - start).days < LONGEST_LOG:
        raise Invalid(Sentence("These dates cannot be those of one stay."), "end")
    return start, end


def _logged(reader: Reader, exchange: Id) -> tuple[ExchangeDay, ...]:
    query = Query("exchange_day", filters=(Among(Path(("exchange",)), frozenset({exchange})),))
    with closing(reader.window(query)) as window:
        ids = window.ids(0, window.count)
    days = reader.get_many(ExchangeDay, ids)
    return tuple(sorted(days.values(), key=lambda day: day.date))
