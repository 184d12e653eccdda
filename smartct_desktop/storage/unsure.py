"""A step of which nobody can say whether a power cut would take it back."""

from __future__ import annotations

from contextlib import suppress

from smartct_desktop.domain.changes import Touched, Unsure
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.absence import COPY
from smartct_desktop.storage.connection import Connection


def raise_if_there(
    connection: Connection, moment: int, written: Touched | None, trouble: Trouble
) -> None:
    """Raise `Unsure` if what could not be committed is in the file all the same.

    The last thing of a commit is to make sure on the drive that nothing is to be taken back. If the
    drive fails then, the step counts as failed, but is there. `moment` is the one before it.
    """
    if written is None:
        return
    there = False
    with suppress(Trouble):
        there = connection.moment() != moment
    if there:
        raise Unsure(
            written,
            Sentence(
                "The drive failed when the last change was being saved. The change is there, but "
                "may be gone again if this computer stops now."
            ),
            COPY,
        ) from trouble
