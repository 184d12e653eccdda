"""Asks for what a new record needs; the rest is filled in at the record itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Field, Value
from smartct_desktop.domain.record import Record, Schema
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.room import widen_within
from smartct_desktop.ui.theme.look import Look

_WIDE = 480
_LABEL = 130
_ASKED: Mapping[str, Sequence[str]] = {
    "organisation": ("name", "type", "country", "city"),
    "event": ("title", "type", "start", "end", "country", "city"),
    "exchange": ("vo", "ho", "start", "end", "status"),
    "snapshot": ("cluster", "as_of", "members", "smes", "told_in"),
    "membership": ("cluster", "organisation", "since"),
    "session": ("event", "no", "title", "date", "start_time", "end_time"),
    "attendance": ("event", "person", "name_text", "organisation", "attended"),
    "exchange_day": ("exchange", "date", "day_kind", "note"),
    "exchange_person": ("exchange", "person", "side", "lead", "signs_for"),
    "event_count": ("event", "by", "value", "participants", "told_in"),
    "payment": ("exchange", "date", "amount_cents", "payment_kind", "bank_ref"),
    "waiver": ("rule_code", "reason", "granted_by", "granted_on", "expires_on", "proof"),
    "person": ("name", "function", "organisation", "email"),
    "label": ("cluster", "grade", "awarded_on", "valid_until"),
}


class NewRecordDialog(QDialog):
    """A short form; `add` makes the record, and its refusals stand under their fields.

    `origin` says where the record was asked for, so that a draft of it can be asked for again.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- what is asked, for what, and from where
        self,
        editors: Editors,
        schema: Schema,
        given: Mapping[str, Value],
        add: Callable[[Record], object],
        parent: QWidget,
        origin: str = "",
    ) -> None:
        super().__init__(parent)
        look = editors.look
        self._schema = schema
        self._given = dict(given)
        self._add = add
        self.origin = origin
        self.added: Record | None = None
        title = tr("New {kind}", kind=tr(schema.label).lower())
        self.setWindowTitle(title)
        widen_within(self, look.px(_WIDE))
        self._editors: dict[str, FieldEditor] = {}
        self._findings = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, face="title"))
        self._kept = label(tr("What you typed was kept."), tone="waiting", wrap=True)
        self._kept.hide()
        column.addWidget(self._kept)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, field in enumerate(self._asked_fields()):
            name = label(tr(field.label), tone="muted", wrap=True)
            name.setFixedWidth(look.px(_LABEL))
            editor = editors.make(field, in_cell=False)
            editor.show_value(None, "")
            editor.note_start(None)
            editor.cancelled.connect(self.reject)
            name.setBuddy(editor)
            finding = label(tone="error", wrap=True)
            finding.hide()
            grid.addWidget(name, 2 * place, 0)
            grid.addWidget(editor, 2 * place, 1)
            grid.addWidget(finding, 2 * place + 1, 1)
            self._editors[field.name] = editor
            self._findings[field.name] = finding
        column.addLayout(grid)
        self._whole = label(tone="error", wrap=True)
        self._whole.hide()
        column.addWidget(self._whole)
        column.addLayout(self._buttons(look))
        FocusRing(look, self)
        next(iter(self._editors.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def editor(self, name: str) -> FieldEditor:
        """The editor of a field."""
        return self._editors[name]

    def resume(self, texts: Mapping[str, str]) -> list[FieldEditor]:
        """Put back what was being typed, and say so; gives the editors that took a text."""
        self._kept.show()
        taken = [self._editors[name] for name in texts if name in self._editors]
        for editor in taken:
            editor.put_text(texts[editor.field.name])
        if taken:
            taken[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        return taken

    def finding(self, name: str) -> str:
        """Why a field is refused; empty if it is not."""
        return "" if self._findings[name].isHidden() else self._findings[name].text()

    def accept_if_taken(self) -> None:
        """Add the record and close, or say what is refused."""
        for finding in (*self._findings.values(), self._whole):
            finding.hide()
        for editor in self._editors.values():
            editor.mark_refused(False)
        values = self._values()
        if values is None:
            return
        record = self._schema.make({**self._blank(), **self._given, **values})
        try:
            self._add(record)
        except Invalid as refusal:
            self._refuse(refusal.field, say(refusal.sentence))
            return
        except Trouble as trouble:
            self._refuse("", f"{say(trouble.sentence)} {say(trouble.hint)}".strip())
            return
        self.added = record
        self.accept()

    def _buttons(self, look: Look) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = button(look, tr("Cancel"), Kind.FLAT)
        cancel.clicked.connect(self.reject)
        words = tr("Add {kind}", kind=tr(self._schema.label).lower())
        self.add_button = button(look, words, Kind.PRIMARY)
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self.accept_if_taken)
        row.addWidget(cancel)
        row.addWidget(self.add_button)
        return row

    def _asked_fields(self) -> list[Field]:
        names = _ASKED.get(self._schema.kind) or [
            field.name for field in self._schema.fields if field.required or field.key
        ]
        fields = self._schema.by_name
        return [fields[name] for name in names if name not in self._given]

    def _values(self) -> dict[str, Value] | None:
        values: dict[str, Value] = {}
        for name, editor in self._editors.items():
            try:
                values[name] = editor.value()
            except Invalid as refusal:
                self._refuse(name, say(refusal.sentence))
                return None
        return values

    def _blank(self) -> dict[str, Value]:
        """Fields that the record class wants to be given, blank: `check` says so in words."""
        return {field.name: None for field in self._schema.fields if field.required}

    def _refuse(self, name: str, sentence: str) -> None:
        finding = self._findings.get(name, self._whole)
        finding.setText(sentence)
        finding.show()
        if name in self._editors:
            self._editors[name].mark_refused(True)
            self._editors[name].setFocus(Qt.FocusReason.OtherFocusReason)
