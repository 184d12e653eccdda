"""Organisations that may be one: a name of the one, whichever, is a name of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.namesakes import fields_of_names, names_in
from smartct_desktop.domain.programme.organisation_case import Twin
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import Organisation

MOST_LOOKED_UP = 100
"""Names that one look asks for; of who looks at more, all organisations are read once."""

_KIND = Organisation.schema.kind
_NAMES = fields_of_names(_KIND)


class Doubles:
    """Finds them during one look, and remembers what it has read."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._all = False
        self._by_name: dict[str, list[Twin]] = defaultdict(list)

    def of(
        self, reader: Reader, organisations: Iterable[Organisation]
    ) -> Mapping[Id, Sequence[Twin]]:
        """Give the possible doubles of those among the organisations that have any."""
        names = {of.id: names_in(*(getattr(of, name) for name in _NAMES)) for of in organisations}
        self._read(reader, frozenset().union(*names.values()))
        found = {}
        for id_, own in names.items():
            twins = {t.id: t for name in own for t in self._by_name.get(name, ()) if t.id != id_}
            if twins:
                found[id_] = sorted(twins.values(), key=lambda twin: (twin.name, twin.id))
        return found

    def _read(self, reader: Reader, names: AbstractSet[str]) -> None:
        missing = names - self._asked
        if self._all or not missing:
            return
        self._asked |= missing
        self._all = len(self._asked) > MOST_LOOKED_UP
        if self._all:
            self._by_name.clear()
        ids = None if self._all else reader.called(_KIND, missing)
        for id_, country, *texts in reader.columns(_KIND, ("country", *_NAMES), ids):
            twin = Twin(id_, texts[0], country)
            for name in names_in(*texts):
                if self._all or name in missing:
                    self._by_name[name].append(twin)
        if self._all:  # who has a name alone has no double
            shared = {name: twins for name, twins in self._by_name.items() if len(twins) > 1}
            self._by_name = defaultdict(list, shared)
