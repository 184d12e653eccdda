"""Connections to protected files, which SQLCipher 4 encrypts page by page, and their pages.

Its library is imported only when a protected file is opened: without it plain documents still
work. Every page carries a random vector and a seal of its own, so that a changed bit is noticed
when the page is read.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib
import io
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from smartct_desktop.domain.errors import Trouble, WrongPassword
from smartct_desktop.domain.key import SALT_LENGTH, Key, derived
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.header import PAGE_SIZE
from smartct_desktop.storage.journals import first_bytes

_LIBRARY = "sqlcipher3.dbapi2"
_VECTOR = 16
_SEAL = 64
_KEPT_BACK = _VECTOR + _SEAL
"""Bytes at the end of each page that hold its vector and its seal."""

_TRIED = 64
"""Pages: as many are hardly ever damaged all at once."""

_SEAL_SALT = 0x3A
_PLAIN_START = b"SQLite format 3\0"


def new_key(password: str) -> Key:
    """Make the key of a file that is to be protected by this password; slow on purpose."""
    return derived(password, secrets.token_bytes(SALT_LENGTH))


def library() -> Any:
    """Give the module that opens protected files. Raises `Trouble` where it does not load."""
    try:
        return importlib.import_module(_LIBRARY)
    except ImportError as error:
        raise Trouble(
            Sentence("Protected documents cannot be opened with this installation."),
            Sentence(
                "A part of the program (sqlcipher3) is missing or does not fit this computer. "
                "Install SmartCT Desktop again."
            ),
        ) from error


def connect(
    uri: str, key: Key | None, timeout: float, *, whatever: bool = False
) -> sqlite3.Connection:
    """Open a file with its key, or a plain one with that library.

    What it gives works as a connection of `sqlite3` does, but for the types of its errors, see
    `storage/errors.py`. Raises `WrongPassword` if the key does not fit, unless the file is to
    be read `whatever` is damaged of it.
    """
    raw = library().connect(uri, uri=True, timeout=timeout, isolation_level=None)
    try:
        # The library would write what it thinks of a wrong key to the standard error stream.
        raw.execute("PRAGMA cipher_log = 'off'")
        raw.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            raw.execute(f'PRAGMA key = "{as_literal(key)}"')
            raw.execute("PRAGMA cipher_compatibility = 4")
            if not whatever:
                _refuse_wrong(raw)
    except BaseException:
        raw.close()
        raise
    return cast(sqlite3.Connection, raw)


def as_literal(key: Key) -> str:
    """Give the key as the library takes it without deriving anything again."""
    return f"x'{key.raw.hex()}{key.salt.hex()}'"


def _refuse_wrong(raw: Any) -> None:
    """Read the first page, and nothing else."""
    try:
        raw.execute("PRAGMA user_version").fetchall()
    except library().DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_NOTADB:
            raise
        raise WrongPassword(
            Sentence("The password is not the right one, or the document is damaged."),
            Sentence("Nothing was changed. Try again; mind capital letters and the keyboard."),
        ) from None


def salt_of(path: Path) -> bytes:
    """Read the salt of a protected file that nobody in this process has open. Raises OSError."""
    return first_bytes(path, SALT_LENGTH)


def opened_plain(path: Path, key: Key | None) -> BinaryIO:
    """Open a file to read the bytes that SQLite sees, which never become a file. Raises OSError.

    Nobody in this process may have it open. What is damaged comes as noise.
    """
    if key is None:
        return path.open("rb")
    return cast(BinaryIO, io.BufferedReader(_Deciphered(path, key), PAGE_SIZE))


def proves_right(path: Path, key: Key) -> bool:
    """Whether some page near the beginning was sealed with this key, be others damaged or not.

    Nobody in this process may have the file open. Raises OSError.
    """
    with _Deciphered(path, key) as file:
        return any(file.is_sealed(number) for number in range(1, min(file.count, _TRIED) + 1))


def damaged_pages(path: Path, key: Key) -> list[int]:
    """Give the numbers of the pages whose seals are broken, counted from 1. Raises OSError."""
    with _Deciphered(path, key) as file:
        return [number for number in range(1, file.count + 1) if not file.is_sealed(number)]


class _Deciphered(io.RawIOBase):
    """The pages of a protected file as SQLite sees them; can be read and sought."""

    def __init__(self, path: Path, key: Key) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._key = key
        self._seal = _seal_key(key)
        self._decrypt = _decryption(key)
        self._at = 0
        self.count = -(-self._file.seek(0, io.SEEK_END) // PAGE_SIZE)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be sought."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go elsewhere."""
        match whence:
            case io.SEEK_CUR:
                offset += self._at
            case io.SEEK_END:
                offset += self.count * PAGE_SIZE
            case _:
                pass
        self._at = max(0, offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Read up to the end of a page."""
        number, start = divmod(self._at, PAGE_SIZE)
        if number >= self.count:
            return 0
        room = memoryview(buffer).cast("B")
        piece = self._page(number + 1)[start : start + len(room)]
        room[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def is_sealed(self, number: int) -> bool:
        """Whether a page is as it was written."""
        page = self._stored(number)
        start = SALT_LENGTH if number == 1 else 0
        told = hmac.new(self._seal, page[start:-_SEAL], "sha512")
        told.update(number.to_bytes(4, "little"))
        return hmac.compare_digest(told.digest(), page[-_SEAL:])

    def _page(self, number: int) -> bytes:
        page = self._stored(number)
        start = SALT_LENGTH if number == 1 else 0
        vector = page[-_KEPT_BACK:-_SEAL]
        plain = self._decrypt(page[start:-_KEPT_BACK], vector)
        return (_PLAIN_START if number == 1 else b"") + plain + page[-_KEPT_BACK:]

    def _stored(self, number: int) -> bytes:
        self._file.seek((number - 1) * PAGE_SIZE)
        return self._file.read(PAGE_SIZE).ljust(PAGE_SIZE, b"\0")


def _seal_key(key: Key) -> bytes:
    salt = bytes(byte ^ _SEAL_SALT for byte in key.salt)
    return hashlib.pbkdf2_hmac("sha512", key.raw, salt, 2, len(key.raw))


def _decryption(key: Key) -> Callable[[bytes, bytes], bytes]:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    def decrypt(data: bytes, vector: bytes) -> bytes:
        worker = Cipher(algorithms.AES(key.raw), modes.CBC(vector)).decryptor()
        return worker.update(data) + worker.finalize()

    return decrypt
