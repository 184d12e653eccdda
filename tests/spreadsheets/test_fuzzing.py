"""Files of every format, damaged by chance: each is read or refused, and soon."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spreadsheets.fuzzing import run
from tests.spreadsheets.seeds import seeds

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("SMARTCT_LONG") == "1"
FILES = 100_000 if LONG else 1000
USUAL_SEED = 483205218
MOST_MEMORY = 300  # MB; the reading process gets more, but no small file should need it

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="bounds itself as Unix does")


def test_that_damaged_files_of_every_format_are_read_or_refused(capsys):
    """The long run has a new seed each time: what it was is printed, and a failure names it."""
    seed = random.randrange(1 << 30) if LONG else USUAL_SEED
    ran = subprocess.run(
        [sys.executable, "-m", "tests.spreadsheets.fuzzing", str(FILES), str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout, ran.stderr
    first, last = ran.stdout.splitlines()
    found = json.loads(last)
    with capsys.disabled():
        told = "{read} read, {refused} refused".format(**found)
        sys.stdout.write(f"\nfuzzing, seed {seed}: {first}, {told}; nothing fell\n")

    assert found["fallen"] == []
    assert found["read"] + found["refused"] == FILES
    assert min(found["read"], found["refused"]) > FILES // 10
    assert found["for want of memory"] == 0
    assert found["most memory in MB"] < MOST_MEMORY
    assert found["by the program's door"] == -(-FILES // 400)


def test_that_the_files_to_be_damaged_are_of_every_format_and_read():
    """A seed that is refused as it stands would test little."""
    assert {Path(name).suffix for name in seeds()} == {
        *(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt", ".html", ".mht", ".xml")
    }
    tally = run(len(seeds()), 1, mutate=lambda content, _chance: (content, "as it is"))

    assert (tally.refused, tally.fallen) == (0, [])
