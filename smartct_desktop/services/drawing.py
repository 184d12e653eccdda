"""What draws a PDF: the layers below the window only know that somebody can."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from smartct_desktop.domain.printout import Printout
from smartct_desktop.domain.progress import Progress

Draw: TypeAlias = Callable[[Printout, Progress], bytes]
"""Draws a printout as the content of a PDF. Raises `Cancelled`."""
