"""Making one record of two: which values stay, what moves along, what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.services.merging import FieldChoice, Merger
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.frames import rule, surface
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label, tool_tip

_WIDE, _HIGH = 820, 620
_AROUND = 60  # pixels of the screen that stay free
_LONGEST = 38  # characters of a value; its tip has all of it
SWAP = 2
"""The result of a dialog in which the other record is wanted as the one that is kept."""


class MergeDialog(QDialog):
    """Accepted if the two are to become one; `taken` are the fields with the other one's value."""

    def __init__(self, desk: Desk, merger: Merger, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._look = desk.editors.look
        self._merger = merger
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        kept, other = merger.names
        title = tr("Merge “{other}” into “{kept}”?", other=other, kept=kept)
        self.setWindowTitle(tr("Merge"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(self._effects()))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(title, face="title", wrap=True))
        for refusal in merger.refusals:
            column.addWidget(label(say(refusal), tone="error", wrap=True))
        if not merger.refusals:
            for words in self._effects():
                column.addWidget(label(words, wrap=True))
        column.addWidget(self._make_values(), 1)
        self.finding = label("", tone="error", wrap=True)
        self.finding.hide()
        column.addWidget(self.finding)
        column.addLayout(self._make_foot())
        room = self.screen().availableGeometry()
        wide = min(self._look.px(_WIDE), room.width() - _AROUND)
        self.resize(wide, min(self._look.px(_HIGH), room.height() - _AROUND))
        FocusRing(self._look, self)
        (self.close_button if merger.refusals else self.merge_button).setFocus()

    @property
    def taken(self) -> frozenset[str]:
        """The fields of which the other one's value is wanted."""
        return frozenset(name for name, (_, other) in self.choices.items() if other.isChecked())

    def accept(self) -> None:
        """Merge, if the chosen values can stand together."""
        try:
            self._merger.as_step(self.taken)
        except Invalid as refusal:
            self.finding.setText(say(refusal.sentence))
            self.finding.show()
            if refusal.field in self.choices:
                self.choices[refusal.field][0].setFocus()
            return
        super().accept()

    # Within.

    def _effects(self) -> Sequence[str]:
        """What else becomes of the two, sentence by sentence."""
        merger = self._merger
        kept, other = merger.names
        words = []
        if merger.moved:
            parts = [
                f"{n} {tr(_plural(field, n)).lower()} ({tr(field.label)})"
                for field, n in merger.moved.items()
            ]
            words.append(tr("{mentions} will name “{kept}”.", mentions=", ".join(parts), kept=kept))
        else:
            words.append(tr("Nothing names “{other}”.", other=other))
        words += [say(note) for note in merger.notes]
        aliases = getattr(merger.result(merger.proposed), "aliases", None)
        if aliases:
            names = ", ".join(str(aliases).splitlines())
            words.append(tr("Also known as: {names}", names=names))
        words.append(tr("This is one step and can be undone."))
        return words

    def _make_values(self) -> QWidget:
        paper = surface("base")
        grid = QGridLayout(paper)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        kept, other = self._merger.names
        heads = (tr("Field"), tr("Kept: {name}", name=kept), tr("From {name}", name=other))
        for place, words in enumerate(heads):
            grid.addWidget(label(words, face="small-strong", tone="muted"), 0, place)
        grid.addWidget(rule(), 1, 0, 1, 3)
        for row, choice in enumerate(self._merger.choices, 2):
            self._add_choice(grid, row, choice)
        if not self._merger.choices:
            grid.addWidget(label(tr("Both hold the same values."), tone="muted"), 2, 0, 1, 3)
        grid.setRowStretch(len(self._merger.choices) + 3, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(paper)
        return scroll

    def _add_choice(self, grid: QGridLayout, row: int, choice: FieldChoice) -> None:
        words = tr(choice.field.label)
        name = label(words, wrap=True)
        grid.addWidget(name, row, 0)
        group = QButtonGroup(self)
        made = []
        for place, value in enumerate((choice.kept, choice.other), 1):
            text = self._shown(choice.field, value)
            short = text.replace("\n", " / ")
            short = short if len(short) <= _LONGEST else f"{short[: _LONGEST - 1]}…"
            radio = QRadioButton((short or tr("(blank)")).replace("&", "&&"))
            radio.setToolTip(tool_tip(text, self._look))
            who = self._merger.names[place - 1]
            radio.setAccessibleName(f"{words}: {text or tr('(blank)')} ({who})")
            radio.setEnabled(not self._merger.refusals)
            radio.setChecked((place == 2) == choice.propose_other)
            group.addButton(radio)
            grid.addWidget(radio, row, place)
            made.append(radio)
        self.choices[choice.field.name] = (made[0], made[1])

    def _shown(self, field: Field, value: Value) -> str:
        caption = None
        if isinstance(field.type, Reference) and value is not None:
            id_ = Id(str(value))
            caption = self._desk.reader.captions(field.type.kind, [id_]).get(id_, "")
        return self._desk.texts.shown(field.type, value, caption)

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.swap_button = button(self._look, tr("Keep the other one instead"), icon="replace")
        self.swap_button.setAutoDefault(False)
        self.swap_button.clicked.connect(self._swap)
        row.addWidget(self.swap_button)
        row.addStretch(1)
        refused = bool(self._merger.refusals)
        words = tr("Close") if refused else tr("Cancel")
        self.close_button = button(self._look, words, Kind.PLAIN if refused else Kind.FLAT)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.merge_button = button(self._look, tr("Merge the two"), Kind.PRIMARY)
        self.merge_button.setVisible(not refused)
        self.merge_button.setDefault(not refused)
        self.merge_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        row.addWidget(self.merge_button)
        return row

    def _swap(self) -> None:
        self.done(SWAP)


class ChooseOther(QDialog):
    """Asks which other record is meant; `chosen` is its id."""

    def __init__(self, desk: Desk, field: Field, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        look = desk.editors.look
        self.chosen: Id | None = None
        self.setWindowTitle(tr("Merge"))
        title = tr("Merge which one with “{name}”?", name=name)
        self.setAccessibleName(title)
        self.editor: FieldEditor = desk.editors.make(field, in_cell=False, new=False)
        self.editor.committed.connect(self.accept)
        self.editor.cancelled.connect(self.reject)
        self.finding = label("", tone="error", wrap=True)
        self.finding.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(title, face="title", wrap=True))
        column.addWidget(self.editor)
        column.addWidget(self.finding)
        row, self.next_button = deed_foot(look, self, tr("Compare the two"))
        column.addLayout(row)
        self.setMinimumWidth(look.px(460))
        FocusRing(look, self)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Take what was typed or chosen; a name that is not known is refused."""
        try:
            value = self.editor.value()
        except Invalid as refusal:
            self._refuse(say(refusal.sentence))
            return
        if value is None:
            self._refuse(tr("Choose the other one first."))
            return
        self.chosen = Id(str(value))
        super().accept()

    def _refuse(self, words: str) -> None:
        self.finding.setText(words)
        self.finding.show()
        self.editor.setFocus()


def _plural(field: Field, n: int) -> str:
    schema = schema_of(field.kind)
    return schema.label if n == 1 else schema.plural
