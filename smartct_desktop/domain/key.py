"""The key of a protected document, and how a password becomes one.

It is what SQLCipher 4 makes of a passphrase, so that any of its tools opens the file with the
password alone. Whoever has the 32 bytes needs no password: they stand on the recovery sheet.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field

LENGTH = 32
SALT_LENGTH = 16
_ROUNDS = 256_000


@dataclass(frozen=True, slots=True)
class Key:
    """The bytes that open a protected file; `salt` are the first bytes of that file.

    Neither is ever shown or written into a log.
    """

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what can be no key: that is a bug, whoever typed what."""
        if (len(self.raw), len(self.salt)) != (LENGTH, SALT_LENGTH):
            raise ValueError("a key of another length")


def derived(password: str, salt: bytes) -> Key:
    """Make the key of a password for the file with this salt: slow on purpose, some 0.2 seconds.

    How a keyboard composes its letters makes no difference.
    """
    typed = unicodedata.normalize("NFC", password).encode()
    return Key(hashlib.pbkdf2_hmac("sha512", typed, salt, _ROUNDS, LENGTH), salt)
