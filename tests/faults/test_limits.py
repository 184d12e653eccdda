"""No memory, no room, no files left to open: a sentence, the old state, and work goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs limits of Linux")

BEGIN = """
import os, resource, sys
from pathlib import Path
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

store = Store.open(Path(sys.argv[1]))
def write(label, records):
    step = Step(label, tuple(Change(None, one) for one in records))
    try:
        store.apply(step, "ada", AT)
        print("written", store.read.total("organisation"))
    except Trouble as trouble:
        print(trouble)
one = [Organisation(name="B")]
write("first", [Organisation(name="A")])
"""

MEMORY = """
many = [Organisation(name="A" * 400, remark="x" * 40_000) for _ in range(2_000)]
pages = int(Path("/proc/self/statm").read_text().split()[0])
_, most = resource.getrlimit(resource.RLIMIT_AS)
resource.setrlimit(resource.RLIMIT_AS, (pages * os.sysconf("SC_PAGESIZE") + 8_000_000, most))
write("many", many)
resource.setrlimit(resource.RLIMIT_AS, (most, most))
"""

FILES = """
held = []
try:
    while True:
        held.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
try:
    Store.open(Path(sys.argv[1]), read_only=True)
except Trouble as trouble:
    print(trouble)
for number in held:
    os.close(number)
"""

END = """
write("one", one)
print(store.integrity())
store.close()
"""


def run(path, middle):
    ended = subprocess.run(
        [sys.executable, "-c", BEGIN + middle + END, path],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stderr == ""
    return ended.stdout.splitlines()


@pytest.fixture
def path(tmp_path):
    Store.create(tmp_path / "a.smartct", at=AT).close()
    return tmp_path / "a.smartct"


def test_that_a_step_for_which_there_is_no_memory_changes_nothing(path):
    first, told, then, found = run(path, MEMORY)

    assert (first, then, found) == ("written 1", "written 2", "[]")
    assert "no memory left for this; nothing was changed" in told


def test_that_a_program_that_may_open_no_more_files_says_so(path):
    first, told, then, found = run(path, FILES)

    assert (first, then, found) == ("written 1", "written 2", "[]")
    assert "cannot" in told
