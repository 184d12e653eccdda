"""Where the value of a field comes from: a sign beside the field, and what it says on demand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.services.origins import FieldOrigin, Given, read_origin
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.forms.form import Form, FormRow
from smartct_desktop.ui.history.words import moment_words
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.theme.look import Look

KEY = "F9"
_WIDE = 320
_SIGN = 13
_BEFORE = 8  # former values that are told


def given_words(given: Given, texts: Texts) -> str:
    """“from Juni.xlsx, sheet “Visits”, row 12, sent by NEU, 16.11.2021 9:30, ada”."""
    moment, by = moment_words(given.step.at, texts), given.step.by
    source = given.source
    if source is None:
        words = tr("typed by {by} on {moment}", by=by, moment=moment)
    else:
        parts = [source.file]
        if given.origin is not None and given.origin.sheet:
            parts.append(tr("sheet “{sheet}”", sheet=given.origin.sheet))
        if given.origin is not None:
            parts.append(tr("row {row}", row=given.origin.row))
        if source.sender:
            parts.append(tr("sent by {sender}", sender=source.sender))
        file = ", ".join(parts)
        words = tr("from {file}, brought in by {by} on {moment}", file=file, by=by, moment=moment)
    if given.again is not None:
        again = tr("brought back on {moment}", moment=moment_words(given.again.at, texts))
        words = f"{words}; {again}"
    return words


def value_words(field: Field, value: Value, texts: Texts, reader: Reader) -> str:
    """A value as it is read; a blank is said to be one."""
    if value is None or value == ():
        return tr("empty")
    caption = None
    if isinstance(field.type, Reference):
        id_ = Id(str(value))
        caption = reader.captions(field.type.kind, [id_]).get(id_) or tr("(no longer there)")
    return texts.shown(field.type, value, caption)


class OriginPanel(QFrame):
    """What is known of one value; `step_asked(no)` opens a step in the history."""

    step_asked = Signal(int)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("ground", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self._words: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(4)
        self.setFixedWidth(look.px(_WIDE))

    @property
    def words(self) -> str:
        """All that it says."""
        return "\n".join(self._words)

    def tell(self, field: Field, origin: FieldOrigin | None, texts: Texts, reader: Reader) -> None:
        """Say where the value of a field comes from, and what it was before."""
        self._say(tr(field.label), face="strong")
        if origin is None:
            self._say(tr("This field is empty, and was never filled in."))
        else:
            self._tell_given(field, origin.now, texts, reader)
            if origin.before:
                self._column.addSpacing(6)
                self._say(tr("Before"), face="small-strong", tone="muted")
            for one in origin.before[:_BEFORE]:
                self._tell_given(field, one, texts, reader)
            if len(origin.before) > _BEFORE:
                self._say(tr("and {n} more", n=len(origin.before) - _BEFORE), tone="muted")
        self.setAccessibleName(self.words)

    def show_beside(self, at: QPoint) -> None:
        """Open it there, or where the screen has room for it."""
        self.adjustSize()
        screen = QApplication.screenAt(at) or QApplication.primaryScreen()
        room = screen.availableGeometry()
        left = max(room.left(), min(at.x(), room.right() - self.width()))
        top = max(room.top(), min(at.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        links = self.findChildren(QPushButton)
        first: QWidget = links[0] if links else self
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _tell_given(self, field: Field, given: Given, texts: Texts, reader: Reader) -> None:
        self._say(value_words(field, given.value, texts, reader))
        self._say(given_words(given, texts), face="small", tone="muted")
        link = button(self._look, tr("Show this step"), Kind.LINK)
        link.clicked.connect(self._ask_step)
        link.setProperty("step", given.step.no)
        link.setAccessibleName(tr("Show the step {step}", step=given.step.label))
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _say(self, words: str, *, face: str = "", tone: str = "") -> None:
        self._words.append(words)
        self._column.addWidget(label(words, face=face, tone=tone, wrap=True))

    def _ask_step(self) -> None:
        link = self.sender()
        no = link.property("step")
        self.close()
        if isinstance(no, int):
            self.step_asked.emit(no)


class OriginSigns(QObject):
    """Tells of the fields of one form: F9, the menu of a field, or the sign beside it.

    The sign stands beside the field that has the keys or the pointer, so that it is there when it
    is looked for and a form is no row of signs. It lies on `ground`, in whose margin there is room
    for it. `step_asked(no)` opens a step in the history.
    """

    step_asked = Signal(int)

    def __init__(
        self, look: Look, form: Form, ground: QWidget, texts: Texts, reader: Reader
    ) -> None:
        super().__init__(form)
        self._look = look
        self._form = form
        self._ground = ground
        self._texts = texts
        self._reader = reader
        self._record: Record | None = None
        self._origins: dict[str, FieldOrigin | None] = {}
        self._beside: FormRow | None = None
        self.sign = _Sign(look, ground)
        self.sign.clicked.connect(self._tell_of_sign)
        self._rows: dict[QObject, FormRow] = {}
        for row in form.rows():
            for part in (row.label, row.editor, *row.editor.findChildren(QWidget)):
                self._rows[part] = row
                part.installEventFilter(self)

    def show_record(self, record: Record) -> None:
        """Tell of the values of this record from now on."""
        self._record = record
        self._origins = {}
        self.sign.hide()
        self._beside = None

    def origin(self, name: str) -> FieldOrigin | None:
        """Where the value of a field comes from; None if it was always blank."""
        if self._record is None:
            return None
        if name not in self._origins:  # read when somebody asks: most records are only passed by
            self._origins[name] = read_origin(self._reader, self._record, name)
        return self._origins[name]

    def tell(self, row: FormRow, at: QPoint | None = None) -> OriginPanel:
        """Open the panel beneath a field, or at another place of the screen."""
        at = at or row.editor.mapToGlobal(row.editor.rect().bottomLeft())
        return self._open(row.field, self.origin(row.field.name), at)

    def tell_of_part(self, record: Record, field: Field, at: QPoint) -> OriginPanel:
        """Open the panel of a value of another record, which is shown in a list of the form."""
        return self._open(field, read_origin(self._reader, record, field.name), at)

    def tell_of(self, widget: QWidget | None) -> OriginPanel | None:
        """Open the panel of the field that a widget belongs to; None if it is none."""
        row = self._rows.get(widget or self)
        return None if row is None or self._record is None else self.tell(row)

    def tell_of_field(self, name: str, at: QPoint) -> OriginPanel | None:
        """Open the panel of a field somewhere else; None if there is no such field."""
        row = next((row for row in self._form.rows() if row.field.name == name), None)
        return None if row is None or self._record is None else self.tell(row, at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        row = self._rows.get(watched)
        if row is not None and self._record is not None:
            match event.type():
                case QEvent.Type.Enter | QEvent.Type.FocusIn:
                    self._stand_beside(row)
                case QEvent.Type.ContextMenu if isinstance(event, QContextMenuEvent):
                    return self._open_menu(watched, row, event)
                case _:
                    pass
        return False

    def _open(self, field: Field, origin: FieldOrigin | None, at: QPoint) -> OriginPanel:
        panel = OriginPanel(self._look, self._form)
        panel.tell(field, origin, self._texts, self._reader)
        panel.step_asked.connect(self.step_asked)
        panel.show_beside(at)
        return panel

    def _stand_beside(self, row: FormRow) -> None:
        origin = self.origin(row.field.name)
        self._beside = row
        if origin is None:
            self.sign.hide()
            return
        words = given_words(origin.now, self._texts)
        self.sign.setToolTip(tool_tip(f"{words[:1].upper()}{words[1:]} ({KEY})", self._look))
        self.sign.setAccessibleName(tr("Where {field} comes from", field=tr(row.field.label)))
        side = self._look.px(_SIGN)
        at = row.label.mapTo(self._ground, QPoint(0, 0))
        top = at.y() + max(0, (row.label.height() - side) // 2)
        self.sign.setGeometry(max(0, at.x() - side), top, side, side)
        self.sign.raise_()
        self.sign.show()

    def _tell_of_sign(self) -> None:
        if self._beside is not None:
            self.tell(self._beside)

    def _tell_chosen(self, row: FormRow) -> None:
        self.tell(row)

    def _open_menu(self, watched: QObject, row: FormRow, event: QContextMenuEvent) -> bool:
        """The field's own menu, with the question at its end."""
        own = watched.createStandardContextMenu() if isinstance(watched, QLineEdit) else None
        menu = own or QMenu(self._form)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if own is not None:
            menu.addSeparator()
        ask = QAction(tr("Where does this come from?"), menu)
        ask.setShortcut(QKeySequence(KEY))
        ask.triggered.connect(partial(self._tell_chosen, row))
        menu.addAction(ask)
        menu.popup(event.globalPos())
        return True


class _Sign(QAbstractButton):
    """A sign without room around it; reached with the pointer only, because F9 does the same."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = "accent" if self.underMouse() else "muted"
        side = self._look.measures.small_sign
        sign = self._look.icons.pixmap("info", ink, side, self.devicePixelRatio())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, sign)
        painter.end()
