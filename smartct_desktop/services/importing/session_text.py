"""What titles and section headings of an attendance list say: the event, its days, its sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.services.importing.clock_text import Hours, read_clock
from smartct_desktop.services.importing.date_text import DateText, Span
from smartct_desktop.services.importing.known import KnownOrganisation

_CUTS = re.compile(r"\s+[–—-]\s+|[,;|()]\s*")
_HOURS = re.compile(
    r"\d{1,2}[:.h]\d{2}(?:\s*(?:[-‐‑‒–—]|a|to|bis|до|fins a|alle)\s*\d{1,2}[:.h]\d{2})?",
    re.IGNORECASE,
)
_LONGEST_PLACE = 3  # words


@dataclass(frozen=True, slots=True)
class TitleText:
    """The event that a title names. `place` is what stands beside the date, as written."""

    title: str
    whole: str
    place: str | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class SessionText:
    """One session as a heading tells it."""

    text: str
    date: date
    start: time | None = None
    end: time | None = None


def read_titles(titles: Iterable[str], days: DateText) -> TitleText | None:
    """Read the first title; its days may stand in any of them. None where there is no title."""
    found: TitleText | None = None
    for text in titles:
        pieces = [piece.strip() for piece in _CUTS.split(text) if piece.strip()]
        spans = [_span(piece, days) for piece in pieces]
        dated = next((place for place, span in enumerate(spans) if span is not None), None)
        span = spans[dated] if dated is not None else None
        if found is None:
            place = pieces[dated - 1] if dated is not None and dated > 1 else None
            if place is not None and not _is_place(place):
                place = None
            own = [piece for piece, seen in zip(pieces, spans, strict=True) if seen is None]
            own = [piece for piece in own if piece != place]
            found = TitleText(" – ".join(own) or text, text, place)
        if span is not None and found.start is None:
            found = TitleText(
                found.title, found.whole, found.place, span.first.first, span.last.last
            )
    return found


def read_session(text: str, days: DateText, year: int | None) -> SessionText | None:
    """Read "Monday 21 March – morning (9:30-13:00)"; None for a heading of another meaning.

    Without a year in it `year` holds; without either it says no day.
    """
    hours: Hours | None = None
    match = _HOURS.search(text)
    if match is not None:
        hours = read_clock(match[0])
    bare = _HOURS.sub("", text)
    for piece in _pieces(bare):
        span = _span(piece, days)
        if span is None and year is not None:
            span = _span(f"{piece} {year}", days)
        if span is not None and span.single and span.first.day:
            start, end = (hours.start, hours.end) if hours else (None, None)
            return SessionText(text, span.first.first, start, end)
    return None


def organiser_in(
    titles: Sequence[str], clusters: Sequence[KnownOrganisation]
) -> KnownOrganisation | None:
    """Give the only cluster that the titles name, None if they name none or several."""
    named: dict[Id, KnownOrganisation] = {}
    for text in titles:
        padded = f" {fold(text)} "
        named |= {c.id: c for c in clusters if f" {fold(c.name)} " in padded}
    return next(iter(named.values())) if len(named) == 1 else None


def _pieces(text: str) -> Iterator[str]:
    yield text.strip()
    for piece in _CUTS.split(text):
        if piece.strip():
            yield piece.strip()


def _span(text: str, days: DateText) -> Span | None:
    """The whole days that a text means, if it means only one thing."""
    reading = days.read(text)
    meanings = reading.meanings if reading is not None else set()
    if len(meanings) != 1:
        return None
    (span,) = meanings
    return span if span.first.day and span.last.day else None


def _is_place(text: str) -> bool:
    words = text.split()
    return len(words) <= _LONGEST_PLACE and all(w[0].isupper() and w.isalpha() for w in words)
