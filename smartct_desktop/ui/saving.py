"""Saving a file that was made: where to, and what can be done with it then."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from smartct_desktop.system.files import write_atomic
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.tools import Tools

_PDF = ".pdf"


def choose_pdf(parent: QWidget, proposed: Path) -> Path | None:
    """Ask where to save a PDF; None for not at all."""
    kinds = tr("PDF documents (*.pdf)")
    name, _ = QFileDialog.getSaveFileName(parent, tr("Save as PDF"), str(proposed), kinds)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == _PDF else path.with_name(path.name + _PDF)


def save_file(tools: Tools, target: Path, data: bytes) -> None:
    """Write a file whole or not at all, and offer to open it. Raises `Trouble`."""
    write_atomic(target, lambda stream: stream.write(data))

    def show(path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    tools.note.tell(
        tr("{file} was saved.", file=target.name),
        [
            Link(tr("Open"), lambda: show(target)),
            Link(tr("Show in folder"), lambda: show(target.parent)),
        ],
    )
