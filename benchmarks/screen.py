"""A display of our own on which any program can be started, driven and measured from outside.

Xvfb keeps its pixels in a file. A program has come to rest when no pixel has changed and it has
used no processor for a while: what was waited for ended with the last pixel that changed. That is
asked in the same way of every program.
"""

from __future__ import annotations

import mmap
import os
import shutil
import signal
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

WIDE, HIGH = 1366, 768
TOOLS = ("Xvfb", "xdotool")
QUIET = 0.4  # seconds: shorter than a blinking cursor takes
BUSY = 0.1  # processor seconds per second that count as rest
LOOK = 0.004
TICKS = os.sysconf("SC_CLK_TCK")


def lacking() -> str:
    """The first of the tools that is not installed, "" if all are."""
    return next((tool for tool in TOOLS if shutil.which(tool) is None), "")


class Screen:
    """One display. `environment` lets programs appear on it."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-fbdir", str(folder), "-nolisten", "tcp"]
        # Else it begins anew when a program's first window, as a splash, goes before the next one.
        command.append("-noreset")
        self._server = subprocess.Popen(
            [*command, "-screen", "0", f"{WIDE}x{HIGH}x24"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as said:
            number = said.readline().strip()
        self.environment = {**environment, "DISPLAY": f":{number}"}
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._before = self._seen()

    def begin(self) -> float:
        """Note what is to be seen now; give the moment, for `rest`."""
        self._before = self._seen()
        return time.perf_counter()

    def close(self) -> None:
        self._pixels.close()
        self._server.terminate()
        self._server.wait()

    def press(self, *words: str) -> None:
        """Have xdotool do something: `key`, `type`, `mousemove` and the like."""
        subprocess.run(["xdotool", *words], env=self.environment, check=True, capture_output=True)

    def window(self, process: Process, limit: float = 120) -> str:
        """The largest window that can be seen, which belongs to the one program."""
        until = time.monotonic() + limit
        while time.monotonic() < until and process.alive:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", ".+"],
                env=self.environment,
                capture_output=True,
                text=True,
                check=False,
            ).stdout.split()
            sized = [(self._area(one), one) for one in found]
            if sized and max(sized)[0] > WIDE * HIGH / 4:
                return max(sized)[1]
            time.sleep(0.05)
        raise TimeoutError(
            f"no window came within {limit:.0f} seconds" if process.alive else "it ended by itself"
        )

    def _area(self, window: str) -> int:
        said = subprocess.run(
            ["xdotool", "getwindowgeometry", "--shell", window],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        facts = dict(line.split("=") for line in said.splitlines() if "=" in line)
        return int(facts.get("WIDTH", 0)) * int(facts.get("HEIGHT", 0))

    def fill(self, window: str) -> None:
        """Give a window the whole display and the keys; there is no window manager to do it."""
        self.press("windowmove", window, "0", "0")
        self.press("windowsize", window, str(WIDE), str(HIGH))
        self.press("windowfocus", window)

    def rest(self, process: Process, since: float, limit: float = 240) -> float:
        """Wait until the program rests; give the milliseconds from `since` to its last pixel."""
        last = time.perf_counter()
        seen, changed = self._before, since
        used, window = process.used(), last
        while (now := time.perf_counter()) - since < limit and process.alive:
            look = self._seen()
            if look != seen:
                seen, changed, last = look, now, now
            if now - window >= QUIET / 2:
                load, used, window = process.used() - used, process.used(), now
                if load / (QUIET / 2) > BUSY:
                    last = now
            if now - last > QUIET:
                return (changed - since) * 1000
            time.sleep(LOOK)
        raise TimeoutError(
            f"it did not rest within {limit:.0f} seconds" if process.alive else "it ended by itself"
        )

    def _seen(self) -> int:
        return zlib.crc32(self._pixels)

    def picture(self) -> bytes:
        """The display as an XWD file."""
        return bytes(self._pixels)


class Process:
    """A program with all that it starts."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self._popen = subprocess.Popen(
            command,
            env=dict(environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        return self._popen.poll() is None

    def wait(self, limit: float) -> None:
        """Wait until it ends by itself. Raises `subprocess.TimeoutExpired`."""
        self._popen.wait(limit)

    def used(self) -> float:
        """Processor seconds so far."""
        total = 0
        for fields in self._each(lambda path: (path / "stat").read_text()):
            total += sum(map(int, fields.rpartition(")")[2].split()[11:13]))
        return total / TICKS

    def megabytes(self) -> float:
        """Memory, what is shared with others in proportion."""
        total = 0
        for rollup in self._each(lambda path: (path / "smaps_rollup").read_text()):
            total += sum(
                int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")
            )
        return total / 1024

    def end(self) -> None:
        """End the program and all it has started, whatever it wants to ask."""
        with suppress(ProcessLookupError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()

    def _each(self, read: Callable[[Path], str]) -> Iterator[str]:
        for path in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, ValueError, IndexError):
                session = (path / "stat").read_text().rpartition(")")[2].split()[3]
                if int(session) == self._popen.pid:
                    yield read(path)


@contextmanager
def display(folder: Path) -> Iterator[Screen]:
    """A display with an empty home, so that no program brings back what it knows."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    frames = folder / "frames"
    frames.mkdir(exist_ok=True)
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ
    }
    screen = Screen(frames, kept | {"HOME": str(home), "LC_ALL": "C.UTF-8"})
    try:
        yield screen
    finally:
        screen.close()
