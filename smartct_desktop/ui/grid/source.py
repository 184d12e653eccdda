"""What a table of records is connected to while a document is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.reading import Reader, Window
from smartct_desktop.services.texts import Texts

Change = Callable[[Id, Field, Value], None]
"""Writes one value of one record. Raises `Invalid`, `Trouble`."""

Prepare = Callable[[Window, Callable[[Window], None]], None]
"""Prepares a window in a job, and hands it back on the window's thread."""


@dataclass(frozen=True)
class Source:
    """Where a table's values come from and go to, while a document is shown."""

    reader: Reader
    texts: Texts
    change: Change | None  # None: nothing can be changed
    prepare: Prepare | None = None  # None: windows are asked without preparing them
