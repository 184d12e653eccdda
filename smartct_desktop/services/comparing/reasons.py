"""Why a workbook and the document differ: which records are behind, and what happened to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.changes import StepFilter, StepState
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.causes import Cause, Causes, CauseWords
from smartct_desktop.services.comparing.sheets import SheetDifference
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts, TextStyle

_MOST = 5
"""So many records behind a figure are named."""

_TOLD = 3
"""So many changes of a record are told."""

_NAMED_BY = {"exchange": "number", "organisation": "name", "event": "title"}
"""The field by which the sheets call a record of each kind."""


class Reasons:
    """Looks up what happened since a moment; reads only what somebody asks for."""

    def __init__(
        self,
        reader: Reader,
        since: datetime,
        found: Iterable[SheetDifference],
        exchanges: str,
        total: str,
    ) -> None:
        self._reader = reader
        before = reader.history(0, 1, StepFilter(before=since))
        self._step = before[0].no if before else 0
        self._causes = Causes(reader, self._step)
        self._found = list(found)
        self._exchanges = exchanges
        self._total = total
        self._words = CauseWords(reader, Texts(ProgrammeFacts(), TextStyle()))

    def of(self, difference: SheetDifference) -> str:
        """Say why: what happened to the record of the row, or which records are behind."""
        record = self.record_of(difference)
        causes = self._causes_of(*record) if record is not None else ()
        if causes or difference.table in self._detailed:
            return "\n".join(map(self._say, causes))
        of_row = self._behind.get(difference.key[0]) if difference.key else None
        behind = list(of_row or self._behind.get(self._exchanges) or {})
        names = "; ".join(behind[:_MOST])
        if len(behind) > _MOST:
            more = len(behind) - _MOST
            return Sentence("Records that differ: {names} and {n} more", names=names, n=more)
        return Sentence("Records that differ: {names}", names=names) if names else ""

    def _causes_of(self, kind: str, id_: Id) -> list[Cause]:
        """Give the newest changes of a record itself, else of what it rests on, oldest first."""
        own = [
            Cause(step, change)
            for step, change in self._reader.record_history(kind, id_)
            if step.no > self._step and step.state is StepState.DONE
        ]
        return own[:_TOLD][::-1] or self._causes.of(kind, id_)[-_TOLD:]

    def _say(self, cause: Cause) -> str:
        return Sentence(
            "{day}, {by}: {what}",
            day=f"{cause.step.at.astimezone():%d.%m.%Y}",
            by=cause.step.by,
            what=self._words.what(cause),
        )

    def record_of(self, difference: SheetDifference) -> tuple[str, Id] | None:
        """Give the record of a row: by the id in the sheet, else by its name if it is the only."""
        if difference.id:
            return self._by_id.get(difference.id)
        found = {record for name in difference.key for record in self._by_name.get(name, ())}
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[str, Id]]:
        ids = [Id(one.id) for one in self._found if one.id]
        return {id_: (kind, id_) for kind in BY_KIND for id_ in self._reader.captions(kind, ids)}

    @cached_property
    def _by_name(self) -> Mapping[str, set[tuple[str, Id]]]:
        wanted = {name for one in self._found for name in one.key}
        found: defaultdict[str, set[tuple[str, Id]]] = defaultdict(set)
        for kind, field in _NAMED_BY.items():
            for id_, name in self._reader.columns(kind, (field,)):
                if name in wanted:
                    found[name].add((kind, id_))
        return found

    @cached_property
    def _behind(self) -> Mapping[str, dict[str, None]]:
        """The records whose rows differ, by the indicator that their row or sheet is of."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for one in self._found:
            if self._total in one.key:
                continue
            if len(one.key) > 1:
                found[one.key[0]][one.key[1]] = None
            elif one.sheet == self._exchanges and one.key:
                found[self._exchanges][one.key[0]] = None
        return found

    @cached_property
    def _detailed(self) -> frozenset[str]:
        """The sheets whose rows are records."""
        return frozenset(one.table for one in self._found if len(one.key) > 1 or one.id)
