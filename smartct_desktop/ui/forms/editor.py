"""What all editors of a value have in common, in a cell of a table or in a form."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import mark

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WITH_ENTER = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_STAYING = (
    # The focus comes back by itself: nothing is finished yet.
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class FieldEditor(QWidget):
    """Edits one value of one field; it neither checks the value against others nor writes it.

    `committed` is emitted for Enter and for a choice, `left` when the focus went elsewhere,
    `cancelled` for Esc. In a cell `entered` comes for Enter (True) and Shift+Enter (False),
    `moved` for Tab (True) and Shift+Tab (False). Nothing is emitted when a value is put in by
    `show_value`.
    """

    committed = Signal()
    entered = Signal(bool)
    left = Signal()
    cancelled = Signal()
    moved = Signal(bool)

    def __init__(self, field: Field, *, in_cell: bool) -> None:
        super().__init__()
        self.field = field
        self.in_cell = in_cell
        self.record: Id | None = None  # whose value it is
        self._start_text = ""
        self._input: QWidget = self
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setAutoFillBackground(in_cell)
        self.setAccessibleName(tr(field.label))

    def show_value(self, value: Value, caption: str | None = None) -> None:
        """Show a value; `caption` is that of the record a reference names."""
        raise NotImplementedError

    def value(self) -> Value:
        """What the person means. Raises `Invalid` if it cannot be understood."""
        raise NotImplementedError

    # What is typed and not written yet: a draft of it is kept.

    def typed_text(self) -> str:
        """What stands in the editor, as text that `put_text` can put back."""
        match self._input:
            case QLineEdit() as line:
                return line.text()
            case QPlainTextEdit() as edit:
                return edit.toPlainText()
            case QComboBox() as combo:
                return combo.currentText()
            case _:
                return ""

    def put_text(self, text: str) -> None:
        """Put a text back as if it were being typed; nothing is written or emitted by that."""
        match self._input:
            case QLineEdit() as line:
                line.setText(text)
            case QPlainTextEdit() as edit:
                edit.setPlainText(text)
            case QComboBox() as combo:
                combo.setCurrentIndex(combo.findText(text))
            case _:
                pass

    def note_start(self, record: Id | None) -> None:
        """Whoever showed a value says whose it is; from here on differences are typed ones."""
        self.record = record
        self._start_text = self.typed_text()

    @property
    def start_text(self) -> str:
        """What stood in the editor before anything was typed."""
        return self._start_text

    @property
    def unwritten(self) -> bool:
        """Whether something else stands there than at the start."""
        return self.typed_text() != self._start_text

    def begin(self, typed: str = "") -> None:
        """Start editing, with what was typed in the place of the old value if anything was."""

    def set_read_only(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        """Show the value without a way to change it."""
        self._input.setEnabled(not on)

    def mark_refused(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        """Show that the value in the editor is not taken."""
        mark(self._input, "state", "error" if on else "")

    def tell_findings(self, words: str) -> None:
        """Have read out with the field what the rules say of its value."""
        help_ = tr(self.field.help) if self.field.help else ""
        self._input.setAccessibleDescription(" ".join(filter(None, (words, help_))))

    def take_input(self, widget: QWidget) -> None:
        """Make a widget the one that is typed into."""
        self._input = widget
        self._row.addWidget(widget)
        self.setFocusProxy(widget)
        self.setFocusPolicy(widget.focusPolicy())
        widget.setAccessibleName(tr(self.field.label))
        widget.setAccessibleDescription(tr(self.field.help) if self.field.help else "")
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._input:
            match event.type():
                case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                    return self.key_pressed(event)
                case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                    if event.key() in (Qt.Key.Key_Escape, *_ENTER, Qt.Key.Key_Tab):
                        event.accept()
                case QEvent.Type.FocusOut if isinstance(event, QFocusEvent):
                    if event.reason() not in _STAYING and not self._has_focus_within():
                        self.left.emit()
        return super().eventFilter(watched, event)

    def _has_focus_within(self) -> bool:
        """Whether the focus only went to a list or a calendar of this editor."""
        step = QApplication.focusWidget()
        while step is not None and step is not self:
            step = step.parentWidget()
        return step is self

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Deal with the keys that end editing; says whether the key is used up."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return True
        if event.key() in _ENTER and self.enter_commits(event):
            if self.in_cell and not event.modifiers() & ~_WITH_ENTER:
                self.entered.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            else:
                self.committed.emit()
            return True
        if self.in_cell and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.moved.emit(event.key() == Qt.Key.Key_Tab)
            return True
        return False

    def enter_commits(self, _event: QKeyEvent) -> bool:
        """Whether Enter ends editing, and does not belong to the text."""
        return True


class WheelGuard(QObject):
    """Keeps the wheel from changing a field that has no focus, while a form is scrolled."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        unfocused = isinstance(watched, QWidget) and not watched.hasFocus()
        if event.type() == QEvent.Type.Wheel and unfocused:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
