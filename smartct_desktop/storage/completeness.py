"""Whether all of a document is on this machine: sync clients bring files in pieces, or only names.

What is not all there yet is no damage, and must not be taken for it: a backup put in its place
would win over the newer file that is about to arrive.
"""

from __future__ import annotations

from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.header import LENGTH
from smartct_desktop.system.drives import PlaceKind
from smartct_desktop.system.locks import holder_of
from smartct_desktop.system.machine import place_of_file
from smartct_desktop.system.placeholders import is_placeholder

_SQLITE = b"SQLite format 3\0"
_LARGEST_PAGE = 65536
_WAIT = Sentence(
    "The sync program seems to be loading it: wait until that is done, then open it again. If it "
    "stays like this, open a backup, or the file on the other computer."
)


class Incomplete(Trouble):
    """A part of the document is not on this machine."""


def refuse_incomplete(path: Path) -> None:
    """Raise `Incomplete` for a file that is not all there. Does nothing while somebody writes it.

    Only facts and the first bytes are looked at. What is cut off where nobody brings the rest is
    damaged, which is found out and said elsewhere.
    """
    if is_placeholder(path):
        raise Incomplete(
            Sentence("{name} is not on this computer yet, only its name is.", name=path.name),
            Sentence(
                "Have the sync program keep it on this computer (“Always keep on this device”), "
                "then open it again."
            ),
        )
    if holder_of(path) is not None:
        # It may be open in this very process, whose locks would be gone with the file closed.
        return
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(LENGTH)
    except OSError:
        return  # said better by whoever opens it
    wanted = _declared(start)
    if start and not any(start):
        raise Incomplete(
            Sentence("{name} has its size, but nothing is in it yet.", name=path.name), _WAIT
        )
    cut_off = wanted is not None and size < wanted and not _has_journal(path)
    if cut_off and place_of_file(path).kind is PlaceKind.SYNCED:
        raise Incomplete(
            Sentence(
                "{name} is not complete: {size} of {wanted} MB are here.",
                name=path.name,
                size=f"{size / 1e6:.1f}",
                wanted=f"{(wanted or 0) / 1e6:.1f}",
            ),
            _WAIT,
        )


def _declared(start: bytes) -> int | None:
    """The bytes that the header says the file has; None if it does not say."""
    if not start.startswith(_SQLITE) or len(start) < LENGTH:
        return None
    page = int.from_bytes(start[16:18])
    page = _LARGEST_PAGE if page == 1 else page
    counted_when, changed = start[92:96], start[24:28]
    pages = int.from_bytes(start[28:32])
    return pages * page if pages and counted_when == changed else None


def _has_journal(path: Path) -> bool:
    """Whether the file was cut off in the midst of writing: that is put in order at opening."""
    try:
        return path.with_name(path.name + "-journal").stat().st_size > 0
    except OSError:
        return False
