"""What is said of a document that somebody else has open, or may have."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from smartct_desktop.domain.errors import InUse, MaybeInUse, Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.lock_texts import Holder
from smartct_desktop.system.locks import FileLock, LockTaken, holder_of, may_be_held
from smartct_desktop.system.whereabouts import has_other_names

LOST = Sentence("Another computer took the document over while the network was away.")
"""Why nothing is written any more where the drive has no locks."""

_OWN = Sentence("It can be opened for reading only.")
_ASK_THERE = Sentence(
    "Open it for writing only if it is closed there: two who write the same file lose what one of "
    "them did."
)


@contextmanager
def nobody_else(document: Path) -> Generator[None]:
    """Keep everybody else from a document while its file is replaced. Raises `InUse`, `Trouble`."""
    try:
        lock = FileLock.take(document)
    except LockTaken as taken:
        raise InUse(
            in_use_by(taken.holder), Sentence("Close it there; only then this can be done.")
        ) from None
    except OSError as error:
        raise Trouble(
            Sentence("Nothing can be written in the folder of {name}.", name=document.name),
            Sentence("Do this where you may write."),
        ) from error
    try:
        yield
    finally:
        lock.release()


def refuse_other_names(path: Path) -> None:
    """Raise `Trouble` if a file that is to be replaced for good is kept by a second name."""
    if has_other_names(path):
        raise Trouble(
            Sentence(
                "{name} has a second name on its drive (a hard link), under which it would stay as "
                "it is.",
                name=path.name,
            ),
            Sentence("Remove the second name, or copy the file and use the copy. Then try again."),
        )


def refusal(taken: LockTaken) -> InUse:
    """Give what to raise when a lock could not be taken."""
    if taken.sure:
        return InUse(in_use_by(taken.holder), _OWN)
    return MaybeInUse(may_be_in_use_by(taken.holder), _ASK_THERE)


def reading_reason(path: Path) -> Sentence:
    """Say why a document is only read that was opened so."""
    holder = holder_of(path)
    if holder is not None:
        return in_use_by(holder)
    holder = may_be_held(path)
    if holder is not None:
        return may_be_in_use_by(holder)
    return Sentence("It was opened for reading only.")


def in_use_by(holder: Holder) -> Sentence:
    """Say who has a document open."""
    if holder.since is None:
        return Sentence("The document is open in another program.")
    since = f"{holder.since.astimezone():%d.%m.%Y %H:%M}"
    return Sentence(
        "{user} has had the document open on {host} since {since}.",
        user=holder.user,
        host=holder.host,
        since=since,
    )


def may_be_in_use_by(holder: Holder) -> Sentence:
    """Say who had a document open when that was last heard of."""
    if holder.since is None:
        return Sentence("The document may be open on {host}.", host=holder.host)
    return Sentence(
        "The document may still be open on {host}: {user} opened it there on {since}, and nothing "
        "says that it was closed.",
        user=holder.user,
        host=holder.host,
        since=f"{holder.since.astimezone():%d.%m.%Y %H:%M}",
    )
