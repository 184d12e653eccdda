"""What every test may rely on: no display, one locale, and none of the user's own folders."""

import faulthandler
import gc
import os
from functools import partial

import hypothesis
import pytest

# Before anything imports Qt: it reads these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

# How long an example takes says something about the machine, not about the program. The usual run
# tries the same examples each time, so that its end says something about the change; long ones
# look for others.
hypothesis.settings.register_profile(
    "smartct", deadline=None, print_blob=True, derandomize="SMARTCT_LONG" not in os.environ
)
hypothesis.settings.load_profile("smartct")


PATIENCE = 60_000  # milliseconds


def pytest_collection_finish():
    """Set aside what was imported and collected: it stays, and searching it takes long."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def qtbot(qtbot):
    """Waits as long as a busy machine may need; what never comes fails all the same."""
    qtbot.waitUntil = partial(qtbot.waitUntil, timeout=PATIENCE)
    qtbot.waitSignal = partial(qtbot.waitSignal, timeout=PATIENCE)
    return qtbot


@pytest.fixture(autouse="SMARTCT_LONG" in os.environ)
def as_long_as_it_takes():
    """Takes back the guard against hanging: a long run of one test takes longer than that."""
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(autouse=True, scope="session")
def private_folders(tmp_path_factory):
    """Settings, data, cache, logs and state of this run lie in a folder of its own."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMARTCT_HOME", str(home / "smartct"))
        patch.setenv("HOME", str(home))
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        yield home
