"""Dialogs as high as their sentences need: where those wrap, Qt guesses too much or too little."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog

from smartct_desktop.ui.room import resize_within


class FittedDialog(QDialog):
    """Takes its height anew whenever something in it appears, goes or says something else."""

    def event(self, event: QEvent) -> bool:
        """Let Qt lay it out, then take the height that is needed in this width."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return handled

    def fit(self) -> None:
        """Make it as high as it needs to be now, and no higher."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        width = max(self.minimumWidth(), layout.sizeHint().width())
        resize_within(self, width, layout.totalHeightForWidth(width))
