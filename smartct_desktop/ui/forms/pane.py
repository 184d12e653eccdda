"""The record pane: one record as a form, with what names it and its history."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import references_to, schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.ui.buttons import icon_button, menu_button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.anchors import Anchors
from smartct_desktop.ui.forms.cluster_profile import ClusterProfile
from smartct_desktop.ui.forms.form import Form, Write
from smartct_desktop.ui.forms.related import Related, mentions_of
from smartct_desktop.ui.frames import rule
from smartct_desktop.ui.grid.status import shade_of
from smartct_desktop.ui.history.record_history import RecordHistory
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.pill import Pill
from smartct_desktop.ui.table_tabs import TAB_KINDS
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_LATER = 60  # milliseconds: what is slow waits until the current record stays the same
_SHORT = 16  # characters of a name that stand in one line beside everything else
_COLUMNS = 3  # of the form in a pane below the table


class RecordPane(QFrame):
    """One record beside or below its table.

    `closed` asks to hide the pane, `stepped(by)` for the next or previous record; `opened` and
    `asked` pass on what the related lists say. `part_asked(field, id)` wants a new record that
    names this one in a field.
    """

    closed = Signal()
    stepped = Signal(int)
    opened = Signal(str, object)
    asked = Signal(object, object)
    part_asked = Signal(object, object)

    def __init__(self, look: Look, kind: str, *, below: bool) -> None:
        super().__init__()
        self._look = look
        self._kind = kind
        self._below = below
        self._desk: Desk | None = None
        self._write: Write | None = None
        self._record: Record | None = None
        self._form: Form | None = None
        self._anchored: list[QWidget] = []
        self.setProperty("ground", "base")
        self.setAccessibleName(tr("Record"))
        self._title = label(face="title")
        self._pill = Pill(look)
        self._beneath = label(tone="muted", wrap=not below)
        self._place = label(face="small", tone="muted")
        self._anchors = Anchors(look)
        self._anchors.chosen.connect(self._go_to_anchor)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        if not below:
            self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().valueChanged.connect(self._follow_scroll)
        self.profile: ClusterProfile | None = None
        self.related: Related | None = None
        self._history: RecordHistory | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER)
        self._later.timeout.connect(self._show_slow_parts)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._make_head())
        rows.addWidget(self._anchors)
        rows.addWidget(rule("hair"))
        rows.addWidget(self._scroll, 1)
        self.show_nothing()

    @property
    def form(self) -> Form | None:
        """The form, once a record was shown."""
        return self._form

    @property
    def record(self) -> Record | None:
        """The record that is shown."""
        return self._record

    def attach(self, desk: Desk | None, write: Write | None) -> None:
        """Show records of this document; None shows none any more."""
        self._later.stop()
        self._desk, self._write = desk, write
        self._record = None
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()
        self._form = self.related = self._history = self.profile = None
        self._anchored = []
        self._anchors.name_sections([])
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that no record is current."""
        self._record = None
        self._title.setText(tr("No record is chosen"))
        self._pill.show_status("", Tone.CALM)
        self._beneath.setText("")
        self._place.setText("")
        self._anchors.hide()
        body = self._scroll.widget()
        if isinstance(body, QWidget):
            body.hide()

    def show_record(self, id_: Id, place: str) -> None:
        """Show a record; `place` says which of how many it is."""
        desk = self._desk
        if desk is None:
            return
        try:
            record = desk.reader.record(self._kind, id_)
        except KeyError:
            self.show_nothing()
            return
        self._build(desk)
        assert self._form is not None
        if self._record is None or self._record.id != id_:
            self._scroll.verticalScrollBar().setValue(0)
        self._record = record
        self._place.setText(place)
        self._show_head(desk, record)
        self._form.show_record(record, desk.reader)
        self._anchors.show()
        body = self._scroll.widget()
        if body is not None:
            body.show()
        self._later.start()

    def show_place(self, place: str) -> None:
        """Say which of how many the record is now."""
        if self._record is not None:
            self._place.setText(place)

    def commit(self) -> bool:
        """Write what is being typed; False if it is refused."""
        return self._form is None or self._record is None or self._form.commit()

    def focus_field(self, name: str) -> None:
        """Put the focus into a field and show it."""
        if self._form is not None:
            editor = self._form.row(name).editor
            self._scroll.ensureWidgetVisible(editor)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # Within.

    def _make_head(self) -> QWidget:
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(14, 10, 8, 4)
        rows.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(8)
        back = icon_button(self._look, "chevron-left", tr("Previous record"))
        forward = icon_button(self._look, "chevron-right", tr("Next record"))
        close = icon_button(self._look, "x", tr("Close the record pane"))
        back.clicked.connect(self._step_back)
        forward.clicked.connect(self._step_on)
        close.clicked.connect(self.closed)
        top.addWidget(self._title, 0 if self._below else 1)
        top.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignVCenter)
        if self._below:
            top.addWidget(self._beneath)
            top.addStretch(1)
        steps = QHBoxLayout()
        steps.setSpacing(2)
        for part in (back, self._place, forward, close):
            steps.addWidget(part)
        top.addLayout(steps)
        rows.addLayout(top)
        if not self._below:
            rows.addWidget(self._beneath)
        return head

    def _build(self, desk: Desk) -> None:
        """Make the form when the first record is shown: it has many widgets."""
        if self._form is not None:
            return
        fields = schema_of(self._kind).fields
        columns = _COLUMNS if self._below else 1
        self._form = Form(self._look, desk.editors, fields, self._write, columns)
        self.related = Related(self._look, TAB_KINDS, wide=self._below)
        self.related.opened.connect(self.opened)
        self.related.asked.connect(self.asked)
        self._history = RecordHistory()
        body = QFrame()
        body.setProperty("ground", "base")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(14, 12, 14, 16)
        rows.setSpacing(4)
        anchors: list[tuple[str, QWidget]] = []
        if self._below:
            self.profile = ClusterProfile(self._look, desk.facts)
            rows.addWidget(self.profile)
            rows.addSpacing(16)
            anchors.append((tr("Profile"), self.profile))
        rows.addWidget(self._form)
        anchors += [(tr(s), self._form.heading(s)) for s in self._form.sections]
        parts = ((tr("Related"), self.related), (tr("History"), self._history))
        for name, part in parts:
            heading = label(name, face="strong")
            rows.addSpacing(8)
            line = QHBoxLayout()
            line.addWidget(heading)
            line.addStretch(1)
            if part is self.related and self._write is not None:
                self._offer_parts(line)
            rows.addLayout(line)
            rows.addWidget(part)
            anchors.append((name, heading))
        rows.addStretch(1)
        self._anchored = [target for _, target in anchors]
        self._anchors.name_sections([name for name, _ in anchors])
        self._scroll.setWidget(body)

    def _offer_parts(self, line: QHBoxLayout) -> None:
        """A menu of what can be added to the record: records that must name it."""
        fields = [field for field in references_to(self._kind) if field.required]
        if not fields:
            return
        menu = QMenu(self)
        for field in fields:
            schema = schema_of(field.kind)
            action = menu.addAction(f"{tr(schema.label)} · {tr(field.label)}")
            action.setData(field.code)
        menu.triggered.connect(self._ask_part)
        line.addWidget(menu_button(self._look, tr("Add"), menu, icon="plus"))

    def _ask_part(self, action: QAction) -> None:
        chosen = [field for field in references_to(self._kind) if field.code == action.data()]
        if chosen and self._record is not None and self.commit():
            self.part_asked.emit(chosen[0], self._record.id)

    def _show_head(self, desk: Desk, record: Record) -> None:
        reader = desk.reader
        caption = reader.captions(self._kind, [record.id]).get(record.id, "").strip()
        self._title.setText(caption or tr(schema_of(self._kind).label))
        self._title.setWordWrap(not self._below and len(caption) > _SHORT)
        self._beneath.setText(beneath_words(desk, record))
        self._beneath.setVisible(bool(self._beneath.text()))
        self._show_badge(desk, record)

    def _show_badge(self, desk: Desk, record: Record) -> None:
        """The state of a record as a pill; of a cluster its role, because its state is plain."""
        name = "partner_role" if isinstance(record, Organisation) else "status"
        value = getattr(record, name, None)
        if value is None:
            self._pill.show_status("", Tone.CALM)
            return
        word = desk.texts.shown(schema_of(self._kind).by_name[name].type, value)
        shade = shade_of(value)
        if shade is None:
            self._pill.show_status(word, Tone.ACCENT)
        else:
            self._pill.show_status(word, shade.tone, at_rest=shade.at_rest)

    def _show_slow_parts(self) -> None:
        desk, record = self._desk, self._record
        if desk is None or record is None or self.related is None or self._history is None:
            return
        if self.profile is not None and isinstance(record, Organisation):
            self.profile.show_cluster(record, desk)
        mentions = list(mentions_of(desk.reader, desk.texts, self._kind, record.id))
        self.related.show_mentions(record.id, mentions)
        history = desk.reader.record_history(self._kind, record.id)
        self._history.show_history(history, desk.texts, desk.reader)

    def _go_to_anchor(self, place: int) -> None:
        body = self._scroll.widget()
        if 0 <= place < len(self._anchored) and body is not None:
            top = self._anchored[place].mapTo(body, self._anchored[place].rect().topLeft()).y()
            self._scroll.verticalScrollBar().setValue(max(0, top - 8))
            self._anchors.mark(place)

    def _follow_scroll(self, top: int) -> None:
        body = self._scroll.widget()
        if body is None:
            return
        tops = [part.mapTo(body, part.rect().topLeft()).y() for part in self._anchored]
        passed = [place for place, at in enumerate(tops) if at <= top + 24]
        if passed and not self._below:
            self._anchors.mark(passed[-1])

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
