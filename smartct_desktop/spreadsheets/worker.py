"""Reads a partner's file in a process of its own, so that no file can harm the program."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from smartct_desktop.domain.book import Book, Sheet
from smartct_desktop.domain.errors import PasswordNeeded, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.blocks import Advance, Block
from smartct_desktop.spreadsheets.container import recognise
from smartct_desktop.spreadsheets.copying import private_copy
from smartct_desktop.spreadsheets.frames import Breakdown, Refusal, receive, send, unpacked
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.reading import Assembler
from smartct_desktop.spreadsheets.reading_process import FLAG
from smartct_desktop.spreadsheets.request import FileChoice, Request

_LOOK_SECONDS = 0.05
_PIPE_BYTES = 1 << 20  # some blocks of rows, so that neither process waits for the other
_START = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from smartct_desktop.spreadsheets.reading_process import main; main()"
)

log = logging.getLogger(__name__)


def read_book(
    path: Path,
    progress: Progress,
    limits: Limits | None = None,
    *,
    rows: int | None = None,
    choice: FileChoice | None = None,
) -> Book:
    """Read the file at `path`; with `rows`, only so many rows of each sheet.

    Whatever the file is, this returns a book or raises `Trouble` with one sentence
    (`PasswordNeeded` for a locked workbook that is not given its password), or `Cancelled` soon
    after `progress` was cancelled. The file itself is only copied; `Book.sha256` names the
    bytes that were read. Safe in any thread; no process and no copy stays behind.
    """
    limits = limits or Limits()
    name = path.name
    with private_copy(path, limits, progress) as copy:
        choice = choice or FileChoice()
        form = recognise(copy.path, name, limits, choice.password)
        request = Request(copy.path, name, copy.sha256, form, limits, rows, choice)
        return _read(request, progress)


def _read(request: Request, progress: Progress) -> Book:
    """The book as the reading process sends it."""
    name = request.name
    words = Sentence("Reading {name}", name=name)
    deadline = time.monotonic() + request.limits.seconds
    assembler = Assembler(name)
    seen = Advance(0, 0)
    with _answers(request) as answers:
        while assembler.book is None:
            progress.report(words, seen.done, seen.total)
            if time.monotonic() > deadline:
                raise refusals.too_slow(name, round(request.limits.seconds))
            try:
                packed = answers.get(timeout=_LOOK_SECONDS)
            except Empty:
                continue
            match None if packed is None else unpacked(packed):
                case Advance() as seen:
                    pass
                case Block() | Sheet() | Book() as message:
                    assembler.add(message)
                case Refusal(sentence, hint, locked):
                    raise (PasswordNeeded if locked else Trouble)(sentence, hint)
                case Breakdown(trace):
                    log.error(trace)  # an outline without data, made where it happened
                    raise refusals.damaged(name)
                case _:
                    raise refusals.ended_early(name)
    return assembler.book


@contextmanager
def _answers(request: Request) -> Iterator[SimpleQueue[bytes | None]]:
    """The packed messages of a reading process, `None` behind the last; it ends with the block."""
    try:
        process = subprocess.Popen(  # noqa: S603 -- our own interpreter and our own code
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_PIPE_BYTES,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise Trouble(
            Sentence("The system does not let another process start."),
            Sentence("Close other programs and try again."),
        ) from error
    assert process.stdin is not None
    assert process.stdout is not None
    answers: SimpleQueue[bytes | None] = SimpleQueue()
    listener = Thread(target=_listen, args=(process.stdout, answers), name="reading", daemon=True)
    try:
        listener.start()
        with suppress(OSError), process.stdin:  # a process that died at once takes no request
            send(process.stdin, request)
        yield answers
    finally:
        process.kill()
        process.wait()
        listener.join()
        process.stdout.close()


def _listen(pipe: IO[bytes], answers: SimpleQueue[bytes | None]) -> None:
    """Take the messages out of the pipe as they come: a pipe cannot be waited on for a while."""
    try:
        while (packed := receive(pipe)) is not None:
            answers.put(packed)
    finally:
        answers.put(None)


def _command() -> list[str]:
    """How the reading process is started; a packed program starts itself with a flag.

    The process gets our places to import from, but none of the start-up files of the user.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    package = Path(__file__).resolve().parents[2]
    places = [str(package), *(str(Path(place).absolute()) for place in sys.path)]
    return [sys.executable, "-I", "-S", "-c", _START, *places]
