"""The records of a copy at the moment it parted from another one, worked out from its history.

Steps that were done since are taken back, newest first; steps that held then and were undone since
are done again, oldest first. Only records that differ between the copies are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action, PastChange, PastStep
from smartct_desktop.domain.copies import Ground, Parted, parted
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence

_PAGE = 1000
_BACK = Sentence("Looking at what changed since")

Key = tuple[str, Id]
Values = Mapping[str, Value]
"""What people and files filled in of a record, by field; blanks are left out."""


def compare_histories(ours: Reader, theirs: Reader) -> Parted | None:
    """Say how two copies of one document parted; None if they are not copies of one document."""
    return parted(ours.step_marks(), theirs.step_marks())


def steps_of(reader: Reader, numbers: tuple[int, ...]) -> tuple[PastStep, ...]:
    """Fetch steps by their numbers; one that is gone is left out."""
    found = []
    for no in numbers:
        with suppress(KeyError):
            found.append(reader.step(no))
    return tuple(found)


class Former:
    """The records of a copy at one of its moments; what no step touched since is as it is now."""

    def __init__(self, reader: Reader, ground: Ground, progress: Progress) -> None:
        self._whole: dict[Key, dict[str, Value] | None] = {}
        self._moved: dict[Key, dict[str, Value]] = {}
        steps = {mark.no: mark.holds for mark in reader.step_marks()}
        since = [no for no, holds in steps.items() if holds and no not in ground.holding]
        undone = [no for no in sorted(ground.holding) if not steps.get(no, True)]
        for done, no in enumerate(sorted(since, reverse=True)):
            progress.report(_BACK, done, len(since) + len(undone))
            for change in reversed(list(_changes(reader, no))):
                self._take(change, back=True)
        for done, no in enumerate(undone, len(since)):
            progress.report(_BACK, done, len(since) + len(undone))
            for change in _changes(reader, no):
                self._take(change, back=False)

    def values(self, key: Key, now: Values | None) -> Values | None:
        """Give what a record held then, that holds `now` today; None if it was not there."""
        if key in self._whole:
            whole = self._whole[key]
            return None if whole is None else _filled(key[0], whole)
        if now is None:
            return None
        return _filled(key[0], {**now, **self._moved.get(key, {})})

    def _take(self, change: PastChange, *, back: bool) -> None:
        key = (change.kind, change.id)
        if change.action is Action.CHANGE:
            whole = self._whole.get(key)
            moved = self._moved.setdefault(key, {}) if whole is None else whole
            moved.update(change.before if back else change.after)
            return
        self._moved.pop(key, None)
        if (change.action is Action.REMOVE) == back:
            self._whole[key] = dict(change.before if back else change.after)
        else:
            self._whole[key] = None


def filled(record: Record) -> Values:
    """Give what people and files filled in of a record."""
    values = ((field.name, getattr(record, field.name)) for field in record.schema.told)
    return {name: value for name, value in values if value not in (None, ())}


def _filled(kind: str, values: Values) -> Values:
    told = {field.name for field in schema_of(kind).told}
    return {n: value for n, value in values.items() if n in told and value not in (None, ())}


def _changes(reader: Reader, no: int) -> Iterator[PastChange]:
    start = 0
    while page := reader.step_changes(no, start, start + _PAGE):
        yield from page
        start += len(page)
