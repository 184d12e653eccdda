"""Starts the program: the window, or the command line.

Nothing that a command does not need is imported: `--version` answers at once, and no command
line loads the window's libraries.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smartct_desktop.domain.printout import Printout
    from smartct_desktop.domain.progress import Progress

# A built program starts itself with this word to read a partner's file in a process of its own.
READING_PROCESS = "--read-partner-file"


def main() -> int:
    """Run what the arguments ask for; returns the exit code."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
        if sys.argv[1:] == [READING_PROCESS]:
            from smartct_desktop.spreadsheets.reading_process import main as read_for_another

            read_for_another()
    from smartct_desktop.system.core_files import leave_no_core_file

    os.umask(0o077)  # whatever is written is for the eyes of its owner
    leave_no_core_file()
    try:
        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """The window for no arguments, `open` or a document's path; else the command line.

    Without a display, a start without arguments shows the main job on the sample instead.
    """
    if arguments == ["--version"]:
        from smartct_desktop.system.version import version

        print("SmartCT Desktop", version())
        return 0
    if not wants_window(arguments):
        from smartct_desktop.cli.main import main as run_command

        return run_command(arguments, draw_pdf)
    if not has_display():
        return without_display(arguments)

    from smartct_desktop.app import main as show_window

    return show_window(arguments)


def draw_pdf(printout: Printout, progress: Progress) -> bytes:
    """Draw a PDF for a command; only then the window's libraries are loaded."""
    from smartct_desktop.ui.printing.without_window import draw_without_window

    return draw_without_window(printout, progress)


def wants_window(arguments: list[str]) -> bool:
    """Whether these arguments open a window; a document may also be given without `open`."""
    match arguments:
        case [] | ["open"]:
            return True
        case ["open", *rest]:
            return not rest[0].startswith("-")
        case [only]:
            return only.lower().endswith(".smartct") and not only.startswith("-")
        case _:
            return False


def has_display() -> bool:
    """Whether there is anything to show a window on; only Linux may have nothing."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def without_display(arguments: list[str]) -> int:
    """Say that no window can be shown; a plain start then does the main job on the sample."""
    if arguments:
        print(
            "There is no display to show the window on. "
            "Start SmartCT on a desktop, or use its commands: smartct --help",
            file=sys.stderr,
        )
        return 2
    print(
        "There is no display to show the window on, so this is the main job on the sample, "
        "done without it.",
        file=sys.stderr,
    )
    from smartct_desktop.app import main_job_without_display

    return main_job_without_display()


if __name__ == "__main__":
    sys.exit(main())
