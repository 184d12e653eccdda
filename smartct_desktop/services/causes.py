"""Which later steps moved a record, or what it rests on: the reason why it counts otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action, PastChange, PastStep
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.moments import changes_of, read_many, steps_since
from smartct_desktop.services.texts import Texts

_DECIDING = {
    "exchange": frozenset(
        {
            *("status", "counted", "counted_reason", "vop", "vo", "ho", "vo_cluster"),
            *("start", "end", "planned_end"),
        }
    ),
    "organisation": frozenset({"sme", "type", "partnership"}),
    "event": frozenset({"status", "start", "end", "participants_reported", "host_cluster"}),
    "attendance": frozenset({"event", "attended", "person", "name_text", "email"}),
    "label": frozenset({"cluster", "awarded_on", "valid_until"}),
    "membership": frozenset({"cluster", "organisation", "since", "until"}),
    "partnership": frozenset({"own", "counted_from"}),
}
"""The fields by kind that decide what counts."""

_NAMES_ALL = frozenset({"partnership", "vop"})
"""Fields by which nearly every record names the same one."""

_MOST = 3
"""So many fields of a change are told."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One change of a later step."""

    step: PastStep
    change: PastChange


class Causes:
    """What happened after a step, by the records that it concerns; reads it when first asked."""

    def __init__(self, reader: Reader, step: int) -> None:
        self._reader = reader
        self._step = step

    def of(self, kind: str, id_: Id) -> list[Cause]:
        """Give what moved a record, oldest first.

        What happened to itself and to records that name it; else to those that it names; else to
        the own partnership, which says from when on exchanges count.
        """
        if found := self._about[id_]:
            return found
        record = read_many(self._reader, [(kind, id_)]).get((kind, id_))
        references = record.schema.references if record is not None else ()
        named = dict.fromkeys(getattr(record, field.name) for field in references)
        beside = [cause for other in named if other for cause in self._about[other]]
        return beside or [cause for cause in self._all if cause.change.kind == "partnership"]

    @cached_property
    def _all(self) -> list[Cause]:
        found = [
            Cause(step, change)
            for step in steps_since(self._reader, self._step)
            for change in changes_of(self._reader, step)
            if _decides(change)
        ]
        return sorted(found, key=lambda cause: cause.step.no)

    @cached_property
    def _about(self) -> defaultdict[Id, list[Cause]]:
        """The causes by every record that they touch or name."""
        records = read_many(self._reader, {(c.change.kind, c.change.id) for c in self._all})
        found: defaultdict[Id, list[Cause]] = defaultdict(list)
        for cause in self._all:
            change = cause.change
            record = records.get((change.kind, change.id))
            concerned = {change.id}
            for field in schema_of(change.kind).references:
                if field.name in _NAMES_ALL:
                    continue
                now = getattr(record, field.name) if record is not None else None
                for value in (change.before.get(field.name), change.after.get(field.name), now):
                    if value:
                        concerned.add(Id(str(value)))
            for id_ in concerned:
                found[id_].append(cause)
        return found


class CauseWords:
    """Says causes in words."""

    def __init__(self, reader: Reader, texts: Texts) -> None:
        self._reader = reader
        self._texts = texts

    def what(self, cause: Cause) -> str:
        """Say which fields a change moved, from what to what; or that the record came or went."""
        change = cause.change
        schema = schema_of(change.kind)
        whose = f"{schema.label} {change.caption}".strip()
        match change.action:
            case Action.ADD:
                return Sentence("{record} was added ({step})", record=whose, step=cause.step.label)
            case Action.REMOVE:
                return Sentence("{record} went ({step})", record=whose, step=cause.step.label)
            case Action.CHANGE:
                moved = [f for f in schema.fields if f.name in {**change.before, **change.after}]
                told = [self._moved(field, change) for field in moved[:_MOST]]
                told += ["…"] if len(moved) > _MOST else []
                return f"{whose}: {'; '.join(told)}"

    def _moved(self, field: Field, change: PastChange) -> str:
        before, after = (
            self.value(field, values.get(field.name)) for values in (change.before, change.after)
        )
        return f"{field.label}: {before or '–'} → {after or '–'}"

    def value(self, field: Field, value: Value) -> str:
        """Say a value of a field; empty for a blank."""
        if value is None or value == ():
            return ""
        if isinstance(field.type, Reference):
            id_ = Id(str(value))
            return self._reader.captions(field.type.kind, [id_]).get(id_) or Sentence(
                "(no longer there)"
            )
        return self._texts.shown(field.type, value)


def _decides(change: PastChange) -> bool:
    """Whether a change can move a figure."""
    deciding = _DECIDING.get(change.kind, frozenset())
    if change.action is not Action.CHANGE:
        return bool(deciding)
    return bool(deciding & (change.before.keys() | change.after.keys()))


def step_of_closing(reader: Reader, period: Id) -> int:
    """Give the step that closed a period; the figures of then are those after it."""
    history = reader.record_history("reporting_period", period)
    added = [step.no for step, change in history if change.action is Action.ADD]
    return min(added)


def told(causes: list[Cause]) -> Iterator[Cause]:
    """Give the causes that are told of a record: the newest few, oldest first."""
    yield from causes[-_MOST:]
