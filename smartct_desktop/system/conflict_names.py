"""Names that sync programs give to the second of two files that were changed at the same time.

A name only raises the suspicion: whether both are one document is found out by looking into them.
"""

from __future__ import annotations

import re
import unicodedata

_WORDS = r"(?:conflict|konflikt|conflit|conflitt|conflicto|gatazka|gatazkan|конфликт)"

_ENDINGS = (
    # Dropbox, Nextcloud, ownCloud, Google, Box and Seafile put the word in brackets
    re.compile(rf"[ _]?[(\[][^()\[\]]*{_WORDS}[^()\[\]]*[)\]]", re.IGNORECASE),
    # Syncthing
    re.compile(r"\.sync-conflict-\d{8}-\d{6}(?:-\w+)?", re.IGNORECASE),
    # older Nextcloud and ownCloud: "_conflict-20220615-104233"; by hand: "-Konflikt"
    re.compile(rf"[ _.-]+{_WORDS}\w*(?:[ _-][\w.-]*)?", re.IGNORECASE),
    # Google Drive, Insync, browsers: " (1)"; iCloud: " 2"
    re.compile(r" ?\(\d{1,3}\)"),
    re.compile(r" \d{1,2}"),
)
_HOST = re.compile(r"-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{1,14}(?:-\d)?")
"""OneDrive: "-LAPTOP-4711"; names of Windows machines have at most 15 letters, all capital."""


def may_be_the_same(stem: str, other: str) -> bool:
    """Whether one of two names, without suffixes, may have been made of the other by a conflict."""
    stem, other = unicodedata.normalize("NFC", stem), unicodedata.normalize("NFC", other)
    return stem != other and (plain(stem) == plain(other) or _by_host(stem, other))


def plain(stem: str) -> str:
    """Give the name that the file had before the conflicts."""
    stem = unicodedata.normalize("NFC", stem).strip()
    while True:
        shorter = stem
        for ending in _ENDINGS:
            found = [match for match in ending.finditer(shorter) if match.end() == len(shorter)]
            if found and found[0].start() > 0:
                shorter = shorter[: found[0].start()].rstrip()
        if shorter == stem:
            return stem.casefold()
        stem = shorter


def _by_host(stem: str, other: str) -> bool:
    short, long = sorted((stem, other), key=len)
    return long.casefold().startswith(short.casefold()) and bool(
        _HOST.fullmatch(long[len(short) :])
    )
