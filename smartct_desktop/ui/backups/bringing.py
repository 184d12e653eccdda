"""Choosing records of a backup that are to come back as they were."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.services.restoring import Former, Key, Returning
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look

_SIZE = (820, 520)


class BringBackDialog(QDialog):
    """Records that are gone or changed since, each with a box; `wanted` are those ticked."""

    def __init__(self, look: Look, former: Former, when: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._former = former
        self.setWindowTitle(tr("Bring back records"))
        resize_within(self, look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Filter the records…"))
        self.search.setAccessibleName(tr("Filter the records"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Records that are not as they were"))
        self.tree.setHeaderLabels([tr("Record"), tr("What"), tr("Since then")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setColumnWidth(0, look.px(300))
        self.tree.setColumnWidth(1, look.px(150))
        self._row = QSize(0, look.measures.row)
        self._items = [self._item(one) for one in former.returning]
        self.tree.addTopLevelItems([item for item, _ in self._items])
        self.tree.itemChanged.connect(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(tr("Bring back records of {when}", when=when), face="title"))
        words = tr(
            "Ticked records become as they were then, in one step that can be undone. Records they "
            "name come along if they are gone."
        )
        column.addWidget(label(words, tone="muted", wrap=True))
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        foot, self.deed = deed_foot(look, self, "")
        column.addLayout(foot)
        FocusRing(look, self)
        self._count()

    @property
    def wanted(self) -> list[Key]:
        """The records that are ticked."""
        ticked = Qt.CheckState.Checked
        return [one.key for item, one in self._items if item.checkState(0) is ticked]

    def tick(self, key: Key) -> None:
        """Tick a record."""
        for item, one in self._items:
            if one.key == key:
                item.setCheckState(0, Qt.CheckState.Checked)

    # Within.

    def _item(self, one: Returning) -> tuple[QTreeWidgetItem, Returning]:
        since = tr("gone")
        if not one.gone:
            since = tr("changed: {fields}", fields=", ".join(map(tr, one.fields)))
        item = QTreeWidgetItem([one.caption, tr(schema_of(one.kind).label), since])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Unchecked)
        item.setSizeHint(0, self._row)
        return item, one

    def _filter(self, text: str) -> None:
        sought = text.casefold()
        for item, _ in self._items:
            there = any(sought in item.text(place).casefold() for place in range(3))
            item.setHidden(not there)

    def _count(self, *_item: object) -> None:
        n = len(self.wanted)
        words = tr("Bring back 1 record") if n == 1 else tr("Bring back {n} records", n=n)
        self.deed.setText(words)
        self.deed.setEnabled(n > 0)
