"""The head of the record pane: what the record is called, its state, its place among the rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.ui.buttons import icon_button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.grid.status import shade_of
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.pill import Pill
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_SHORT = 16  # characters of a name that stand in one line beside everything else
_MOST_LINES = 2  # of a name beside the state
_SIDES = 22  # pixels at both sides
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class PaneHead(QWidget):
    """`closed` asks to hide the pane, `stepped(by)` for the next or previous record."""

    closed = Signal()
    stepped = Signal(int)

    def __init__(self, look: Look, *, below: bool) -> None:
        super().__init__()
        self._below = below
        self._look = look
        self._name = ""
        self._alone = False
        self._title = label(face="title")
        self._pill = Pill(look)
        self._beneath = label(tone="muted", wrap=not below)
        self._place = label(face="small", tone="muted")
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 8, 4)
        rows.setSpacing(2)
        top = self._top = QHBoxLayout()
        top.setSpacing(8)
        back = icon_button(look, "chevron-left", tr("Previous record"))
        forward = icon_button(look, "chevron-right", tr("Next record"))
        close = icon_button(look, "x", tr("Close the record pane"))
        back.clicked.connect(self._step_back)
        forward.clicked.connect(self._step_on)
        close.clicked.connect(self.closed)
        top.addWidget(self._title, 0 if below else 1)
        top.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignVCenter)
        if below:
            top.addWidget(self._beneath)
            top.addStretch(1)
        steps = self._steps = QHBoxLayout()
        steps.setSpacing(2)
        for part in (back, self._place, forward, close):
            steps.addWidget(part)
        top.addLayout(steps)
        rows.addLayout(top)
        if not below:
            rows.addWidget(self._beneath)

    @property
    def name(self) -> str:
        """What the record is called."""
        return self._name

    def show_nothing(self) -> None:
        """Say that no record is current."""
        self._name = tr("No record is chosen")
        self._title.setText(self._name)
        self._pill.show_status("", Tone.CALM)
        self._beneath.setText("")
        self._place.setText("")

    def show_record(self, desk: Desk, record: Record) -> None:
        """Name a record."""
        kind = record.schema.kind
        caption = desk.reader.captions(kind, [record.id]).get(record.id, "").strip()
        self._name = caption or tr(schema_of(kind).label)
        self._title.setText(self._name)
        self._title.setWordWrap(not self._below and len(caption) > _SHORT)
        self._beneath.setText(beneath_words(desk, record))
        self._beneath.setVisible(bool(self._beneath.text()))
        self._show_badge(desk, record)
        self._fit()

    def show_place(self, place: str) -> None:
        """Say which of how many the record is."""
        self._place.setText(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self._look.metrics.title
        spacing = self._top.spacing()
        room = self.width() - self._steps.sizeHint().width() - _SIDES - 2 * spacing
        if not self._pill.isHidden():
            room -= self._pill.sizeHint().width() + spacing
        if self._below:
            self._cut(room)
        else:
            lines = _MOST_LINES if self._title.wordWrap() else 1
            self._move_title(alone=metrics.horizontalAdvance(self._name) > lines * room)

    def _cut(self, room: int) -> None:
        """In one line with everything else a long name is cut, and its place is left out."""
        metrics = self._look.metrics.title
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, max(room, 40))
        self._title.setText(name)
        self._title.setToolTip(tool_tip(self._name, self._look) if name != self._name else "")
        self._title.setAccessibleName(self._name)
        left = room - metrics.horizontalAdvance(name) - self._top.spacing()
        fits = self._beneath.sizeHint().width() <= left
        self._beneath.setVisible(fits and bool(self._beneath.text()))

    def _move_title(self, *, alone: bool) -> None:
        """A name that would need many short lines gets lines of its own."""
        if alone != self._alone:
            self._alone = alone
            if alone:
                self._rows.insertWidget(1, self._title)
            else:
                self._top.insertWidget(0, self._title, 1)
            self._top.setStretch(0, 1)
            self._top.setAlignment(self._pill, _LEFT if alone else _MIDDLE)

    def _show_badge(self, desk: Desk, record: Record) -> None:
        """The state of a record as a pill; of a cluster its role, because its state is plain."""
        name = "partner_role" if isinstance(record, Organisation) else "status"
        value = getattr(record, name, None)
        if value is None:
            self._pill.show_status("", Tone.CALM)
            return
        word = desk.texts.shown(record.schema.by_name[name].type, value)
        shade = shade_of(value)
        if shade is None:
            self._pill.show_status(word, Tone.ACCENT)
        else:
            self._pill.show_status(word, shade.tone, at_rest=shade.at_rest)

    def _step_back(self) -> None:
        self.stepped.emit(-1)

    def _step_on(self) -> None:
        self.stepped.emit(1)


def beneath_words(desk: Desk, record: Record) -> str:
    """What stands under a record's name: who visits whom, or where it is."""
    if isinstance(record, Exchange):
        ids = [id_ for id_ in (record.vo, record.ho) if id_ is not None]
        names = desk.reader.captions("organisation", ids)
        sides = [names.get(id_, "") if id_ else tr("nobody yet") for id_ in (record.vo, record.ho)]
        return " → ".join(sides) if ids else ""
    country = getattr(record, "country", None)
    parts = [
        desk.facts.country_name(country) if country else "",
        getattr(record, "region", None) or getattr(record, "city", None) or "",
    ]
    return ", ".join(part for part in parts if part)
