"""Filling a funder's template: what it asks for, what fills it, and what is in the way."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.document import Document
from smartct_desktop.services.letters import LANGUAGES
from smartct_desktop.services.own_partnership import partners
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.template_filling import Template, plan_filling, told
from smartct_desktop.services.templates.mapping import RegionMap, TemplateMap
from smartct_desktop.services.templates.plan import TemplatePlan
from smartct_desktop.system.clock import local_now, local_today
from smartct_desktop.ui.buttons import button, switch
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.line_table import LineTable
from smartct_desktop.ui.reports.period_field import PeriodField
from smartct_desktop.ui.templates.choice import LineChoice
from smartct_desktop.ui.templates.lines import LineModel
from smartct_desktop.ui.templates.picking import ask_place
from smartct_desktop.ui.tools import Tools

_SIZE = (1080, 680)
_WIDTHS = (130, 170, 210)
_CHOICE = 300
_NOTES = 84


class FillTemplateDialog(QDialog):
    """The places of a template and what fills them; accepted when it is to be filled.

    `wish` and `said` are what was chosen, `planned` comes with each new plan. The plan is made in
    a job, because it counts all records.
    """

    planned = Signal()

    def __init__(
        self, tools: Tools, desk: Desk, template: Template, said: TemplateMap, parent: QWidget
    ) -> None:
        super().__init__(parent)
        look = tools.look
        self._tools, self._desk, self._template = tools, desk, template
        self.said = said
        self.plan: TemplatePlan | None = None
        self._asked = 0
        self._wanted = ""
        self.setWindowTitle(tr("Fill a template"))
        size = QSize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.resize(size.boundedTo(parent.window().size()))
        self.period = PeriodField(look, desk, local_today())
        known = {one.id: one.name for one in partners(desk.reader)}
        self._partners: list[Id | None] = [None, *sorted(known, key=lambda i: known[i].casefold())]
        names = [tr("All partners"), *(known[id_] for id_ in self._partners if id_)]
        self.partner = _box(tr("Partner"), names)
        self.language = _box(tr("Language"), list(LANGUAGES.values()))
        self.model = LineModel(look)
        self.table = LineTable(look, self.model, _WIDTHS)
        self.table.setAccessibleName(tr("Places of the template"))
        self.choice = LineChoice(look)
        self.choice.setFixedWidth(look.px(_CHOICE))
        self.add = button(look, tr("Add a place…"), icon="plus")
        self.add.clicked.connect(self.ask_for_place)
        self.summary = label("", tone="muted", wrap=True)
        self.notes = QListWidget()
        self.notes.setAccessibleName(tr("What to know before it is filled"))
        self.notes.setWordWrap(True)
        self.notes.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.notes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.notes.setFixedHeight(look.px(_NOTES))
        row, self.fill = deed_foot(look, self, tr("Fill…"))
        row.insertWidget(0, self.add)
        self._lay_out(row)
        self.table.selectionModel().currentRowChanged.connect(self._show_line)
        self.table.opened.connect(lambda _row: self.choice.take_focus())
        self.choice.placed.connect(self._place)
        self.choice.listed.connect(self._list)
        self.period.changed.connect(self.look_again)
        self.partner.currentIndexChanged.connect(self.look_again)
        self.language.currentIndexChanged.connect(self.look_again)
        FocusRing(look, self)
        self.look_again()

    @property
    def wish(self) -> Wish:
        """What the template is filled for. Raises `Invalid` for days that cannot be."""
        return Wish(
            self.period.period(),
            self._partners[self.partner.currentIndex()],
            language=list(LANGUAGES)[self.language.currentIndex()],
        )

    def look_again(self) -> None:
        """Plan it anew, in a job; what was asked for before does not matter any more."""
        try:
            wish = self.wish
        except Invalid:
            switch(self.fill, self._tools.look, on=False, reason=self.period.refusal)
            return
        self._asked += 1
        switch(self.fill, self._tools.look, on=False, reason=tr("The records are being counted."))
        work = _Work(self._template, self._desk.document, self._desk.facts, wish, self.said)
        self._tools.jobs.run(
            work.plan,
            partial(self._take_plan, self._asked),
            self._tell_failure,
            title=tr("Looking at {name}", name=self._template.file),
        )

    def ask_for_place(self) -> None:
        """Ask for a cell or an area that the template does not name itself."""
        if self.plan is None:
            return
        found = ask_place(self._tools.look, self._template, self)
        if found:
            self._wanted = found
            if ":" in found:
                self._list(found, RegionMap("exchange-register", {}))
            else:
                self._place(found, "made_on")

    def _take_plan(self, number: int, plan: TemplatePlan) -> None:
        if number != self._asked:
            return
        self.plan = plan
        line = self.table.currentIndex().row()
        key = self._wanted or (self.model.lines[line].key if line >= 0 else "")
        self._wanted = ""
        self.model.show_plan(plan)
        row = max(self.model.row_of(key), 0)
        self.table.selectRow(row)
        self._show_line()
        self._tell(plan)
        self.planned.emit()

    def _tell(self, plan: TemplatePlan) -> None:
        self.summary.setText(" ".join(_ended(say(line)) for line in told(plan)))
        self.notes.clear()
        for words in (*plan.problems, *plan.remarks):
            self.notes.addItem(say(words))
        for row in range(len(plan.problems)):
            self.notes.item(row).setForeground(self._tools.look.colour("error"))
        self.notes.setVisible(bool(plan.problems or plan.remarks))
        reason = ""
        if plan.problems:
            reason = tr("Something is in the way; it stands first in the list.")
        elif plan.nothing:
            reason = tr("No place is filled yet. Choose what fills one, or add a place.")
        switch(self.fill, self._tools.look, on=not reason, reason=reason)
        if plan.nothing and not plan.problems:
            self.notes.addItem(reason)
            self.notes.show()

    def _show_line(self, *_indexes: object) -> None:
        row = self.table.currentIndex().row()
        if self.plan is not None:
            line = self.model.lines[row] if 0 <= row < len(self.model.lines) else None
            self.choice.show_line(line, self.plan)

    def _place(self, key: str, name: object) -> None:
        places = dict(self.said.places)
        places.pop(key, None)
        if isinstance(name, str):
            places[key] = name
        self.said = replace(self.said, places=places)
        self.look_again()

    def _list(self, key: str, wanted: object) -> None:
        regions = dict(self.said.regions)
        regions.pop(key, None)
        if isinstance(wanted, RegionMap):
            regions[key] = wanted
        self.said = replace(self.said, regions=regions)
        self.look_again()

    def _tell_failure(self, failure: Exception) -> None:
        if not isinstance(failure, Trouble):
            raise failure
        self._tools.messages.tell_trouble(self, failure)

    def _lay_out(self, foot: QHBoxLayout) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(12)
        for words, widget in (
            (tr("Period"), self.period),
            (tr("Partner"), self.partner),
            (tr("Language"), self.language),
        ):
            held = QVBoxLayout()
            held.setSpacing(4)
            held.addWidget(label(words, tone="muted", face="small"))
            held.addWidget(widget)
            held.addStretch(1)
            choices.addLayout(held, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(self._template.file, face="title", wrap=True))
        column.addLayout(choices)
        column.addWidget(self.summary)
        column.addLayout(middle, 1)
        column.addWidget(self.notes)
        column.addLayout(foot)


class _Work:
    """What a job needs to plan."""

    def __init__(
        self,
        template: Template,
        document: Document,
        facts: ProgrammeFacts,
        wish: Wish,
        said: TemplateMap,
    ) -> None:
        self._template, self._document = template, document
        self._facts = facts if wish.language == "en" else ProgrammeFacts(wish.language)
        self._wish, self._said = wish, said

    def plan(self, progress: Progress) -> TemplatePlan:
        with self._document.reader(progress) as reader:
            return plan_filling(
                self._template,
                reader,
                self._facts,
                wish=self._wish,
                said=self._said,
                made_at=local_now(),
            )


def _box(name: str, choices: list[str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems(choices)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return box


def _ended(words: str) -> str:
    return words if words.endswith((".", ":")) else words + "."
