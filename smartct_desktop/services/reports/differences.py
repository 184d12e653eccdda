"""The differences between two moments: records added, removed and changed, and the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import BY_RULE, values
from smartct_desktop.services.moments import (
    BEGINNING,
    NOW,
    Moment,
    RecordDifference,
    at_end_of,
    at_step,
    differences,
    facts_at,
    file_differences,
)
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import day_of, framed
from smartct_desktop.services.reports.told_values import AsStored, joined, told_value
from smartct_desktop.services.texts import Texts, TextStyle

_LEARNED = frozenset({"sender", "judgement", "sent_figure", "sent_records"})
"""Kinds that are not told: what was learned of senders, and what was sent, which never changes."""

_SHORTEST = 400
"""Characters of a long value that are told."""

_FIGURES = (
    Column("Indicator", width=34),
    Column("Before", Kind.WHOLE),
    Column("After", Kind.WHOLE),
    Column("Difference", Kind.WHOLE),
)
_WHOLE = (
    Column("Record id", Kind.ID),
    Column("Kind of record", width=22),
    Column("Record", width=40, personal=Personal.NAME),
    Column("What is filled in", width=70, personal=Personal.DETAIL),
)
_CHANGED = (
    Column("Record id", Kind.ID),
    Column("Kind of record", width=22),
    Column("Record", width=40, personal=Personal.NAME),
    Column("Field", width=24),
    Column("Before", width=36, personal=Personal.DETAIL),
    Column("After", width=36, personal=Personal.DETAIL),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Which moments are compared: two steps, or a backup file and now.

    `backup` opens the backup, which is closed when it was read.
    """

    before: Moment = BEGINNING
    after: Moment = NOW
    backup: Callable[[], Document] | None = None
    backup_name: str = ""


def moment_differences(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the report for a period: from the evening before its first day to its last evening.

    Without a first day from the empty document on, without a last day up to now.
    """
    before = at_end_of(reader, scope.since - timedelta(1)) if scope.since else Moment(0)
    ended = scope.until is not None and scope.until < day_of(made_at)
    after = at_end_of(reader, scope.until) if ended and scope.until else NOW
    return compared_report(Compared(before, after), reader, facts, made_at)


def compared_report(
    compared: Compared, reader: Reader, facts: ProgrammeFacts, made_at: datetime
) -> Report:
    """Build the report (workbook X12) for two moments. Raises `Trouble` for one that never was."""
    for moment in (compared.before, compared.after):
        if moment.step is not None:
            at_step(reader, moment.step)
    now = FigureFacts.read(reader, day_of(made_at))
    if compared.backup is None:
        found = differences(reader, compared.before, compared.after)
        old = facts_at(reader, compared.before, now)
        new = facts_at(reader, compared.after, now)
        return _Told(reader, facts, found).report(compared, (old, new), made_at)
    with closing(compared.backup()) as backup, backup.reader() as then:
        found = file_differences(then, reader)
        old = FigureFacts.read(then, day_of(made_at))
        return _Told(reader, facts, found, then).report(compared, (old, now), made_at)


class _Told:
    """Says differences as rows."""

    def __init__(
        self,
        reader: Reader,
        facts: ProgrammeFacts,
        found: Iterable[RecordDifference],
        then: Reader | None = None,
    ) -> None:
        self._readers = (reader, then) if then is not None else (reader,)
        self._facts = facts
        self._texts = Texts(facts, TextStyle())
        found = list(found)
        self._found = [one for one in found if one.kind not in _LEARNED]
        self._left = len(found) - len(self._found)
        self._captions = self._look_up()

    def report(
        self, compared: Compared, counted: tuple[FigureFacts, FigureFacts], made_at: datetime
    ) -> Report:
        """Give all sheets."""
        before, after = (values(facts) for facts in counted)
        figures = [
            (
                Sentence(one.name),
                before[rule.value],
                after[rule.value],
                after[rule.value] - before[rule.value],
            )
            for rule, one in BY_RULE.items()
        ]
        reader = self._readers[0]
        left = Definition(
            "Not told",
            Sentence(
                "What was learned of senders' files, and the figures of closed periods: {n} "
                "records differ.",
                n=self._left,
            ),
        )
        return framed(
            "Differences",
            reader,
            made_at,
            EVERYTHING,
            own=counted[1].own,
            tables=(
                Table("Figures", _FIGURES, figures, frozen=1),
                Table("Added", _WHOLE, list(self._wholes(Action.ADD)), frozen=3),
                Table("Removed", _WHOLE, list(self._wholes(Action.REMOVE)), frozen=3),
                Table("Changed", _CHANGED, list(self._changed()), frozen=3),
            ),
            facts=(
                Definition("Before", _moment_words(self._readers[0], compared.before, compared)),
                Definition("After", _moment_words(self._readers[0], compared.after, compared)),
                *((left,) if self._left else ()),
            ),
            definitions=(
                Definition(
                    "Moments",
                    "The records as the history tells them. Steps that were undone are not part "
                    "of either moment; calculated fields are not compared.",
                ),
            ),
        )

    def _wholes(self, action: Action) -> Iterator[Row]:
        for one in self._found:
            if one.action is action:
                told = [
                    self._line(field.field, value)
                    for field in one.fields
                    for value in (field.after if action is Action.ADD else field.before,)
                    if value is not None
                ]
                kind = Sentence(schema_of(one.kind).label)
                yield one.id, kind, self._record(one), joined(told, "\n")

    def _line(self, field: Field, value: Value) -> Sentence:
        shown = self._value(field, value)
        told = shown if isinstance(shown, Sentence) else AsStored(shown)
        return Sentence("{field}: {value}", field=Sentence(field.label), value=told)

    def _changed(self) -> Iterator[Row]:
        for one in self._found:
            if one.action is Action.CHANGE:
                for moved in one.fields:
                    yield (
                        one.id,
                        Sentence(schema_of(one.kind).label),
                        self._record(one),
                        Sentence(moved.field.label),
                        self._value(moved.field, moved.before) or None,
                        self._value(moved.field, moved.after) or None,
                    )

    def _record(self, one: RecordDifference) -> str:
        """Call a record by its caption; one that is gone by the fields that make its caption."""
        known = self._captions.get((one.kind, one.id))
        if known:
            return known
        held = {f.field.name: f.before if f.before is not None else f.after for f in one.fields}
        schema = schema_of(one.kind)
        return " ".join(
            self._value(schema.by_name[name], held[name])
            for name in schema.caption
            if held.get(name) is not None
        )

    def _value(self, field: Field, value: Value) -> str:
        if value is None or value == ():
            return ""
        if isinstance(field.type, Reference):
            known = self._captions.get((field.type.kind, Id(str(value))))
            return known or Sentence("(no longer there)")
        shown = told_value(self._texts, self._facts, field, value)
        return shown if len(shown) <= _SHORTEST else f"{shown[:_SHORTEST]}…"

    def _look_up(self) -> Mapping[tuple[str, Id], str]:
        wanted: dict[str, set[Id]] = {}
        for one in self._found:
            wanted.setdefault(one.kind, set()).add(one.id)
            for moved in one.fields:
                if isinstance(moved.field.type, Reference):
                    named = wanted.setdefault(moved.field.type.kind, set())
                    named.update(Id(str(v)) for v in (moved.before, moved.after) if v is not None)
        found: dict[tuple[str, Id], str] = {}
        for reader in reversed(self._readers):  # what it is called now goes before
            for kind, ids in wanted.items():
                captions = reader.captions(kind, ids)
                found |= {(kind, id_): caption for id_, caption in captions.items() if caption}
        return found


def _moment_words(reader: Reader, moment: Moment, compared: Compared) -> str:
    """Say which moment is compared."""
    if compared.backup is not None and moment is compared.before:
        return Sentence("the file {name}", name=compared.backup_name)
    if moment.step is None:
        return Sentence("now")
    if moment.step == 0:
        return Sentence("before the first step")
    step = reader.step(moment.step)
    return Sentence(
        "after step {no} of {at}: {label}",
        no=step.no,
        at=f"{step.at.astimezone():%d.%m.%Y %H:%M}",
        label=step.label,
    )
