"""The command line: what can be asked for, and how failures are told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, Protocol, TypeAlias

from smartct_desktop.cli import (
    backups,
    checking,
    comparing,
    documents,
    exporting,
    figures,
    filling,
    history,
    importing,
    joining,
    moments,
    passwords,
    periods,
    privacy,
    records,
    salvaging,
    self_test,
)
from smartct_desktop.cli.outcome import CANCELLED, DONE, WRONG
from smartct_desktop.domain.errors import Cancelled, Invalid, Trouble
from smartct_desktop.services.drawing import Draw

Run: TypeAlias = Callable[[argparse.Namespace], int]


class Commands(Protocol):
    """Where commands are added; argparse has no public name for it."""

    def add_parser(self, name: str, *, help: str, description: str) -> argparse.ArgumentParser:
        """Add a command."""


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        print(f"{message[:1].upper()}{message[1:]}. See {self.prog} --help.", file=sys.stderr)
        raise SystemExit(WRONG)


def main(arguments: Sequence[str], draw: Draw | None = None) -> int:
    """Run one command; returns the exit code. Never loads the window's libraries.

    `draw` draws a PDF; without it only workbooks can be written.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        parsed = _parser().parse_args(arguments)
        parsed.draw = draw
        run: Run = parsed.run
        return run(parsed)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else WRONG
    except (Trouble, Invalid) as failure:
        print(failure, file=sys.stderr)
        return WRONG
    except (Cancelled, KeyboardInterrupt) as stopped:
        print(str(stopped) or "Stopped; nothing was written.", file=sys.stderr)
        return CANCELLED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="smartct",
        description="Records of an EU cluster partnership, without the window.",
        epilog="Exit codes: 0 done, 1 done with findings or rows left, 2 nothing done, "
        "3 questions are open, 130 cancelled.",
    )
    parser.add_argument("--version", action="store_true", help="say the version and stop")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _document_commands(commands)
    _file_commands(commands)
    _password_commands(commands)
    _copy_commands(commands)
    _privacy_commands(commands)
    _record_commands(commands)
    _period_commands(commands)
    _history_commands(commands)
    return parser


def _command(commands: Commands, name: str, help_: str, run: Run) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.")
    command.set_defaults(run=run)
    return command


def _add_document(command: argparse.ArgumentParser) -> None:
    command.add_argument("doc", type=Path, metavar="DOC", help="the document (.smartct)")


def _add_json(command: argparse._ActionsContainer) -> None:
    command.add_argument("--json", action="store_true", help="print JSON and nothing else")


def _password_commands(commands: Commands) -> None:
    about = "protect a document with a password"
    protect = _command(commands, "protect", about, passwords.protect)
    passwords.add_protect(protect)
    about = "give a protected document another password"
    change = _command(commands, "password", about, passwords.change)
    about = "take the password of a document away"
    take_away = _command(commands, "unprotect", about, passwords.take_away)
    for one in (change, take_away):
        passwords.add_change(one)
    about = "print the key that opens a protected document if its password is forgotten"
    recovery = _command(commands, "recovery", about, passwords.recovery)
    for one in (protect, change, take_away, recovery):
        _add_document(one)


def _document_commands(commands: Commands) -> None:
    new = _command(commands, "new", "make a document", documents.new)
    _add_document(new)
    kind = new.add_mutually_exclusive_group()
    kind.add_argument("--sample", action="store_true", help="with the SmartCTClusters partnership")
    kind.add_argument(
        "--partnership",
        metavar="NAME",
        help="for a partnership of this name; without it the file's name is taken",
    )
    new.add_argument("--protect", action="store_true", help="protected by a password, asked for")

    _command(commands, "open", "show the window", documents.open_without_window).add_argument(
        "doc", type=Path, nargs="?", metavar="DOC"
    )
    check = _command(
        commands, "check", "check the file, and its records against the rules", checking.check
    )
    _add_document(check)
    _add_json(check)

    backup = _command(commands, "backup", "write a verified copy", documents.backup)
    _add_document(backup)
    backup.add_argument("out", type=Path, nargs="?", metavar="OUT", help="file of the copy")

    about = "write a new document with what can be read of a damaged one, and a report beside it"
    rescue = _command(commands, "salvage", about, salvaging.salvage)
    _add_document(rescue)
    _add_json(rescue)
    rescue.add_argument("out", type=Path, metavar="OUT", help="the new document (.smartct)")

    listed = _command(commands, "backups", "list the backups of a document", backups.list_all)
    _add_document(listed)
    _add_json(listed)
    about = "put a backup in the place of the document, which is kept"
    restored = _command(commands, "restore", about, backups.restore_one)
    _add_document(restored)
    restored.add_argument(
        "backup", type=Path, metavar="BACKUP", help="its file, or its name in the list"
    )

    about = "say that a document is not open on another computer any more"
    _add_document(_command(commands, "unlock", about, documents.unlock))

    test = _command(commands, "self-test", "do the main job in a new folder", self_test.self_test)
    test.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the files there")


def _file_commands(commands: Commands) -> None:
    take = _command(commands, "import", "take over partners' files", importing.import_files)
    _add_document(take)
    _add_json(take)
    take.add_argument("files", type=Path, nargs="+", metavar="FILE")
    take.add_argument("--sender", metavar="NAME", help="who sent the files")
    take.add_argument("--kind", metavar="KIND", help="what the rows are: exchange, organisation …")
    take.add_argument("--sheet", action="append", metavar="NAME", help="take this sheet only")
    take.add_argument("--answers", type=Path, metavar="ANSWERS.json", help="answers to questions")
    take.add_argument(
        "--accept-proposals", action="store_true", help="answer each question with its proposal"
    )
    take.add_argument("--dry-run", action="store_true", help="only say what would happen")
    take.add_argument(
        "--corrections", type=Path, metavar="OUT.xlsx", help="the file back, for its sender"
    )

    export = _command(commands, "export", "write a report as a workbook or PDF", exporting.export)
    export.add_argument("--list", action="store_true", help="list the reports and stop")
    export.add_argument("doc", type=Path, nargs="?", metavar="DOC")
    export.add_argument("report", nargs="?", metavar="REPORT")
    export.add_argument("out", type=Path, nargs="?", metavar="OUT", help="OUT.xlsx, or OUT.pdf")
    exporting.add_choices(export)
    moments.add_arguments(export)

    fill = _command(commands, "fill", "fill a funder's own template", filling.fill)
    _add_document(fill)
    filling.add_arguments(fill)


def _copy_commands(commands: Commands) -> None:
    about = "merge a copy of the document that was changed elsewhere"
    merged = _command(commands, "merge", about, joining.merge)
    _add_document(merged)
    _add_json(merged)
    joining.add_arguments(merged)


def _privacy_commands(commands: Commands) -> None:
    gone = _command(commands, "forget", "forget a person, everywhere and for good", privacy.forget)
    _add_document(gone)
    _add_json(gone)
    privacy.add_arguments(gone)
    about = "keep the data of a person, and leave them out of lists, letters and files"
    kept = _command(commands, "restrict", about, privacy.restrict)
    _add_document(kept)
    privacy.add_restriction(kept)
    about = "write a copy without personal data"
    copied = _command(commands, "anonymise", about, privacy.anonymise)
    _add_document(copied)
    copied.add_argument("out", type=Path, metavar="OUT", help="the copy (.smartct)")


def _record_commands(commands: Commands) -> None:
    show = _command(commands, "show", "list the records of one kind", records.show)
    _add_document(show)
    show.add_argument("kind", metavar="KIND", help="exchange, organisation, event …")
    show.add_argument(
        "--filter",
        metavar="TEXT",
        default="",
        help='only these records, as in the window: words, or "host country:ES days>5"',
    )
    form = show.add_mutually_exclusive_group()
    _add_json(form)
    form.add_argument("--csv", action="store_true", help="print CSV")

    counted = _command(commands, "figures", "show targets and what counts", figures.show_figures)
    _add_document(counted)
    _add_json(counted)
    figures.add_arguments(counted)


def _period_commands(commands: Commands) -> None:
    about = "close a period: keep its figures as sent; without --to list the closed ones"
    closed = _command(commands, "close", about, periods.close_period)
    _add_document(closed)
    _add_json(closed)
    periods.add_arguments(closed)
    about = "compare a workbook as it was sent with the document"
    compared = _command(commands, "compare", about, comparing.compare)
    _add_document(compared)
    _add_json(compared)
    compared.add_argument("workbook", type=Path, metavar="WORKBOOK", help="one of our reports")


def _history_commands(commands: Commands) -> None:
    listed = _command(commands, "history", "list what was done", history.history)
    _add_document(listed)
    _add_json(listed)
    undo = _command(commands, "undo", "take back the newest step, or an older one", history.undo)
    _add_document(undo)
    undo.add_argument(
        "step", type=int, nargs="?", metavar="STEP", help="the number of an older step"
    )
    _add_document(_command(commands, "redo", "bring back what was undone last", history.redo))
