"""Editors one chooses in: answers, terms, countries, records."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.ui.forms.drop_list import DropList
from smartct_desktop.ui.forms.editor import FieldEditor, WheelGuard
from smartct_desktop.ui.forms.icon_line import IconLine
from smartct_desktop.ui.forms.offers import Find, Offer
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

Understand = Callable[[str], Value]
"""Gives the value of a typed text. Raises `Invalid`."""

Create = Callable[[str], Id | None]
"""Makes a record that is called so, and gives its id; None if the person thought better of it."""


class ChooseEditor(FieldEditor):
    """One of a few answers, or none of them, called `blank`, where the field may be blank."""

    def __init__(
        self, field: Field, offers: Sequence[Offer], *, in_cell: bool, blank: str = ""
    ) -> None:
        super().__init__(field, in_cell=in_cell)
        none = () if field.required else (Offer(None, blank),)
        self._offers = (*none, *offers)
        self._quiet = False
        self.combo = QComboBox()
        self.combo.addItems([offer.text for offer in self._offers])
        self.combo.setMaxVisibleItems(22)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._guard = WheelGuard(self)
        self.combo.installEventFilter(self._guard)
        self.take_input(self.combo)
        self.combo.activated.connect(self._choose)

    def show_value(self, value: Value, caption: str | None = None) -> None:  # noqa: ARG002
        places = [place for place, offer in enumerate(self._offers) if offer.value == value]
        self.combo.setCurrentIndex(places[0] if places else -1)

    def value(self) -> Value:
        place = self.combo.currentIndex()
        return self._offers[place].value if place >= 0 else None

    def begin(self, typed: str = "") -> None:
        for place, offer in enumerate(self._offers):
            if typed and fold(offer.text).startswith(fold(typed)):
                self.combo.setCurrentIndex(place)
                break
        if self.in_cell:
            self.combo.showPopup()

    def _choose(self, _place: int) -> None:
        self.committed.emit()


class FindEditor(FieldEditor):
    """One of many: a line one types into, and under it what fits.

    What is typed and not taken from the list has to be `understood`; nothing is guessed. With
    `create`, the list ends with making what was typed.
    """

    def __init__(  # noqa: PLR0913 (what to find, and how)
        self,
        field: Field,
        find: Find,
        understand: Understand,
        look: Look,
        *,
        in_cell: bool,
        create: Create | None = None,
    ) -> None:
        super().__init__(field, in_cell=in_cell)
        self._find = find
        self._understand = understand
        self._look = look
        self._create = create
        self._shown = Offer(None, "")
        self._taken: Offer | None = None
        self._drop: DropList | None = None
        self.line = IconLine(look, "chevron-down")
        self.line.textEdited.connect(self._offer_matching)
        self.line.icon_clicked.connect(self.open_list)
        self.take_input(self.line)

    def open_list(self) -> None:
        """Open the list with everything that can be chosen."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer_matching("")

    @property
    def drop(self) -> DropList:
        """The list under the line; made when it is first needed."""
        if self._drop is None:
            self._drop = DropList(self._look, self.line)
            self._drop.chosen.connect(self._take)
            self.destroyed.connect(self._drop.deleteLater)
        return self._drop

    def show_value(self, value: Value, caption: str | None = None) -> None:
        text = caption if caption is not None else self._text_of(value)
        self._shown = Offer(value, text)
        self._taken = None
        self.line.setText(text)
        self.line.setToolTip(text if len(text) > 24 else "")
        if not self.in_cell:
            self.line.setCursorPosition(0)

    def value(self) -> Value:
        text = self.line.text().strip()
        for offer in (self._taken, self._shown):
            if offer is not None and text == offer.text:
                return offer.value
        return self._understand(text) if text else None

    def begin(self, typed: str = "") -> None:
        if typed:
            self.line.setText(typed)
            self._offer_matching(typed)
        else:
            self.line.selectAll()
            if self.in_cell:
                self._offer_matching("")

    def set_read_only(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        self.line.setReadOnly(on)

    def key_pressed(self, event: QKeyEvent) -> bool:
        by = _STEPS.get(Qt.Key(event.key()))
        opened = self._drop is not None and self._drop.isVisible()
        if by is not None and not self.line.isReadOnly():
            if opened:
                self.drop.step(by)
            else:
                typed = self.line.text()
                self._offer_matching("" if typed == self._shown.text else typed)
            return True
        if opened:
            if event.key() == Qt.Key.Key_Escape:
                self.drop.close_list()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                if self.drop.current is not None:
                    self._set(self.drop.current)
                else:
                    self.drop.close_list()  # it would cover why the text is not taken
        return super().key_pressed(event)

    def _text_of(self, value: Value) -> str:
        if value is None:
            return ""
        return next((o.text for o in self._find("") if o.value == value), str(value))

    def _offer_matching(self, typed: str) -> None:
        offers = list(self._find(typed))
        if self._create is not None and typed.strip():
            offers.append(Offer(_NEW, typed.strip(), tr("make a new one")))
        meant = bool(typed.strip() and offers) and offers[0].value is not _NEW
        self.drop.offer(offers, first=meant)

    def _set(self, offer: Offer) -> bool:
        self.drop.close_list()
        if offer.value is _NEW:
            made = self._create(offer.text) if self._create is not None else None
            if made is None:
                return False
            offer = Offer(made, offer.text)
        self._taken = offer
        self.line.setText(offer.text)
        return True

    def _take(self, offer: Offer) -> None:
        if self._set(offer):
            self.committed.emit()


_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
_NEW = "\0new"  # no value of a field: texts hold no control characters
