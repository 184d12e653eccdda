"""The revisions that put one thing into many cells: fill down, one value, clearing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from smartct_desktop.domain.fields import Field, Id, Terms, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.services.revising.building import Builder
from smartct_desktop.services.revising.revision import Deed, Given, Revision, Target
from smartct_desktop.services.texts import Texts


def fill_down(  # noqa: PLR0913, PLR0917 (who reads, and what goes where)
    reader: Reader,
    texts: Texts,
    kind: str,
    source: Id,
    ids: Iterable[Id],
    targets: Sequence[Target],
    progress: Progress | None = None,
) -> Revision:
    """Plan to put the values of one record into the same columns of the others.

    Raises KeyError if the record is gone.
    """
    builder = Builder(reader, texts, kind)
    record = reader.record(kind, source)
    fields = [target.field for target in targets if target.field is not None]
    given = [(target, _held(builder, record, target.field)) for target in targets]
    builder.change(ids, fields, lambda _place, _record: given, progress)
    return builder.result(Deed.FILL)


def set_all(  # noqa: PLR0913, PLR0917 (who reads, and what goes where)
    reader: Reader,
    texts: Texts,
    kind: str,
    ids: Iterable[Id],
    target: Target,
    value: Value,
    progress: Progress | None = None,
) -> Revision:
    """Plan to give one field of all these records the same value."""
    builder = Builder(reader, texts, kind)
    field = target.field
    given = [(target, Given("") if field is None else builder.given(field, value))]
    fields = [field] if field is not None else []
    builder.change(ids, fields, lambda _place, _record: given, progress)
    return builder.result(Deed.SET)


def clear(  # noqa: PLR0913, PLR0917 (who reads, and what goes where)
    reader: Reader,
    texts: Texts,
    kind: str,
    ids: Iterable[Id],
    targets: Sequence[Target],
    progress: Progress | None = None,
) -> Revision:
    """Plan to leave these cells blank; those that must be filled in are refused."""
    builder = Builder(reader, texts, kind)
    fields = [target.field for target in targets if target.field is not None]

    def plan(_place: int, record: Record) -> Iterator[tuple[Target, Given]]:
        for target in targets:
            field = target.field
            if field is None or getattr(record, field.name) not in (None, ()):
                yield target, _blank(field)

    builder.change(ids, fields, plan, progress)
    return builder.result(Deed.CLEAR)


def _held(builder: Builder, record: Record, field: Field | None) -> Given:
    return Given("") if field is None else builder.given(field, getattr(record, field.name))


def _blank(field: Field | None) -> Given:
    if field is None:
        return Given("")
    value: Value = () if isinstance(field.type, Terms) else None
    return Given("", value, known=True, type=field.type)
