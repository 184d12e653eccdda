"""Heights of the rows of a table whose text can be made larger and smaller."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView


def set_row_height(header: QHeaderView, height: int, least: int) -> None:
    """Give all rows a height. Rows that Qt had to make higher for `least` would keep theirs."""
    header.setMinimumSectionSize(1)
    header.setDefaultSectionSize(height)
    header.setMinimumSectionSize(least)
