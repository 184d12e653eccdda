"""Sheets of our collection template as partners send them back: known by their hidden codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from smartct_desktop.domain.book import Row, Sheet
from smartct_desktop.domain.collection import Stamp
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.collection import (
    FORMAT,
    HELP,
    LISTS,
    VERSION,
    VERSIONS,
    SheetCodes,
    sheet_codes,
)
from smartct_desktop.services.importing.collected_ids import CollectedIds
from smartct_desktop.services.importing.collected_numbers import parted
from smartct_desktop.services.importing.collected_words import CollectedWords
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.heading_rows import Head
from smartct_desktop.services.importing.kinds_of_table import KINDS
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.layout import Layout, Table
from smartct_desktop.services.importing.own_headings import heading_key
from smartct_desktop.services.importing.own_sheet import OwnSheet, Recogniser
from smartct_desktop.services.importing.own_values import OwnValues
from smartct_desktop.services.importing.plan import PlanFinding, SenderGuess
from smartct_desktop.services.importing.questions import Asking
from smartct_desktop.services.importing.skipped import SkipReason
from smartct_desktop.services.importing.understood import RawColumn
from smartct_desktop.services.reports.wording import wordings

_SEARCHED = 200
_LEAST_CODES = 3
_RECORD_ID, _HINTS = "record_id", "record_id ?"
_OURS = Sentence("a column of our collection template")
_TWICE = Sentence("another column already holds this")
_HINT_WORDS = ("[list]", "[number]", "[yes/no]", "[yes/no/unknown]", "DD.MM.YYYY")
_FOR_SENDER = Sentence("the template was made for this partner")


@dataclass(frozen=True, slots=True)
class _Coded:
    """The row of codes of a sheet: its place among the rows, and what its columns hold."""

    place: int
    stamp: Stamp
    codes: SheetCodes
    columns: Mapping[int, str]
    ids: int | None


class CollectedSheets:
    """Recognises sheets of the template; whatever else there is, `others` recognise."""

    def __init__(
        self, known: Known, dictionary: Dictionary, asking: Asking, others: Recogniser
    ) -> None:
        self._known = known
        self._dictionary = dictionary
        self._asking = asking
        self._others = others
        self._values = OwnValues(known, dictionary)
        self._words = CollectedWords(dictionary.facts)

    def layout(self, sheet: Sheet) -> Layout | None:
        """Find the table by its codes, whatever became of its headings and of the order."""
        coded = _coded(sheet)
        if coded is None:
            return self._others.layout(sheet)
        heading, hints = _heading(sheet.rows, coded), _hints(sheet.rows, coded)
        apart = {coded.place} | {place for place in (heading, hints) if place is not None}
        texts = sheet.rows[heading].values if heading is not None else ()
        heads = []
        for column in range(max(sheet.width, len(texts))):
            value = texts[column] if column < len(texts) else None
            text = " ".join(value.split()) if isinstance(value, str) else ""
            if column in coded.columns:
                heads.append(Head(column, text or coded.columns[column], ()))
            elif text and column != coded.ids:
                heads.append(Head(column, text, self._dictionary.headings.senses(text)))
        above = [] if _ids_above(sheet.rows, coded) else list(range(min(apart)))
        rows = [r for place, r in enumerate(sheet.rows) if place not in apart | set(above)]
        numbers = tuple(sheet.rows[place].number for place in sorted(apart))
        table = Table(numbers, tuple(heads), tuple(rows))
        return Layout(tuple(sheet.rows[place] for place in above), (table,))

    def recognise(self, sheet: Sheet, table: Table) -> OwnSheet | None:
        """Say what a table holds; for rows whose record ids are doubtful it is asked."""
        coded = _coded(sheet)
        if coded is None or sheet.rows[coded.place].number not in table.header_rows:
            return self._others.recognise(sheet, table)
        kind = coded.codes.kind
        natural = next(known for known in KINDS if known.kind == kind)
        columns = _columns(table, coded)
        ids = CollectedIds(
            sheet, kind, columns, self._known, self._values, self._dictionary.names, self._asking
        )
        own = OwnSheet(
            kind,
            natural,
            columns,
            collected=True,
            partner=Id(coded.stamp.partner) if coded.stamp.partner else None,
            findings=tuple(_newer(sheet, coded)),
        )
        return own if coded.ids is None else ids.settled(own, table, coded.ids)

    def without_unchanged(
        self, own: OwnSheet, columns: Sequence[RawColumn], progress: Progress
    ) -> list[RawColumn]:
        """Blank the cells that say what is stored, so that nobody is asked about them."""
        if own.collected:
            columns = parted(columns, self._dictionary.facts)
        left = self._others.without_unchanged(own, columns, progress)
        return [self._words.read(column) for column in left] if own.collected else left


def without_records(sheet: Sheet) -> SkipReason | None:
    """Say what a sheet of the template is that holds no records; None for any other sheet."""
    stamps = (Stamp.read(str(row.value(0))) for row in sheet.rows[:_LEAST_CODES])
    words = {stamp.sheet for stamp in stamps if stamp is not None}
    if LISTS in words:
        return SkipReason.LOOKUP_SHEET
    if HELP in words:
        return SkipReason.TEMPLATE_SHEET
    coded = _coded(sheet)
    if coded is None:
        return None
    apart = {coded.place, _heading(sheet.rows, coded), _hints(sheet.rows, coded)}
    blank = len(sheet.rows) == len(apart - {None})
    return SkipReason.TEMPLATE_SHEET if blank else None


def sender_stamped(sheets: Iterable[Sheet], known: Known) -> SenderGuess | None:
    """Give the partner for whom the template was made, if the document knows it."""
    stamps = {coded.stamp.partner for sheet in sheets if (coded := _coded(sheet)) is not None}
    partners = stamps - {""}
    if len(partners) != 1:
        return None
    (partner,) = partners
    return next(
        (
            SenderGuess(cluster.name, cluster.id, 0.98, _FOR_SENDER)
            for cluster in known.organisations
            if cluster.id == partner
        ),
        None,
    )


def _coded(sheet: Sheet) -> _Coded | None:
    """Find the row of codes: by its stamp, or by the codes where the stamp is gone."""
    for place, row in enumerate(sheet.rows[:_SEARCHED]):
        texts = {c: v.strip() for c, v in enumerate(row.values) if isinstance(v, str)}
        stamps = {c: stamp for c, text in texts.items() if (stamp := Stamp.read(text)) is not None}
        for column, stamp in stamps.items():
            codes = sheet_codes(stamp.version, stamp.sheet)
            if stamp.format == FORMAT and codes is not None:
                return _Coded(place, stamp, codes, _meant(texts, codes), column)
        found = _without_stamp(texts)
        if found is not None:
            stamp, codes = found
            return _Coded(place, stamp, codes, _meant(texts, codes), None)
    return None


def _without_stamp(texts: Mapping[int, str]) -> tuple[Stamp, SheetCodes] | None:
    for version, sheets in VERSIONS.items():
        for name, codes in sheets.items():
            if sum(text in codes.meanings for text in texts.values()) >= _LEAST_CODES:
                return Stamp(FORMAT, version, name), codes
    return None


def _meant(texts: Mapping[int, str], codes: SheetCodes) -> dict[int, str]:
    return {c: codes.meanings[text] for c, text in texts.items() if text in codes.meanings}


def _columns(table: Table, coded: _Coded) -> dict[int, MappedColumn]:
    """Map the columns that bear a code; a copy of one is said and not taken."""
    found: dict[int, MappedColumn] = {}
    taken: set[str] = set()
    texts = {head.column: head.text for head in table.heads}
    for column, code in sorted(coded.columns.items()):
        if code in taken:
            found[column] = MappedColumn(column, texts.get(column, ""), None, 1.0, _TWICE)
        else:
            found[column] = MappedColumn(column, texts.get(column, ""), code, 0.99, _OURS)
        taken.add(code)
    if coded.ids is not None:
        found[coded.ids] = MappedColumn(coded.ids, "", None, 1.0, _OURS, expected=True)
    return found


def _heading(rows: Sequence[Row], coded: _Coded) -> int | None:
    """Find the row of headings: marked as such, or else right below the codes and in our words."""
    marked = _marked(rows, coded, _RECORD_ID)
    if marked is not None:
        return marked
    hints = _marked(rows, coded, _HINTS)
    if hints is not None and hints == coded.place + 2:
        return coded.place + 1
    known = _our_headings()
    for place in range(coded.place + 1, min(coded.place + 3, len(rows))):
        texts = [v for c in coded.columns if isinstance(v := rows[place].value(c), str)]
        if texts and 2 * sum(heading_key(text) in known for text in texts) > len(texts):
            return place
    return None


def _hints(rows: Sequence[Row], coded: _Coded) -> int | None:
    """Find the row that says how to fill the columns in."""
    marked = _marked(rows, coded, _HINTS)
    if marked is not None:
        return marked
    known = _our_hints()
    for place in range(coded.place + 1, min(coded.place + 4, len(rows))):
        texts = [v.strip() for v in rows[place].values if isinstance(v, str)]
        if texts and all(text in known for text in texts):
            return place
    return None


def _marked(rows: Sequence[Row], coded: _Coded, mark: str) -> int | None:
    if coded.ids is None:
        return None
    values = ((p, row.value(coded.ids)) for p, row in enumerate(rows[:_SEARCHED]))
    return next((p for p, value in values if value == mark), None)


def _ids_above(rows: Sequence[Row], coded: _Coded) -> bool:
    """Whether records stand above the codes: the sheet was sorted whole, headings and all."""
    if coded.ids is None:
        return False
    values = (row.value(coded.ids) for row in rows[: coded.place])
    return any(isinstance(value, str) and value not in {_RECORD_ID, _HINTS} for value in values)


@lru_cache(maxsize=1)
def _our_headings() -> frozenset[str]:
    from smartct_desktop.services.reports.collection_columns import SHEETS

    headings = {column.heading for _, columns in SHEETS.values() for column in columns}
    said = (word for text in headings for word in (text, *_told(text)))
    return frozenset(map(heading_key, said))


@lru_cache(maxsize=1)
def _our_hints() -> frozenset[str]:
    said = {word for text in _HINT_WORDS for word in (text, *_told(text))}
    return frozenset({"*", *said, *(f"* {word}" for word in said)})


def _told(text: str) -> Iterable[str]:
    return wordings().get(text, {}).values()


def _newer(sheet: Sheet, coded: _Coded) -> Iterable[PlanFinding]:
    if coded.stamp.version > VERSION:
        sentence = Sentence(
            "The template is of version {version}, which this program does not know; its columns "
            "are read as in version {known}.",
            version=coded.stamp.version,
            known=VERSION,
        )
        yield PlanFinding("IMP-03", Severity.WARNING, sentence, sheet.name)
