"""Does each deed again and again in a child process, and makes another operation fail each time.

Run as `python -m tests.faults.run FOLDER KILLS ERRORS DEED...` with the shim of
tests/faults/shim.py loaded before all else; the numbers are for each deed, and without one all are
done. Prints what was injected and survived; ends with a traceback if anything is ever neither as
before nor as after, or if what was reported as done is not there.
"""

import errno
import gc
import os
import shutil
import signal
import sys
import traceback
from collections import Counter
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from tests.faults.deeds import CARELESS, DEEDS, Deed, fits_together, points, read_book
from tests.faults.shim import KILL, TORN, Shim

DONE, TOLD, CRASHED = 0, 3, 4
CONTROLS = 12
ERRORS = ((errno.EIO, False), (errno.ENOSPC, True), (errno.EDQUOT, False), (errno.EROFS, True))


class Rig:
    """One deed, the folder it is done in, and what is there before and after."""

    def __init__(self, shim: Shim, deed: Deed, folder: Path) -> None:
        self.shim = shim
        self.deed = deed
        self.base = folder / f"{deed.name}-base"
        self.work = folder / f"{deed.name}-work"
        self.base.mkdir()
        deed.prepare(self.base)
        self.before = self.judged(self.fresh())
        self.fresh()
        # In this very process: what it loads and remembers need not be made by each child.
        shim.plan(self.work)
        deed.act(self.work, lambda: None)
        self.count = shim.count
        shim.plan(None)
        self.after = self.judged(self.work)
        if deed.sound:
            fits_together(self.work / "a.smartct")

    def fresh(self) -> Path:
        """Put the files as they were before."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.base, self.work)
        return self.work

    def judged(self, folder: Path) -> object:
        return self.deed.judge(folder)

    def child(
        self, at: int, what: int, *, sticky: bool = False, again: bool = False
    ) -> tuple[int, bool]:
        """Do the deed in a child; gives how it ended and whether it said that it was done."""
        reading, writing = os.pipe()
        self.shim.plan(self.work, at, what, sticky=sticky)
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            os._exit(self.live(writing, again=again))
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(pid, 0)
        self.shim.plan(None)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            return -signal.SIGKILL, bool(said)
        return os.WEXITSTATUS(status), bool(said)

    def live(self, writing: int, *, again: bool) -> int:
        """The life of the child: the deed, and with `again` once more when it was refused."""
        try:
            try:
                self.deed.act(self.work, lambda: os.write(writing, b"!"))
            except Trouble as trouble:
                if not again:
                    print(trouble)
                    return TOLD
                self.shim.plan(None)  # there is room again
                self.deed.act(self.work, lambda: os.write(writing, b"!"))
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
        return self.outcome(at, said=said)

    def fail(self, at: int, what: int, *, sticky: bool) -> str:
        """Make one operation, or it and all later ones, fail; then do it again."""
        self.fresh()
        status, said = self.child(at, what, sticky=sticky, again=True)
        assert status in {DONE, TOLD}, (self.deed.name, at, what, status)
        return self.outcome(at, said=said)

    def outcome(self, at: int, *, said: bool) -> str:
        there = self.judged(self.work)
        where = (self.deed.name, at, self.count)
        if said:
            assert there == self.after, (
                differing(there, self.after),
                "reported as done, but it is not there",
                *where,
            )
        assert there in (self.before, self.after), (
            differing(there, self.after),
            "neither before nor after",
            *where,
        )
        return "after" if there == self.after else "before"


def differing(there: object, wanted: object) -> str:
    """Show the first place where two states differ."""
    if isinstance(there, tuple) and isinstance(wanted, tuple) and len(there) == len(wanted):
        for one, other in zip(there, wanted, strict=True):
            if one != other:
                return f"{there[0]!r:.60}: {differing(one, other)}"
    return f"{there!r:.2000} instead of {wanted!r:.2000}"


def main(folder: Path, kills: int, errors: int) -> None:
    shim = Shim()
    read_book(folder)
    gc.freeze()
    total, told = Counter[str](), Counter[str]()
    names = sys.argv[4:]
    for deed in [one for one in DEEDS if one.name in names or not names]:
        rig = Rig(shim, deed, folder)
        outcomes = Counter[str]()
        for n, at in enumerate(points(rig.count, kills)):
            outcomes[rig.kill(at, TORN if n % 2 else KILL)] += 1
            total["kills"] += 1
        for n, at in enumerate(points(rig.count, errors)):
            what, sticky = ERRORS[n % len(ERRORS)]
            told[rig.fail(at, what, sticky=sticky)] += 1
            total["errors"] += 1
        sys.stdout.write(f"{deed.name}: {rig.count} operations, {dict(outcomes)}\n")
    sys.stdout.write(
        f"{total['kills']} kills and {total['errors']} errors were injected, all survived\n"
    )
    if CARELESS.name in names or not names:
        seen = broken(shim, folder)
        sys.stdout.write(f"{seen} of {CONTROLS} kills broke the careless control\n")


def broken(shim: Shim, folder: Path) -> int:
    """How often a document is broken that is written without care."""
    rig = Rig(shim, CARELESS, folder)
    seen = 0
    for at in points(rig.count, CONTROLS):
        rig.fresh()
        rig.child(at, KILL)
        try:
            there = rig.judged(rig.work)
            seen += there not in (rig.before, rig.after)
        except (AssertionError, Trouble):
            seen += 1
    return seen


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
