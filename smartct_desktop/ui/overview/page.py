"""The Overview tab: targets, months, money, what is waited for, who travels where, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.fields import Day, Id
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.services.overview import Overview
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.settings import Json
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.overview.board import Board
from smartct_desktop.ui.overview.counting import Counting
from smartct_desktop.ui.overview.flow import flow
from smartct_desktop.ui.overview.partnership_page import PartnershipPage, long_day
from smartct_desktop.ui.overview.parts import Part
from smartct_desktop.ui.overview.scope_choice import ScopeChoice
from smartct_desktop.ui.periods.card import PeriodsCard
from smartct_desktop.ui.periods.closed import ClosedPeriods
from smartct_desktop.ui.table_tabs import TABLE_TABS
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:
    from smartct_desktop.services.figures import Figure
    from smartct_desktop.ui.overview.cards import TargetCard
    from smartct_desktop.ui.overview.explain import ExplainDialog
    from smartct_desktop.ui.overview.letters import LettersDialog

_STEPS = 5
_SIDE_BY_SIDE = 1100  # pixels from which on the buttons stand beside the name


class OverviewPage(QWidget):
    """Cards; every number opens the records behind it.

    `records_asked(kind, ids)`, `record_asked(kind, id)` (in a dialog), `home_asked(kind, id)` (in
    its tab) and `history_asked` lead away from here.
    """

    stated = Signal(str)
    records_asked = Signal(str, object)
    history_asked = Signal()
    record_asked = Signal(str, object)
    home_asked = Signal(str, object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._look = tools.look
        self._desk: Desk | None = None
        self._outdated = False
        self.shown: Overview | None = None
        self.explaining: ExplainDialog | None = None
        self.writing: LettersDialog | None = None
        self._name = label(face="title", wrap=True)
        self._about = label(tone="muted")
        self._kept = label(tone="muted")
        self._kept.hide()
        self.deletion_button = button(self._look, "", Kind.LINK, room="line")
        self.deletion_button.clicked.connect(self._explain_deletion)
        self.deletion_button.hide()
        self.page_button = button(self._look, tr("As on the partnership page"), icon="eye")
        self.page_button.clicked.connect(self.show_partnership)
        self.edit_button = button(self._look, tr("Edit the partnership…"), icon="pencil")
        self.edit_button.clicked.connect(self._edit_partnership)
        self.print_button = button(self._look, tr("Print…"), icon="printer")
        self.print_button.clicked.connect(self.print_board)
        self.choice = ScopeChoice(self._look)
        self._counting = Counting(tools, lambda: self.choice.scope)
        self._counting.counted.connect(self._take_overview)
        self.choice.changed.connect(self._counting.count)
        self.choice.own_dates_asked.connect(self._ask_own_dates)
        self.board = Board(self._look)
        self.periods = PeriodsCard(tools)
        self._closed = ClosedPeriods(tools, self)
        self._closed.record_asked.connect(self.home_asked)
        self.periods.opened.connect(self._closed.show)
        self.board.recent.history_asked.connect(self.history_asked)
        self.board.records_asked.connect(self.records_asked)
        self.board.explain_asked.connect(self.explain)
        self.board.waiting.letters_asked.connect(self.write_letters)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._make_body())
        rows.addWidget(self._scroll)
        self._look.changed.connect(self._fit)

    @property
    def target_cards(self) -> Sequence[TargetCard]:
        """The cards of the figures."""
        return self.board.target_cards

    def attach(self, desk: Desk) -> None:
        """Show a document."""
        self._desk = desk
        self.periods.attach(desk)
        self._closed.attach(desk)
        self._counting.attach(desk)
        self.choice.clear()
        self._show_quick_parts()
        self._counting.count()

    def detach(self) -> None:
        """Let go of the document."""
        self._desk = None
        self.periods.attach(None)
        self._closed.attach(None)
        self._counting.attach(None)
        self.shown = None
        self.board.clear()

    def hear(self, _touched: Touched) -> None:
        """A step was done, undone or redone."""
        if self.isVisible():
            self._show_quick_parts()
            self._counting.count_soon()
        else:
            self._outdated = True

    def hear_findings(self) -> None:
        """Derived fields may be others now, and nobody says of which records."""
        self._counting.drop()
        if self.isVisible():
            self._counting.count_later()
        else:
            self._outdated = True

    def look_again(self) -> None:
        """Catch up with what happened while another tab was in front."""
        if self._outdated:
            self._outdated = False
            self._show_quick_parts()
            self._counting.count()
        self._state()

    def _ask_own_dates(self) -> None:
        """Ask from which day to which, and look at that."""
        from smartct_desktop.ui.overview.own_dates import OwnDatesDialog

        if self._desk is not None:
            scope = self.choice.scope
            asking = OwnDatesDialog(self._look, self._desk, local_today(), scope, self.window())
            if asking.exec():
                period = asking.period
                self.choice.take(replace(scope, since=period.first, until=period.last))

    def finish_editing(self) -> bool:
        """Nothing is edited here."""
        return True

    def focus_filter(self) -> None:
        """There is nothing to filter here."""

    def set_compact(self, on: bool) -> None:  # noqa: FBT001 (as the pages with tables)
        """Nothing here has rows."""

    def remember(self) -> None:
        """Nothing here is remembered."""

    def headings(self) -> list[Json]:
        """No table, no headings."""
        return []

    def show_partnership(self) -> None:
        """Open the partnership as on its page."""
        if self._desk is not None:
            PartnershipPage(self._look, self._desk, self.window()).show()

    def explain(self, figure: Figure, part: Part) -> None:
        """Open what counts for a figure, and what does not and why."""
        from smartct_desktop.ui.overview.explain import ExplainDialog
        from smartct_desktop.ui.periods.sent_lines import sent_lines

        if self._desk is None:
            return
        self.explaining = ExplainDialog(self._look, figure, part, self._captions, self.window())
        self.explaining.record_asked.connect(self.home_asked)
        self.explaining.records_asked.connect(self.records_asked)
        self.explaining.show()
        work = partial(sent_lines, self._desk, figure)
        dialog = self.explaining
        self._tools.jobs.run(work, dialog.show_sent, title=tr("Counting"), shown=False)

    def write_letters(self) -> None:
        """Open the messages to the partners about what is waited for."""
        from smartct_desktop.services.letters import Letters
        from smartct_desktop.ui.overview.letters import LettersDialog

        if self._desk is not None and self.shown is not None:
            letters = Letters(self._desk.reader, self.shown.waiting)
            self.writing = LettersDialog(self._look, letters, self.window())
            self.writing.show()

    def print_board(self) -> None:
        """Save what is shown as a PDF, which can be printed from there."""
        desk, shown = self._desk, self.shown
        if desk is None or shown is None:
            return
        from smartct_desktop.ui.overview.printing import Sheet, overview_pdf
        from smartct_desktop.ui.saving import choose_pdf, save_file

        about = (
            f"{self._about.text()} · {self.choice.words} · {desk.texts.shown(Day(), shown.today)}"
        )
        steps = desk.reader.history(0, _STEPS)
        name = desk.facts.country_name
        sheet = Sheet(self._name.text(), about, shown, steps, desk.texts, name)
        proposed = f"{tr('Overview')} {shown.today.isoformat()}.pdf"
        target = choose_pdf(self, desk.document.home.with_name(proposed))
        if target is not None:
            self._tools.try_deed(lambda: save_file(self._tools, target, overview_pdf(sheet)))

    # Within.

    def _captions(self, kind: str, ids: Sequence[Id]) -> Mapping[Id, str]:
        """Name records; exchanges with who visited whom."""
        if self._desk is None:
            return {}
        reader = self._desk.reader
        captions = reader.captions(kind, ids)
        if kind != Exchange.schema.kind:
            return captions
        exchanges = reader.get_many(Exchange, ids)
        named = {o for e in exchanges.values() for o in (e.vo, e.ho) if o is not None}
        names = reader.captions("organisation", named)
        return {
            id_: f"{captions.get(id_, '')}   {_name(names, e.vo)} → {_name(names, e.ho)}"
            for id_, e in exchanges.items()
        }

    def _make_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        self._head = head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        about = QHBoxLayout()
        about.setSpacing(8)
        about.addWidget(self._about)
        about.addWidget(self._kept)
        about.addWidget(self.deletion_button)
        about.addStretch(1)
        words.addLayout(about)
        head.addLayout(words, 1)
        head.addLayout(flow(8, self.choice, self.page_button, self.edit_button, self.print_button))
        column.addLayout(head)
        column.addWidget(self.board, 1)
        column.addWidget(self.periods)
        return body

    def _edit_partnership(self) -> None:
        own = own_partnership(self._desk.reader) if self._desk is not None else None
        if own is not None:
            self.record_asked.emit("partnership", own.id)

    def _show_quick_parts(self) -> None:
        """What costs the same however many records there are."""
        desk = self._desk
        if desk is None:
            return
        self.board.show_steps(desk.reader.history(0, _STEPS), desk.texts)
        own = own_partnership(desk.reader)
        self._name.setText(own.full_name or own.acronym if own else tr("No own partnership"))
        about = [own.acronym, own.call or "", long_day(own.starts_on)] if own else []
        self._about.setText(" · ".join(part for part in about if part))
        self.page_button.setEnabled(own is not None)
        self.edit_button.setEnabled(own is not None)

    def _take_overview(self, found: Overview) -> None:
        if self._desk is not None:
            self.shown = found
            self.choice.show_choices(found.own, found.names, found.today)
            self.board.show_overview(found, self._desk.facts.country_name)
            self.periods.look_again()
            self.board.follow(self.print_button)
            self._show_retention(found, self._desk)

    def _show_retention(self, found: Overview, desk: Desk) -> None:
        """Say until when records are kept, and offer those that no longer may be."""
        until = found.kept.until
        words = ""
        if until is not None:
            words = tr("Records are kept until {day}.", day=desk.texts.shown(Day(), until))
        if found.kept.held:
            words = tr("Records are kept: {reason}.", reason=say(found.kept.because))
        self._kept.setText(words)
        self._kept.setVisible(bool(words))
        number = found.deletion.value
        self.deletion_button.setText(tr("{n} persons are due for deletion", n=number))
        self.deletion_button.setVisible(number > 0)

    def _explain_deletion(self) -> None:
        if self.shown is not None:
            self.explain(self.shown.deletion, Part.COUNTED)

    def _fit(self) -> None:
        self.board.fit(self.width() - 24)
        beside = self.width() >= self._look.px(_SIDE_BY_SIDE)
        across, down = QHBoxLayout.Direction.LeftToRight, QHBoxLayout.Direction.TopToBottom
        self._head.setDirection(across if beside else down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _state(self) -> None:
        desk = self._desk
        if desk is not None:
            counts = [(tr(tab.label).lower(), desk.reader.count(tab.query)) for tab in TABLE_TABS]
            self.stated.emit("   ·   ".join(f"{n} {name}" for name, n in counts))


def _name(names: Mapping[Id, str], organisation: Id | None) -> str:
    return names.get(organisation, "") if organisation is not None else tr("unknown")
