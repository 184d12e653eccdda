"""Does one deed again and again, and makes another operation fail each time."""

import errno
import os
import shutil
import signal
import traceback
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import TypeVar

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.system.paths import HOME_VARIABLE
from tests.faults.disk import Disk, lay_out, seen
from tests.faults.judging import Deed, differing, fits_together
from tests.faults.operations import Said, read
from tests.faults.power import PowerCuts
from tests.faults.shim import Shim

DONE, TOLD, CRASHED = 0, 3, 4
ERRORS = ((errno.EIO, False), (errno.ENOSPC, True), (errno.EDQUOT, False), (errno.EROFS, True))
Kind = TypeVar("Kind")


class Rig:
    """One deed, the folder it is done in, and what is there before it and after all it says."""

    def __init__(self, shim: Shim, deed: Deed, folder: Path) -> None:
        self.shim = shim
        self.deed = deed
        self.base = folder / f"{deed.name}-base"
        self.work = folder / f"{deed.name}-work"
        self.left = folder / f"{deed.name}-left"
        self.work.mkdir()
        self.at_home(self.work)
        deed.prepare(self.work)
        shutil.copytree(self.work, self.base)
        self.disk = Disk(self.fresh())
        log = folder / f"{deed.name}-log"
        # In this very process: what it loads and remembers need not be made by each child.
        with shim.recording(self.work, log):
            deed.act(self.work, shim.said)
            self.count = shim.count
        self.halves = [shim.halves(at) for at in range(self.count + 1)]
        self.operations = tuple(read(log))
        log.unlink()
        self.states = self.judged_states()
        if deed.sound:
            fits_together(self.work / "a.smartct")

    def fresh(self) -> Path:
        """Put the files as they were before."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.base, self.work)
        self.at_home(self.work)
        return self.work

    def at_home(self, folder: Path) -> None:
        """Have the program keep its own files below `folder`, too: they fail like all others."""
        os.environ[HOME_VARIABLE] = str(folder / "home")

    def judged_states(self) -> Sequence[object]:
        """Give what is there before the deed, and after each thing that it says.

        Raises unless what was recorded leads to the very files that are there.
        """
        there, disk = seen(self.work), deepcopy(self.disk)
        trees = [disk.now()]
        for operation in self.operations:
            disk.do(operation)
            if isinstance(operation, Said):
                trees.append(disk.now())
        assert disk.now() == there, {
            path for path, content in there.items() if disk.now().get(path, ...) != content
        }
        states = []
        for tree in (*trees, there):
            lay_out(tree, self.work)
            states.append(self.deed.judge(self.work))
        assert states.pop() == states[-1]
        return states

    def power_cuts(self, seed: str) -> PowerCuts:
        """Give what cuts the power during the deed."""
        return PowerCuts(self, seed)

    def child(self, at: int, what: int, *, sticky: bool = False) -> tuple[int, int]:
        """Do the deed in a child; gives how it ended and how many things it said were done."""
        reading, writing = os.pipe()
        self.shim.plan(self.work, at, what, sticky=sticky)
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            os._exit(self.live(writing))
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(pid, 0)
        self.shim.plan(None)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            return -signal.SIGKILL, len(said)
        return os.WEXITSTATUS(status), len(said)

    def live(self, writing: int) -> int:
        """The life of the child."""
        try:
            self.deed.act(self.work, lambda: os.write(writing, b"!"))
        except Trouble:
            return TOLD
        except BaseException:  # noqa: BLE001 (whatever it is: the parent is to know of it)
            traceback.print_exc()
            return CRASHED
        return DONE

    def kill(self, at: int, what: int) -> str:
        """Kill the deed at one operation; gives what is there then."""
        self.fresh()
        status, said = self.child(at, what)
        assert status in {DONE, -signal.SIGKILL}, (self.deed.name, at, status)
        return self.outcome(at, said)

    def fail(self, at: int, what: int, *, sticky: bool) -> str:
        """Make one operation, or it and all later ones, fail; then do it with nothing failing."""
        self.fresh()
        status, said = self.child(at, what, sticky=sticky)
        assert status in {DONE, TOLD}, (self.deed.name, at, what, status)
        shutil.copytree(self.work, self.left, dirs_exist_ok=True)
        there = self.outcome(at, said)
        if there == "before" and len(self.states) == 2:  # there is room again
            self.swap()
            assert self.child(0, 0) == (DONE, 1), (self.deed.name, at, what)
            assert self.outcome(at, 1) == "after"
        shutil.rmtree(self.left, ignore_errors=True)
        return there

    def swap(self) -> None:
        """Put the files as the deed left them, before they were looked at."""
        shutil.rmtree(self.work)
        self.left.rename(self.work)

    def outcome(self, at: int, said: int) -> str:
        """Give what is there; raise if it is not what was there before or after the last thing."""
        there = self.deed.judge(self.work)
        allowed = self.states[said : said + 2]
        assert there in allowed, (
            [differing(there, one) for one in allowed],
            f"{said} things were reported as done",
            *(self.deed.name, at, self.count),
        )
        return "after" if there == self.states[-1] else "before"


def chosen(count: int, wanted: int, kinds: Sequence[Kind]) -> Iterator[tuple[int, Kind]]:
    """So many pairs of an operation 1 to `count` and what happens there, spread over all of them.

    The last operation is always among them; if enough are wanted, each is met by each kind.
    """
    if wanted >= count * len(kinds):
        yield from ((at, kind) for at in range(1, count + 1) for kind in kinds)
        return
    spread = min(wanted, count)
    for n in range(wanted):
        at = round((n % spread + 1) * count / spread)
        yield at, kinds[(n + n // spread) % len(kinds)]
