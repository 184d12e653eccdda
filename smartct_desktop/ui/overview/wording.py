"""How the Overview names months, countries and partners."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale


def month_words(first: date) -> str:
    """“November 2021”, in the language of the window's dates."""
    name = QLocale().standaloneMonthName(first.month, QLocale.FormatType.LongFormat)
    return f"{name} {first.year}"


def short_month(first: date, *, year: bool) -> str:
    """“Nov”, or “Nov 2021”."""
    name = QLocale().standaloneMonthName(first.month, QLocale.FormatType.ShortFormat)
    return f"{name} {first.year}" if year else name


def whole_euros(cents: int) -> str:
    """“19,200 €”, with cents only where there are any."""
    places = 2 if cents % 100 else 0
    return f"{QLocale().toString(cents / 100, 'f', places)} €"
