"""Numbers and ISO texts of a workbook as dates, times and durations, never as a wrong one."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from smartct_desktop.domain.book import NO_MARKS, Mark, NumberFormat, Value

_DATE, _TIME = NumberFormat.DATE, NumberFormat.TIME
_MOMENT, _DURATION = NumberFormat.MOMENT, NumberFormat.DURATION

_DAY_MS = 86_400_000
_LEAP_DAY_OF_1900 = 60  # serial of a day that spreadsheet programs know and calendars do not
_EPOCH_1900 = datetime(1899, 12, 31)
_EPOCH_1904 = datetime(1904, 1, 1)
_LAST_1900 = 2_958_465  # 31 December 9999
_LAST_1904 = 2_957_003

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_TIME = re.compile(r"T?(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)Z?")
_ISO_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)Z?")


def from_serial(
    serial: float, form: NumberFormat, *, from_1904: bool
) -> tuple[date | time | timedelta | float, Mark]:
    """The value that `serial` is shown as, exact to the millisecond.

    What no calendar has stays a number and is marked `NO_DATE`: the 29 February 1900, a day 0,
    negative numbers, days after the year 9999. A part of a day is a time. A day with a part of a
    day is a `datetime` also under a format that shows only one of both.
    """
    if form is _DURATION:
        try:
            return timedelta(milliseconds=round(serial * _DAY_MS)), NO_MARKS
        except OverflowError:
            return serial, Mark.NO_DATE
    last = _LAST_1904 if from_1904 else _LAST_1900
    if not 0 <= serial < last + 1:
        return serial, Mark.NO_DATE
    day, part = divmod(round(serial * _DAY_MS), _DAY_MS)
    if day > last:
        return serial, Mark.NO_DATE
    no_day = day == 0 and part > 0 and not from_1904 and form is _MOMENT
    if no_day or (day == 0 and form is _TIME):
        return (_EPOCH_1900 + timedelta(milliseconds=part)).time(), NO_MARKS
    if not from_1904:
        if day in (0, _LEAP_DAY_OF_1900):
            return serial, Mark.NO_DATE
        day -= day > _LEAP_DAY_OF_1900
    epoch = _EPOCH_1904 if from_1904 else _EPOCH_1900
    moment = epoch + timedelta(day, 0, 0, part)
    if part == 0 and form is _DATE:
        return moment.date(), NO_MARKS
    return moment, NO_MARKS


def from_iso(text: str, form: NumberFormat) -> Value:
    """The value of an ISO 8601 text as date cells hold it; `None` if it is no such text.

    A zone other than "Z" is not read: which local time was meant cannot be told.
    """
    try:
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
        if found := _ISO_MOMENT.fullmatch(text):
            day, clock = date.fromisoformat(found[1]), time.fromisoformat(found[2])
            if form is _DATE and clock == time():
                return day
            return datetime.combine(day, clock)
        if found := _ISO_TIME.fullmatch(text):
            return time.fromisoformat(found[1])
    except ValueError:
        return None
    return None
