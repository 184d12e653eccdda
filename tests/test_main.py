"""How the program starts: what opens the window, what the command line, and how fast."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from smartct_desktop.__main__ import READING_PROCESS, wants_window
from smartct_desktop.spreadsheets.reading_process import FLAG
from smartct_desktop.system.version import version

ROOT = Path(__file__).resolve().parents[1]


def smartct(*arguments, **environment):
    """Run the program in a process of its own, on a machine without a display."""
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    env = {name: value for name, value in os.environ.items() if name not in screens}
    env["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        [sys.executable, "-m", "smartct_desktop", *arguments],
        env=env | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [[], ["open"], ["open", "a.smartct"], ["my partnership.SMARTCT"], ["folder/a.smartct"]],
)
def test_that_no_word_open_or_a_document_shows_the_window(arguments):
    assert wants_window(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["open", "--help"],
        ["show", "a.smartct", "exchange"],
        ["nonsense"],
        ["-x.smartct"],
        ["a.smartct", "exchange"],
    ],
)
def test_that_everything_else_is_a_command(arguments):
    assert not wants_window(arguments)


def test_that_the_version_is_said_at_once():
    run = smartct("--version")

    assert (run.stdout, run.stderr, run.returncode) == (f"SmartCT Desktop {version()}\n", "", 0)


def test_that_the_version_loads_nothing_that_it_does_not_need():
    loaded = smartct("--version", PYTHONPROFILEIMPORTTIME="1").stderr

    assert "smartct_desktop.system.version" in loaded
    for heavy in ("PySide6", "sqlalchemy", "xlsxwriter", "importlib.metadata", "argparse", "json"):
        assert heavy not in loaded


def test_that_a_built_program_knows_the_word_for_its_reading_process():
    assert READING_PROCESS == FLAG


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may have no display")
def test_that_a_document_cannot_be_opened_without_a_display():
    run = smartct("open", "a.smartct")

    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr == (
        "There is no display to show the window on. "
        "Start SmartCT on a desktop, or use its commands: smartct --help\n"
    )


def test_that_a_wrong_command_is_refused_in_one_sentence():
    run = smartct("nonsense")

    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1
