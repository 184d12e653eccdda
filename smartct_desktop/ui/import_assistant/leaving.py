"""What is asked before the assistant goes: answers would be lost, or a step is being written."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from smartct_desktop.ui.buttons import Kind
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.messages import Choice, Messages


def wants_to_stop(messages: Messages, parent: QWidget) -> bool:
    """Ask whether to stop what is being written."""
    choices = [
        Choice("stop", tr("Stop, and change nothing")),
        Choice("go on", tr("Go on"), Kind.PRIMARY),
    ]
    title = tr("The document is being changed")
    sentence = tr("If you stop now, it stays as it was before.")
    return messages.ask(parent, title, sentence, choices, "go on", harmless="go on") == "stop"


def wants_to_leave(messages: Messages, parent: QWidget) -> bool:
    """Ask whether to leave though there are answers."""
    choices = [
        Choice("leave", tr("Leave without importing")),
        Choice("stay", tr("Go on with the import"), Kind.PRIMARY),
    ]
    title = tr("Leave the import?")
    sentence = tr("Nothing of it has been written yet. Your answers would be forgotten.")
    return messages.ask(parent, title, sentence, choices, "stay", harmless="stay") == "leave"
