"""What may be replaced by a workbook that is made from another file."""

from __future__ import annotations

from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence

_ZIPPED = b"PK\x03\x04"


def refuse_replacing(source: Path, target: Path, itself: Sentence) -> None:
    """Raise `Trouble` if `source`, or a file that is no workbook, would be replaced.

    `itself` says that `target` is the source.
    """
    if not target.exists():
        return
    if target.samefile(source):
        raise Trouble(itself, Sentence("Choose another name."))
    with target.open("rb") as file:
        start = file.read(len(_ZIPPED))
    if start not in (_ZIPPED, b""):
        raise Trouble(
            Sentence("{name} is no workbook, so it is not replaced.", name=target.name),
            Sentence("Choose another name."),
        )
