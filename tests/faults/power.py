"""Cuts the power at any moment of a deed that was recorded, and looks at what the disk may hold."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

from smartct_desktop.domain.errors import Invalid, Trouble
from tests.faults.disk import Disk, Tree, lay_out
from tests.faults.judging import Deed, differing
from tests.faults.operations import Operation, Said


@dataclass(frozen=True)
class Moment:
    """How many operations, and how many of the things it says, the deed has done."""

    done: int
    said: int


class Recorded(Protocol):
    """A deed that was recorded while it was done."""

    @property
    def deed(self) -> Deed:
        """What was done."""

    @property
    def work(self) -> Path:
        """The folder in which it was done, and where its files are laid out again."""

    @property
    def disk(self) -> Disk:
        """The disk before it."""

    @property
    def operations(self) -> Sequence[Operation]:
        """What it did, in its order."""

    @property
    def states(self) -> Sequence[object]:
        """What was there before it, and after each thing that it said."""


class PowerCuts:
    """Cuts of the power during one deed; which ones is told by the seed."""

    def __init__(self, recorded: Recorded, seed: str) -> None:
        self._deed = recorded.deed
        self._work = recorded.work
        self._disk = recorded.disk
        self._operations = recorded.operations
        self._states = recorded.states
        self._seed = seed
        self._known: dict[bytes, object] = {}
        self.count = 0

    @property
    def different(self) -> int:
        """How many different disks there were."""
        return len(self._known)

    def survive(self, wanted: int) -> None:
        """Cut so often, spread over all moments; raise if anything is broken or lost."""
        for moment, tree in self._cuts(wanted):
            there = self._judged(tree)
            allowed = self._states[moment.said : moment.said + 2]
            assert there in allowed, (
                f"{self._deed.name}, cut {self.count} of {self._seed}: {moment}",
                there if isinstance(there, Broken) else [differing(there, one) for one in allowed],
            )

    def harm(self, wanted: int) -> tuple[int, int]:
        """Give how many of so many cuts break what is there, and how many lose what was said."""
        broken = lost = 0
        for moment, tree in self._cuts(wanted):
            there = self._judged(tree)
            broken += there not in self._states
            lost += there in self._states[: moment.said]
        return broken, lost

    def _cuts(self, wanted: int) -> Iterator[tuple[Moment, Tree]]:
        """Give what is on the disk; as many at each moment, and the same moments for a seed."""
        moments = len(self._operations) + 1
        disk, said = deepcopy(self._disk), 0
        for done in range(moments):
            if done:
                operation = self._operations[done - 1]
                disk.do(operation)
                said += isinstance(operation, Said)
            for n in range(wanted * done // moments, wanted * (done + 1) // moments):
                self.count += 1
                yield Moment(done, said), disk.cut(Random(f"{self._seed} {n}"))

    def _judged(self, tree: Tree) -> object:
        key = hashlib.sha256(
            b"".join(
                b"%r %d %b" % (name, -1 if content is None else len(content), content or b"")
                for name, content in sorted(tree.items())
            )
        ).digest()
        if key not in self._known:
            lay_out(tree, self._work)
            try:
                self._known[key] = self._deed.judge(self._work)
            except (AssertionError, Invalid, Trouble, sqlite3.Error, OSError) as error:
                self._known[key] = Broken(f"{type(error).__name__}: {error}")
        return self._known[key]


@dataclass(frozen=True)
class Broken:
    """What is there can not be judged, because it must never be."""

    why: str
