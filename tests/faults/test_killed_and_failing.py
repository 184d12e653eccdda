"""Every deed, killed, refused by the disk or cut off from power: as before, or as after."""

import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults.catalog import CONTROLS, DEEDS
from tests.faults.shim import build

ROOT = Path(__file__).parents[2]
LONG = "SMARTCT_LONG" in os.environ
KILLS, ERRORS, CUTS = (10**6, 10**6, 3_000) if LONG else (12, 4, 36)
"""Of each deed; so many kills and errors are more than any has operations to be met by them."""
HOW_OFTEN = [str(KILLS), str(ERRORS), str(CUTS)]
GROUPS = [DEEDS[n::4] for n in range(4)]
"""Each is done by one process."""
SEED = str(random.randrange(10**6)) if LONG else "0"
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
            [sys.executable, "-m", "tests.faults.run", folder, *HOW_OFTEN, SEED, *deeds],
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


@pytest.mark.parametrize("deeds", GROUPS, ids=lambda deeds: f"{deeds[0].name} and others")
def test_that_deeds_survive_kills_failing_disks_and_cuts_of_the_power(injected, deeds):
    said = injected(*(deed.name for deed in deeds))

    found = re.search(r"(\d+) kills, (\d+) errors and (\d+) cuts of the power", said)
    kills, errors, cuts = map(int, found.groups())
    counts = [
        int(re.search(rf"^{deed.name}: (\d+) operations", said, re.MULTILINE)[1]) for deed in deeds
    ]
    assert kills >= sum(min(KILLS, count) for count in counts)
    assert errors >= sum(min(ERRORS, 4 * count) for count in counts)
    assert cuts == CUTS * len(deeds)


def test_that_what_is_written_without_care_is_seen_to_suffer(injected):
    said = injected(*(deed.name for deed in CONTROLS))

    harm = {
        name: (int(broken) > 0, int(lost) > 0)
        for name, broken, lost in re.findall(r"(\w+): .* (\d+) broke .* (\d+) lost", said)
    }
    assert harm["careless"][0]
    assert harm["forgetful"] == (False, True)
    assert harm["hasty"] == (True, True)
    assert int(re.search(r"(\d+) of 12 kills broke", said)[1]) >= 5
