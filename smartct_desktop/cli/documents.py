"""Commands about whole documents: new, backup."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from smartct_desktop.cli.backups import wishes
from smartct_desktop.cli.outcome import DONE, WRONG
from smartct_desktop.cli.passwords import key_for_a_new_one, opened
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.opening import new_partnership, new_sample
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.locks import may_be_held


def new(parsed: argparse.Namespace) -> int:
    """Make a document, empty or with the sample partnership.

    A partnership without a name is called like the file, and that is said.
    """
    name = parsed.partnership or parsed.doc.stem
    key = key_for_a_new_one() if parsed.protect else None
    if parsed.sample:
        document = new_sample(parsed.doc, ProgrammeFacts(), key=key)
    else:
        document = new_partnership(parsed.doc, name, key=key)
    document.close()
    print(f"Made {parsed.doc}." if parsed.sample else f"Made {parsed.doc} for {name}.")
    return DONE


def backup(parsed: argparse.Namespace) -> int:
    """Write a verified copy of the document; without a name it joins those that are kept."""
    with closing(opened(parsed.doc, read_only=True)) as document:
        if parsed.out:
            if parsed.out.exists():
                raise Trouble(
                    Sentence("There is already a file {name}.", name=parsed.out.name),
                    Sentence("Choose another name; a backup replaces nothing."),
                )
            document.save_copy(parsed.out)
            path = parsed.out
        else:
            path = _kept_backup(document)
    print(f"Wrote {path}.")
    return DONE


def unlock(parsed: argparse.Namespace) -> int:
    """Take the document over from another computer that does not have it open any more.

    What somebody has open now stays theirs.
    """
    holder = may_be_held(parsed.doc)
    with closing(opened(parsed.doc, anyway=True)) as document:
        why = document.read_only_reason
    if why is not None:
        raise Trouble(Sentence("{name} can only be read.", name=parsed.doc.name), why)
    where = f" It was marked as open on {holder.host}." if holder is not None else ""
    print(f"{parsed.doc.name} can be opened for writing.{where}")
    return DONE


def _kept_backup(document: Document) -> Path:
    from smartct_desktop.services.backing_up import ASKED, DocumentBackups

    backups = DocumentBackups(document.path, document.id, wishes(), key=document.key)
    made = backups.make(ASKED)
    if made is None:
        assert backups.trouble is not None
        raise backups.trouble
    return made.path


def open_without_window(parsed: argparse.Namespace) -> int:
    """Say how to see the document: reached only where no window can be shown."""
    name = f" {parsed.doc}" if parsed.doc else ""
    print(f"The window is shown by: smartct-desktop{name}", file=sys.stderr)
    return WRONG
