"""What was chosen for each report the last time, kept with the settings."""

from __future__ import annotations

from collections.abc import Mapping

from smartct_desktop.services.settings import Settings

_LAST = "reports.last"


class RememberedChoices:
    """Texts by report and name of the choice. Who was looked for is never among them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, code: str) -> dict[str, str]:
        """Give the choices for a report; nothing before it was first written."""
        kept = self._settings.get(_name(code))
        if not isinstance(kept, dict):
            return {}
        return {name: text for name, text in kept.items() if isinstance(text, str)}

    def keep(self, code: str, choices: Mapping[str, str]) -> None:
        """Remember the choices for a report, and that it was the last one."""
        self._settings.set(_name(code), dict(choices))
        self._settings.set(_LAST, code)

    @property
    def last(self) -> str:
        """The code of the report that was written last, "" for none."""
        return self._settings.text(_LAST)


def _name(code: str) -> str:
    return f"reports.{code}"
