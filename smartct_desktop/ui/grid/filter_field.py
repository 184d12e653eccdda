"""The filter field over a table: completes what is typed, and marks what is not understood."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from smartct_desktop.domain.searching import LONGEST_SEARCH
from smartct_desktop.services.filtering.offerings import Offering, Offerings
from smartct_desktop.services.filtering.terms import Refusal
from smartct_desktop.ui.forms.drop_list import DropList
from smartct_desktop.ui.forms.offers import Offer
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.qt import mark
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look

Complete = Callable[[str, int], Offerings]
"""Gives what can stand at a place of the text."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class FilterField(SearchField):
    """Down opens the list and moves in it, Tab and Enter take what is marked, Esc closes it.

    Tab takes the first one if none is marked. `entered` is Enter with nothing to take, `given_up`
    Esc with nothing written; `list_closed` tells that nothing covers what stands under the field
    any more, `focused` that somebody is about to type.
    """

    entered = Signal()
    given_up = Signal()
    list_closed = Signal()
    focused = Signal()

    def __init__(
        self, look: Look, placeholder: str, shortcut: QKeySequence, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, placeholder, shortcut, sign="funnel", parent=parent)
        self._look_of_list = look
        self._complete: Complete | None = None
        self._drop_list: DropList | None = None
        self._offers: tuple[Offering, ...] = ()
        self._refusal: Refusal | None = None
        self.setMaxLength(LONGEST_SEARCH + 1)  # one sign too many, so that it is said
        self.textEdited.connect(self._offer)

    @property
    def list_is_open(self) -> bool:
        """Whether there is something to take."""
        return self._drop_list is not None and self._drop_list.isVisible()

    @property
    def offers(self) -> tuple[Offering, ...]:
        """What the open list offers, from the top."""
        return self._offers if self.list_is_open else ()

    def complete_with(self, complete: Complete | None) -> None:
        """Say who knows what can stand in the field."""
        self._complete = complete
        self.close_list()

    def show_refusal(self, refusal: Refusal | None) -> None:
        """Mark the field as not understood, or take the mark off.

        While there is something to take, the text is not at its end: nothing is marked.
        """
        self._refusal = refusal
        if self.list_is_open:
            refusal = None
        mark(self, "state", "" if refusal is None else "warning")
        self.setAccessibleDescription("" if refusal is None else say(refusal.sentence))

    def take(self, offer: Offering) -> None:
        """Put an offer in its place, as if it had been typed."""
        self.setSelection(offer.start, offer.end - offer.start)
        self.insert(offer.insert)
        if offer.goes_on:
            self._offer()
        else:
            self.close_list()
            self.textEdited.emit(self.text())
            self.close_list()

    def begin(self, name: str) -> None:
        """Write the name of a field behind what stands there, and offer its values."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setText(f"{self.text().rstrip()} {name}".lstrip())
        self._offer()

    def close_list(self) -> None:
        """Put the list away."""
        if self.list_is_open and self._drop_list is not None:
            self._drop_list.close_list()
            self.list_closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.AltModifier:
            self._step(_STEPS[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape and self.list_is_open:
            self.close_list()
        elif key == Qt.Key.Key_Escape and not self.text():
            self.given_up.emit()
        elif key in _ENTER:
            marked = self._marked()
            if marked is not None:
                self.take(marked)
            else:
                self.close_list()
                self.entered.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab never reaches keyPressEvent: Qt moves the focus first.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers()
            if event.key() == Qt.Key.Key_Tab and plain and self.list_is_open and self._offers:
                self.take(self._marked() or self._offers[0])
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.close_list()

    def _list(self) -> DropList:
        if self._drop_list is None:
            self._drop_list = DropList(self._look_of_list, self)
            self._drop_list.view.setAccessibleName(tr("What can stand here"))
            self._drop_list.chosen.connect(self._take_chosen)
        return self._drop_list

    def _offer(self) -> None:
        """Offer what fits what is being typed at the end of the selection."""
        if self._complete is None:
            return
        found = self._complete(self.text(), self.cursorPosition())
        self._show(found.offers, first=found.meant)

    def _show(self, offers: tuple[Offering, ...], *, first: bool) -> None:
        self._offers = offers
        lines = [Offer(place, say(o.text), say(o.detail)) for place, o in enumerate(offers)]
        if lines:
            self._list().offer(lines, first=first)
        else:
            self.close_list()

    def _step(self, by: int) -> None:
        """Mark another offer; with the list closed, offer what could stand here instead."""
        if self.list_is_open:
            self._list().step(by)
            return
        if by <= 0:
            return
        refused = self._refusal
        if refused is not None and refused.offers:
            start, end = refused.start, refused.end
            offers = tuple(Offering(o, "", o, start, end) for o in refused.offers)
            self._show(offers, first=True)
        else:
            self._offer()

    def _marked(self) -> Offering | None:
        current = self._drop_list.current if self._drop_list is not None else None
        place = current.value if current is not None else None
        return self._offers[place] if isinstance(place, int) else None

    def _take_chosen(self, offer: Offer) -> None:
        if isinstance(offer.value, int):
            self.take(self._offers[offer.value])
            self.setFocus(Qt.FocusReason.OtherFocusReason)
