"""Reading that is begun again where the document was changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from smartct_desktop.domain.reading import Outdated

T = TypeVar("T")

_TIMES = 4


def persistently(read: Callable[[], T]) -> T:
    """Read, and begin again if findings or steps were written meanwhile; on the thread of a job.

    Raises `Outdated` if that happens again and again.
    """
    for _ in range(_TIMES):
        try:
            return read()
        except Outdated:
            continue
    return read()
