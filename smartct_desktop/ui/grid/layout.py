"""How a table was left: columns, widths and order, remembered by the names of the fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartct_desktop.domain.query import Path, Sort
from smartct_desktop.services.settings import Json, Settings


@dataclass(frozen=True)
class Layout:
    """Columns from left to right, widths that differ from the usual ones, and the sort."""

    columns: tuple[str, ...]
    widths: dict[str, int]
    sort: tuple[Sort, ...]


def read_layout(settings: Settings, table: str, usual: Sequence[str]) -> Layout:
    """The layout of a table as it was left; what makes no sense any more is the usual one."""
    names = _texts(settings.get(f"table.{table}.columns"))
    widths = settings.get(f"table.{table}.widths")
    sort = settings.get(f"table.{table}.sort")
    return Layout(
        tuple(names) or tuple(usual),
        _widths(widths),
        tuple(_sorts(sort)),
    )


def write_layout(settings: Settings, table: str, layout: Layout) -> None:
    """Remember the layout of a table."""
    columns: list[Json] = list(layout.columns)
    widths: dict[str, Json] = dict(layout.widths)
    sort: list[Json] = [[str(s.path), s.descending] for s in layout.sort]
    settings.set(f"table.{table}.columns", columns)
    settings.set(f"table.{table}.widths", widths)
    settings.set(f"table.{table}.sort", sort)


def forget_layout(settings: Settings, table: str) -> None:
    """Have the table look as it did at first."""
    for part in ("columns", "widths", "sort"):
        settings.set(f"table.{table}.{part}", None)


def _texts(value: Json) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _widths(value: Json) -> dict[str, int]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {name: wide for name, wide in pairs if isinstance(wide, int) and 20 <= wide <= 2000}


def _sorts(value: Json) -> list[Sort]:
    sorts = []
    for pair in value if isinstance(value, list) else ():
        match pair:
            case [str(path), bool(descending)]:
                sorts.append(Sort(Path.of(path), descending))
            case _:
                continue
    return sorts
