"""Passwords on the command line: asked for, or taken from the environment, never an argument.

Arguments are seen by every program of a machine and kept in the history of the shell.
"""

from __future__ import annotations

import argparse
import os
import sys
from getpass import getpass
from pathlib import Path

from smartct_desktop.cli.outcome import DONE, LEFT
from smartct_desktop.cli.progress_line import told
from smartct_desktop.domain.errors import Cancelled, Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.protecting_backups import (
    Treated,
    plain_leftovers,
    protect_backups,
    remove_plain,
)
from smartct_desktop.services.protection import (
    change_password,
    is_protected,
    key_of,
    key_of_recovery,
    unprotect,
)
from smartct_desktop.services.protection import new_key as key_for_new
from smartct_desktop.services.protection import protect as protect_document

PASSWORD = "SMARTCT_PASSWORD"  # noqa: S105 (the name of a variable)
NEW_PASSWORD = "SMARTCT_NEW_PASSWORD"  # noqa: S105 (the name of a variable)
OTHER_PASSWORD = "SMARTCT_OTHER_PASSWORD"  # noqa: S105 (the name of a variable)
RECOVERY = "SMARTCT_RECOVERY_KEY"


def opened(path: Path, *, read_only: bool = False, anyway: bool = False) -> Document:
    """Open a document, with its password if it needs one. Raises as `open_document` does."""
    return open_document(path, read_only=read_only, anyway=anyway, key=key_for(path))


def key_for(path: Path, known: Key | None = None) -> Key | None:
    """Give the key of a file that may be protected; None for a plain one, or none at all.

    `known` is the key of the document if this is another file, which it may open, too; otherwise
    the password of that may stand in a variable of its own. Raises `Trouble`.
    """
    if not is_protected(path):
        return None
    if known is not None:
        try:
            return key_of_recovery(path, known.raw)
        except Trouble:  # it has another password
            pass
    recovery = os.environ.get(RECOVERY)
    if recovery:
        from smartct_desktop.domain.recovery import from_groups

        return key_of_recovery(path, from_groups(recovery))
    other = known is not None and OTHER_PASSWORD in os.environ
    return key_of(path, _asked(f"Password of {path.name}: ", OTHER_PASSWORD if other else PASSWORD))


def key_for_a_new_one() -> Key:
    """Ask for the password of a document that is made, and give its key. Raises `Invalid`."""
    return key_for_new(_new_password())


def add_protect(command: argparse.ArgumentParser) -> None:
    """Describe how a document is protected."""
    command.add_argument(
        "--backups",
        choices=("keep", "protect", "remove"),
        default="keep",
        help="what becomes of the backups made so far, which anybody can read (default: keep)",
    )


def add_change(command: argparse.ArgumentParser) -> None:
    """Describe what becomes of the backups when a password is changed or taken away."""
    command.add_argument(
        "--backups",
        choices=("keep", "along"),
        default="keep",
        help="whether the backups keep the former password, or go along (default: keep)",
    )


def protect(parsed: argparse.Namespace) -> int:
    """Protect a document with a password."""
    with told(Progress()) as progress:
        key = protect_document(parsed.doc, _new_password(), progress)
        _hand_drafts_over(parsed.doc, None, key)
        treated = None
        if parsed.backups == "protect":
            treated = protect_backups(parsed.doc, key, progress)
        elif parsed.backups == "remove":
            treated = remove_plain(plain_leftovers(parsed.doc, key))
    print(f"{parsed.doc.name} is protected now. Without its password nobody can open it.")
    words = "protected, too" if parsed.backups == "protect" else "overwritten and removed"
    left = _say(treated, words) if treated is not None else ()
    plain = plain_leftovers(parsed.doc, key)
    if plain:
        print("Anybody can still read these files:", file=sys.stderr)
        for path in plain:
            print(f"  {path}", file=sys.stderr)
    return LEFT if plain or left else DONE


def change(parsed: argparse.Namespace) -> int:
    """Give a protected document another password."""
    former = _key_of_protected(parsed.doc)
    with told(Progress()) as progress:
        key = change_password(parsed.doc, former, _new_password(), progress)
        _hand_drafts_over(parsed.doc, former, key)
        treated = _along(parsed, key, former, progress)
    print(f"{parsed.doc.name} has another password now.")
    return _say_along(treated, "changed, too")


def take_away(parsed: argparse.Namespace) -> int:
    """Take the password of a document away."""
    former = _key_of_protected(parsed.doc)
    with told(Progress()) as progress:
        unprotect(parsed.doc, former, progress)
        _hand_drafts_over(parsed.doc, former, None)
        treated = _along(parsed, None, former, progress)
    print(f"{parsed.doc.name} has no password any more. Anybody who has the file can read it.")
    return _say_along(treated, "without a password, too")


def recovery(parsed: argparse.Namespace) -> int:
    """Print the lines of the recovery sheet, which open the document without its password."""
    from smartct_desktop.domain.recovery import to_groups

    for line in to_groups(_key_of_protected(parsed.doc).raw):
        print(line)
    return DONE


def _key_of_protected(path: Path) -> Key:
    """Give the key of a document that must be protected. Raises `Trouble`."""
    key = key_for(path)
    if key is None:
        open_document(path, read_only=True).close()  # which says what is wrong if it is no document
        raise Trouble(
            Sentence("{name} has no password.", name=path.name),
            Sentence("Protect it with: smartct protect {name}", name=path.name),
        )
    return key


def _hand_drafts_over(path: Path, before: Key | None, after: Key | None) -> None:
    """See to it that what was being typed is protected as the document is."""
    from smartct_desktop.services.drafts import FOLDER, hand_over
    from smartct_desktop.system.paths import data_folder

    hand_over(data_folder() / FOLDER, path, before, after)


def _along(
    parsed: argparse.Namespace, key: Key | None, former: Key, progress: Progress
) -> Treated | None:
    if parsed.backups != "along":
        return None
    return protect_backups(parsed.doc, key, progress, former=former)


def _say_along(treated: Treated | None, words: str) -> int:
    if treated is None:
        print("Backups made until now still open with the former password.")
        return DONE
    return LEFT if _say(treated, words) else DONE


def _say(treated: Treated, words: str) -> tuple[Sentence, ...]:
    print(f"{treated.done} backups are {words}.")
    for sentence in treated.left:
        print(sentence, file=sys.stderr)
    return treated.left


def _new_password() -> str:
    if NEW_PASSWORD in os.environ:
        return os.environ[NEW_PASSWORD]
    first = _asked("New password: ", NEW_PASSWORD)
    if getpass("The new password once more: ") != first:
        raise Trouble(
            Sentence("The two passwords are not the same."),
            Sentence("Nothing was changed. Try again."),
        )
    return first


def _asked(words: str, variable: str) -> str:
    """Ask a person; without one the password must stand in the environment. Raises `Trouble`."""
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise Trouble(
            Sentence("A password is needed, and nobody is there to be asked."),
            Sentence("Give it in the environment variable {variable}.", variable=variable),
        )
    try:
        return getpass(words)
    except EOFError:
        raise Cancelled from None
