"""A log that says what the program did, but not with whose data.

Log messages are fixed texts; of the values in them only numbers, types, codes and our own ids are
written. What a library says in one piece is left out: it may quote anything. Of an error the log
keeps its type and the lines of the program it came through, not its text: that may quote a cell.
"""

from __future__ import annotations

import copy
import logging
import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import Enum
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from uuid import UUID

LOG_NAME = "smartct.log"
LOG_BYTES = 1_000_000
LOG_FILES = 5
LOG_DAYS = 30
HIDDEN = "…"
MESSAGE_LENGTH = 4000

_OURS = "smartct_desktop"

_CODE = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{2,5}-\d{1,4}")
_PERSONAL = re.compile(
    r"""
      "[^"\n]*" | '[^'\n]*' | “[^”\n]*” | «[^»\n]*»      # quoted texts
    | [^\s@<>()]{1,64}@[^\s@<>()]+                       # e-mail addresses
    | \b\d{4}-\d{2}-\d{2}\b | \b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b  # dates
    | (?:[A-Za-z]:)?(?:[\\/][^\s\\/:]+){2,}              # paths
    | \+?\d[\d ()/-]{7,}\d                               # telephone and account numbers
    """,
    re.VERBOSE,
)

log = logging.getLogger(__name__)


def start_log(folder: Path) -> logging.Handler:
    """Write the log of this process to `folder`: 5 files of 1 MB, 30 days, readable by its owner.

    Our own messages are kept from INFO up, those of libraries from WARNING up. The handler is
    given back so that who started the log can close it.
    """
    _forget_old(folder)
    handler = _PrivateFile(
        folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8"
    )
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    return handler


def watch_errors(tell: Callable[[BaseException], None]) -> None:
    """Log every error that nobody caught, in any thread, and then `tell` about it.

    `tell` is called in the thread of the error. Ctrl+C and the end of the program are no errors.
    """

    def report(error: BaseException) -> None:
        log.critical("uncaught", exc_info=error)
        tell(error)

    def of_program(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            report(error)

    def of_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None and not isinstance(failed.exc_value, SystemExit):
            report(failed.exc_value)

    sys.excepthook = of_program
    threading.excepthook = of_thread


def outline(error: BaseException) -> str:
    """Type and lines of an error and of what led to it, without any value: fit to be sent."""
    return "\n".join(_outline_lines(error, set()))


def discreet(text: str) -> str:
    """`text` without what may be personal: quoted texts, addresses, dates, paths, long numbers."""
    return _PERSONAL.sub(HIDDEN, text)


def _outline_lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    yield f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"  {_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _outline_lines(part, seen)
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None and id(earlier) not in seen:
        yield "because of"
        yield from _outline_lines(earlier, seen)


def _short(filename: str) -> str:
    """The file within our package or a library: the way there often holds a person's name."""
    parts = Path(filename).parts
    for root in ("site-packages", "smartct_desktop"):
        if root in parts:
            start = len(parts) - parts[::-1].index(root)
            return "/".join(parts[start - (root == "smartct_desktop") :])
    return parts[-1] if parts else filename


def _harmless(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, type):
        return value.__qualname__
    if isinstance(value, BaseException):
        return type(value).__qualname__
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, UUID) or (isinstance(value, str) and _CODE.fullmatch(value)):
        return str(value)
    return HIDDEN


class _Discreet(logging.Formatter):
    """Writes harmless values and outlines of errors only."""

    def format(self, record: logging.LogRecord) -> str:
        mine = copy.copy(record)  # other handlers keep their full text
        mine.exc_text = mine.stack_info = None
        mine.msg = discreet(str(record.msg)[:MESSAGE_LENGTH])
        if not record.args and record.name.partition(".")[0] != _OURS:
            mine.msg = HIDDEN
        if isinstance(record.args, Mapping):
            mine.args = {name: _harmless(value) for name, value in record.args.items()}
        elif record.args:
            mine.args = tuple(_harmless(value) for value in record.args)
        try:
            return super().format(mine)
        except (TypeError, ValueError):  # a hidden text where the message wants a number
            mine.args = ()
            return super().format(mine)

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name logging calls
        error = ei[1] if isinstance(ei, tuple) else None
        return outline(error) if isinstance(error, BaseException) else ""


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner may read, and that survives a file held open."""

    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding="utf-8", opener=private)

    def rotate(self, source: str, dest: str) -> None:
        with suppress(OSError):  # Windows: a second SmartCT has it open; then it grows on
            super().rotate(source, dest)


def _forget_old(folder: Path) -> None:
    limit = time.time() - LOG_DAYS * 24 * 3600
    for old in folder.glob(LOG_NAME + "*"):
        with suppress(OSError):
            if old.stat().st_mtime < limit:
                old.unlink()
