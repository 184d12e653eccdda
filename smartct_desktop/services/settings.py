"""What the program remembers between two starts, outside of any document."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeAlias

from smartct_desktop.domain.json_text import read_json
from smartct_desktop.system.files import write_atomic

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None

RECENT_LENGTH = 10


class Settings:
    """Settings by dotted name, kept as one JSON file.

    A damaged file is put aside as `.bad` and the defaults hold; `damaged` then names it. Saving
    raises `Trouble` if the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Json] = {}
        self.damaged: Path | None = None
        self._load()

    def get(self, name: str, default: Json = None) -> Json:
        """Give what was set, or the default."""
        return self._values.get(name, default)

    def text(self, name: str, default: str = "") -> str:
        """Give what was set if it is a text, or the default."""
        value = self._values.get(name)
        return value if isinstance(value, str) else default

    def set(self, name: str, value: Json) -> None:
        """Remember a value; `None` forgets it."""
        if value is None:
            self._values.pop(name, None)
        else:
            self._values[name] = value

    def rewrite(self, change: Callable[[dict[str, Json]], object]) -> None:
        """Put in the place of all settings what `change` makes of them, if that is settings."""
        changed = change(self._values)
        if isinstance(changed, dict):
            self._values = changed

    def recent(self) -> list[Path]:
        """Give the documents opened last, newest first."""
        names = self._values.get("recent")
        return [Path(n) for n in names if isinstance(n, str)] if isinstance(names, list) else []

    def opened(self, path: Path) -> None:
        """Note that a document was opened."""
        others = [p for p in self.recent() if p != path]
        self._set_recent([path, *others][:RECENT_LENGTH])

    def forget(self, path: Path) -> None:
        """Take a document off the list of recent ones."""
        self._set_recent([p for p in self.recent() if p != path])

    def save(self) -> None:
        """Write the settings if the folder allows it."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)

        def produce(out: BinaryIO) -> None:
            out.write(text.encode())

        write_atomic(self._path, produce)

    def _set_recent(self, paths: list[Path]) -> None:
        names: list[Json] = [str(path) for path in paths]
        self.set("recent", names)

    def _load(self) -> None:
        try:
            values = read_json(self._path.read_bytes())
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError):
            values = None
        if isinstance(values, dict):
            self._values = values
        else:
            self.damaged = self._path.with_suffix(".bad")
            try:
                self._path.replace(self.damaged)
            except OSError:
                self.damaged = self._path
