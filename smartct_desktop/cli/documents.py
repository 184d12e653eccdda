"""Commands about whole documents: new, check, backup, history, undo, redo."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from smartct_desktop.cli.outcome import DONE, LEFT, WRONG, print_json
from smartct_desktop.domain.changes import PastStep
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.opening import new_partnership, new_sample, open_document
from smartct_desktop.services.programme import ProgrammeFacts

_HISTORY_PAGE = 1000


def new(parsed: argparse.Namespace) -> int:
    """Make a document, empty or with the sample partnership."""
    if parsed.sample:
        document = new_sample(parsed.doc, ProgrammeFacts())
    else:
        document = new_partnership(parsed.doc, parsed.partnership)
    document.close()
    print(f"Made {parsed.doc}.")
    return DONE


def check(parsed: argparse.Namespace) -> int:
    """Check the file and what it holds; prints one line a finding."""
    with closing(open_document(parsed.doc, read_only=True)) as document:
        found = document.integrity()
    if parsed.json:
        print_json({"document": parsed.doc.name, "integrity": [str(line) for line in found]})
    else:
        for line in found:
            print(line)
        if not found:
            print("The document is whole.")
    return LEFT if found else DONE


def backup(parsed: argparse.Namespace) -> int:
    """Write a verified copy of the document."""
    with closing(open_document(parsed.doc, read_only=True)) as document:
        if parsed.out:
            if parsed.out.exists():
                raise Trouble(
                    Sentence("There is already a file {name}.", name=parsed.out.name),
                    Sentence("Choose another name; a backup replaces nothing."),
                )
            document.save_copy(parsed.out)
            path = parsed.out
        else:
            path = document.backup(document.path.parent)
    print(f"Wrote {path}.")
    return DONE


def history(parsed: argparse.Namespace) -> int:
    """List the steps, newest first."""
    with closing(open_document(parsed.doc, read_only=True)) as document:
        count = document.read.history_count()
        steps: list[PastStep] = []
        for start in range(0, count, _HISTORY_PAGE):
            steps += document.read.history(start, start + _HISTORY_PAGE)
    if parsed.json:
        print_json([_as_json(step) for step in steps])
        return DONE
    for step in steps:
        when = f"{step.at.astimezone():%Y-%m-%d %H:%M}"
        state = "" if step.state.value == "done" else f"  ({step.state.value})"
        print(f"{step.no:>6}  {when}  {step.by:<12}  {step.label}{state}")
    return DONE


def _as_json(step: PastStep) -> dict[str, object]:
    return {
        "step": step.no,
        "at": step.at.isoformat(),
        "by": step.by,
        "label": step.label,
        "state": step.state.value,
        "records": step.records,
        "file": step.source.file if step.source else None,
        "sha256": step.source.sha256 if step.source else None,
    }


def undo(parsed: argparse.Namespace) -> int:
    """Take back the newest step; with a number, only if that is the newest one."""
    with closing(open_document(parsed.doc)) as document:
        newest = document.read.next_undo()
        if parsed.step is not None and (newest is None or newest.no != parsed.step):
            number = newest.no if newest else "none"
            print(
                f"Step {parsed.step} is not the newest step ({number}). "
                "Undo the steps after it first.",
                file=sys.stderr,
            )
            return WRONG
        touched = document.undo()
    print(f"Undid {touched.label}.")
    return DONE


def redo(parsed: argparse.Namespace) -> int:
    """Bring back what was undone last."""
    with closing(open_document(parsed.doc)) as document:
        touched = document.redo()
    print(f"Redid {touched.label}.")
    return DONE


def open_without_window(parsed: argparse.Namespace) -> int:
    """Say how to see the document: reached only where no window can be shown."""
    name = f" {parsed.doc}" if parsed.doc else ""
    print(f"The window is shown by: smartct-desktop{name}", file=sys.stderr)
    return WRONG
