"""The few signs a style sheet can only show from files: ticks, dots and arrows, already tinted."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from smartct_desktop.ui.theme.icons import Icons

PREFIX = "signs"  # the search path under which Qt finds the files

_BOLD = 'stroke-width="3"'
_PLAIN = 'stroke-width="2.1"'
_SIGNS = {
    "ticked": ("check", "on-accent", _BOLD),
    "ticked-off": ("check", "faint", _BOLD),
    "partly": ("minus", "on-accent", _BOLD),
    "dotted": ("dot", "on-accent", _PLAIN),
    "dotted-off": ("dot", "faint", _PLAIN),
    "down": ("chevron-down", "muted", _PLAIN),
    "down-off": ("chevron-down", "faint", _PLAIN),
    "up": ("chevron-up", "muted", _PLAIN),
    "right": ("chevron-right", "muted", _PLAIN),
    "left": ("chevron-left", "muted", _PLAIN),
    "sorted-up": ("chevron-up", "accent", _PLAIN),
    "sorted-down": ("chevron-down", "accent", _PLAIN),
    "chosen": ("check", "text", _PLAIN),
}

NO_SIGNS = dict.fromkeys(_SIGNS, "none")
"""In place of the URLs where no file can be written, or nothing needs a sign."""


def write_signs(icons: Icons, folder: Path) -> dict[str, str]:
    """Write what is missing and say under which URL each sign is found.

    The name of a file tells its colour, so that programs with different appearances can share
    the folder. Raises `OSError` if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    urls = {}
    for sign, (name, token, stroke) in _SIGNS.items():
        drawing = icons.svg(name, token, stroke)
        colour = icons.value(token).lstrip("#")
        file = folder / f"{sign}-{colour}.svg"
        if not _holds(file, drawing):
            _replace(file, drawing)
        urls[sign] = f"url({PREFIX}:{file.name})"
    return urls


def _holds(file: Path, drawing: str) -> bool:
    try:
        return file.read_text(encoding="utf-8") == drawing
    except (OSError, UnicodeDecodeError):
        return False


def _replace(file: Path, drawing: str) -> None:
    """Another program may be reading the file: it sees the old one or the new one, whole."""
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(drawing)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
