"""The days of an attendance matrix, and what the marks below them say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.sender import DateOrder
from smartct_desktop.domain.records.session import Session
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.cells import DAY_MARKS
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.day_headings import DayColumns, DayHeading
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.event_of_list import ListedEvent
from smartct_desktop.services.importing.plan import PlanValue, Target
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.session_text import TitleText

WHOLE, HALF, ABSENT, NOTHING = "present", "half the day", "not present", "nothing"
"""What a mark can say; `NOTHING`: that nobody knows."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_HALF_SIGNS = frozenset(["½", "1/2", "0.5", "0,5", ".5", ",5"])
_LIKE_HALF = frozenset(
    ["h", "hd", "halb", "half", "medio", "media", "mig", "mitja", "mezza", "½ t"]
)
_HALF = Decimal("0.5")
_EARLIEST = 1990


@dataclass(frozen=True, slots=True)
class Mark:
    """What one mark says; `days` only where it tells how much of a day."""

    there: bool | Asked | None
    days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MatrixDay:
    """One column of the matrix with its session; `on` is the day, if it is known.

    A column that is only a half of the day (`half`) counts as half a day.
    """

    letter: str
    code: str
    on: date | None
    target: PlanValue
    half: bool = False


class DayMatrix:
    """The columns of marks of one attendance list."""

    def __init__(self, table: TableWork, title: TitleText) -> None:
        self._table = table
        self._title = title
        self._marked = [m for m in table.mapped if m.code and m.code.startswith(DAY_MARKS)]
        texts = {text for m in self._marked for text in table.cells(str(m.code)) if text}
        self._texts = frozenset(str(text) for text in texts)

    def __bool__(self) -> bool:
        return bool(self._marked)

    # The days.

    def sessions(
        self, event: ListedEvent, stored: Sequence[Session]
    ) -> Iterator[tuple[MatrixDay, Draft]]:
        """Give one session for each column, in order."""
        table = self._table
        columns = DayColumns(table.work.dictionary, table.work.today.year + 10)
        read = [(m, columns.read(m.header)) for m in self._marked]
        headings = [(m, heading) for m, heading in read if heading is not None]
        order = self._order([heading for _, heading in headings])
        row = table.title_rows[0] if table.title_rows else table.numbers[0]
        for no, (column, heading) in enumerate(headings, 1):
            day = self._day(column, heading, order, [h.number for _, h in headings])
            values: dict[str, PlanValue] = {
                "event": event.value,
                "no": no,
                "title": column.header,
                "date": day,
                "start_time": heading.hours.start if heading.hours else None,
                "end_time": heading.hours.end if heading.hours else None,
            }
            key = f"session {table.sheet or ''}!{column.letter}{table.header_row}"
            draft = Draft("session", key, table.sheet, [row], values)
            draft.id = next((s.id for s in stored if _same(s, values)), None)
            name = f"{event.title.title} {no}"
            target = Target("session", name, draft.id, "" if draft.id else key)
            place: PlanValue = event.hanging(target)
            on = day if isinstance(day, date) else None
            if isinstance(day, Asked) and isinstance(place, Target):
                place = Asked(day.question, day.key, target)
            yield MatrixDay(column.letter, str(column.code), on, place, heading.half), draft

    def _day(
        self, column: MappedColumn, heading: DayHeading, order: DateOrder | Asked, all_: list[int]
    ) -> date | Asked | None:
        if heading.number:
            return self._numbered(column, heading.number, max(all_))
        meanings = set(heading.days.values()) or {
            day for pair in heading.yearless.values() if (day := _date(2020, *pair))
        }
        if isinstance(order, Asked) and len(meanings) > 1:
            return order
        chosen = order if isinstance(order, DateOrder) else DateOrder.DMY
        if heading.days:
            return heading.days.get(chosen) or next(iter(heading.days.values()))
        pair = heading.yearless.get(chosen) or next(iter(heading.yearless.values()))
        return self._in_year(*pair)

    def _order(self, headings: Sequence[DayHeading]) -> DateOrder | Asked:
        """Tell day and month apart by all headings together, or ask."""
        both = (DateOrder.DMY, DateOrder.MDY)
        open_ = [h for h in headings if not h.number]
        possible = [o for o in both if all(o in (h.days or h.yearless) for h in open_)]
        same = all(len(set((h.days or h.yearless).values())) == 1 for h in open_)
        if same or len(possible) == 1:
            return possible[0] if possible else DateOrder.DMY
        start, end = self._title.start, self._title.end
        if start and end:
            inside = [
                o for o in possible if all(start <= d <= end for d in _days(open_, o, start.year))
            ]
            if len(inside) == 1:
                return inside[0]
        place = Place(
            "date_order",
            "file",
            Sentence(
                "Which way round are the days above the columns written, such as “{sample}”?",
                sample=self._marked[0].header,
            ),
            self._table.sheet,
            about="days",
        )
        given = self._table.work.asking.ask(place, options=[o.value for o in both])
        if given is None:
            return Asked(place.id, "")
        return next(o for o in both if o.value == given.value)

    def _in_year(self, month: int, day: int) -> date | Asked | None:
        """Give the day in the year that the titles tell, or ask for the year."""
        start, end = self._title.start, self._title.end
        if start is not None:
            years = {start.year, (end or start).year}
            days = [found for year in sorted(years) if (found := _date(year, month, day))]
            inside = [found for found in days if end and start <= found <= end]
            return next(iter(inside or days), None)
        place = Place(
            "date_without_year",
            "file",
            Sentence("The days above the columns have no year. Which year is it?"),
            self._table.sheet,
            about="days",
        )
        given = self._table.work.asking.ask(place)
        if given is None:
            return Asked(place.id, "")
        text = str(given.value)
        latest = self._table.work.today.year + 10
        found = _date(int(text), month, day) if text.isdecimal() else None
        if found is None or not _EARLIEST <= found.year <= latest:
            raise _misfit(text, place)
        return found

    def _numbered(self, column: MappedColumn, number: int, last: int) -> date | Asked | None:
        """Ask which day "Day 2" was; the title's days propose it."""
        start, end = self._title.start, self._title.end
        likely = None
        if start and end and (end - start).days + 1 == last:
            likely = start + timedelta(days=number - 1)
        place = Place(
            "which_day",
            "name",
            Sentence("Which days do these columns stand for?"),
            self._table.sheet,
            about=str(self._table.header_row) if not self._table.first else "",
        )
        given = self._table.work.asking.ask(
            place,
            column.header,
            propose=likely.isoformat() if likely else None,
            certainty=0.8 if likely else 0.0,
            text=Sentence(
                "Column {letter}: “{header}”", letter=column.letter, header=column.header
            ),
        )
        if given is None:
            return Asked(place.id, column.header, likely)
        if given.value is None:
            return None
        try:
            return date.fromisoformat(str(given.value))
        except ValueError:
            raise _misfit(str(given.value), place) from None

    # The marks.

    def marks(self, days: Sequence[MatrixDay], place: int) -> Iterator[tuple[MatrixDay, Mark]]:
        """Give what the marks of one row say; a blank cell says nothing of its day."""
        table = self._table
        for day in days:
            text = table.text(day.code, place)
            mark = self._mark(text, table.numbers[place]) if text else None
            if mark is not None and mark.there is True and day.half:
                yield day, Mark(there=True, days=_HALF)
            elif mark is not None:
                yield day, mark

    def _mark(self, text: str, row: int) -> Mark | None:
        plain = self._plain(text)
        if plain is not None:
            return plain
        place = Place(
            "marks",
            "value",
            Sentence("What do these marks say of somebody on a day?"),
            self._table.sheet,
            about="days",
        )
        likely = HALF if fold(text) in _LIKE_HALF else None
        given = self._table.work.asking.ask(
            place,
            text,
            rows=[row],
            options=(WHOLE, HALF, ABSENT, NOTHING),
            propose=likely,
            certainty=0.6 if likely else 0.0,
            text=Sentence("What does “{mark}” mean?", mark=text),
        )
        if given is None:
            return Mark(Asked(place.id, text, propose=likely is not None or None))
        match given.value:
            case "present":
                return Mark(there=True)
            case "half the day":
                return Mark(there=True, days=_HALF)
            case "not present":
                return Mark(there=False)
            case _:
                return None

    def _plain(self, text: str) -> Mark | None:
        """Read the marks that mean one thing only; numbers only if none tells hours."""
        if text in _HALF_SIGNS and self._shares:
            return Mark(there=True, days=_HALF)
        if _NUMBER.fullmatch(text):
            number = Decimal(text.replace(",", "."))
            if not self._shares or number not in (0, 1):
                return None
            return Mark(there=bool(number), days=number or None)
        words = self._table.work.dictionary.words
        for kind in ("attendance", "answer"):
            sense = words.sure(kind, text)
            if sense is not None and sense.code in {"yes", "no"}:
                return Mark(there=sense.code == "yes")
        return None

    @property
    def _shares(self) -> bool:
        """Whether all numbers are nothing, a half or one."""
        numbers = {t.replace(",", ".") for t in self._texts if _NUMBER.fullmatch(t)}
        return all(Decimal(n) * 2 in (0, 1, 2) for n in numbers)


def _days(headings: Sequence[DayHeading], order: DateOrder, year: int) -> Iterator[date]:
    for heading in headings:
        if heading.days:
            yield heading.days[order]
        elif day := _date(year, *heading.yearless[order]):
            yield day


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _same(stored: Session, values: dict[str, PlanValue]) -> bool:
    day = values["date"]
    if stored.title == values["title"] and (stored.date == day or not isinstance(day, date)):
        return True
    return isinstance(day, date) and (stored.date, stored.no) == (day, values["no"])


def _misfit(answer: str, place: Place) -> Invalid:
    return Invalid(
        Sentence(
            "The answer “{answer}” does not fit the question {question}.",
            answer=answer,
            question=place.id,
        )
    )
