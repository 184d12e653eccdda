"""The folders in which the program keeps its own things; documents lie where people put them.

`SMARTCT_HOME` moves all of them below one folder, and so does a file `portable.ini` beside the
program (on a memory stick): then they lie beside the program in `SmartCT-data`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.files import make_folder

HOME_VARIABLE = "SMARTCT_HOME"
PORTABLE_MARK = "portable.ini"
PORTABLE_FOLDER = "SmartCT-data"
NAME = "SmartCT"


def settings_folder() -> Path:
    """Choices of the person: language, columns, last documents."""
    return _own("settings", platformdirs.user_config_path(NAME, appauthor=False))


def data_folder() -> Path:
    """What must not be lost and belongs to no document: backups."""
    return _own("data", platformdirs.user_data_path(NAME, appauthor=False))


def cache_folder() -> Path:
    """What can be made again at any time."""
    return _own("cache", platformdirs.user_cache_path(NAME, appauthor=False))


def log_folder() -> Path:
    """The log files."""
    return _own("logs", platformdirs.user_log_path(NAME, appauthor=False))


def state_folder() -> Path:
    """What the program remembers between two starts: window places, seals of closed documents."""
    return _own("state", platformdirs.user_state_path(NAME, appauthor=False))


def program_folder() -> Path:
    """Where the program lies: the folder of the built program, or of the checkout."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]


def _own(kind: str, usual: Path) -> Path:
    """The folder of this `kind`, made if it is missing, for this person only (0700)."""
    home = _home()
    folder = usual if home is None else home / kind
    try:
        make_folder(folder)
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise Trouble(
            Sentence("SmartCT cannot keep its own files in {folder}.", folder=str(folder)),
            Sentence(
                "Allow writing there, or set {variable} to a folder where you may write.",
                variable=HOME_VARIABLE,
            ),
        ) from error
    return folder


def _home() -> Path | None:
    chosen = os.environ.get(HOME_VARIABLE, "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    if (program_folder() / PORTABLE_MARK).is_file():
        return program_folder() / PORTABLE_FOLDER
    return None
