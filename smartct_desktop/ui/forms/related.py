"""What names a record, in the record's own pane: short lists whose lines open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import references_to, schema_of
from smartct_desktop.domain.fields import Field, Id, LongText, Reference
from smartct_desktop.domain.query import Among, Path, Query, Row
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.theme.look import Look

_SHOWN = 6  # lines of each list
_VALUES = 4  # of a line
_NARROW, _WIDE = 300, 760  # pixels of a line, beside and below a table


@dataclass(frozen=True)
class Mentions:
    """The records that name another in one field: how many, and the first of them in words."""

    field: Field
    count: int
    lines: tuple[tuple[Id, str], ...]

    @property
    def heading(self) -> str:
        """“Exchanges · Host organisation”."""
        return f"{tr(schema_of(self.field.kind).plural)} · {tr(self.field.label)}"


def mentions_of(reader: Reader, texts: Texts, kind: str, id_: Id) -> Iterator[Mentions]:
    """The lists of a record that are not empty."""
    for field in references_to(kind):
        fields = [
            other
            for other in schema_of(field.kind).fields
            if other is not field and not isinstance(other.type, LongText) and not other.personal
        ]
        query = Query(
            field.kind,
            tuple(Path((other.name,)) for other in fields),
            (Among(Path((field.name,)), frozenset({id_})),),
        )
        window = reader.window(query)
        try:
            if window.count:
                rows = window.rows(0, _SHOWN)
                lines = tuple((row.id, _words(row, fields, texts)) for row in rows)
                yield Mentions(field, window.count, lines)
        finally:
            window.close()


def _words(row: Row, fields: Sequence[Field], texts: Texts) -> str:
    words: list[str] = []
    for field, value, caption in zip(fields, row.values, row.captions, strict=True):
        if value is None or value == () or len(words) == _VALUES:
            continue
        text = texts.shown(field.type, value, caption)
        named = not isinstance(field.type, Reference) and not field.key
        words.append(f"{tr(field.label)} {text}" if named else text)
    return " · ".join(words)


class Related(QWidget):
    """The lists of one record; `opened(kind, id)` for a line, `asked(field, id)` for all of one.

    Only kinds that are `listed` in a tab can be shown all.
    """

    opened = Signal(str, object)
    asked = Signal(object, object)

    def __init__(self, look: Look, listed: Collection[str], *, wide: bool) -> None:
        super().__init__()
        self._wide = wide
        self._look = look
        self._listed = listed
        self._id: Id | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._parts: list[QWidget] = []
        self._targets: dict[QPushButton, tuple[str, Id]] = {}
        self._lists: dict[QPushButton, Field] = {}

    @property
    def lines(self) -> tuple[QPushButton, ...]:
        """The lines that open a record."""
        return tuple(self._targets)

    def show_mentions(self, id_: Id, mentions: Sequence[Mentions]) -> None:
        """Show the lists of a record."""
        self._clear()
        self._id = id_
        for one in mentions:
            self._add_heading(one)
            for line_id, words in one.lines:
                self._add_line(one.field.kind, line_id, words)
        if not mentions:
            self._add(label(tr("Nothing names this record."), tone="muted"))

    def _add_heading(self, one: Mentions) -> None:
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 6, 0, 0)
        inside.addWidget(label(one.heading, face="small-strong", tone="muted"))
        inside.addStretch(1)
        if one.count > len(one.lines) and one.field.kind in self._listed:
            everything = button(self._look, tr("All {n}", n=one.count), Kind.LINK)
            everything.clicked.connect(self._ask)
            self._lists[everything] = one.field
            inside.addWidget(everything)
        else:
            inside.addWidget(label(str(one.count), face="small", tone="muted"))
        self._add(row)

    def _add_line(self, kind: str, id_: Id, words: str) -> None:
        line = button(self._look, "", Kind.LINK)
        room = self._look.px(_WIDE if self._wide else _NARROW)
        short = self._look.metrics.small_medium.elidedText(words, Qt.TextElideMode.ElideRight, room)
        line.setText(short.replace("&", "&&") or tr("(without a name)"))
        line.setToolTip(tool_tip(words, self._look))
        line.setAccessibleName(words or tr("(without a name)"))
        line.clicked.connect(self._open)
        self._targets[line] = (kind, id_)
        self._add(line)

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        alignment = Qt.AlignmentFlag.AlignLeft if isinstance(part, QPushButton) else None
        if alignment is None:
            self._column.addWidget(part)
        else:
            self._column.addWidget(part, 0, alignment)

    def _clear(self) -> None:
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self._targets.clear()
        self._lists.clear()

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, QPushButton) and line in self._targets:
            self.opened.emit(*self._targets[line])

    def _ask(self) -> None:
        everything = self.sender()
        if isinstance(everything, QPushButton) and everything in self._lists:
            self.asked.emit(self._lists[everything], self._id)
