"""Every deed, killed or refused by the disk at any of its operations: as before, or as after."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults.deeds import CARELESS, DEEDS
from tests.faults.shim import build

ROOT = Path(__file__).parents[2]
LONG = "SMARTCT_LONG" in os.environ
KILLS, ERRORS = (2_200, 2_200) if LONG else (24, 4)
"""Of each deed."""
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


@pytest.fixture
def injected(shim, folder, capsys):
    """Run the rig for some deeds; gives what it says, and shows it."""

    def run(*deeds):
        home = folder / "home"
        home.mkdir()
        ended = subprocess.run(
            [sys.executable, "-m", "tests.faults.run", folder, str(KILLS), str(ERRORS), *deeds],
            cwd=ROOT,
            env={**os.environ, "LD_PRELOAD": str(shim), "SMARTCT_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.stderr == ""
        assert ended.returncode == 0
        with capsys.disabled():
            sys.stdout.write(f"\n{ended.stdout}")
        return ended.stdout

    return run


@pytest.mark.parametrize("deed", [deed.name for deed in DEEDS])
def test_that_a_deed_survives_a_kill_and_a_failing_disk_at_any_operation(injected, deed):
    said = injected(deed)

    found = re.search(r"(\d+) kills and (\d+) errors were injected", said)
    kills, errors = map(int, found.groups())
    assert kills >= KILLS or f"{deed}: {kills} operations" in said
    assert errors >= ERRORS


def test_that_what_is_written_without_care_is_seen_to_break(injected):
    said = injected(CARELESS.name)

    assert int(re.search(r"(\d+) of 12 kills broke", said)[1]) >= 5
