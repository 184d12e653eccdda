"""Records that one copy removed while the other still names them: they come back, or are let go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field
from smartct_desktop.domain.joining import Key
from smartct_desktop.domain.joining_workings import Workings, target_of


def settle_mentions(workings: Workings) -> None:
    """Let nothing name what is not there: it comes back, or the naming ends."""
    _Mentions(workings).settle()


class _Mentions:
    def __init__(self, workings: Workings) -> None:
        self._workings = workings

    def settle(self) -> None:
        named_by = self._named_by()
        for key in [
            key for key in self._workings.removals if self._workings.records[key] is not None
        ]:
            self._bring_company(key, named_by)
        while missing := self._missing():
            for key in sorted(missing):
                back = self._workings.removal(key, self._workings.triples[key], missing[key])
                self._workings.records[key] = back
                if back is not None:
                    self._bring_company(key, named_by)
        while self._end_mentions():
            pass

    def _named_by(self) -> Mapping[Key, list[tuple[Key, Field]]]:
        """Which records name which on either side, or did before."""
        found: dict[Key, list[tuple[Key, Field]]] = defaultdict(list)
        for key, triple in self._workings.triples.items():
            for one in schema_of(key[0]).references:
                for values in (triple.ours, triple.theirs):
                    if values is not None and (target := target_of(one, values)) is not None:
                        found[target].append((key, one))
        return found

    def _bring_company(self, key: Key, named_by: Mapping[Key, list[tuple[Key, Field]]]) -> None:
        """What went with a record that comes back comes back with it."""
        gone_here = self._workings.triples[key].ours is None
        for other, one in named_by.get(key, ()):
            triple = self._workings.triples[other]
            kept, gone = (triple.ours, triple.theirs)
            if gone_here:
                kept, gone = gone, kept
            if kept is None or target_of(one, kept) != key:
                continue
            now = self._workings.records[other]
            if now is None and gone is None and one.required:
                self._workings.records[other] = kept
                self._workings.returned.append(other)
                self._bring_company(other, named_by)
            elif now is not None and gone is not None and now.get(one.name) is None:
                self._workings.records[other] = {**now, one.name: key[1]}

    def _missing(self) -> dict[Key, int]:
        """What is named and not there although nobody decided so, with how many name it."""
        found: dict[Key, int] = defaultdict(int)
        for _, _, target in self._leading_nowhere():
            if target not in self._workings.removals and target in self._workings.triples:
                found[target] += 1
        return found

    def _leading_nowhere(self) -> list[tuple[Key, Field, Key]]:
        return [
            (key, one, target)
            for key, values in self._workings.records.items()
            if values is not None
            for one in schema_of(key[0]).references
            if (target := target_of(one, values)) is not None
            and self._workings.records.get(target, values) is None
        ]

    def _end_mentions(self) -> bool:
        found = self._leading_nowhere()
        for key, one, _ in found:
            values = self._workings.records[key]
            if values is None:
                continue
            if one.required:
                self._workings.records[key] = None
                self._workings.lost.append(key)
            else:
                self._workings.records[key] = {
                    n: value for n, value in values.items() if n != one.name
                }
                self._workings.blanked.append((key, one.name))
        return bool(found)
