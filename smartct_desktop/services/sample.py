"""The sample partnership: SmartCTClusters as its public profile and reports show it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.record import Record, Schema
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.session import Session
from smartct_desktop.domain.records.target import Target
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import ISO, Texts
from smartct_desktop.system.resources import read_text

FOLDER = "sample"
_FILES: tuple[tuple[str, Schema], ...] = (
    ("partnership", Partnership.schema),
    ("clusters", Organisation.schema),
    ("events", Event.schema),
    ("targets", Target.schema),
)
# Lists inside an entry: what they hold, and by which field their records name the entry.
_PARTS: Mapping[str, tuple[Schema, str]] = {
    "figures": (ClusterFigures.schema, "cluster"),
    "sessions": (Session.schema, "event"),
}


def sample_records(facts: ProgrammeFacts, read: Callable[[str], str] = read_text) -> list[Record]:
    """Make the records of the sample, with new ids, referred ones before those that refer.

    In the files a key is the name of a field and a value what one would type there, dates in ISO
    form; a list is several lines or terms. "key" names an entry for those that refer to it. Raises
    `Invalid`, KeyError or ValueError if a file is broken, which is a mistake of ours.
    """
    return list(_Loader(facts).records(read))


class _Loader:
    """Reads the files in order and remembers under which id each entry stands."""

    def __init__(self, facts: ProgrammeFacts) -> None:
        self._texts = Texts(facts, ISO)
        self._ids: dict[str, Id] = {}

    def records(self, read: Callable[[str], str]) -> Iterator[Record]:
        for name, schema in _FILES:
            for entry in json.loads(read(f"{FOLDER}/{name}.json")):
                yield from self._entry(schema, entry)

    def _entry(self, schema: Schema, entry: Mapping[str, Any]) -> Iterator[Record]:
        own = {name: value for name, value in entry.items() if name not in {"key", *_PARTS}}
        record = schema.make(self._values(schema, own))
        self._ids[entry["key"]] = record.id
        yield record
        for part in _PARTS.keys() & entry.keys():
            part_schema, parent = _PARTS[part]
            for one in entry[part]:
                values = self._values(part_schema, one)
                yield part_schema.make({**values, parent: record.id})

    def _values(self, schema: Schema, entry: Mapping[str, Any]) -> dict[str, Value]:
        return {
            name: self._value(schema.by_name[name], value)
            for name, value in entry.items()
            if value is not None
        }

    def _value(self, field: Field, value: Any) -> Value:
        if isinstance(field.type, Reference):
            return self._ids[value]
        if isinstance(value, bool):
            return value
        lines = value if isinstance(value, list) else [str(value)]
        return self._texts.read(field, "\n".join(lines))
