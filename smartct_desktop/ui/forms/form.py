"""The form of a record, made from its schema: sections, labels, editors, sentences of refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Field, Id, LongText, Reference, Value
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.forms.finding_lines import FindingLines
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.problems.words import spoken as spoken_finding
from smartct_desktop.ui.theme.look import Look

Write = Callable[[Id, Field, Value], None]
"""Writes one value of one record as a step. Raises `Invalid`, `Trouble`."""

_LABEL = 116
_GAP = 8


class FormRow(QObject):
    """One field in a form: label, editor, and under it why a value is refused."""

    def __init__(
        self, editors: Editors, field: Field, write: Write | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        editor = editors.make(field, in_cell=False)
        self._look, self._texts = editors.look, editors.texts
        self._said: FindingLines | None = None
        self.field = field
        self.editor: FieldEditor = editor
        self.label = label(tr(field.label), tone="muted", wrap=True)
        self.label.setBuddy(editor)
        self._finding: QLabel | None = None
        self._grid: QGridLayout | None = None
        self._at = 0
        self._write = write
        self._id: Id | None = None
        self._value: Value = None
        self._caption: str | None = None
        editor.committed.connect(self.commit)
        editor.left.connect(self.commit)
        editor.cancelled.connect(self.revert)
        editor.set_read_only(field.calculated or write is None)

    def show_value(self, id_: Id | None, value: Value, caption: str | None) -> None:
        """Show the value of a record, unless the person is typing another one for it."""
        if id_ == self._id and value == self._value and caption == self._caption:
            return
        self._id, self._value, self._caption = id_, value, caption
        self.revert()

    def revert(self) -> None:
        """Show the value the record has."""
        self.editor.show_value(self._value, self._caption)
        self.editor.note_start(self._id)
        self._say("")

    def commit(self) -> bool:
        """Write what the editor says if it differs; False if it is refused."""
        if self._write is None or self._id is None or self.field.calculated:
            return True
        try:
            value = self.editor.value()
            if value != self._value:
                self._write(self._id, self.field, value)
        except Invalid as refusal:
            self._say(say(refusal.sentence))
            return False
        except Trouble as trouble:
            self._say(f"{say(trouble.sentence)} {say(trouble.hint)}".strip())
            return False
        self.editor.note_start(self._id)
        self._say("")
        return True

    def put_into(self, grid: QGridLayout, at: int, side: Qt.AlignmentFlag) -> None:
        """Take three rows of a grid: label and editor, what is refused, what the rules say."""
        self._grid, self._at = grid, at + 1
        grid.addWidget(self.label, at, 0, side)
        grid.addWidget(self.editor, at, 1)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what the rules say of the value; few fields have any, so room is made only then."""
        if findings and self._said is None and self._grid is not None:
            self._said = FindingLines(self._look, self._texts)
            self._grid.addWidget(self._said, self._at + 1, 1)
        if self._said is not None:
            self._said.show_findings(findings)
        spoken = " ".join(spoken_finding(finding, self._texts) for finding in findings)
        self.editor.tell_findings(spoken)

    @property
    def findings(self) -> Sequence[str]:
        """What stands under the editor."""
        return self._said.sentences if self._said is not None else ()

    @property
    def refusal(self) -> str:
        """Why the value in the editor is not taken; empty if it is."""
        return self._finding.text() if self._finding is not None else ""

    def _say(self, refusal: str) -> None:
        """Few fields are ever refused, so the sentence has a label only then."""
        if refusal and self._finding is None and self._grid is not None:
            self._finding = label(tone="error", wrap=True)
            self._grid.addWidget(self._finding, self._at, 1)
        if self._finding is not None:
            self._finding.setText(refusal)
            self._finding.setHidden(not refusal)
        self.editor.mark_refused(bool(refusal))


class Form(QWidget):
    """All fields of one kind of record, in its sections; one record at a time is shown.

    `columns` sections stand beside each other where the form is wide.
    """

    def __init__(
        self,
        look: Look,
        editors: Editors,
        fields: Sequence[Field],
        write: Write | None,
        columns: int = 1,
    ) -> None:
        super().__init__()
        self._look = look
        self._rows: dict[str, FormRow] = {}
        self._headings: dict[str, QLabel] = {}
        self._grids: list[QGridLayout] = []
        sections = _by_section(fields)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(28)
        for part in _dealt(sections, columns):
            column = QVBoxLayout()
            column.setSpacing(4)
            for section in part:
                self._add_section(column, section, sections[section], editors, write)
            column.addStretch(1)
            beside.addLayout(column, 1)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def sections(self) -> list[str]:
        """The sections in their order."""
        return list(self._headings)

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def row(self, name: str) -> FormRow:
        """The row of a field."""
        return self._rows[name]

    def rows(self) -> Iterable[FormRow]:
        """All rows in the order of the form."""
        return self._rows.values()

    def heading(self, section: str) -> QLabel:
        """The heading of a section."""
        return self._headings[section]

    def show_record(self, record: Record, reader: Reader) -> None:
        """Show this record, and what the rules say of it."""
        for row in self._rows.values():
            value = getattr(record, row.field.name)
            row.show_value(record.id, value, reference_caption(row.field, value, reader))
        found = reader.findings(record.schema.kind, [record.id])
        self.show_findings(found.get(record.id, ()))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show under each field what the rules say of it; the rest stands under the first one."""
        told: dict[str, list[Finding]] = {}
        first = next(iter(self._rows), "")
        for finding in findings:
            told.setdefault(finding.field if finding.field in self._rows else first, []).append(
                finding
            )
        for name, row in self._rows.items():
            row.show_findings(told.get(name, ()))

    def commit(self) -> bool:
        """Write what is being typed; False if it is refused, which then has the focus."""
        for row in self._rows.values():
            if not row.commit():
                row.editor.setFocus()
                return False
        return True

    def _fit(self) -> None:
        """Labels of one width, as wide as the text wants them."""
        for grid in self._grids:
            grid.setColumnMinimumWidth(0, self._look.px(_LABEL))
        for row in self._rows.values():
            row.label.setFixedWidth(self._look.px(_LABEL))

    def _add_section(
        self,
        column: QVBoxLayout,
        section: str,
        fields: list[Field],
        editors: Editors,
        write: Write | None,
    ) -> None:
        heading = label(tr(section), face="strong")
        self._headings[section] = heading
        column.addWidget(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._grids.append(grid)
        for place, field in enumerate(fields):
            self._add_row(grid, 3 * place, field, editors, write)
        column.addLayout(grid)
        column.addSpacing(12)

    def _add_row(
        self, grid: QGridLayout, at: int, field: Field, editors: Editors, write: Write | None
    ) -> None:
        row = FormRow(editors, field, write, self)
        if field.help:
            row.label.setToolTip(tool_tip(tr(field.help), self._look))
        top = Qt.AlignmentFlag.AlignTop if isinstance(field.type, LongText) else None
        side = top or Qt.AlignmentFlag.AlignVCenter
        row.put_into(grid, at, side)
        self._rows[field.name] = row


def _by_section(fields: Sequence[Field]) -> dict[str, list[Field]]:
    sections: dict[str, list[Field]] = {}
    for field in fields:
        sections.setdefault(field.section, []).append(field)
    return sections


def _dealt(sections: dict[str, list[Field]], columns: int) -> list[list[str]]:
    """The sections in so many columns, in order, about equally long."""
    total = sum(len(fields) + 1 for fields in sections.values())
    parts: list[list[str]] = [[]]
    long = 0
    for section, fields in sections.items():
        if long >= total / columns * len(parts) and len(parts) < columns:
            parts.append([])
        parts[-1].append(section)
        long += len(fields) + 1
    return parts


def reference_caption(field: Field, value: Value, reader: Reader) -> str | None:
    """Name the record that a reference holds, "" for none; None for other fields."""
    if not isinstance(field.type, Reference):
        return None
    if not isinstance(value, str):
        return ""
    return reader.captions(field.type.kind, [Id(value)]).get(Id(value), "")
