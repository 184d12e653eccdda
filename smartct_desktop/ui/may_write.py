"""Why a document cannot be written, for whatever would write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartct_desktop.ui.i18n import tr

if TYPE_CHECKING:  # the first picture comes before a document is known
    from smartct_desktop.ui.desk import Desk


def why_not_written(desk: Desk | None) -> str:
    """Say why nothing can be written; nothing if it can."""
    if desk is None:
        return tr("Open a document first.")
    return tr("This document is open for reading only.") if desk.read_only else ""
