"""Editors one types into: text, numbers, money, addresses, times."""

from __future__ import annotations

from urllib.parse import quote

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from smartct_desktop.domain.checking import refusal
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Day, Email, Field, Link, Money, PartialDay, Time, Value
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.forms.icon_line import IconLine
from smartct_desktop.ui.grid.columns import is_number
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_LINES = 3  # shown of a long text in a form


class LineEditor(FieldEditor):
    """One line, understood by `Texts`; a unit stands at its right."""

    def __init__(self, field: Field, texts: Texts, look: Look, *, in_cell: bool) -> None:
        super().__init__(field, in_cell=in_cell)
        self._texts = texts
        self._look = look
        self._shown: Value = None
        self._start = ""
        self.line = self.make_line()
        self.line.setPlaceholderText(_example(field, texts))
        if is_number(field.type) and in_cell:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.take_input(self.line)
        unit = "€" if isinstance(field.type, Money) else getattr(field.type, "unit", "")
        if unit and not in_cell:
            self._row.addSpacing(look.px(6))
            self._row.addWidget(label(unit, tone="muted"))

    def make_line(self) -> QLineEdit:
        """The line to type into."""
        return QLineEdit()

    def show_value(self, value: Value, caption: str | None = None) -> None:  # noqa: ARG002
        self._shown = value
        self._start = self._texts.typed(self.field.type, value)
        self.line.setText(self._start)
        if not self.in_cell:
            self.line.setCursorPosition(0)
        self.line.setToolTip(self._start if len(self._start) > 24 else "")

    def value(self) -> Value:
        text = self.line.text()
        # What was not touched stays exactly as it was, whatever its text can say.
        return self._shown if text == self._start else self._texts.read(self.field, text)

    def begin(self, typed: str = "") -> None:
        if typed:
            self.line.setText(typed)
        else:
            self.line.selectAll()

    def set_read_only(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        self.line.setReadOnly(on)


class AddressEditor(LineEditor):
    """An address of the web or of a mailbox; its sign, or Alt+Enter, opens it."""

    def make_line(self) -> QLineEdit:
        sign = "mail" if isinstance(self.field.type, Email) else "external-link"
        line = IconLine(self._look, sign, quiet=True)
        line.icon_clicked.connect(self.open_address)
        return line

    def open_address(self) -> None:
        """Open what stands there in the program for it, if it is an address."""
        try:
            value = self.value()
        except Invalid:
            return
        if isinstance(value, str) and refusal(self.field, value) is None:
            QDesktopServices.openUrl(address(self.field, value))

    def key_pressed(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_address()
            return True
        return super().key_pressed(event)


def address(field: Field, value: str) -> QUrl:
    """What is opened for an address: of a mailbox nothing but itself, as no mail is written here.

    A mail program would take what follows a question mark for copies to others and for files.
    """
    if not isinstance(field.type, Email):
        return QUrl(value)
    url = QUrl()
    url.setScheme("mailto")
    url.setPath(quote(value, safe="@"), QUrl.ParsingMode.StrictMode)
    return url


class LongTextEditor(FieldEditor):
    """Several lines. In a cell Enter ends and Shift+Enter begins a line, in a form the reverse."""

    def __init__(self, field: Field, texts: Texts, look: Look, *, in_cell: bool) -> None:
        super().__init__(field, in_cell=in_cell)
        self._texts = texts
        self._start = ""
        self._shown: Value = None
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._look = look
        if not in_cell:
            look.changed.connect(self._fit)
            self._fit()
        self.take_input(self.edit)

    def show_value(self, value: Value, caption: str | None = None) -> None:  # noqa: ARG002
        self._shown = value
        self._start = self._texts.typed(self.field.type, value)
        self.edit.setPlainText(self._start)

    def value(self) -> Value:
        text = self.edit.toPlainText()
        return self._shown if text == self._start else self._texts.read(self.field, text)

    def begin(self, typed: str = "") -> None:
        if typed:
            self.edit.setPlainText(typed)
            self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        else:
            self.edit.selectAll()

    def set_read_only(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        self.edit.setReadOnly(on)

    def enter_commits(self, event: QKeyEvent) -> bool:
        extra = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return True
        return self.in_cell and not event.modifiers() & extra

    def _fit(self) -> None:
        line = self._look.metrics.text.lineSpacing()
        self.edit.setFixedHeight(round(_LINES * line) + self._look.px(14))


def _example(field: Field, texts: Texts) -> str:
    """How a value is written here, to be seen while there is none."""
    parts = {"d": tr("dd"), "m": tr("mm"), "y": tr("yyyy")}
    style = texts.style
    match field.type:
        case Day():
            return style.separator.join(parts[letter] for letter in style.order)
        case PartialDay():
            month = style.separator.join(parts[letter] for letter in style.order if letter != "d")
            return tr("{month} or {year}", month=month, year=parts["y"])
        case Time():
            return tr("hh:mm")
        case Link():
            return "https://"
        case _:
            return ""
