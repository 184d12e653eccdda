"""The data files of the program, and what is said when they are missing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.system.resources import read_text, resource

ROOT = Path(__file__).resolve().parents[2]


def test_that_a_checkout_finds_its_resources_beside_the_package():
    assert resource("icons") == ROOT / "resources" / "icons"


def test_that_an_installed_program_finds_its_resources_inside_the_package(tmp_path):
    package = tmp_path / "smartct_desktop"
    ignored = shutil.ignore_patterns("__pycache__", "ui", "services", "storage")
    shutil.copytree(ROOT / "smartct_desktop", package, ignore=ignored)
    (package / "resources" / "help").mkdir(parents=True)
    (package / "resources" / "help" / "start.md").write_text("Häuser", encoding="utf-8")

    script = "from smartct_desktop.system.resources import *; print(ascii(read_text(PATH)))"
    run = subprocess.run(
        [sys.executable, "-c", script.replace("PATH", "'help/start.md'")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout == "'H\\xe4user'\n"


def test_that_a_missing_resource_is_told_with_what_to_do():
    with pytest.raises(Trouble) as caught:
        read_text("help/not there.md")

    assert caught.value.sentence == "A part of the program is missing: help/not there.md."
    assert "Install SmartCT Desktop again" in caught.value.hint
