"""What the person wants of backups: how often, where else, and how much room they may take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeGuard

from smartct_desktop.services.settings import Settings

MINUTES = (10, 30, 60, 120)
"""The intervals to choose from."""

MEGABYTES = (250, 500, 1000, 2000, 5000)
"""The room to choose from."""

_USUAL_MINUTES = 30
_USUAL_MEGABYTES = 1000

_MINUTES = "backups.minutes"
_MEGABYTES = "backups.megabytes"
_SECOND = "backups.second"
_SECOND_ASKED = "backups.second_asked"


@dataclass(frozen=True, slots=True)
class BackupWishes:
    """`minutes` of changes between two backups, `megabytes` for those of one document.

    `second` is a folder, perhaps on a stick that is not always there; None for no second copies.
    """

    minutes: int = _USUAL_MINUTES
    megabytes: int = _USUAL_MEGABYTES
    second: Path | None = None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Read the wishes; what makes no sense there counts as not chosen."""
        minutes, megabytes = settings.get(_MINUTES), settings.get(_MEGABYTES)
        second = settings.text(_SECOND)
        return cls(
            minutes=minutes if _is_positive(minutes) else _USUAL_MINUTES,
            megabytes=megabytes if _is_positive(megabytes) else _USUAL_MEGABYTES,
            second=Path(second) if second else None,
        )

    def keep(self, settings: Settings) -> None:
        """Put the wishes into the settings, which somebody else saves."""
        settings.set(_MINUTES, self.minutes)
        settings.set(_MEGABYTES, self.megabytes)
        settings.set(_SECOND, str(self.second) if self.second else None)


@dataclass(frozen=True, slots=True)
class SecondAsked:
    """Whether the person has said that no second copies are needed."""

    answered: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Read what was said."""
        return cls(settings.get(_SECOND_ASKED) is True)

    def keep(self, settings: Settings) -> None:
        """Put it into the settings, which somebody else saves."""
        settings.set(_SECOND_ASKED, self.answered or None)


def _is_positive(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
