"""Named views: how a table is set up, under a name; kept in the settings, passed on as files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.query import Path, Sort
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.settings import Json, Settings
from smartct_desktop.system.files import write_atomic

FORMAT = "smartct-views"
VERSION = 1
SUFFIX = ".smartct-views.json"
LONGEST_NAME = 60
_LARGEST_FILE = 1_000_000  # bytes; a view has about a thousand
_WIDTHS = range(20, 2001)


@dataclass(frozen=True)
class View:
    """How one table is set up.

    `tab` is the word by which settings know the tab. Without `columns` it has its usual ones;
    `widths` are those that differ from the usual ones, at 100 % text. `filter` is a text of the
    filter language as written for keeping. `groups` are the paths to group by, outermost first.
    The columns up to `frozen` stay while the others scroll. `facets` are the names of those shown,
    None leaves them as they are. A `shipped` view cannot be changed; its `hint` says what it means.
    """

    name: str
    tab: str
    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: tuple[Sort, ...] = ()
    filter: str = ""
    groups: tuple[str, ...] = ()
    frozen: str = ""
    facets: tuple[str, ...] | None = None
    hint: str = ""
    shipped: bool = False

    def same_set_up(self, other: View) -> bool:
        """Whether a table looks the same with both; widths are a matter of taste."""
        facets = None in {self.facets, other.facets} or self.facets == other.facets
        return facets and self._shown() == other._shown()

    def _shown(self) -> tuple[object, ...]:
        return (self.tab, self.columns, self.sort, self.filter, self.groups, self.frozen)

    def to_json(self) -> dict[str, Json]:
        """Give the view as it is kept, without what is empty."""
        parts: dict[str, Json] = {
            "name": self.name,
            "tab": self.tab,
            "columns": list(self.columns),
            "widths": dict(self.widths),
            "sort": [[str(sort.path), sort.descending] for sort in self.sort],
            "filter": self.filter,
            "groups": list(self.groups),
            "frozen": self.frozen,
        }
        kept: dict[str, Json] = {name: part for name, part in parts.items() if part}
        if self.facets is not None:
            kept["facets"] = list(self.facets)
        return kept

    @classmethod
    def from_json(cls, value: Json) -> View:
        """Read a kept view. Raises ValueError for what is none."""
        parts = value if isinstance(value, dict) else {}
        widths = parts.get("widths", {})
        return cls(
            name=checked_name(_text(parts.get("name"))),
            tab=_text(parts.get("tab")),
            columns=_texts(parts.get("columns", [])),
            widths=_widths(widths),
            sort=tuple(_sorts(parts.get("sort", []))),
            filter=_text(parts.get("filter", "")),
            groups=_texts(parts.get("groups", [])),
            frozen=_text(parts.get("frozen", "")),
            facets=_texts(parts["facets"]) if "facets" in parts else None,
        )


def checked_name(name: str) -> str:
    """Give the name in one line. Raises ValueError if there is none, or if it is too long."""
    plain = " ".join(name.split())
    if not 0 < len(plain) <= LONGEST_NAME or not plain.isprintable():
        raise ValueError("name")
    return plain


class OwnViews:
    """The views somebody made, by tab, in the settings. What cannot be read there is left alone."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, tab: str) -> list[View]:
        """Give the own views of a tab by name."""
        kept = self._settings.get(f"views.{tab}")
        views = (
            [view for one in kept if (view := _read(one, tab))] if isinstance(kept, list) else []
        )
        return sorted(views, key=lambda view: view.name.casefold())

    def find(self, tab: str, name: str) -> View | None:
        """Give the own view of this name, whatever its case."""
        wanted = name.casefold()
        return next((view for view in self.of(tab) if view.name.casefold() == wanted), None)

    def put(self, view: View) -> None:
        """Keep a view; one of the same name is replaced."""
        others = [v for v in self.of(view.tab) if v.name.casefold() != view.name.casefold()]
        self._keep(view.tab, [*others, view])

    def rename(self, view: View, name: str) -> View:
        """Give a view another name."""
        renamed = replace(view, name=name)
        self.remove(view)
        self.put(renamed)
        return renamed

    def remove(self, view: View) -> None:
        """Forget a view."""
        self._keep(view.tab, [one for one in self.of(view.tab) if one.name != view.name])

    def free_name(self, tab: str, name: str) -> str:
        """Give the name, with a number behind it if another view has it."""
        taken = {view.name.casefold() for view in self.of(tab)}
        names = (name, *(f"{name} {n}" for n in range(2, len(taken) + 3)))
        return next(one for one in names if one.casefold() not in taken)

    def _keep(self, tab: str, views: Iterable[View]) -> None:
        kept: list[Json] = [view.to_json() for view in views]
        self._settings.set(f"views.{tab}", kept or None)


def write_views(views: Iterable[View], path: FilePath) -> None:
    """Write views to a file. Raises `Trouble` if the folder cannot be written."""
    kept: list[Json] = [view.to_json() for view in views]
    whole: dict[str, Json] = {"format": FORMAT, "version": VERSION, "views": kept}
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def produce(out: BinaryIO) -> None:
        out.write(text.encode())

    write_atomic(path, produce)


def read_views(path: FilePath, tabs: Iterable[str]) -> list[View]:
    """Read the views of a file. Raises `Trouble` with a sentence for what is no such file."""
    name = path.name
    hint = Sentence("Choose a file that was made with “Export this view…”.")
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise Trouble(Sentence("“{name}” is too large for a file of views.", name=name), hint)
        whole = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Trouble(
            Sentence("“{name}” cannot be read: {reason}.", name=name, reason=error.strerror or "")
        ) from error
    except (ValueError, RecursionError):
        raise Trouble(Sentence("“{name}” is no file of views.", name=name), hint) from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise Trouble(Sentence("“{name}” is no file of views.", name=name), hint)
    version = whole.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Trouble(Sentence("“{name}” is damaged: its version is missing.", name=name), hint)
    if version > VERSION:
        raise Trouble(
            Sentence("“{name}” was made by a newer version of SmartCT Desktop.", name=name),
            Sentence("Install the newer version to use it."),
        )
    return _checked(whole.get("views"), name, frozenset(tabs))


def _checked(kept: Json, name: str, tabs: frozenset[str]) -> list[View]:
    if not isinstance(kept, list) or not kept:
        raise Trouble(Sentence("There is no view in “{name}”.", name=name))
    views = []
    for place, one in enumerate(kept, 1):
        try:
            view = View.from_json(one)
        except ValueError:
            raise Trouble(
                Sentence("View {place} in “{name}” is damaged.", place=place, name=name),
                Sentence("Nothing was taken over. Ask for the file again."),
            ) from None
        if view.tab not in tabs:
            raise Trouble(
                Sentence(
                    "The view “{view}” in “{name}” is for a table that does not exist here.",
                    view=view.name,
                    name=name,
                ),
                Sentence("Nothing was taken over."),
            )
        views.append(view)
    return views


def _read(kept: Json, tab: str) -> View | None:
    try:
        view = View.from_json(kept)
    except ValueError:
        return None
    return view if view.tab == tab else None


def _text(value: Json) -> str:
    match value:
        case str():
            return value
        case _:
            raise ValueError("text")


def _texts(value: Json) -> tuple[str, ...]:
    match value:
        case list():
            return tuple(map(_text, value))
        case _:
            raise ValueError("texts")


def _widths(value: Json) -> dict[str, int]:
    match value:
        case dict():
            return {name: _width(wide) for name, wide in value.items()}
        case _:
            raise ValueError("widths")


def _width(value: Json) -> int:
    match value:
        case int() if not isinstance(value, bool) and value in _WIDTHS:
            return value
        case _:
            raise ValueError("width")


def _sorts(value: Json) -> Iterator[Sort]:
    for pair in value if isinstance(value, list) else [value]:
        match pair:
            case [str(path), bool(descending)]:
                yield Sort(Path.of(path), descending)
            case _:
                raise ValueError("sort")
