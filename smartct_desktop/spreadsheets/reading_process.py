"""The process in which partner files are read: it reads one, sends its book, and ends.

It imports nothing of the window and of the database.
"""

from __future__ import annotations

import gc
import os
from typing import NoReturn

from smartct_desktop.domain.errors import PasswordNeeded, Trouble
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.frames import Breakdown, Refusal, receive, send, unpacked
from smartct_desktop.spreadsheets.memory_limit import limit_memory
from smartct_desktop.spreadsheets.reading import read
from smartct_desktop.spreadsheets.request import Request

FLAG = "--read-partner-file"


def main() -> NoReturn:
    """Take a request from standard input, answer on standard output, and end the process."""
    code = 0
    try:
        _serve()
    except BrokenPipeError:  # whoever asked is gone or does not want it any more
        code = 1
    os._exit(code)  # taking apart what was read would only take time


def _serve() -> None:
    with os.fdopen(0, "rb") as questions, os.fdopen(1, "wb") as answers:
        packed = receive(questions)
        request = None if packed is None else unpacked(packed)
        if not isinstance(request, Request):
            return
        limit_memory(request.limits.memory, request.limits.seconds)
        gc.disable()  # rows make no cycles, but so many objects that looking for them takes long
        try:
            for message in read(request):
                send(answers, message)
        except Trouble as trouble:
            locked = isinstance(trouble, PasswordNeeded)
            send(answers, Refusal(trouble.sentence, trouble.hint, locked))
        except MemoryError:
            early = refusals.ended_early(request.name)
            send(answers, Refusal(early.sentence, early.hint))
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 -- whatever a file does, the program lives
            from smartct_desktop.system.logs import outline

            send(answers, Breakdown(outline(error)))
