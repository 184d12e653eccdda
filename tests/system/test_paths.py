"""The program's own folders: where they lie, and who may look into them."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.system.paths import (
    cache_folder,
    data_folder,
    log_folder,
    settings_folder,
    state_folder,
)

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [settings_folder, data_folder, cache_folder, log_folder, state_folder]


@pytest.mark.parametrize("folder", FOLDERS)
def test_that_one_variable_moves_every_folder(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "own"))

    assert folder().parent == tmp_path / "own"
    assert folder().is_dir()


def test_that_each_purpose_has_its_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path))

    assert len({folder() for folder in FOLDERS}) == len(FOLDERS)


@pytest.mark.skipif(sys.platform != "linux", reason="XDG folders are Linux's")
@pytest.mark.parametrize(
    ("folder", "place"),
    [
        (settings_folder, "config/SmartCT"),
        (data_folder, "data/SmartCT"),
        (cache_folder, "cache/SmartCT"),
        (log_folder, "state/SmartCT/log"),
        (state_folder, "state/SmartCT"),
    ],
)
def test_that_linux_has_them_where_its_desktops_expect_them(folder, place, tmp_path, monkeypatch):
    monkeypatch.delenv("SMARTCT_HOME")
    for kind in ("config", "data", "cache", "state"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(tmp_path / kind))

    assert folder() == tmp_path / place


@pytest.mark.skipif(os.name != "posix", reason="Windows has no mode bits")
def test_that_nobody_else_may_look_into_them(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path))
    (tmp_path / "logs").mkdir(mode=0o755)

    modes = {stat.S_IMODE(folder().stat().st_mode) for folder in FOLDERS}

    assert modes == {0o700}


def test_that_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "file"))

    with pytest.raises(Trouble) as caught:
        settings_folder()

    assert str(tmp_path / "file" / "settings") in caught.value.sentence
    assert "SMARTCT_HOME" in caught.value.hint


def test_that_a_portable_program_keeps_everything_beside_itself(tmp_path):
    ignored = shutil.ignore_patterns("__pycache__", "ui", "services", "storage", "spreadsheets")
    shutil.copytree(ROOT / "smartct_desktop", tmp_path / "smartct_desktop", ignore=ignored)
    (tmp_path / "portable.ini").touch()
    env = {name: value for name, value in os.environ.items() if name != "SMARTCT_HOME"}

    run = subprocess.run(
        [sys.executable, "-c", "from smartct_desktop.system.paths import *; print(data_folder())"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(run.stdout.strip()) == tmp_path.resolve() / "SmartCT-data" / "data"
