"""What the headings of groups say, and what is added up for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from smartct_desktop.domain.fields import Money, Number, PartialDay, Value, Whole
from smartct_desktop.domain.query import Grouping, Path, Query, Span
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.grid.columns import AnyColumn, Column, heading
from smartct_desktop.ui.grid.groups import Heading
from smartct_desktop.ui.i18n import tr


def group_path(query: Query) -> tuple[Path, Span] | None:
    """By what the rows of a query are grouped."""
    return (query.group.path, query.group.span) if query.group is not None else None


def with_sums(query: Query, columns: Iterable[AnyColumn], summed: frozenset[str]) -> Query:
    """The query with the sums that headings have room for: money, and what is `summed`."""
    if query.group is None:
        return query
    paths = tuple(c.path for c in columns if isinstance(c, Column) and is_summed(c, summed))
    return replace(query, group=replace(query.group, sums=paths))


def is_summed(column: Column, summed: frozenset[str]) -> bool:
    """Whether to add a column up makes sense: its own money and numbers, not years or degrees."""
    if not column.own:
        return False
    if isinstance(column.type, Money):
        return True
    return column.name in summed and isinstance(column.type, Number | Whole)


def group_words(group_: Heading, grouping: Grouping, kind: str, texts: Texts) -> str:
    """What the value of a group is called."""
    group = group_.group
    if group.value is None:
        return tr("(blank)")
    if grouping.span is not Span.EACH:
        return texts.shown(PartialDay(), group.value)
    type_ = grouping.path.field(kind).type
    words = texts.shown(type_, group.value, group.caption)
    return " ".join(words.split("\n"))


def count_words(heading_: Heading) -> str:
    """How many rows a group has."""
    records = heading_.group.records
    return tr("{n} row", n=1) if records == 1 else tr("{n} rows", n=records)


def heading_words(heading_: Heading, grouping: Grouping, kind: str, texts: Texts) -> str:
    """“Spain, 25 rows”."""
    return f"{group_words(heading_, grouping, kind, texts)}, {count_words(heading_)}"


def heading_sum(heading_: Heading, grouping: Grouping, column: AnyColumn, texts: Texts) -> str:
    """The sum of a column, empty if it is not added up or nothing is there."""
    if not isinstance(column, Column) or column.path not in grouping.sums:
        return ""
    amounts: Sequence[Value] = heading_.group.sums
    place = grouping.sums.index(column.path)
    amount = amounts[place] if place < len(amounts) else None
    return texts.shown(column.type, amount) if amount else ""


def heading_spoken(
    heading_: Heading, grouping: Grouping, kind: str, column: AnyColumn, texts: Texts
) -> str:
    """What a screen reader says at a cell of a heading."""
    state = tr("open") if heading_.open else tr("closed")
    words = heading_words(heading_, grouping, kind, texts)
    amount = heading_sum(heading_, grouping, column, texts)
    said = tr("group {words}, {state}", words=words, state=state)
    return f"{said}, {heading(column)}: {amount}" if amount else said
