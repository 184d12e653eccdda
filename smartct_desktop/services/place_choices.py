"""What was decided about documents that lie in places where work can be lost."""

from __future__ import annotations

from pathlib import Path

from smartct_desktop.services.settings import Json, Settings
from smartct_desktop.system.drives import Place

_NAME = "places"
_MOST = 100


class PlaceChoices:
    """Remembers in the settings, once for each document and place."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def decided(self, kept: Path, document: str, place: Place) -> bool:
        """Whether the person said how to work on this document in this place."""
        told = self._told().get(str(kept))
        return isinstance(told, dict) and told.get("for") == _words(document, place)

    def works_on_copy(self, kept: Path) -> bool:
        """Whether this file is to be worked on in a local copy."""
        told = self._told().get(str(kept))
        return isinstance(told, dict) and told.get("copy") is True

    def decide(self, kept: Path, document: str, place: Place, *, copy: bool) -> None:
        """Note what was said."""
        others = {path: told for path, told in self._told().items() if path != str(kept)}
        newest = list(others.items())[-_MOST + 1 :]
        said: Json = {"for": _words(document, place), "copy": copy}
        self._settings.set(_NAME, dict([*newest, (str(kept), said)]))

    def forget(self, kept: Path) -> None:
        """Work in the file itself again, and ask anew."""
        self._settings.set(
            _NAME, {path: told for path, told in self._told().items() if path != str(kept)}
        )

    def _told(self) -> dict[str, Json]:
        told = self._settings.get(_NAME)
        return told if isinstance(told, dict) else {}


def _words(document: str, place: Place) -> str:
    return f"{document} {place.kind.value} {place.name}"
