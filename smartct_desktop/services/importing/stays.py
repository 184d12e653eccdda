"""How long somebody was in an online meeting: moments, durations and stays that overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.sender import DateOrder
from smartct_desktop.services.importing.date_text import DateText

HOUR, MINUTE, SECOND = 3600, 60, 1

_DAY = 86_400
_TIME = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:z|(?:utc|gmt|cet|cest|mez|mesz)?\s*(?:[+-]\d{1,2}:?\d{0,2})?)?$"
)
_CLOCK = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_WITH_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d]+)\.?")
_UNITS: Mapping[str, int] = {
    word: seconds
    for seconds, words in (
        (HOUR, "h hr hrs hour hours std stunde stunden hora horas hores ora ore ч час часа"),
        (
            MINUTE,
            "m min mins minute minutes minuten minuto minutos minut minuts minuti мин минути",
        ),
        (
            SECOND,
            "s sec secs second seconds sek sekunden seg segundo segundos segons secondi сек",
        ),
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day in seconds, and the day it may mean by the order it can be written in."""

    seconds: int
    days: Mapping[DateOrder, date]

    def at(self, order: DateOrder) -> int:
        """Give it as seconds since some moment that is the same for all of a log."""
        day = self.days.get(order)
        return self.seconds + (day.toordinal() * _DAY if day else 0)


def read_moment(text: str, dates: DateText) -> Moment | None:
    """Read "03/21/2022 09:01:12 AM", "2022-03-21T09:01:12Z" or "9:01"; None for anything else."""
    plain = " ".join(text.casefold().replace("\u202f", " ").split())
    match = _TIME.search(plain)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    if hour > 23 or minute > 59:
        return None
    seconds = hour * HOUR + minute * MINUTE + int(match["second"] or 0)
    before = plain[: match.start()].strip(" ,").removesuffix("t").strip(" ,")
    if not before:
        return Moment(seconds, {})
    reading = dates.read(before)
    spans = reading.spans if reading is not None else {}
    days = {o: s.first.first for o, s in spans.items() if s.single and s.first.day}
    return Moment(seconds, days) if days else None


def read_duration(text: str, unit: int | None) -> int | None:
    """Give the seconds of "1:02:45", "1h 2m 45s" or "83 min"; a bare number counts `unit`s.

    None for anything else, and for a bare number where the unit is not known.
    """
    plain = " ".join(text.casefold().split())
    if match := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = (int(part) for part in match.groups())
        return hours * HOUR + minutes * MINUTE + seconds if max(minutes, seconds) < 60 else None
    if _NUMBER.fullmatch(plain):
        return _counted(plain, unit) if unit else None
    found = _WITH_UNIT.findall(plain)
    if not found or re.sub(r"[\s,.]|und|and|y|e|i|и", "", _WITH_UNIT.sub("", plain)):
        return None
    units = [_UNITS.get(fold(word)) for _, word in found]
    if None in units or len(set(units)) < len(units):
        return None
    return sum(_counted(number, unit or 0) for (number, _), unit in zip(found, units, strict=True))


def is_bare(text: str) -> bool:
    """Whether a duration is a number without a unit."""
    return _NUMBER.fullmatch(text.strip()) is not None


def unit_in(heading: str) -> int | None:
    """Give the seconds of the unit that a heading names: "Duration (Minutes)"."""
    units = {_UNITS[word] for word in fold(heading).split() if word in _UNITS and len(word) > 1}
    return units.pop() if len(units) == 1 else None


def together(stays: Iterable[tuple[int, int]]) -> int:
    """Give the seconds that stays cover; what two of them cover counts once."""
    covered, until = 0, None
    for start, end in sorted(stays):
        begin = start if until is None else max(start, until)
        if end > begin:
            covered += end - begin
        until = end if until is None else max(until, end)
    return covered


def orders_of(moments: Sequence[Moment]) -> list[DateOrder]:
    """Give the orders of day and month that fit all moments; one if the order does not matter."""
    dated = [moment for moment in moments if moment.days]
    fitting = [o for o in DateOrder if all(o in moment.days for moment in dated)]
    apart = {tuple(sorted((o.value, d) for o, d in moment.days.items())) for moment in dated}
    same = all(len(set(moment.days.values())) == 1 for moment in dated)
    return fitting[:1] if same or len(apart) == 1 else fitting


def _counted(number: str, unit: int) -> int:
    return round(Decimal(number.replace(",", ".")) * unit)
