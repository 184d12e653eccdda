"""Every deed, killed or refused by the disk at any of its operations: as before, or as after."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults.shim import build

ROOT = Path(__file__).parents[2]
LONG = "SMARTCT_LONG" in os.environ
KILLS, ERRORS = (20_000, 20_000) if LONG else (220, 36)
FAST = Path("/dev/shm")


@pytest.fixture
def shim(tmp_path):
    """The built shim; without a compiler processes are still killed by time, see test_faults.py."""
    made = build(tmp_path)
    if made is None:
        pytest.skip("needs a compiler, and Linux")
    return made


@pytest.fixture
def folder(tmp_path):
    """Where the deeds are done: in memory where that is possible."""
    if not FAST.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=FAST) as made:
        yield Path(made)


def test_that_every_deed_survives_a_kill_and_a_failing_disk_at_any_operation(shim, folder, capsys):
    home = folder / "home"
    home.mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.run", folder, str(KILLS), str(ERRORS)],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(shim), "SMARTCT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.stderr == ""
    assert ended.returncode == 0
    kills, errors = map(
        int, re.search(r"(\d+) kills and (\d+) errors were injected", ended.stdout).groups()
    )
    assert kills >= 200
    assert errors >= 30
    # The control must fail: it shows that what is broken would have been seen.
    assert int(re.search(r"(\d+) of 12 kills broke", ended.stdout)[1]) >= 5
    with capsys.disabled():
        sys.stdout.write(f"\n{ended.stdout}")
