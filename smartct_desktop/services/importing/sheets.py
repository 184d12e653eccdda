"""One sheet read: its tables found, their columns understood, their rows told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from smartct_desktop.domain.book import Sheet, column_name
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.attendance_columns import map_columns
from smartct_desktop.services.importing.cell_facts import facts_of
from smartct_desktop.services.importing.collected_sheets import without_records
from smartct_desktop.services.importing.columns import ColumnMapper, MappedColumn, language_of
from smartct_desktop.services.importing.correction_words import is_correction_list
from smartct_desktop.services.importing.day_headings import DayColumns
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.feedback_sheets import feedback_columns, find_feedback
from smartct_desktop.services.importing.fitting import any_complete, any_sure, most_known
from smartct_desktop.services.importing.forms import Form, find_form
from smartct_desktop.services.importing.kinds_of_table import FEEDBACK, KINDS, TableKind, rank
from smartct_desktop.services.importing.layout import Table, find_tables
from smartct_desktop.services.importing.leaving_out import is_wanted, leave_out
from smartct_desktop.services.importing.log_tables import settle_logs
from smartct_desktop.services.importing.lookup_lists import LookupLists
from smartct_desktop.services.importing.own_headings import is_about
from smartct_desktop.services.importing.own_sheet import OwnSheet, Recogniser
from smartct_desktop.services.importing.plan import PlanFinding, Role
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.read_sheets import ReadSheet, ReadTable
from smartct_desktop.services.importing.rows import LISTED, RowSorter, blank_rows
from smartct_desktop.services.importing.said_headings import said_layout
from smartct_desktop.services.importing.sheet_cells import (
    raw_column,
    title_of_row,
    without_empty_texts,
)
from smartct_desktop.services.importing.sheet_titles import titles_above
from smartct_desktop.services.importing.side_by_side import parted
from smartct_desktop.services.importing.skipped import Skipped, SkipReason
from smartct_desktop.services.importing.stacked_rows import Spread
from smartct_desktop.services.importing.understood import Understood
from smartct_desktop.services.importing.values import ColumnReader

_NEARLY = 0.93

_LOOKING = Sentence("Looking at the sheet")


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole file. `latest` is the last year that two digits can mean."""

    latest: int
    from_1904: bool
    text_file: bool
    kind: str | None = None


class SheetReader:
    """Reads the sheets of one file."""

    def __init__(
        self,
        dictionary: Dictionary,
        asking: Asking,
        settings: Settings,
        progress: Progress,
        own: Recogniser,
    ) -> None:
        self._own = own
        self._dictionary = dictionary
        self._asking = asking
        self._settings = settings
        self._progress = progress
        self._days = DayColumns(dictionary, settings.latest)
        self._lookups = LookupLists(dictionary, settings.latest)

    def read(self, sheet: Sheet) -> ReadSheet:
        """Find and understand the tables of a sheet. Raises `Cancelled`."""
        self._progress.report(_LOOKING)
        if is_correction_list(sheet):
            left_out = list(_all_skipped(sheet, SkipReason.CORRECTION_LIST))
            return ReadSheet(sheet, Role.SUMMARY, skipped=left_out)
        aside = SkipReason.SUMMARY_SHEET if is_about(sheet) else without_records(sheet)
        if aside is not None:
            left_out = list(_all_skipped(sheet, aside))
            return ReadSheet(sheet, Role.SUMMARY, skipped=left_out)
        sheet = without_empty_texts(sheet)
        self._progress.report(_LOOKING)
        ours = self._own.layout(sheet)
        headings = self._dictionary.headings
        said = None if ours else said_layout(sheet, headings, self._asking)
        fixed = ours or said
        layout = fixed or find_tables(sheet, headings)
        if fixed is None and not self._settings.kind and not any_sure(layout):
            layout = find_feedback(sheet, headings) or layout
        whole = fixed is not None or any_complete(layout)
        form = None if whole else find_form(sheet, headings)
        if form is not None and form.known > most_known(layout):
            return self._form(sheet, form)
        found = ReadSheet(sheet, Role.DATA)
        found.take_titles(titles_above(layout.above, headings))
        if not layout.tables:
            found.role = Role.PROSE
            found.refusal = self._lookups.reason(sheet.rows) or Sentence(
                "no row looks like headings; one row must say what the columns hold"
            )
            found.skipped = list(_all_skipped(sheet, SkipReason.PROSE))
            return found
        if not is_wanted(sheet, self._asking, found.doubtful):
            found.skipped = list(_all_skipped(sheet, SkipReason.NOT_WANTED))
            return found
        for table in layout.tables:
            own = self._own.recognise(sheet, table)
            for part in (table,) if own else parted(table):
                self._table(found, part if own else self._lookups.recognise(part), own)
        settle_logs(found, self._asking)
        return self._completed(found)

    def _form(self, sheet: Sheet, form: Form) -> ReadSheet:
        """Read a form; cells that no label tells of are said."""
        found = ReadSheet(sheet, Role.FORM)
        if not is_wanted(sheet, self._asking, found.doubtful):
            found.skipped = list(_all_skipped(sheet, SkipReason.NOT_WANTED))
            return found
        first = form.tables[0].first_row
        above = [row for row in sheet.rows if row.number < first]
        found.take_titles(titles_above(above, self._dictionary.headings))
        for table in form.tables:
            self._table(found, table)
        if form.loose:
            cells = ", ".join(form.loose)
            sentence = Sentence("Cells without a label are not read: {cells}.", cells=cells)
            found.findings.append(PlanFinding("IMP-03", Severity.WARNING, sentence, sheet.name))
        return self._completed(found)

    def _completed(self, found: ReadSheet) -> ReadSheet:
        """List what is left out, and say what the cells show beside their values."""
        if not found.tables:
            found.skipped = list(_all_skipped(found.sheet, SkipReason.PROSE))
            return found
        self._progress.report(_LOOKING)
        self._list_the_rest(found)
        self._progress.report(_LOOKING)
        data = [row for table in found.tables for row in table.rows.data]
        taken = {c.index for table in found.tables for c in table.mapped if c.code}
        found.findings += facts_of(found.sheet, data, frozenset(taken))
        return found

    def _table(self, found: ReadSheet, table: Table, own: OwnSheet | None = None) -> None:
        """Read one table, or say why it cannot be imported."""
        sheet = found.sheet
        kind, question = (own.table_kind, "") if own else self._kind(sheet, table)
        mapped: list[MappedColumn] = []
        if kind is not None:
            mapper = ColumnMapper(self._dictionary, self._asking, sheet.name, self._settings.latest)
            rest = own.rest_of(table) if own else table
            mapped = (
                feedback_columns(table, self._dictionary.headings)
                if kind is FEEDBACK
                else map_columns(mapper, rest, kind, self._days.find(rest))
            )
            mapped = own.mapped(mapped) if own else mapped
        self._progress.report(_LOOKING)
        refusal = table.fault or _refusal(kind, mapped)
        if kind is None or refusal is not None:
            found.refuse(refusal or Sentence("no known list has these headings"), table)
            return
        by_code = {column.code: column for column in mapped if column.code}
        required = [[by_code[c].index for c in group if c in by_code] for group in kind.required]
        unsure = own.others(table) if own else table
        rows = RowSorter(self._dictionary, self._asking, sheet, unsure, required).sort()
        rows.skipped += _following(sheet, table.spread, rows.skipped)
        self._progress.report(_LOOKING)
        if own is not None:
            own.keep(table, rows, sheet.name)
            found.findings += own.findings
        leave_out(sheet, rows, self._asking)
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
        merged = () if table.spread is not None else sheet.merged
        raw = [raw_column(column, rows.data, merged) for column in by_code.values()]
        columns = reader.read(self._own.without_unchanged(own, raw, self._progress) if own else raw)
        _hang_on_questions(mapped, columns)
        found.tables.append(
            ReadTable(
                kind,
                rows,
                mapped,
                columns,
                language,
                table.header_rows,
                table.first_row,
                table.left,
                table.spread,
                own,
            )
        )
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
            about=_about(table),
        )
        chosen = self._settings.kind
        if chosen is None and (given := self._asking.decided(place)):
            chosen = str(given.value)
        if chosen is not None:
            return next((kind for kind in KINDS if kind.kind == chosen), None), ""
        if table.kind:
            return next((kind for kind in KINDS if kind.kind == table.kind), None), ""
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

    def _list_the_rest(self, found: ReadSheet) -> None:
        """List every row that is neither heading nor record: nothing is left out in silence."""
        taken = {row for table in found.tables for row in table.numbers}
        taken |= {row for table in found.tables for row in table.header_rows}
        taken |= {row for skip in found.skipped for row in range(skip.first, skip.last + 1)}
        found.skipped += [
            Skipped(found.sheet.name, r.number, r.number, SkipReason.PROSE, LISTED, title_of_row(r))
            for r in found.sheet.rows
            if r.number not in taken
        ]
        found.skipped += blank_rows(found.sheet, 1, text_file=self._settings.text_file)
        found.skipped.sort(key=lambda skip: skip.first)


def _about(table: Table) -> str:
    """Tell a table from others on its sheet; the first needs no such thing."""
    side = column_name(table.left) if table.left else ""
    return f"{table.first_row if table.first_row > 1 else ''}{side}"


def _following(
    sheet: Sheet, spread: Spread | None, skipped: Sequence[Skipped]
) -> Iterator[Skipped]:
    """Leave out the further rows of what looked like a record over several rows."""
    for skip in tuple(skipped):
        for row in spread.rows.get(skip.first, ()) if spread is not None else ():
            yield replace(skip, sheet=sheet.name, first=row, last=row)


def _refusal(kind: TableKind | None, mapped: Sequence[MappedColumn]) -> Sentence | None:
    """Say why a table cannot be imported, None if it can."""
    if kind is None:
        return None
    codes = {column.code for column in mapped}
    if kind is FEEDBACK and not any(codes):
        return Sentence("no question has marks below it")
    lacking = [
        name for group, name in zip(kind.required, kind.needed, strict=True) if not group & codes
    ]
    if not lacking:
        return None
    return Sentence(
        "a list of {kind} needs a column for: {columns}",
        kind=kind.plural,
        columns=", ".join(lacking),
    )


def _hang_on_questions(mapped: Sequence[MappedColumn], columns: Mapping[str, Understood]) -> None:
    """Let all values of a column wait whose meaning is being asked about."""
    for column in mapped:
        if column.question and column.code:
            understood = columns[column.code]
            for place, value in enumerate(understood.values):
                if value is not None:
                    understood.asked[place] = Asked(column.question, "", value)


def _all_skipped(sheet: Sheet, reason: SkipReason) -> Sequence[Skipped]:
    if not sheet.rows:
        return ()
    return (Skipped(sheet.name, 1, sheet.rows[-1].number, reason, LISTED),)
