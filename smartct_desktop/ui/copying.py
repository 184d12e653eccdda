"""Saving a copy of the document, in a job."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.document import Document
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools


def save_copy(document: Document, target: Path, tools: Tools, window: QWidget) -> None:
    """Write a copy to `target` and tell when it is there, or why it cannot be."""

    def work(progress: Progress) -> None:
        document.save_copy(target, progress)

    tools.jobs.run(
        work,
        partial(_tell_saved, tools, target),
        partial(_tell_failure, tools, window),
        title=tr("Saving {name}", name=target.name),
    )


def _tell_saved(tools: Tools, target: Path, _nothing: None) -> None:
    tools.note.tell(tr("A copy was saved as {name}.", name=target.name))


def _tell_failure(tools: Tools, window: QWidget, failure: Exception) -> None:
    if not isinstance(failure, Trouble):
        raise failure
    tools.messages.tell_trouble(window, failure)
