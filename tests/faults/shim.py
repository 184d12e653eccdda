"""The shim that makes single operations on files fail: built where there is a compiler."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

KILL, TORN = 0, 1
SOURCES = [Path(__file__).with_name(name) for name in ("failing_io.c", "recording.c")]


def build(folder: Path) -> Path | None:
    """Build the shim in `folder`; None where that cannot be."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = folder / "failing_io.so"
    flags = ["-shared", "-fPIC", "-O2", "-Wall", "-Werror"]
    command = [compiler, *flags, "-o", str(made), *map(str, SOURCES), "-ldl", "-pthread"]
    subprocess.run(command, check=True)
    return made


class Shim:
    """What the shim, loaded before all else, is to do in children of this process."""

    def __init__(self) -> None:
        self._shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self._shim.failing_io_plan()

    def plan(
        self, folder: Path | None, at: int = 0, what: int = KILL, *, sticky: bool = False
    ) -> None:
        """Have the operation number `at` below `folder` fail, or kill; 0 counts only."""
        name = "" if folder is None else str(folder)
        self._shim.failing_io_set(
            name.encode(), ctypes.c_long(at), ctypes.c_long(what), int(sticky)
        )

    @contextmanager
    def recording(self, folder: Path, log: Path) -> Generator[None]:
        """Write down and count what this process does below `folder`."""
        self.plan(folder)
        self._shim.recording_begin(os.fsencode(log))
        try:
            yield
        finally:
            self._shim.recording_end()
            self.plan(None)

    def said(self) -> None:
        """Write down that something was said to be done."""
        self._shim.failing_io_said()

    @property
    def count(self) -> int:
        """How many operations there were since the plan was made."""
        return int(self._shim.failing_io_count())

    def halves(self, at: int) -> bool:
        """Whether the operation number `at` of the deed counted last can be done by halves."""
        return bool(self._shim.failing_io_halves(ctypes.c_long(at)))
