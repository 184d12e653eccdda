"""The list of steps: days as headings, which the keys pass over."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView


class StepList(QListView):
    """Home and Page Up reach the first step of a day where Qt would stop at its heading."""

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        target = super().moveCursor(action, modifiers)
        if target.isValid() and not target.flags() & Qt.ItemFlag.ItemIsEnabled:
            return target.siblingAtRow(target.row() + 1)  # below a heading is always a step
        return target
