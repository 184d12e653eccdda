"""Lists of events: one row, one event, planned or held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.records.event import EventFormat, EventStatus
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.clock_text import Hours
from smartct_desktop.services.importing.date_text import Span
from smartct_desktop.services.importing.drafts import Draft, TableWork, plain, proposing
from smartct_desktop.services.importing.identity import Mention
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue
from smartct_desktop.services.importing.same_events import StoredEvents
from smartct_desktop.services.importing.understood import Fault

_OWN = frozenset({"start", "end", "host_cluster", "deliverable", "city"})


class EventTable:
    """One table of events."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._hosts: dict[int, Named] = {}
        schema = BY_KIND["event"]
        self._plain = [
            (name, column)
            for code, column in table.columns.items()
            if (name := code.partition(".")[2]) in schema.by_name and name not in _OWN
        ]
        self._split: list[int] = []

    def mention(self) -> None:
        """Note the clusters that host."""
        for place, row in enumerate(self._table.numbers):
            host = self._table.text("event.host_cluster", place)
            if host is not None:
                self._hosts[place] = self._table.work.mentions.name(
                    Mention(host), (self._table.sheet, row)
                )

    def drafts(self) -> Iterator[Draft]:
        """Give one draft for each row."""
        table = self._table
        stored = StoredEvents(table)
        words = Sentence("Reading the rows")
        rows = table.work.progress.through(words, table.numbers, len(table.numbers))
        for place, row in enumerate(rows):
            draft = self._draft(place, row)
            draft.id = stored.find(draft)
            yield draft
        self._note_split_ranges()

    def _draft(self, place: int, row: int) -> Draft:
        table = self._table
        values: dict[str, PlanValue] = {}
        draft = Draft("event", table.key("event", row), table.sheet, [row], values)
        for name, column in self._plain:
            value = column.cells[place]
            if value is not None:
                values[name] = plain(value)
        host = self._hosts.get(place)
        if host is not None:
            values["host_cluster"] = host.value
        self._dates(draft, place, row)
        self._times(values, place)
        self._city(values, place)
        draft.faults = table.faults(place)
        if "title" not in values:
            letter = next((m.letter for m in table.mapped if m.code == "event.title"), "")
            draft.faults.append((letter, Fault("IMP-04", Sentence("the title is missing"))))
        if values.get("status") is EventStatus.HELD and "start" not in values:
            self._find(row, "EVT-01", Severity.ERROR, Sentence("a held event without a date"))
        return draft

    def _dates(self, draft: Draft, place: int, row: int) -> None:
        """Take first and last day; what is no whole date stays as text and is said."""
        values, table = draft.values, self._table
        first = last = None
        span: Any = table.value("event.dates", place)
        if isinstance(span, Asked):
            values["start"] = proposing(span, lambda s: s.first.first)
            values["end"] = proposing(span, lambda s: s.last.last)
            return
        if isinstance(span, Span):
            first, last = span.first, span.last
            if not span.single:
                self._split.append(row)
        else:
            first, last = (table.value(f"event.{n}", place) for n in ("start", "end"))
            for name, value in (("start", first), ("end", last)):
                if isinstance(value, Asked):
                    values[name] = proposing(value, lambda day: day.first)
            first = first if isinstance(first, PartialDate) else None
            last = last if isinstance(last, PartialDate) else first
        self._put_days(draft, first, last)
        for code in ("event.dates", "event.start"):
            column = table.columns.get(code)
            text = column.texts.get(place) if column else None
            if text is not None:
                values["planned_text"] = text
                self._say_text(row, code, text)

    def _put_days(self, draft: Draft, first: PartialDate | None, last: PartialDate | None) -> None:
        if first is None or last is None:
            return
        values = draft.values
        if first.day and last.day:
            values.setdefault("start", first.first)
            values.setdefault("end", last.last)
            if last.last < first.first:
                fault = Fault("EVT-02", Sentence("the event ends before it starts"))
                draft.faults.append(("", fault))
            return
        values["planned_start"], values["planned_end"] = first.first, last.last
        draft.told["start"], draft.told["end"] = first, last

    def _say_text(self, row: int, code: str, text: str) -> None:
        letter = next((m.letter for m in self._table.mapped if m.code == code), None)
        sentence = Sentence("“{text}” is not a whole date and is kept as text.", text=text)
        self._find(row, "EVT-09", Severity.WARNING, sentence, letter)

    def _times(self, values: dict[str, PlanValue], place: int) -> None:
        hours: Any = self._table.value("event.times", place)
        if isinstance(hours, Hours):
            values["start_time"] = hours.start
            if hours.end is not None:
                values["end_time"] = hours.end

    def _city(self, values: dict[str, PlanValue], place: int) -> None:
        """Take the city, unless the cell only says that the event is online or undecided."""
        city = self._table.text("event.city", place)
        if city is None:
            return
        words = self._table.work.dictionary.words
        form = words.sure("event_format", city)
        if words.sure("undecided", city):
            return
        if form is None:
            values["city"] = city
        elif form.code == EventFormat.ONLINE.value:
            values.setdefault("format", EventFormat.ONLINE)

    def _note_split_ranges(self) -> None:
        if self._split:
            letter = next((m.letter for m in self._table.mapped if m.code == "event.dates"), None)
            self._table.findings.append(
                PlanFinding(
                    "IMP-18",
                    Severity.INFO,
                    Sentence("Ranges in one cell were split into first and last day."),
                    self._table.sheet,
                    tuple(self._split),
                    letter,
                )
            )

    def _find(
        self,
        row: int,
        code: str,
        severity: Severity,
        sentence: Sentence,
        letter: str | None = None,
    ) -> None:
        self._table.findings.append(
            PlanFinding(code, severity, sentence, self._table.sheet, (row,), letter)
        )
