"""The changes of one step while they are collected, and which of them are refused."""

from __future__ import annotations

from smartct_desktop.domain.changes import Change, Origin, Step
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.reading import Reader, RecordT
from smartct_desktop.domain.record import Record


class Edit:
    """Collects the changes of one step; it sees its own changes when it reads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._changes: dict[Id, Change] = {}

    def get(self, type_: type[RecordT], id_: Id) -> RecordT:
        """Fetch a record as it is within this edit. Raises KeyError."""
        change = self._changes.get(id_)
        if change is None:
            return self._reader.get(type_, id_)
        if not isinstance(change.after, type_):
            raise KeyError(id_)
        return change.after

    def add(self, record: Record, origin: Origin | None = None) -> Record:
        """Add a record. Raises `Invalid` if a value breaks a rule."""
        check(record)
        self._changes[record.id] = Change(None, record, origin)
        return record

    def update(
        self, record: Record, origin: Origin | None = None, *, stored: Record | None = None
    ) -> Record:
        """Put the record in the place of the one with its id. Raises `Invalid`, KeyError.

        `stored` is that one as the file has it, where the caller has read it already.
        """
        known = self._changes.get(record.id)
        if known is not None:
            before = known.before
        else:
            before = stored or self._reader.record(record.schema.kind, record.id)
        earlier = known.after if known is not None else before
        if earlier is not None:
            record = record.succeeding(earlier)
        check(record)
        origin = origin or (known.origin if known else None)
        self._changes[record.id] = Change(before, record, origin)
        return record

    def set(self, record: Record, field: str, value: Value) -> Record:
        """Change one field of a record. Raises `Invalid`, KeyError."""
        return self.update(record.replace(**{field: value}))

    def remove(self, kind: str, id_: Id) -> None:
        """Remove a record; whoever refers to it must be changed in the same edit. KeyError."""
        known = self._changes.pop(id_, None)
        before = known.before if known else self._reader.record(kind, id_)
        if before is not None:
            self._changes[id_] = Change(before, None)

    def changes(self) -> tuple[Change, ...]:
        """Give the changes that change something, in the order they were first made."""
        return tuple(filter(_changes_anything, self._changes.values()))


def refuse_changes(step: Step) -> None:
    """Raise `Invalid` if a record must stay as it is; only what made it can be taken back.

    What another copy did was refused or not when it was done there.
    """
    if step.about is not None or step.joins:
        return
    for change in step.changes:
        refused = change.before.refuses(change.after) if change.before is not None else None
        if refused is not None:
            raise Invalid(refused)


def _changes_anything(change: Change) -> bool:
    """Whether a step is needed for it: derived fields are written by every step anyway."""
    before, after = change.before, change.after
    if before is None or after is None:
        return before is not after
    return before != after and any(
        getattr(before, field.name) != getattr(after, field.name) for field in before.schema.told
    )
