"""Small files of our own that belong to a protected document, and are as closed as it is."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from smartct_desktop.domain.key import Key

_MARK = b"SmartCT sealed 1\n"
_NONCE = 12
_PURPOSE = b"SmartCT sealed files"


class Unreadable(Exception):
    """The bytes were not sealed with this key for this purpose, or were changed since."""


def sealed(content: bytes, key: Key, about: str) -> bytes:
    """Encrypt a content with AES-256-GCM; it opens only for the same `about`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return _MARK + nonce + AESGCM(_own_key(key)).encrypt(nonce, content, about.encode())


def unsealed(stored: bytes, key: Key, about: str) -> bytes:
    """Give the content that was sealed. Raises `Unreadable`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    mark, rest = stored[: len(_MARK)], stored[len(_MARK) :]
    if mark != _MARK or len(rest) < _NONCE:
        raise Unreadable
    try:
        return AESGCM(_own_key(key)).decrypt(rest[:_NONCE], rest[_NONCE:], about.encode())
    except InvalidTag as error:
        raise Unreadable from error


def _own_key(key: Key) -> bytes:
    """Make another key of the document's, so that none is used for two things."""
    return hmac.new(key.raw, _PURPOSE + key.salt, hashlib.sha256).digest()
