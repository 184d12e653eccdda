"""Protecting a document with a password: opening it, giving it another password, taking it away.

A password protects the whole file with its history, and the backups made from then on. What was
written before in plain text is told, and can be protected or removed as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

from smartct_desktop.domain.errors import FormerPassword, Invalid, Trouble, WrongPassword
from smartct_desktop.domain.key import SALT_LENGTH, Key, derived
from smartct_desktop.domain.passwords import refused
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.files import own_parts
from smartct_desktop.system.wiping import wipe, wiped_when_replaced


def new_key(password: str) -> Key:
    """Make the key for a document that is to be protected; some 0.2 seconds.

    Raises `Invalid` for a password that is too weak.
    """
    why = refused(password)
    if why is not None:
        raise Invalid(why, "password")
    from smartct_desktop.storage.cipher import new_key as made

    return made(password)


def is_protected(path: Path) -> bool:
    """Whether a document can only be opened with a password, as far as its first page tells.

    Not to be asked of one that this process has open: `Document.protected` says it. False if there
    is no such file.
    """
    from smartct_desktop.storage.header import seems_protected

    with suppress(Trouble):
        return seems_protected(path)
    return False


def key_of(path: Path, password: str) -> Key:
    """Give the key of a protected document that nobody in this process has open; some 0.2 seconds.

    Raises `WrongPassword`, `Trouble`. It needs but one page that is not damaged.
    """
    return _proven(path, lambda salt: derived(password, salt))


def key_of_recovery(path: Path, raw: bytes) -> Key:
    """Give the key of a protected document from its recovery sheet. Raises as `key_of` does."""
    return _proven(path, lambda salt: Key(raw, salt))


def protect(path: Path, password: str, progress: Progress | None = None) -> Key:
    """Protect a plain document that nobody has open; gives its key.

    The plain file is overwritten once the protected one has its name. Raises `InUse`, `Trouble`,
    `Cancelled`; then the document is as it was.
    """
    if is_protected(path):
        raise Trouble(
            Sentence("{name} is protected already.", name=path.name),
            Sentence("Change its password instead."),
        )
    key = new_key(password)
    _rekey(path, None, key, progress)
    return key


def change_password(path: Path, key: Key, password: str, progress: Progress | None = None) -> Key:
    """Give a protected document that nobody has open another password; gives the new key.

    Cut off at any moment, either the old password opens it or the new one. Raises as `protect`.
    """
    new = new_key(password)
    _rekey(path, key, new, progress)
    return new


def unprotect(path: Path, key: Key, progress: Progress | None = None) -> None:
    """Take the password of a document away that nobody has open. Raises as `protect`."""
    _rekey(path, key, None, progress)


def _proven(path: Path, key_with: Callable[[bytes], Key]) -> Key:
    from smartct_desktop.storage.cipher import library, proves_right, salt_of
    from smartct_desktop.storage.header import seems_protected

    library()  # without it the right password would be of no use
    if not seems_protected(path):
        raise Trouble(Sentence("{name} is not protected by a password.", name=path.name))
    try:
        salt = salt_of(path)
        key = key_with(salt)
        if proves_right(path, key):
            return key
    except OSError as error:
        raise Trouble(
            Sentence("{name} cannot be read: {why}.", name=path.name, why=error.strerror)
        ) from error
    if any(opens(one, key_with(other)) for one, other in _other_salts(path, salt)):
        raise FormerPassword(
            Sentence(
                "This opens the last backup of {name}, but not {name} itself.", name=path.name
            ),
            Sentence(
                "Was the password changed since? If not, the document is damaged: restore that "
                "backup."
            ),
        )
    raise WrongPassword(
        Sentence("This is not the password of {name}.", name=path.name),
        Sentence("Nothing was changed. Try again; mind capital letters and the keyboard."),
    )


def _other_salts(path: Path, salt: bytes) -> Iterator[tuple[Path, bytes]]:
    """Give the newest backup with its beginning, if that is not the same as the document's.

    Then one of them is damaged, or the password was changed since.
    """
    from smartct_desktop.services.backing_up import backups_of
    from smartct_desktop.storage.cipher import salt_of

    for backup in backups_of(path)[:1]:
        with suppress(OSError):
            other = salt_of(backup.path)
            if len(other) == SALT_LENGTH and other != salt and is_protected(backup.path):
                yield backup.path, other


def opens(path: Path, key: Key) -> bool:
    """Whether a protected file that nobody has open was sealed with this key."""
    from smartct_desktop.storage.cipher import proves_right

    with suppress(OSError):
        return proves_right(path, key)
    return False


def _rekey(path: Path, old: Key | None, new: Key | None, progress: Progress | None) -> None:
    from smartct_desktop.services import seals
    from smartct_desktop.services.working_copies import remove_settled
    from smartct_desktop.storage.in_use import nobody_else, refuse_other_names
    from smartct_desktop.storage.opening import existing_file, refuse_unfit
    from smartct_desktop.storage.rekeying import put_in_order, write_rekeyed

    target = existing_file(path)
    with ExitStack() as opened:
        opened.enter_context(nobody_else(target))
        refuse_other_names(target)
        refuse_unfit(target, old)
        remove_settled(target, old)
        put_in_order(target, old)
        if old is None:
            opened.enter_context(wiped_when_replaced(target))
        write_rekeyed(target, target, old, new, progress or Progress())
        seals.keep(target)
        for part in own_parts(target):  # of killed attempts: they may be plain
            with suppress(OSError):
                wipe(part)
