"""What Qt has to say goes into the log, not to a terminal that nobody looks at."""

from __future__ import annotations

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def heed_qt() -> None:
    """Log what Qt says from now on; the log leaves out what may be personal."""
    qInstallMessageHandler(_hear)


def leave_qt_alone() -> None:
    """Have Qt say things as it always does."""
    qInstallMessageHandler(None)


def _hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), message)
