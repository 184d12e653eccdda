"""Columns of cells turned into values: whole columns at a time, equal cells once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, assert_never

from smartct_desktop.domain import book
from smartct_desktop.domain.book import CellError
from smartct_desktop.domain.checking import refusal
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Flag,
    Link,
    LongText,
    Money,
    Number,
    PartialDay,
    Reference,
    Term,
    Terms,
    Text,
    Time,
    Whole,
)
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.sender import DateOrder, DecimalSign
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing import text_cells, word_cells
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.cells import (
    SIGNED,
    WORDS_OF,
    CellType,
    Clock,
    Code,
    Iban,
    Paper,
    Period,
    Vat,
    cell_type,
    field_of,
)
from smartct_desktop.services.importing.clock_text import clock_cells
from smartct_desktop.services.importing.date_column import (
    DateColumn,
    date_cells,
    decide_turned,
    hint_from,
)
from smartct_desktop.services.importing.date_shape import Shape, is_whole
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.money_cells import MoneyCells
from smartct_desktop.services.importing.number_column import (
    NumberColumn,
    number_cells,
    sign_hint,
)
from smartct_desktop.services.importing.number_fit import NumberType
from smartct_desktop.services.importing.number_text import NumberText
from smartct_desktop.services.importing.odd_names import OddNames
from smartct_desktop.services.importing.outcomes import (
    answered,
    fits_at_a_glance,
    plain_texts,
    put,
    put_missing_results,
    real_days,
    unseen_notes,
)
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.understood import (
    CellReader,
    Doubt,
    Fault,
    Group,
    Groups,
    Hang,
    Kept,
    Note,
    RawColumn,
    Understood,
)

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)

_NOTE_OF_TOPIC: Mapping[str, tuple[str, Severity]] = {
    "unreadable_date": ("IMP-07", Severity.ERROR),
    "no_such_day": ("IMP-07", Severity.ERROR),
    "incomplete_date": ("IMP-07", Severity.ERROR),
    "date_without_year": ("IMP-07", Severity.ERROR),
    "number": ("IMP-08", Severity.WARNING),
    "country": ("ORG-03", Severity.ERROR),
    "vocabulary": ("IMP-22", Severity.WARNING),
}
_READING = Sentence("Reading the columns")


class ColumnReader:
    """Reads the columns of one table.

    `latest` is the last year that two digits can mean, `language` that of the headings.
    """

    def __init__(  # noqa: PLR0913 (what the columns of one table share)
        self,
        dictionary: Dictionary,
        asking: Asking,
        sheet: str | None,
        *,
        language: str,
        latest: int,
        from_1904: bool,
        progress: Progress | None = None,
    ) -> None:
        self._progress = progress or Progress()
        self._dictionary = dictionary
        self._asking = asking
        self._sheet = sheet
        self._language = language
        self._date_text = DateText(dictionary.dates, latest)
        self._number_text = NumberText(dictionary.numbers)
        self._names = OddNames(dictionary.names)
        self._base = _EPOCH_1904 if from_1904 else _EPOCH_1900

    def read(self, columns: Sequence[RawColumn]) -> dict[str, Understood]:
        """Read all columns, by code; what one proves helps to propose for the others."""
        typed = [(c, t) for c in columns if (t := cell_type(c.code)) is not None]
        groups, plain = {}, {}
        for column, type_ in typed:
            self._progress.report(_READING)
            texts = plain[column.code] = plain_texts(column)
            rest = column.without(texts) if texts else column
            groups[column.code] = rest.groups(without=date if isinstance(type_, Day) else None)
        dates = {
            column.code: DateColumn(column, self._told(groups[column.code]), self._date_text)
            for column, type_ in typed
            if isinstance(type_, Day | PartialDay | Period | Paper)
        }
        numbers = {
            column.code: NumberColumn(
                column, self._told(groups[column.code]), self._number_text, type_
            )
            for column, type_ in typed
            if isinstance(type_, Whole | Number | Money)
        }
        order = hint_from((found.proven for found in dates.values()), self._language)
        sign = sign_hint({found.proven for found in numbers.values()}, self._language)
        understood = {}
        for done, (column, type_) in enumerate(typed):
            self._progress.report(_READING, done, len(typed))
            code = column.code
            if code in dates:
                reader = self._date_cells(column, type_, dates[code], order)
            elif isinstance(type_, Whole | Number | Money):
                reader = self._number_cells(column, type_, numbers[code], sign)
            else:
                reader = self._plain_cells(code, type_)
            understood[code] = self._understood(column, groups[code], reader, plain[code])
        return understood

    def _told(self, groups: Groups) -> Iterable[Group]:
        """Go through groups and report now and then; to understand many takes long."""
        return self._progress.through(_READING, groups, len(groups))

    def _date_cells(
        self, column: RawColumn, type_: CellType, dates: DateColumn, hint: DateOrder | None
    ) -> CellReader:
        keeps = column.code.startswith("event.")
        shape = Shape(isinstance(type_, PartialDay) or keeps, isinstance(type_, Period))
        decisions = dates.decide(self._asking, self._sheet, hint)
        turned = decide_turned(dates, column, self._asking, self._sheet)
        read = date_cells(dates, decisions, shape, self._base, turned)
        if isinstance(type_, Paper):
            return word_cells.paper(
                self._dictionary, read, lambda text: dates.readings.get(text) is not None
            )
        words = self._dictionary.words

        def cells(value: book.Value, code: str) -> Any:
            if not isinstance(value, str):
                return read(value, code)
            text = text_cells.clean_line(value)
            if word_cells.unknown(self._dictionary, text):
                return None
            if keeps and (words.sure("undecided", text) or dates.readings.get(value) is None):
                return Kept(text)
            found = read(value, code)
            whole = isinstance(found, Doubt | Hang) or is_whole(found)
            return found if whole or not keeps else Kept(text, found)

        return cells

    def _number_cells(
        self,
        column: RawColumn,
        type_: NumberType,
        numbers: NumberColumn,
        hint: DecimalSign | None,
    ) -> CellReader:
        decision = numbers.decide(self._asking, self._sheet, hint)
        typed = numbers.decide_typed(self._asking, self._sheet)
        read = number_cells(
            numbers,
            decision,
            type_,
            lambda text: word_cells.unknown(self._dictionary, text),
            typed,
        )
        if not isinstance(type_, Money):
            return read
        money = MoneyCells(column, numbers, self._dictionary, self._asking, self._sheet)
        return money.reader(read, self._language)

    def _plain_cells(  # noqa: C901, PLR0912 (one case a type)
        self, code: str, type_: CellType
    ) -> CellReader:
        words = WORDS_OF.get(code, "")
        match type_:
            case Text() | Reference():
                return text_cells.line
            case LongText():
                return text_cells.long_text
            case Code():
                return text_cells.code_text
            case Vat():
                return text_cells.vat
            case Iban():
                return text_cells.iban
            case Email():
                return text_cells.email
            case Link():
                return text_cells.link
            case Flag():
                return word_cells.flag(self._dictionary)
            case Country():
                return word_cells.country(self._dictionary)
            case Choice(options):
                return word_cells.choice(self._dictionary, words, options)
            case Term(vocabulary):
                return word_cells.term(self._dictionary, words, vocabulary)
            case Terms(vocabulary):
                return word_cells.terms(self._dictionary, words, vocabulary)
            case Time() | Clock():
                return clock_cells(hours=isinstance(type_, Clock))
            case Day() | PartialDay() | Period() | Paper() | Whole() | Number() | Money():
                msg = f"{code} is decided for the column"
                raise ValueError(msg)
            case _:
                assert_never(type_)

    def _understood(
        self,
        column: RawColumn,
        groups: Groups,
        reader: CellReader,
        plain: list[str | None],
    ) -> Understood:
        values: list[Any] = plain
        if not plain:
            values, groups = real_days(column, groups, reader)
        found = Understood(column.code, column.letter, values)
        field = None if column.code in SIGNED else field_of(column.code)
        for value, code, places in self._told(groups):
            outcome: Any = (
                Fault("IMP-09", Sentence("The formula shows {error}.", error=value.code))
                if isinstance(value, CellError)
                else reader(value, code)
            )
            if isinstance(outcome, Doubt):
                self._doubt(column, text_cells.shown(value, code), places, outcome, found)
                continue
            if field is not None and not fits_at_a_glance(field, outcome):
                sentence = refusal(field, outcome)
                outcome = Fault("IMP-22", sentence) if sentence else outcome
            put(found, places, outcome)
        put_missing_results(column, found)
        found.notes += [*unseen_notes(column, groups), *self._names.notes(column, groups)]
        return found

    def _doubt(
        self, column: RawColumn, key: str, places: Sequence[int], doubt: Doubt, found: Understood
    ) -> None:
        place = Place(
            doubt.topic,
            "value",
            Sentence("What do these cells of the column “{header}” say?", header=column.header),
            self._sheet,
            column.letter,
        )
        given = self._asking.ask(
            place,
            key,
            rows=column.rows(places),
            options=doubt.options,
            propose=doubt.propose,
            proposed=doubt.proposed,
            text=doubt.text,
        )
        if given is not None:
            put(found, places, answered(doubt, given.value, place.id))
            return
        proposed = doubt.read(doubt.propose) if doubt.propose is not None else None
        for spot in places:
            found.asked[spot] = Asked(place.id, key, proposed)
        note = _NOTE_OF_TOPIC.get(doubt.topic)
        if note is not None:
            found.notes.append(Note(*note, doubt.text, tuple(places)))
