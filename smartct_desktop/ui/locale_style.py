"""How the person's system writes dates and numbers."""

from __future__ import annotations

import re

from PySide6.QtCore import QLocale

from smartct_desktop.services.texts import TextStyle

_LETTERS = {"d": "d", "M": "m", "y": "y"}


def text_style(locale: QLocale) -> TextStyle:
    """Take order, separator and signs from a locale; what it leaves unsaid is day, month, year."""
    pattern = locale.dateFormat(QLocale.FormatType.ShortFormat)
    order = "".join(dict.fromkeys(_LETTERS[sign] for sign in pattern if sign in _LETTERS))
    separator = re.search(r"[./-]", pattern)
    group = locale.groupSeparator()
    return TextStyle(
        order=order if sorted(order) == ["d", "m", "y"] else "dmy",
        separator=separator[0] if separator else ".",
        decimal=locale.decimalPoint(),
        group=group if group != locale.decimalPoint() else "",
    )
