"""Which key a file needs: none, the one that is given, or one that was not."""

from __future__ import annotations

from pathlib import Path

from smartct_desktop.domain.errors import Damaged, Protected, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.cipher import opened_plain, proves_right
from smartct_desktop.storage.header import (
    LENGTH,
    PAGE_SIZE,
    Header,
    header_in,
    read_header,
    seems_protected,
    unreadable,
)

_OURS = frozenset({".smartct", ".smartct-backup"})


def key_for(path: Path, key: Key | None) -> Key | None:
    """Give the key that a file is opened with: None for one that has no password.

    Nobody in this process may have it open. What is neither plain nor protected is left to whoever
    opens it. Raises `Protected` if a key is needed and none is given, `WrongPassword`
    if it is another, `Damaged` if a part of a protected file is missing, `Trouble`.
    """
    if not seems_protected(path):
        return None
    if path.suffix.lower() in _OURS and path.stat().st_size % PAGE_SIZE:
        raise Damaged(
            Sentence("{name} is no document, or it is damaged.", name=path.name),
            Sentence(
                "If it has a password, a part of the file is missing: wait if a sync program is "
                "still loading it, otherwise open a backup."
            ),
        )
    if key is None:
        raise protected(path)
    # Before SQLite sees it: with a wrong key it would roll a journal back into noise.
    refuse_wrong(path, key)
    return key


def protected(path: Path) -> Protected:
    """Say that a document cannot be opened without its password."""
    return Protected(
        Sentence("{name} is protected by a password.", name=path.name),
        Sentence("Open it with its password, or with the key on its recovery sheet."),
    )


def header_of(path: Path, key: Key | None) -> Header:
    """Read the header of a file that nobody in this process has open, with its key if it needs one.

    Raises as `key_for` does, `WrongPassword`, and `Trouble` for what is no document.
    """
    key = key_for(path, key)
    if key is None:
        return read_header(path)
    try:
        with opened_plain(path, key) as file:
            return header_in(file.read(LENGTH))
    except OSError as error:
        raise unreadable(path, error) from error


def refuse_wrong(path: Path, key: Key) -> None:
    """Raise `WrongPassword` if no page was sealed with this key. Nobody may have the file open."""
    try:
        right = proves_right(path, key)
    except OSError as error:
        raise unreadable(path, error) from error
    if not right:
        raise WrongPassword(
            Sentence("This is not the password of {name}.", name=path.name),
            Sentence("Nothing was changed. Try again; mind capital letters and the keyboard."),
        )
