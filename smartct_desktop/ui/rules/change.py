"""Asking for another value of the rules, and showing what it would change before it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.programme.rule_book import ValueInForce
from smartct_desktop.domain.records.rule_value import RuleValue
from smartct_desktop.services.rule_changes import Difference, RulesPlan
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.overview.wording import whole_euros
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look

_WIDE = 520
_LABEL = 120
_LIST = (620, 440)
_MOST_LINES = 500
_ASKED = ("value", "valid_from", "valid_to", "status", "source", "source_on", "note")


@dataclass(frozen=True, slots=True)
class Subject:
    """The value that is asked for: as it is now, its name, and its record if it has one."""

    rule_set: str
    value: ValueInForce
    words: str
    told: str
    stored: RuleValue | None


class ChangeValue(QDialog):
    """The fields of one value; `wanted` is the record once it was accepted.

    A value that ships is never overwritten: the document gets one of its own that holds in its
    place. A value of the document can be corrected in place (`stored`).
    """

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget) -> None:
        super().__init__(parent)
        look = desk.editors.look
        self.wanted: RuleValue | None = None
        value, words = subject.value, subject.words
        self._rule_set, self._value, self._stored = subject.rule_set, value, subject.stored
        self._editors: dict[str, FieldEditor] = {}
        self.setWindowTitle(words)
        self.setMinimumWidth(look.px(_WIDE))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(words, face="title", wrap=True))
        now = tr(
            "Now: {value}, {source}", value=subject.told, source=value.source or tr("no source")
        )
        column.addWidget(label(now, tone="muted", wrap=True))
        column.addLayout(self._form(desk, look))
        self.finding = label(tone="error", wrap=True)
        self.finding.hide()
        column.addWidget(self.finding)
        row, self.next_button = deed_foot(look, self, tr("Show what would change…"))
        column.addLayout(row)
        FocusRing(look, self)
        self._editors["value"].setFocus(Qt.FocusReason.OtherFocusReason)

    def editor(self, name: str) -> FieldEditor:
        """The editor of a field."""
        return self._editors[name]

    def accept(self) -> None:
        """Take the value, or say what is refused."""
        self.finding.hide()
        values: dict[str, Value] = {"rule_set": self._rule_set, "name": self._value.key.name}
        for name, editor in self._editors.items():
            editor.mark_refused(False)
            try:
                values[name] = editor.value()
            except Invalid as refusal:
                self._refuse(name, say(refusal.sentence))
                return
        for name in ("value", "source"):
            if not values[name]:
                field = RuleValue.schema.by_name[name]
                self._refuse(name, tr("{field} cannot be blank.", field=tr(field.label)))
                return
        made = RuleValue.schema.make(values)
        assert isinstance(made, RuleValue)
        if self._stored is not None:
            made = made.replace(id=self._stored.id)
        try:
            check(made)
        except Invalid as refusal:
            self._refuse(refusal.field, say(refusal.sentence))
            return
        self.wanted = made
        super().accept()

    def _form(self, desk: Desk, look: Look) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, name in enumerate(_ASKED):
            field = RuleValue.schema.by_name[name]
            words = label(tr(field.label), tone="muted", wrap=True)
            words.setFixedWidth(look.px(_LABEL))
            editor = desk.editors.make(field, in_cell=False)
            editor.show_value(self._first(name), "")
            editor.cancelled.connect(self.reject)
            words.setBuddy(editor)
            grid.addWidget(words, place, 0)
            grid.addWidget(editor, place, 1)
            self._editors[name] = editor
        return grid

    def _first(self, name: str) -> Value:
        """What stands in a field at first: what is stored, or the value that holds now."""
        if self._stored is not None:
            value: Value = getattr(self._stored, name)
            return value
        return self._value.text if name == "value" else None

    def _refuse(self, name: str, sentence: str) -> None:
        self.finding.setText(sentence)
        self.finding.show()
        if name in self._editors:
            self._editors[name].mark_refused(True)
            self._editors[name].setFocus(Qt.FocusReason.OtherFocusReason)


class WhatWouldChange(QDialog):
    """The records that would be otherwise, before anything is."""

    def __init__(
        self, look: Look, plan: RulesPlan, captions: Mapping[Id, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What would change"))
        resize_within(self, look.px(_LIST[0]), look.px(_LIST[1]))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        number = len(plan.differences)
        title = tr("1 record would be otherwise") if number == 1 else ""
        title = title or tr("{n} records would be otherwise", n=number)
        column.addWidget(label(title, face="title"))
        for words in _sentences(plan):
            column.addWidget(label(words, wrap=True))
        self.lines = QListWidget()
        self.lines.setAccessibleName(title)
        self.lines.setWordWrap(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.addItems(
            [line(one, captions.get(one.id, "")) for one in plan.differences[:_MOST_LINES]]
        )
        column.addWidget(self.lines, 1)
        if number > _MOST_LINES:
            more = tr("{n} more are not listed.", n=number - _MOST_LINES)
            column.addWidget(label(more, tone="muted"))
        if not number:
            self.lines.hide()
            column.addStretch(1)
        row, self.apply_button = deed_foot(look, self, tr("Let it hold"))
        column.addLayout(row)
        FocusRing(look, self)
        self.apply_button.setFocus()


def _sentences(plan: RulesPlan) -> Sequence[str]:
    words = []
    if plan.due_before != plan.due_after:
        sums = {"before": whole_euros(plan.due_before), "after": whole_euros(plan.due_after)}
        words.append(tr("Due for all exchanges: {before} → {after}.", **sums))
    gone = sum(len(one.gone) for one in plan.differences)
    new = sum(len(one.new) for one in plan.differences)
    if gone or new:
        words.append(tr("{new} problems would come, {gone} would go.", new=new, gone=gone))
    words.append(tr("What counts towards the targets stays as it is. It can be undone."))
    return words


def line(one: Difference, caption: str) -> str:
    """Say in one line what would be otherwise for a record."""
    parts = []
    due = one.values.get("entitlement_cents")
    if due is not None:
        before, after = (whole_euros(v) if isinstance(v, int) else tr("not known") for v in due)
        parts.append(tr("due {before} → {after}", before=before, after=after))
    parts += [
        tr("{field}: {value}", field=tr(_label(one.kind, name)), value=say(after))
        for name, (_, after) in one.values.items()
        if isinstance(after, str) and not (name == "entitlement_note" and due is not None)
    ]
    parts += [tr("comes: {finding}", finding=_within(finding)) for finding in one.new]
    parts += [tr("goes: {finding}", finding=_within(finding)) for finding in one.gone]
    return f"{caption}: {'; '.join(parts) or tr('otherwise')}"


def _label(kind: str, name: str) -> str:
    return schema_of(kind).by_name[name].label.lower()


def _within(finding: Finding) -> str:
    """What a finding says, as a part of a longer line."""
    return say(finding.sentence).removesuffix(".")
