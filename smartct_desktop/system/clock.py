"""The one place that asks this machine for the time; everything below is told the moment."""

from __future__ import annotations

from datetime import UTC, date, datetime


def utc_now() -> datetime:
    """Read the clock, in UTC."""
    return datetime.now(UTC)


def local_now() -> datetime:
    """Read the clock, with the zone of this machine."""
    return datetime.now(UTC).astimezone()


def local_today() -> date:
    """Read the calendar of this machine."""
    return local_now().date()
