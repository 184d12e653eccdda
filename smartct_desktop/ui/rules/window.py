"""The rules of the calls: every value with its source, and how to change one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.rule_book import ValueInForce
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.rule_value import RuleValue
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.rule_books import RulesInForce, rule_book
from smartct_desktop.services.rule_changes import RulesPlan, Wish, commit_values, plan_values
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.buttons import button, switch
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.planning import Planning
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.rules.change import ChangeValue, Subject, WhatWouldChange
from smartct_desktop.ui.rules.table import ValueModel, ValueTable
from smartct_desktop.ui.tools import Tools

_SIZE = (980, 600)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A plan, and what the records it concerns are called."""

    plan: RulesPlan
    captions: Mapping[Id, str]
    refusal: str = ""


class RulesWindow(QDialog):
    """A rule set at a time; a change is planned, shown and then written as one step."""

    def __init__(self, tools: Tools, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        look = tools.look
        self._tools, self._desk = tools, desk
        self._planning = Planning(tools, self)
        self._planning.attach(desk)
        self.asking: ChangeValue | None = None
        self.showing: WhatWouldChange | None = None
        self.setWindowTitle(tr("Rules of the call"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within(self, look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.rule_set = QComboBox()
        self.rule_set.setAccessibleName(tr("Rule set"))
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Filter the values"))
        self.search.setPlaceholderText(tr("Filter the values…"))
        self.search.setClearButtonEnabled(True)
        self.model = ValueModel(look, desk.texts)
        self.table = ValueTable(look, self.model)
        self._note = label(tone="muted", wrap=True)
        self.change_button = button(look, tr("Change…"), icon="pencil")
        self.back_button = button(look, tr("Back to the value that ships…"), icon="rotate-ccw")
        self._lay_out()
        book = rule_book(desk.reader, desk.facts)
        for code in book.codes:
            self.rule_set.addItem(f"{code}: {desk.facts.rule_sets[code].name}", code)
        ours = RulesInForce(desk.facts, own_partnership(desk.reader), book).code
        self.rule_set.setCurrentIndex(self.rule_set.findData(ours))
        self.rule_set.currentIndexChanged.connect(self.renew)
        self.search.textChanged.connect(self._search)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.model.modelReset.connect(self._tell)
        self.table.opened.connect(self.change)
        self.change_button.clicked.connect(self.change)
        self.back_button.clicked.connect(self.take_back)
        FocusRing(look, self)
        self.renew()
        self.table.setFocus()

    @property
    def current(self) -> ValueInForce | None:
        """The value that the keys are on."""
        return self.model.value(self.table.currentIndex().row())

    def renew(self) -> None:
        """Read the values again, and stay at the same one."""
        current = self.current
        code = str(self.rule_set.currentData())
        book = rule_book(self._desk.reader, self._desk.facts)
        self.model.show_values(list(book.values(code, local_today())))
        self.go_to(current.key.name if current is not None else "")

    def go_to(self, name: str) -> None:
        """Go to a value by its key, or to the first one."""
        row = max(0, self.model.row_of(name))
        self.table.setCurrentIndex(self.model.index(row, 0))

    def change(self) -> None:
        """Ask for another value in the place of the current one."""
        value = self.current
        if value is None or self._desk.read_only:
            return
        stored = self._desk.reader.get(RuleValue, value.record) if value.record else None
        code = str(self.rule_set.currentData())
        subject = Subject(code, value, self.model.name(value), self.model.told(value), stored)
        self.asking = ChangeValue(self._desk, subject, self)
        self.asking.accepted.connect(self._plan_wanted)
        self.asking.open()

    def take_back(self) -> None:
        """Plan to remove the document's own value, so that the shipped one holds again."""
        value = self.current
        if value is not None and value.record is not None:
            name = self.model.name(value)
            words = tr("return of {name} to the value that ships", name=name)
            self._plan(Wish(remove=(value.record,)), words)

    # Within.

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.rule_set)
        head.addWidget(self.search, 1)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._note)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.change_button)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        close = button(self._tools.look, tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot.addWidget(close)
        for one in (self.change_button, self.back_button):
            one.setAutoDefault(False)
        column.addLayout(foot)

    def _search(self, words: str) -> None:
        self.model.show_only(words)
        self.go_to("")

    def _tell(self) -> None:
        """Say beneath the table what is known about the current value."""
        value, look = self.current, self._tools.look
        sources = self._desk.facts.sources
        parts = []
        if value is not None:
            parts = [say(value.note)] if value.note else []
            for key in value.source.split("; "):
                source = sources.get(key)
                told = f"{key}: {source.title} {source.url}".strip() if source else key
                parts.append(told)
        self._note.setText("\n".join(part for part in parts if part))
        reason = tr("This document is open for reading only.")
        on = value is not None and not self._desk.read_only
        switch(self.change_button, look, on=on, reason=reason)
        own = on and value is not None and value.record is not None
        shipped = tr("It is the value that ships.")
        switch(self.back_button, look, on=own, reason=reason if not on else shipped)

    def _plan_wanted(self) -> None:
        value = self.asking.wanted if self.asking is not None else None
        current = self.current
        if value is not None and current is not None:
            name, code = self.model.name(current), str(self.rule_set.currentData())
            words = tr("change of {name} ({rule_set})", name=name, rule_set=code)
            self._plan(Wish(values=(value,)), words)

    def _plan(self, wish: Wish, words: str) -> None:
        facts, today = self._desk.facts, local_today()
        guard = self._desk.document.guard

        def plan(reader: Reader, progress: Progress) -> _Planned:
            try:
                found = plan_values(reader, facts, today, wish, progress)
            except Invalid as refusal:
                nothing = RulesPlan((), (), (), (), 0, 0)
                return _Planned(nothing, {}, say(refusal.sentence))
            if guard is not None:  # here no window waits for it
                guard("rules", progress)
            captions: dict[Id, str] = {}
            for kind in {one.kind for one in found.differences}:
                captions |= reader.captions(kind, [one.id for one in found.of(kind)])
            return _Planned(found, captions)

        show = partial(self._show, words)
        self._planning.run(tr("Comparing what the rules say"), plan, show)

    def _show(self, words: str, planned: _Planned) -> None:
        if planned.refusal:
            self._tools.note.tell(planned.refusal)
            return
        self.showing = WhatWouldChange(self._tools.look, planned.plan, planned.captions, self)
        self.showing.accepted.connect(partial(self._commit, planned.plan, words))
        self.showing.open()

    def _commit(self, plan: RulesPlan, words: str) -> None:
        if self._tools.try_deed(lambda: commit_values(self._desk.document, plan, words)):
            self.renew()
