"""Opens an OpenDocument workbook locked by a password (ODF 1.2 part 3, section 3.8).

Each part is packed, then enciphered with AES in CBC mode, its key derived from the password by
PBKDF2: what programs write since 2010. Other ciphers are refused.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.ods import CONTENT, MANIFEST, STYLES
from smartct_desktop.spreadsheets.xml_reading import attribute, local, number_of_attribute, whole
from smartct_desktop.spreadsheets.zip_parts import Parts

_MOST_ROUNDS = 2_000_000
_BLOCK = 16
_CHECKED = 1024  # bytes that the checksum is about


@dataclass(frozen=True, slots=True)
class _Lock:
    """How one part is locked."""

    vector: bytes
    salt: bytes
    rounds: int
    key_size: int
    start_key: str
    checksum: bytes
    checksum_kind: str


def unlocked_ods(path: Path, name: str, limits: Limits, password: str, opened: Path) -> None:
    """Write the workbook at `path` without its lock to `opened`.

    Raises `PasswordNeeded` for a wrong password, `Trouble` for a lock of another kind.
    """
    with Parts(path, name, limits) as parts:
        locks = dict(_locks(whole(parts, MANIFEST, name), name))
        with zipfile.ZipFile(opened, "x", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", parts.read("mimetype"))
            for part in (STYLES, CONTENT):
                if part not in parts:
                    continue
                content = parts.read(part)
                if part in locks:
                    content = _opened(content, locks[part], password, name, limits)
                archive.writestr(part, content)


def _locks(manifest: Element, name: str) -> Iterator[tuple[str, _Lock]]:
    for entry in manifest:
        about = next((child for child in entry if local(child.tag) == "encryption-data"), None)
        if about is not None:
            yield attribute(entry, "full-path").lower(), _lock(about, name)


def _lock(about: Element, name: str) -> _Lock:
    found = {local(child.tag): child for child in about}
    try:
        algorithm, derivation = found["algorithm"], found["key-derivation"]
        start = found.get("start-key-generation")
        lock = _Lock(
            vector=base64.b64decode(attribute(algorithm, "initialisation-vector")),
            salt=base64.b64decode(attribute(derivation, "salt")),
            rounds=number_of_attribute(derivation, "iteration-count"),
            key_size=number_of_attribute(derivation, "key-size", 16),
            start_key="sha1"
            if start is None or attribute(start, "start-key-generation-name").endswith("#sha1")
            else "sha256",
            checksum=base64.b64decode(attribute(about, "checksum")),
            checksum_kind=attribute(about, "checksum-type").rpartition("#")[2].lower(),
        )
    except (KeyError, ValueError) as error:
        raise refusals.protected(name) from error
    sound = (
        attribute(algorithm, "algorithm-name").lower().endswith("-cbc")
        and attribute(derivation, "key-derivation-name").lower().endswith("pbkdf2")
        and len(lock.vector) == _BLOCK
        and lock.key_size in {16, 24, 32}
        and 0 < lock.rounds <= _MOST_ROUNDS
        and lock.checksum_kind in {"sha256-1k", "sha1-1k", "sha1/1k"}
    )
    if not sound:
        raise refusals.protected(name)
    return lock


def _opened(content: bytes, lock: _Lock, password: str, name: str, limits: Limits) -> bytes:
    start = hashlib.new(lock.start_key, password.encode(), usedforsecurity=False).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, lock.salt, lock.rounds, lock.key_size)
    if not content or len(content) % _BLOCK:
        raise refusals.damaged(name)
    reader = Cipher(AES(key), CBC(lock.vector)).decryptor()
    packed = reader.update(content) + reader.finalize()
    kind = "sha256" if lock.checksum_kind.startswith("sha256") else "sha1"
    packed = packed[: len(packed) - packed[-1]] if packed[-1] <= _BLOCK else packed
    checksum = hashlib.new(kind, packed[:_CHECKED], usedforsecurity=False).digest()
    if checksum != lock.checksum:
        raise refusals.wrong_password(name)
    try:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        plain = unpacker.decompress(packed, limits.inflated)
    except zlib.error as error:
        raise refusals.damaged(name) from error
    if unpacker.unconsumed_tail:
        raise refusals.too_much(name)
    return plain
