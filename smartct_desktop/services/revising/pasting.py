"""The revision of a paste: a rectangle of texts over rows and columns of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.revising.building import Builder
from smartct_desktop.services.revising.revision import Deed, Given, Overflow, Revision, Target
from smartct_desktop.services.texts import Texts


@dataclass(frozen=True, slots=True)
class Rectangle:
    """What was copied, row by row; every row has the same length. `merged`: it had merged cells."""

    rows: tuple[tuple[Given, ...], ...]
    merged: bool = False

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def repeated(self, rows: int, columns: int) -> Rectangle:
        """Fill a larger area with it, if it fits there a whole number of times, as Excel does."""
        if not self.rows or rows % self.height or columns % self.width:
            return self
        across, down = columns // self.width, rows // self.height
        return Rectangle(tuple(row * across for row in self.rows) * down, self.merged)


@dataclass(frozen=True, slots=True)
class PasteWish:
    """Where a rectangle goes: the records from its first row on, the columns from its first on.

    `fixed` are the values of every record that is made here. Columns and records that lie beyond
    the rectangle may be among them.
    """

    kind: str
    ids: Sequence[Id]
    targets: Sequence[Target]
    rectangle: Rectangle
    fixed: tuple[tuple[str, Value], ...] = ()


def paste(
    reader: Reader, texts: Texts, wish: PasteWish, progress: Progress | None = None
) -> Revision:
    """Plan a paste. Rows beyond the last record become additions where they can, else overflow."""
    rectangle, targets = wish.rectangle, tuple(wish.targets[: wish.rectangle.width])
    rows = rectangle.rows
    notes = []
    if rectangle.merged:
        notes.append(
            Sentence(
                "Some of the copied cells were merged: the value goes into the first cell of each,"
                " the others are left as they are."
            )
        )
    first = 1
    if len(rows) > 1 and _are_headings(rows[0], targets):
        notes.append(Sentence("The first copied row holds the headings and is left out."))
        rows, first = rows[1:], 2
    builder = Builder(reader, texts, wish.kind)
    fields = [target.field for target in targets if target.field is not None]

    def plan(place: int, _record: Record) -> Iterator[tuple[Target, Given]]:
        return _cells(targets, rows[place])

    builder.change(wish.ids[: len(rows)], fields, plan, progress)
    overflow = list(_beyond_columns(rows, first, len(targets)))
    for at in range(len(wish.ids), len(rows)):
        given = rows[at]
        if not any(one.text.strip() for one in given):
            continue
        if not builder.add(first + at, dict(wish.fixed), _cells(targets, given)):
            overflow.append(
                Overflow(
                    first + at,
                    tuple(one.text for one in given),
                    Sentence("Lies beyond the last row."),
                )
            )
    return builder.result(Deed.PASTE, overflow, notes)


def _cells(targets: Sequence[Target], row: Sequence[Given]) -> Iterator[tuple[Target, Given]]:
    """What goes into the cells of a row; a blank says nothing to a cell that cannot be changed."""
    for target, given in zip(targets, row, strict=False):
        changes = target.field is not None and not target.field.calculated
        if given is not COVERED and (changes or given.text.strip()):
            yield target, given


def _are_headings(row: Sequence[Given], targets: Sequence[Target]) -> bool:
    """Whether a row says nothing but what stands over the columns."""
    names = [fold(target.heading) for target in targets]
    return bool(names) and [fold(given.text) for given in row[: len(names)]] == names


def _beyond_columns(
    rows: Iterable[Sequence[Given]], first: int, columns: int
) -> Iterator[Overflow]:
    for at, row in enumerate(rows):
        texts = tuple(one.text for one in row[columns:])
        if any(text.strip() for text in texts):
            yield Overflow(first + at, texts, Sentence("Lies beyond the last column."))


COVERED = Given("")
"""Stands for a cell without any content of its own, as under a merged one: it stays as it is."""
