"""Looking for a person in the bytes of files, as somebody would who has only these."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.key import Key

_PIECE = 2**20
_LEAST = 4
"""Letters: shorter ones stand in any file by chance."""


def forms_of(words: Iterable[str]) -> frozenset[bytes]:
    """Give texts as bytes in the ways in which a file could hold them."""
    texts: set[str] = set()
    for word in words:
        if len(word) >= _LEAST:
            folded = fold(word)
            texts.update((word, word.lower(), word.upper(), word.casefold(), folded))
            texts.update(unicodedata.normalize("NFD", text) for text in (word, word.lower()))
            texts.add(word.encode("ascii", "backslashreplace").decode())
    long = [text for text in texts if len(text) >= _LEAST]
    return frozenset(text.encode(code) for text in long for code in ("utf-8", "utf-16-le"))


def holds(path: Path, forms: Iterable[bytes], key: Key | None = None) -> bool:
    """Whether a file holds one of the forms anywhere. A file that cannot be read holds nothing.

    In a protected one it is looked for in what its `key` makes readable.
    """
    from smartct_desktop.storage.cipher import opened_plain

    wanted = tuple(forms)
    longest = max(map(len, wanted), default=0)
    end = b""
    with suppress(OSError), opened_plain(path, key) as file:
        while piece := file.read(_PIECE):
            looked_at = end + piece
            if any(form in looked_at for form in wanted):
                return True
            end = looked_at[-longest:]
    return False
