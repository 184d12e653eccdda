"""What is said of a file that cannot be read or planned."""

from __future__ import annotations

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.sentence import Sentence


def trouble_with(error: Exception, file: str) -> Trouble:
    """Give the trouble for whatever went wrong with a file; a mistake of ours is called one."""
    match error:
        case Trouble():
            return error
        case Invalid():
            return Trouble(error.sentence)
        case _:
            return Trouble(
                Sentence("{file} could not be read because of a mistake in SmartCT.", file=file),
                Sentence("Nothing was written."),
            )
