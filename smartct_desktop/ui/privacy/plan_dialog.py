"""What forgetting a person would do, to be ticked, reasoned and confirmed by the name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.folding import fold
from smartct_desktop.services.privacy.plan import Mention, Mode, Paper, Plan
from smartct_desktop.ui.buttons import switch
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look

_SIZE = (880, 640)
_NOTE = 2  # the column


class PlanDialog(QDialog):
    """`plan` is what was ticked; `reason` stands in the certificate.

    Where nobody may be forgotten, accepting it means that the use is to be restricted instead.
    """

    def __init__(self, look: Look, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._given = plan
        self.setWindowTitle(tr("Forget a person"))
        resize_within(self, look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.going = label(_going_words(plan), wrap=True)
        self.refusal = label(tone="error", wrap=True)
        self.tree = self._made_tree()
        self._mentions = [(self._mention_item(one), one) for one in plan.mentions]
        self._papers = [(self._paper_item(one), one) for one in plan.papers]
        self.tree.addTopLevelItems([item for item, _ in (*self._mentions, *self._papers)])
        self.reason_field = QLineEdit()
        told = tr("For the certificate; no name is needed")
        if plan.refusal is not None:
            told = tr("Stands in the record of the person")
        self.reason_field.setPlaceholderText(told)
        self.name_field = QLineEdit()
        self.name_field.setVisible(plan.refusal is None)
        self.name_field.setPlaceholderText(plan.known.name)
        self._lay_out(look, plan)
        for field in (self.reason_field, self.name_field):
            field.textChanged.connect(self._switch)
        FocusRing(look, self)
        self._switch()
        self.reason_field.setFocus()

    @property
    def reason(self) -> str:
        """Why the person is forgotten."""
        return self.reason_field.text().strip()

    @property
    def plan(self) -> Plan:
        """The plan as it was ticked."""
        ticked = Qt.CheckState.Checked
        return self._given.ticking(
            {one.place: item.checkState(0) is ticked for item, one in self._mentions},
            {one.sha256: item.checkState(0) is ticked for item, one in self._papers},
        )

    # Within.

    def _lay_out(self, look: Look, plan: Plan) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        title = tr("Forget {name}", name=plan.known.name)
        column.addWidget(label(title, face="title", wrap=True))
        if plan.refusal is None:
            column.addWidget(self.going)
        else:
            self.refusal.setText(say(plan.refusal))
            column.addWidget(self.refusal)
            column.addWidget(label(say(plan.hint or ""), wrap=True))
        column.addWidget(label(_texts_words(plan), tone="muted", wrap=True))
        column.addWidget(self.tree, 1)
        if plan.exports:
            column.addWidget(label(_exports_words(plan), tone="muted", wrap=True))
        if plan.refusal is None:
            column.addWidget(label(tr("This cannot be undone."), tone="error"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(tr("Reason"), self.reason_field)
        if plan.refusal is None:
            form.addRow(tr("Type the name"), self.name_field)
        column.addLayout(form)
        words = tr("Forget for good") if plan.refusal is None else tr("Restrict the use")
        foot, self.deed = deed_foot(look, self, words)
        column.addLayout(foot)

    def _made_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(tr("Texts and files that name the person"))
        tree.setHeaderLabels([tr("Where"), tr("What stands there"), tr("Note")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_NOTE, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _mention_item(self, one: Mention) -> QTreeWidgetItem:
        kind = tr(schema_of(one.place[0]).label)
        where = f"{one.record or kind} · {tr(one.label)}"
        return self._item(where, one.excerpt, say(one.why or ""), ticked=one.ticked)

    def _paper_item(self, one: Paper) -> QTreeWidgetItem:
        note = tr("cannot be searched: look into it") if one.found is None else ""
        where = f"{one.owner} · {tr('Attachment')}" if one.owner else tr("Attachment")
        return self._item(where, one.file_name, note, ticked=one.ticked)

    def _item(self, where: str, what: str, note: str, *, ticked: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([where, what, note])
        if self._given.refusal is None:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setSizeHint(0, QSize(0, self._look.measures.row))
        for place, text in enumerate((where, what, note)):
            item.setToolTip(place, text)
        return item

    @property
    def _is_named(self) -> bool:
        return fold(self.name_field.text()) == fold(self._given.known.name)

    def _switch(self) -> None:
        why = ""
        if self._given.restricted:
            why = tr("The use is restricted already.")
        elif not self.reason:
            why = tr("Say why first.")
        elif self._given.refusal is None and not self._is_named:
            why = tr("Type the name of the person first.")
        switch(self.deed, self._look, on=not why, reason=why)


def _going_words(plan: Plan) -> str:
    counts = ", ".join(
        f"{count} {tr(schema_of(kind).label if count == 1 else schema_of(kind).plural).lower()}"
        for kind, count in plan.records.items()
    )
    steps, backups = plan.steps, len(plan.backups)
    stays = tr("Country, organisation, days and all figures stay.")
    if plan.mode is Mode.ERASE:
        stays = tr("The record goes; days and all figures stay.")
    return tr(
        "Rewritten: {counts}; {steps}, {backups}, the search, drafts and settings. {stays}",
        counts=counts,
        steps=tr("1 step of the history")
        if steps == 1
        else tr("{n} steps of the history", n=steps),
        backups=tr("1 backup") if backups == 1 else tr("{n} backups", n=backups),
        stays=stays,
    )


def _texts_words(plan: Plan) -> str:
    if not (plan.mentions or plan.papers):
        return tr("No other text and no attached file names the person.")
    if plan.refusal is not None:
        return tr("Texts and files that name the person:")
    return tr("Texts and files that name the person. What is ticked is taken out, everywhere.")


def _exports_words(plan: Plan) -> str:
    names = "; ".join(plan.exports[:3])
    more = f" … (+{len(plan.exports) - 3})" if len(plan.exports) > 3 else ""
    return tr("Cannot be reached from here: {names}", names=names + more)


def proposed_certificate(document: Path) -> Path:
    """Give a free name for the certificate, beside the document."""
    stem = tr("{name} erasure", name=document.stem)
    names = (stem, *(f"{stem} {n}" for n in range(2, 1000)))
    return next(p for name in names if not (p := document.with_name(f"{name}.txt")).exists())
