"""The records behind a figure as it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from smartct_desktop.domain.fields import Id, LongText, Reference, Whole, declared
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence

_MOST = 90_000
"""Characters in one record of these, below what a long text may have."""


@dataclass(frozen=True, slots=True)
class SentRecord:
    """A record that counted: for how many, and what it was called then."""

    id: Id
    weight: int
    caption: str


class SentRecords(
    Record,
    kind="sent_records",
    label="Records as sent",
    plural="Records as sent",
    caption="place",
):
    """Some of the records behind a figure, one a line: its id, what it counted for, its caption.

    They are kept by their ids, not as references, so that they can be told also when they are
    deleted or merged. `place` puts the parts of a long list into their order.
    """

    figure: Id = declared(
        "Figure", Reference("sent_figure"), required=True, key=True, section="Records"
    )
    place: int = declared("Part", Whole(least=1), required=True, key=True)
    lines: str = declared("Records", LongText(), required=True, width=40, free_text=True)

    @property
    def counted(self) -> Iterator[SentRecord]:
        """The records, in the order in which they counted."""
        for line in self.lines.split("\n"):
            id_, weight, *caption = line.split(" ", 2)
            yield SentRecord(Id(id_), int(weight), "".join(caption))

    @classmethod
    def of(cls, figure: Id, counted: Iterable[SentRecord]) -> Iterator[Self]:
        """Make the parts that hold these records; none for no records."""
        lines: list[str] = []
        size, place = 0, 1
        for one in counted:
            line = f"{one.id} {one.weight} {' '.join(one.caption.split())}".strip()
            if size + len(line) >= _MOST:
                yield cls(figure=figure, place=place, lines="\n".join(lines))
                lines, size, place = [], 0, place + 1
            lines.append(line)
            size += len(line) + 1
        if lines:
            yield cls(figure=figure, place=place, lines="\n".join(lines))

    def refuses(self, after: Record | None) -> Sentence | None:
        """Stay as they were sent."""
        del after
        return Sentence("The records behind a figure stay as they were sent.")
