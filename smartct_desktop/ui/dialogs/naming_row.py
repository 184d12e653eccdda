"""One line of the dialog before deleting: who names what goes, and what shall become of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Id
from smartct_desktop.services.deleting import Choice, Naming, Way
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.editor import FieldEditor, WheelGuard
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label

_NAME = 250
_WAY = 190


def counted(kind: str, n: int) -> str:
    """“1 exchange”, “12 exchanges”."""
    schema = schema_of(kind)
    return f"{n} {tr(schema.label if n == 1 else schema.plural).lower()}"


def way_words(way: Way, n: int) -> str:
    """What becomes of `n` records, as one chooses it."""
    match way:
        case Way.ALONG:
            return tr("Delete it too") if n == 1 else tr("Delete them too")
        case Way.BLANK:
            return tr("Leave the field blank")
        case Way.OTHER:
            return tr("Name another one")


class _EnterOpens(QObject):
    """Enter on the closed choice opens it; it would press the first button of the dialog."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = isinstance(event, QKeyEvent) and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        )
        if enter and event.type() == QEvent.Type.KeyPress and isinstance(watched, QComboBox):
            watched.showPopup()
            return True
        return super().eventFilter(watched, event)


class NamingRow(QWidget):
    """The records that name what goes in one field.

    `chosen(code)` when the person said something else, `asked(code)` wants the records listed.
    """

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, desk: Desk, naming: Naming) -> None:
        super().__init__()
        self._look = desk.editors.look
        self._desk = desk
        self._editor: FieldEditor | None = None
        self.naming = naming
        self.combo = QComboBox()
        self.combo.setPlaceholderText(tr("Choose…"))
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setFixedWidth(self._look.px(_WAY))
        self.combo.installEventFilter(WheelGuard(self.combo))
        self.combo.installEventFilter(_EnterOpens(self.combo))
        self.combo.activated.connect(self._choose)
        self._count = label(face="medium")
        self._field = label(tr("as {field}", field=tr(naming.field.label)), tone="muted", wrap=True)
        self._refusal = label("", face="small", tone="error", wrap=True)
        self._refusal.hide()
        self.list_button = button(self._look, tr("Show"), Kind.LINK)
        self.list_button.setAutoDefault(False)
        self.list_button.clicked.connect(self._ask)
        name = QWidget()
        name.setFixedWidth(self._look.px(_NAME))
        words = QVBoxLayout(name)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self._count)
        words.addWidget(self._field)
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addWidget(name)
        self._line.addWidget(self.combo)
        self._other = QHBoxLayout()
        self._line.addLayout(self._other, 1)
        self._line.addWidget(self.list_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 6, 12, 6)
        rows.setSpacing(2)
        rows.addLayout(self._line)
        rows.addWidget(self._refusal)
        self.show_naming(naming)

    @property
    def editor(self) -> FieldEditor | None:
        """Where one says which record is named instead; None while nobody wants that."""
        return self._editor

    @property
    def choice(self) -> Choice | None:
        """What is chosen; without the other record while it is not known which. Tells refusals."""
        place = self.combo.currentIndex()
        if place < 0:
            return None
        way = self.naming.ways[place]
        return Choice(way, self._named_instead() if way is Way.OTHER else None)

    @property
    def refusal(self) -> QLabel:
        """Why the choice cannot stand."""
        return self._refusal

    def show_naming(self, naming: Naming) -> None:
        """Show how many there are, what is chosen, and why that cannot be if it cannot."""
        self.naming = naming
        n = len(naming.ids)
        words = counted(naming.field.kind, n)
        self._count.setText(words)
        field = tr(naming.field.label)
        about = tr("{records} as {field}", records=words, field=field)
        self.combo.setAccessibleName(tr("What becomes of {records}", records=about))
        self.list_button.setAccessibleName(tr("Show {records}", records=about))
        way = naming.way
        self.combo.clear()
        self.combo.addItems([way_words(one, n) for one in naming.ways])
        self.combo.setCurrentIndex(naming.ways.index(way) if way is not None else -1)
        self._refuse(say(naming.refusal) if naming.refusal is not None else "")
        self._offer_other(on=way is Way.OTHER)

    # Within.

    def _choose(self, _place: int) -> None:
        self._refuse("")
        self._offer_other(on=self.naming.ways[self.combo.currentIndex()] is Way.OTHER)
        if self._editor is not None and self._editor.isVisibleTo(self):
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self.naming.field.code)

    def _offer_other(self, *, on: bool) -> None:
        if on and self._editor is None:
            made = self._desk.editors.make(self.naming.field, in_cell=False, new=False)
            made.show_value(None, "")
            made.note_start(None)
            made.committed.connect(self._tell)
            made.left.connect(self._tell)
            words = tr("Named instead as {field}", field=tr(self.naming.field.label))
            made.tell_findings(words)
            self._other.addWidget(made)
            self._editor = made
        if self._editor is not None:
            self._editor.setVisible(on)

    def _tell(self) -> None:
        if self._named_instead() != (self.naming.choice.other if self.naming.choice else None):
            self.chosen.emit(self.naming.field.code)

    def _named_instead(self) -> Id | None:
        if self._editor is None:
            return None
        try:
            value = self._editor.value()
        except Invalid as refusal:
            self._refuse(say(refusal.sentence))
            return None
        return Id(str(value)) if value is not None else None

    def _refuse(self, words: str) -> None:
        self._refusal.setText(words)
        self._refusal.setHidden(not words)
        if self._editor is not None:
            self._editor.mark_refused(bool(words))

    def _ask(self) -> None:
        self.asked.emit(self.naming.field.code)
