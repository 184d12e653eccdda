"""One sheet read: its tables found, their columns understood, their rows told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from smartct_desktop.domain.book import PLAIN, Area, Mark, Row, Sheet, Visibility
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.attendance_columns import map_columns
from smartct_desktop.services.importing.columns import ColumnMapper, MappedColumn, language_of
from smartct_desktop.services.importing.correction_words import NOTE_START, is_correction_list
from smartct_desktop.services.importing.day_headings import DayColumns
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.kinds_of_table import KINDS, TableKind, rank
from smartct_desktop.services.importing.layout import Table, find_tables, text_of
from smartct_desktop.services.importing.log_tables import settle_logs
from smartct_desktop.services.importing.plan import (
    Asked,
    PlanFinding,
    Role,
    SheetPlan,
    Skipped,
    SkipReason,
)
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.rows import LISTED, FoundRows, RowSorter, blank_rows
from smartct_desktop.services.importing.understood import RawColumn, Understood, distinct
from smartct_desktop.services.importing.values import ColumnReader

IMPORT, LEAVE_OUT = "import", "leave out"
_NEARLY = 0.93

_LOOKING = Sentence("Looking at the sheet")


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole file. `latest` is the last year that two digits can mean."""

    latest: int
    from_1904: bool
    text_file: bool
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table with everything understood that can be without knowing the document."""

    kind: TableKind
    rows: FoundRows
    mapped: Sequence[MappedColumn]
    columns: Mapping[str, Understood]
    language: str
    header_rows: tuple[int, ...]


@dataclass(slots=True)
class ReadSheet:
    """One sheet. `refusal` says why nothing of it can be imported, None where something can."""

    sheet: Sheet
    role: Role
    titles: list[str] = field(default_factory=list)
    title_rows: list[int] = field(default_factory=list)
    tables: list[ReadTable] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    doubtful: dict[int, str] = field(default_factory=dict)
    findings: list[PlanFinding] = field(default_factory=list)
    refusal: Sentence | None = None

    def refuse(self, reason: Sentence, table: Table) -> None:
        """Note that a table cannot be imported, and why."""
        self.refusal = self.refusal or reason
        self.findings.append(
            PlanFinding(
                "IMP-02",
                Severity.WARNING,
                Sentence(
                    "The table below row {row} is not imported: {reason}.",
                    row=table.header_rows[-1],
                    reason=reason,
                ),
                self.sheet.name,
                table.header_rows,
            )
        )

    def plan(self) -> SheetPlan:
        """Give the sheet as the plan tells it."""
        return SheetPlan(
            self.sheet.name,
            self.sheet.visibility,
            self.role,
            self.tables[0].kind.kind if self.tables else None,
            tuple(row for table in self.tables for row in table.header_rows),
            tuple(row.number for table in self.tables for row in table.rows.data),
            self.refusal,
        )


class SheetReader:
    """Reads the sheets of one file."""

    def __init__(
        self, dictionary: Dictionary, asking: Asking, settings: Settings, progress: Progress
    ) -> None:
        self._dictionary = dictionary
        self._asking = asking
        self._settings = settings
        self._progress = progress
        self._days = DayColumns(dictionary, settings.latest)

    def read(self, sheet: Sheet) -> ReadSheet:
        """Find and understand the tables of a sheet. Raises `Cancelled`."""
        self._progress.report(_LOOKING)
        if is_correction_list(sheet):
            left_out = list(_all_skipped(sheet, SkipReason.CORRECTION_LIST))
            return ReadSheet(sheet, Role.SUMMARY, skipped=left_out)
        sheet = _without_empty_texts(sheet)
        self._progress.report(_LOOKING)
        layout = find_tables(sheet, self._dictionary.headings)
        found = ReadSheet(sheet, Role.DATA)
        titles = [(row.number, title) for row in layout.above if (title := _title(row))]
        found.title_rows = [number for number, _ in titles]
        found.titles = [title for _, title in titles]
        if not layout.tables:
            found.role = Role.PROSE
            found.refusal = Sentence(
                "no row looks like headings; one row must say what the columns hold"
            )
            found.skipped = list(_all_skipped(sheet, SkipReason.PROSE))
            return found
        if not self._wanted(sheet, found):
            found.skipped = list(_all_skipped(sheet, SkipReason.NOT_WANTED))
            return found
        for table in layout.tables:
            self._table(found, table)
        if not found.tables:
            found.skipped = list(_all_skipped(sheet, SkipReason.PROSE))
            return found
        settle_logs(found, self._asking)
        self._progress.report(_LOOKING)
        self._list_the_rest(found)
        self._progress.report(_LOOKING)
        found.findings += _hidden(found)
        return found

    def _wanted(self, sheet: Sheet, found: ReadSheet) -> bool:
        """Ask whether a hidden sheet shall be read; until then all its rows wait."""
        if sheet.visibility is Visibility.VISIBLE:
            return True
        place = Place(
            "hidden_sheet",
            "sheet",
            Sentence("The sheet “{sheet}” is hidden. Shall it be imported?", sheet=sheet.name),
            sheet.name,
        )
        given = self._asking.ask(place, options=(IMPORT, LEAVE_OUT), propose=LEAVE_OUT)
        if given is None:
            found.doubtful |= {row.number: place.id for row in sheet.rows}
        return given is None or given.value == IMPORT

    def _table(self, found: ReadSheet, table: Table) -> None:
        """Read one table, or say why it cannot be imported."""
        sheet = found.sheet
        kind, question = self._kind(sheet, table)
        mapped: list[MappedColumn] = []
        if kind is not None:
            mapper = ColumnMapper(self._dictionary, self._asking, sheet.name, self._settings.latest)
            mapped = map_columns(mapper, table, kind, self._days.find(table))
        self._progress.report(_LOOKING)
        refusal = _refusal(kind, mapped)
        if kind is None or refusal is not None:
            found.refuse(refusal or Sentence("no known list has these headings"), table)
            return
        by_code = {column.code: column for column in mapped if column.code}
        required = [[by_code[c].index for c in group if c in by_code] for group in kind.required]
        rows = RowSorter(self._dictionary, self._asking, sheet, table, required).sort()
        self._progress.report(_LOOKING)
        self._leave_out(found, rows)
        self._progress.report(_LOOKING)
        language = language_of(table.heads)
        reader = ColumnReader(
            self._dictionary,
            self._asking,
            sheet.name,
            language=language,
            latest=self._settings.latest,
            from_1904=self._settings.from_1904,
            progress=self._progress,
        )
        columns = reader.read(
            [_raw(column, rows.data, sheet.merged) for column in by_code.values()]
        )
        _hang_on_questions(mapped, columns)
        found.tables.append(ReadTable(kind, rows, mapped, columns, language, table.header_rows))
        found.skipped += rows.skipped
        found.doubtful |= rows.doubtful
        if question:
            found.doubtful |= {row.number: question for row in rows.data}

    def _kind(self, sheet: Sheet, table: Table) -> tuple[TableKind | None, str]:
        """Decide what the table lists: as told, by its headings, or by asking (the question)."""
        place = Place(
            "which_table",
            "sheet",
            Sentence("What does this table list?"),
            sheet.name,
            about=str(table.header_rows[0]) if table.header_rows[0] > 1 else "",
        )
        chosen = self._settings.kind
        if chosen is None and (given := self._asking.decided(place)):
            chosen = str(given.value)
        if chosen is not None:
            return next((kind for kind in KINDS if kind.kind == chosen), None), ""
        ranked = rank(table.heads, marked=len(self._days.find(table)))
        best = [kind for score, kind in ranked if score >= ranked[0][0] * _NEARLY]
        if len(best) < 2:
            return (best[0] if best else None), ""
        given = self._asking.ask(
            place, options=tuple(k.kind for k in best), propose=best[0].kind, certainty=0.6
        )
        if given is None:
            return best[0], place.id
        return next(kind for kind in best if kind.kind == given.value), ""

    def _leave_out(self, found: ReadSheet, rows: FoundRows) -> None:
        """Ask about rows that a filter hides and about crossed out ones; leave out as told."""
        sheet = found.sheet
        hidden = [row for row in rows.data if row.number in sheet.filtered_rows]
        place = Place(
            "filtered_rows",
            "sheet",
            Sentence("A filter hides {count} rows. Shall they be imported?", count=len(hidden)),
            sheet.name,
        )
        self._ask_for(found, rows, place, hidden, propose=IMPORT)
        struck = [row for row in rows.data if _crossed_out(row)]
        place = Place(
            "marks",
            "row",
            Sentence("{count} rows are crossed out. Shall they be imported?", count=len(struck)),
            sheet.name,
            about="crossed out",
        )
        self._ask_for(found, rows, place, struck, propose=None)

    def _ask_for(
        self,
        found: ReadSheet,
        rows: FoundRows,
        place: Place,
        doubtful: Sequence[Row],
        *,
        propose: str | None,
    ) -> None:
        if not doubtful:
            return
        numbers = {row.number for row in doubtful}
        given = self._asking.ask(
            place, rows=numbers, options=(IMPORT, LEAVE_OUT), propose=propose, certainty=0.6
        )
        if given is None:
            rows.doubtful |= dict.fromkeys(numbers, place.id)
        elif given.value == LEAVE_OUT:
            rows.data = [row for row in rows.data if row.number not in numbers]
            rows.skipped += [
                Skipped(found.sheet.name, n, n, SkipReason.NOT_WANTED, "IMP-12")
                for n in sorted(numbers)
            ]

    def _list_the_rest(self, found: ReadSheet) -> None:
        """List every row that is neither heading nor record: nothing is left out in silence."""
        taken = {row.number for table in found.tables for row in table.rows.data}
        taken |= {row for table in found.tables for row in table.header_rows}
        taken |= {row for skip in found.skipped for row in range(skip.first, skip.last + 1)}
        found.skipped += [
            Skipped(found.sheet.name, r.number, r.number, SkipReason.PROSE, LISTED, _title(r))
            for r in found.sheet.rows
            if r.number not in taken
        ]
        found.skipped += blank_rows(found.sheet, 1, text_file=self._settings.text_file)
        found.skipped.sort(key=lambda skip: skip.first)


def _without_empty_texts(sheet: Sheet) -> Sheet:
    """Take cells that hold nothing but blanks for blank; rows of only such cells are none."""
    rows = [_emptied(row) for row in sheet.rows]
    return replace(sheet, rows=[row for row in rows if row.values.count(None) < len(row.values)])


def _emptied(row: Row) -> Row:
    empty = [isinstance(value, str) and (not value or value.isspace()) for value in row.values]
    if not any(empty):
        return row
    pairs = zip(row.values, empty, strict=True)
    return replace(row, values=tuple(None if blank else value for value, blank in pairs))


def _refusal(kind: TableKind | None, mapped: Sequence[MappedColumn]) -> Sentence | None:
    """Say why a table cannot be imported, None if it can."""
    if kind is None:
        return None
    codes = {column.code for column in mapped}
    lacking = [min(group).partition(".")[2] for group in kind.required if not group & codes]
    if not lacking:
        return None
    return Sentence(
        "a list of {kind} needs a column for: {columns}",
        kind=kind.plural,
        columns=", ".join(sorted(lacking)),
    )


def _crossed_out(row: Row) -> bool:
    """Whether all that stands in a row is crossed out."""
    looks = [row.look(c).marks for c, value in enumerate(row.values) if value is not None]
    return bool(row.looks) and all(Mark.STRUCK in marks for marks in looks)


def _raw(column: MappedColumn, rows: Sequence[Row], merged: Sequence[Area]) -> RawColumn:
    """Gather the cells of a column; a cell merged over several rows holds for each of them."""
    index = column.index
    values = [row.values[index] if index < len(row.values) else None for row in rows]
    looks = [row.looks[index] if index < len(row.looks) else PLAIN for row in rows]
    for area in merged:
        if area.first_column == index and area.last_row > area.first_row:
            places = [p for p, row in enumerate(rows) if (row.number, index) in area]
            for place in places[1:]:
                if values[place] is None:
                    values[place], looks[place] = values[places[0]], looks[places[0]]
    return RawColumn(
        str(column.code),
        column.letter,
        column.header,
        [row.number for row in rows],
        values,
        looks if any(look is not PLAIN for look in looks) else (),
    )


def _hang_on_questions(mapped: Sequence[MappedColumn], columns: Mapping[str, Understood]) -> None:
    """Let all values of a column wait whose meaning is being asked about."""
    for column in mapped:
        if column.question and column.code:
            understood = columns[column.code]
            for place, value in enumerate(understood.values):
                if value is not None:
                    understood.asked[place] = Asked(column.question, "", value)


def _hidden(found: ReadSheet) -> list[PlanFinding]:
    """Say which hidden, filtered, struck and merged cells there are among the records."""
    sheet, data = found.sheet, [row for table in found.tables for row in table.rows.data]
    numbers = {row.number for row in data}
    findings = []

    def say(code: str, severity: Severity, sentence: Sentence, rows: Sequence[int]) -> None:
        if rows:
            findings.append(PlanFinding(code, severity, sentence, sheet.name, tuple(rows)))

    hidden = [
        column.letter
        for table in found.tables
        for column in table.mapped
        if column.code and column.index in sheet.hidden_columns
    ]
    if hidden:
        sentence = Sentence(
            "Hidden columns are imported like the others: {columns}.", columns=", ".join(hidden)
        )
        findings.append(PlanFinding("IMP-12", Severity.WARNING, sentence, sheet.name))
    say(
        "IMP-12",
        Severity.WARNING,
        Sentence("Hidden rows are imported like the others."),
        sorted((sheet.hidden_rows | sheet.filtered_rows) & numbers),
    )
    looks = distinct(look for row in data for look in row.looks)
    struck = {id(look) for look in looks if look.marks & (Mark.STRUCK | Mark.PARTLY_STRUCK)}
    say(
        "IMP-17",
        Severity.WARNING,
        Sentence("Cells are crossed out. What that means is not read."),
        [row.number for row in data if struck and any(id(look) in struck for look in row.looks)],
    )
    say(
        "IMP-17",
        Severity.WARNING,
        Sentence("Comments on cells are not read."),
        sorted({row for row, _ in _comments(sheet)} & numbers),
    )
    merged = [a for a in sheet.merged if a.last_row > a.first_row]
    say(
        "IMP-13",
        Severity.INFO,
        Sentence("Cells merged over several rows hold for each of them."),
        sorted({n for a in merged for n in range(a.first_row, a.last_row + 1)} & numbers),
    )
    return findings


def _comments(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Give the cells with comments of people; our own notes are known already."""
    for place, comment in sheet.comments.items():
        if not comment.startswith(NOTE_START):
            yield place


def _all_skipped(sheet: Sheet, reason: SkipReason) -> Sequence[Skipped]:
    if not sheet.rows:
        return ()
    return (Skipped(sheet.name, 1, sheet.rows[-1].number, reason, LISTED),)


def _title(row: Row) -> str:
    return " ".join(filter(None, map(text_of, row.values)))
