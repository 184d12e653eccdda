"""What a person has said about a template: what fills each place, and each column of an area.

It is remembered in the settings and not in the document: it is about a funder's form, which is
used with several documents, also with those that are open for reading only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.settings import Json, Settings

FORMAT = "smartct-map/1"
BLANK = ""
"""Fills a place with nothing, because a person said so."""

_SETTING = "templates"
_MOST = 50
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class RegionMap:
    """Which list fills an area, and which of its columns each heading; others stay as they are."""

    list: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TemplateMap:
    """What fills a template beside what it says itself.

    `places` are by name in braces, by name of a cell, or by cell ("Summary!B4").
    """

    places: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, RegionMap] = field(default_factory=dict)

    def as_json(self) -> dict[str, Json]:
        """Give it as it is kept and exchanged."""
        regions: dict[str, Json] = {
            key: {"list": one.list, "columns": dict(one.columns)}
            for key, one in self.regions.items()
        }
        return {"format": FORMAT, "places": dict(self.places), "regions": regions}


def read_map(path: Path) -> TemplateMap:
    """Read a map that a person has written. Raises `Trouble`."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            known = map_of(json.loads(file.read(_LARGEST)))
    except OSError as failure:
        raise Trouble(
            Sentence("{name} cannot be read.", name=path.name),
            Sentence("Check the name and whether you may open it."),
        ) from failure
    except (ValueError, RecursionError) as failure:
        raise _no_map(path.name) from failure
    if known is None:
        raise _no_map(path.name)
    return known


def map_of(value: object) -> TemplateMap | None:
    """Understand a map, None for anything else."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        return None
    if set(value) - {"format", "places", "regions"}:
        return None
    places, regions = value.get("places", {}), value.get("regions", {})
    if not _is_words(places) or not isinstance(regions, dict):
        return None
    found: dict[str, RegionMap] = {}
    for key, one in regions.items():
        if not isinstance(one, dict) or set(one) != {"list", "columns"}:
            return None
        if not isinstance(one["list"], str) or not _is_words(one["columns"]):
            return None
        found[key] = RegionMap(one["list"], one["columns"])
    return TemplateMap(places, found)


def remembered(settings: Settings, fingerprint: str) -> TemplateMap | None:
    """Give what was said about this template the last time."""
    kept = settings.get(_SETTING)
    return map_of(kept.get(fingerprint)) if isinstance(kept, dict) else None


def remember(settings: Settings, fingerprint: str, said: TemplateMap) -> None:
    """Keep what was said about a template; of very many only some stay, this one among them."""
    kept = settings.get(_SETTING)
    others = dict(kept) if isinstance(kept, dict) else {}
    others.pop(fingerprint, None)
    others[fingerprint] = said.as_json()
    newest = list(others)[-_MOST:]
    settings.set(_SETTING, {key: others[key] for key in newest})


def _is_words(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(key, str) and isinstance(one, str) for key, one in value.items()
    )


def _no_map(name: str) -> Trouble:
    return Trouble(
        Sentence("{name} is no map of a template.", name=name),
        Sentence("Write one with --list --json and change what it says there."),
    )
