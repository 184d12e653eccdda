"""PDFs for the command line: drawn by Qt without a window or a display."""

from __future__ import annotations

import os

from PySide6.QtGui import QGuiApplication

from smartct_desktop.domain.printout import Printout
from smartct_desktop.domain.progress import Progress
from smartct_desktop.ui.printing.pages import draw_pdf
from smartct_desktop.ui.theme.fonts import load_inter


def draw_without_window(printout: Printout, progress: Progress) -> bytes:
    """Draw a PDF in a program that has no application yet. Raises `Cancelled`."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication.instance() or QGuiApplication([])
    load_inter()
    content = draw_pdf(printout, progress)
    del application
    return content
