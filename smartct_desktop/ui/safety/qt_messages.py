"""What Qt has to say goes into the log, not to a terminal that nobody looks at."""

from __future__ import annotations

import logging
import re

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from smartct_desktop.system.logs import HIDDEN

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


_WHO = re.compile(r"Q[A-Za-z]+(?:::~?\w+)*")


def heed_qt() -> None:
    """Log from now on which part of Qt says something, but not what: that may quote a record."""
    qInstallMessageHandler(_hear)


def leave_qt_alone() -> None:
    """Have Qt say things as it always does."""
    qInstallMessageHandler(None)


def _hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    who = _WHO.match(message)
    log.log(_LEVELS.get(kind, logging.WARNING), who[0] if who is not None else HIDDEN)
