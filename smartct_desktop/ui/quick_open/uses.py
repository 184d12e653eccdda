"""Which commands and records were chosen in the palette, to offer them first the next time."""

from __future__ import annotations

from smartct_desktop.services.settings import Json, Settings

_NAME = "quick_open.used"
_KEPT = 60
_FRESH = 6  # the newest uses come first however often others were used


class Uses:
    """Keys with the number of their uses, newest first, kept in the settings.

    A record is remembered by its id only: what it is called is asked of the document.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def note(self, key: str) -> None:
        """Remember that this was chosen now."""
        uses = self._uses()
        count = next((times for name, times in uses if name == key), 0)
        kept: list[Json] = [[key, count + 1]]
        kept += [[name, times] for name, times in uses if name != key]
        self._settings.set(_NAME, kept[:_KEPT])

    def keys(self) -> list[str]:
        """The newest first, then those used most."""
        uses = self._uses()
        fresh, older = uses[:_FRESH], uses[_FRESH:]
        older.sort(key=lambda use: -use[1])
        return [key for key, _ in (*fresh, *older)]

    def _uses(self) -> list[tuple[str, int]]:
        stored = self._settings.get(_NAME)
        uses = []
        for pair in stored if isinstance(stored, list) else ():
            match pair:
                case [str(key), int(times)]:
                    uses.append((key, times))
                case _:
                    continue
        return uses
