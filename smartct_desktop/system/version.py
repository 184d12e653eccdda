"""Which version of the program this is."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def version() -> str:
    """The version as `pyproject.toml` says it, from a checkout, a built program or a wheel.

    A checkout and a built program have it in a file of their own. That is asked first because an
    older version may be installed beside them, and because reading the metadata of an installed
    package takes longer than starting Python.
    """
    project = PACKAGE.parent / "pyproject.toml"
    if project.is_file():
        lines = project.read_text(encoding="utf-8").splitlines()
        if 'name = "smartct-desktop"' in lines:
            return next(line.split('"')[1] for line in lines if line.startswith('version = "'))
    built = PACKAGE / "resources" / "version.txt"
    if built.is_file():
        return built.read_text(encoding="utf-8").strip()

    from importlib import metadata

    try:
        return metadata.version("smartct-desktop")
    except metadata.PackageNotFoundError:
        return "unknown"
