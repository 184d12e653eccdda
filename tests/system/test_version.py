"""The version, as each kind of installation knows it."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import smartct_desktop.system.version as module
from smartct_desktop.system.version import version

ROOT = Path(__file__).resolve().parents[2]


def asked_in(folder):
    """The version that a copy of the module in `folder` answers."""
    copy = folder / "smartct_desktop" / "system" / "version.py"
    copy.parent.mkdir(parents=True)
    for package in (copy.parent, copy.parent.parent):
        (package / "__init__.py").touch()
    shutil.copy(module.__file__, copy)
    run = subprocess.run(
        [sys.executable, "-c", "from smartct_desktop.system.version import *; print(version())"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def test_that_a_checkout_knows_its_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert version() == project["version"]


def test_that_a_built_program_knows_its_version(tmp_path):
    resources = tmp_path / "smartct_desktop" / "resources"
    resources.mkdir(parents=True)
    (resources / "version.txt").write_text("7.8.9\n", encoding="utf-8")

    assert asked_in(tmp_path) == "7.8.9"


def test_that_another_project_beside_the_package_is_not_asked(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "something-else"\nversion = "4.5.6"\n', encoding="utf-8"
    )

    assert asked_in(tmp_path) != "4.5.6"


def test_that_an_installed_package_is_asked_for_its_metadata(tmp_path):
    metadata = tmp_path / "smartct_desktop-1.2.3.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: smartct-desktop\nVersion: 1.2.3\n", encoding="utf-8"
    )

    assert asked_in(tmp_path) == "1.2.3"
