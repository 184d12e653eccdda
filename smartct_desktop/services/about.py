"""What the program can say of itself."""

from __future__ import annotations


def document_format() -> int:
    """The number of the newest format of documents that this program reads and writes."""
    from smartct_desktop.storage.upgrade import NEWEST

    return NEWEST
