"""How a table was left: columns, widths and order, remembered by the names of the fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartct_desktop.domain.query import Grouping, Path, Sort, Span
from smartct_desktop.services.settings import Json, Settings


@dataclass(frozen=True)
class Layout:
    """Columns from left to right, widths that differ from the usual ones, and the sort.

    `frozen` is the last column that stays at the left, `group` what the rows are grouped by.
    """

    columns: tuple[str, ...]
    widths: dict[str, int]
    sort: tuple[Sort, ...]
    frozen: str = ""
    group: str = ""


def read_layout(settings: Settings, table: str, usual: Sequence[str]) -> Layout:
    """The layout of a table as it was left; what makes no sense any more is the usual one."""
    names = _texts(settings.get(f"table.{table}.columns"))
    widths = settings.get(f"table.{table}.widths")
    sort = settings.get(f"table.{table}.sort")
    return Layout(
        tuple(names) or tuple(usual),
        _widths(widths),
        tuple(_sorts(sort)),
        settings.text(f"table.{table}.frozen"),
        settings.text(f"table.{table}.group"),
    )


def write_layout(settings: Settings, table: str, layout: Layout) -> None:
    """Remember the layout of a table."""
    columns: list[Json] = list(layout.columns)
    widths: dict[str, Json] = dict(layout.widths)
    sort: list[Json] = [[str(s.path), s.descending] for s in layout.sort]
    settings.set(f"table.{table}.columns", columns)
    settings.set(f"table.{table}.widths", widths)
    settings.set(f"table.{table}.sort", sort)
    settings.set(f"table.{table}.frozen", layout.frozen or None)
    settings.set(f"table.{table}.group", layout.group or None)


def forget_layout(settings: Settings, table: str) -> None:
    """Have the table look as it did at first."""
    for part in ("columns", "widths", "sort", "frozen", "group"):
        settings.set(f"table.{table}.{part}", None)


def grouping_of(kind: str, name: str) -> Grouping | None:
    """The grouping of this name ("vo.country", "start:month"), None if it makes no sense."""
    way, _, span = name.partition(":")
    spans = {"": Span.EACH, "year": Span.YEAR, "month": Span.MONTH}
    path = Path.of(way)
    try:
        path.field(kind)
    except KeyError:
        return None
    return Grouping(path, spans[span]) if span in spans else None


def name_of_grouping(grouping: Grouping | None) -> str:
    """The word by which settings and views remember a grouping; empty for none."""
    if grouping is None:
        return ""
    span = "" if grouping.span is Span.EACH else f":{grouping.span.name.lower()}"
    return f"{grouping.path}{span}"


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
