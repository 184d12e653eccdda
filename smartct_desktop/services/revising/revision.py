"""What a paste, fill, replacement or bulk change would do, before any of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field, FieldType, Id, Value
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Given:
    """What is to stand in a cell: a text as somebody wrote it, or an exact value as well.

    `exact` holds only if `known`: it is then a value of the field type `type`, or, where `type` is
    None, what a spreadsheet program says the cell holds (`Decimal`, `date`, `time`, `bool`).
    """

    text: str
    exact: Value = None
    known: bool = False
    type: FieldType | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A column of a rectangle. `field` None: its cells cannot be changed, for `reason`."""

    heading: str
    field: Field | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One field of one record before and after, with the texts that are shown for it."""

    field: Field
    before: Value
    after: Value
    before_text: str
    after_text: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """The changes of one record. `before` None: a new one."""

    before: Record | None
    after: Record
    name: str
    cells: tuple[CellChange, ...]

    @property
    def id(self) -> Id:
        """The identity of the record."""
        return self.after.id


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that stays as it is, or a new record that is not made (without a `heading`).

    `text` is what was to stand there; `sentence` says why it cannot.
    """

    id: Id | None
    name: str
    heading: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Overflow:
    """Texts that lie beyond the last row or column; `row` counts from 1 in what was given."""

    row: int
    texts: tuple[str, ...]
    sentence: Sentence


class Deed(Enum):
    """What the person did; the value is the step's name, completing “Undo …”."""

    PASTE = "paste of {cells} ({records})"
    FILL = "filling down of {cells} ({records})"
    SERIES = "series in {field} ({records})"
    CLEAR = "clearing of {cells} ({records})"
    SET = "change of {field} ({records})"
    REPLACE = "replacement in {field} ({records})"


@dataclass(frozen=True, slots=True)
class Revision:
    """Planned changes of records of one kind; nothing is written until `commit`.

    `additions` are new records made of rows beyond the last one; they are written only if they
    are asked for. `same` counts the cells that hold already what was given, `notes` say what
    else the person should know.
    """

    deed: Deed
    kind: str
    changes: tuple[RecordChange, ...]
    refusals: tuple[Refusal, ...] = ()
    overflow: tuple[Overflow, ...] = ()
    additions: tuple[RecordChange, ...] = ()
    same: int = 0
    notes: tuple[Sentence, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells of existing records would change."""
        return sum(len(change.cells) for change in self.changes)

    def label(self, *, additions: bool = False) -> Sentence:
        """The name of the step; with or without the new records."""
        added = self.additions if additions else ()
        cells = self.cells + sum(len(one.cells) for one in added)
        fields = {cell.field.name: cell.field for one in self.changes for cell in one.cells}
        if len(fields) == 1 and len(self.changes) == 1 and not added:
            template, field = Deed.SET.value, next(iter(fields.values())).label
        else:
            template = self.deed.value
            field = next(iter(fields.values())).label if len(fields) == 1 else ""
        return Sentence(
            template,
            cells=Sentence("1 cell") if cells == 1 else Sentence("{n} cells", n=cells),
            field=field or Sentence("{n} fields", n=len(fields)),
            records=self._records(added),
        )

    def _records(self, added: Sequence[RecordChange]) -> str:
        """“SCT-2021-007”, “8 exchanges”, “8 exchanges, 3 new”."""
        if len(self.changes) == 1 and not added:
            return self.changes[0].name
        kind = schema_of(self.kind).plural.lower()
        if not added:
            return Sentence("{n} {kind}", n=len(self.changes), kind=kind)
        if not self.changes:
            return Sentence("{n} new {kind}", n=len(added), kind=kind)
        return Sentence("{n} {kind}, {new} new", n=len(self.changes), kind=kind, new=len(added))
