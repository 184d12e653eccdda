"""The data files that come with the program: icons, vocabularies, templates, the sample."""

from __future__ import annotations

from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence

PACKAGE = Path(__file__).resolve().parents[1]


def resource(path: str) -> Path:
    """The file or folder at `path` below `resources`, with slashes on every system.

    A wheel and a built program carry the folder inside the package, a checkout beside it. Raises
    `Trouble` if it is not there: then the program is only partly installed.
    """
    inside = PACKAGE / "resources"
    root = inside if inside.is_dir() else PACKAGE.parent / "resources"
    found = root.joinpath(*path.split("/"))
    if not found.exists():
        raise Trouble(
            Sentence("A part of the program is missing: {path}.", path=path),
            Sentence("Install SmartCT Desktop again; your documents are not touched by that."),
        )
    return found


def read_text(path: str) -> str:
    """The text of the resource at `path`. Raises `Trouble` if it is not there."""
    return resource(path).read_text(encoding="utf-8")
