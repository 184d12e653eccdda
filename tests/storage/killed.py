"""Kills a process again and again while it writes, and looks at what it leaves behind.

Run as `python -m tests.storage.killed FOLDER TIMES SEED`. Ends with a traceback if a document is
ever anything but what it was before or after one of the steps.
"""

import os
import signal
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.packing import Packed, pack
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

SIZE = 100


def content(folder: Path, no: int) -> Packed:
    """The content of another file for each step, which takes some milliseconds to write."""
    path = folder / "attached.bin"
    path.write_bytes(Random(no).randbytes(1_500_000))
    return pack(path, 1 << 24, Progress())


def step(store: Store, attached: Packed) -> Step:
    """A step that adds, changes and removes records, and attaches a file."""
    there = list(store.read.all(Exchange))
    visitor = Organisation(name="Visitor", remark="text " * 30)
    added = [Exchange(number=f"{n}", vo=visitor.id, goals="goal " * 30) for n in range(SIZE)]
    paper = Attachment(file_name="a.bin", sha256=attached.sha256, organisation=visitor.id)
    new = (visitor, *added, paper)
    changes: list[tuple[Record | None, Record | None]] = [(None, r) for r in new]
    changes += [(r, r.replace(ho_city="Elsewhere")) for r in there[:SIZE]]
    changes += [(r, None) for r in there[SIZE : 2 * SIZE]]
    return Step("step", tuple(Change(*pair) for pair in changes))


def works(path: Path, deed: str, attached: Packed, *, beside: bool) -> bool:
    try:
        store = Store.open(path)
        work = {
            "do": partial(store.apply, step(store, attached), "ada", AT, contents=[attached]),
            "undo": partial(store.undo, AT),
            "redo": partial(store.redo, AT),
        }[deed]
        if beside:
            with ThreadPoolExecutor(1) as executor:
                executor.submit(work).result()
        else:
            work()
        store.close()
    except Exception:  # noqa: BLE001 (whatever it is: the parent is to know of it)
        traceback.print_exc()
        return False
    return True


def state(path: Path) -> tuple[tuple[int, object], bool, bool]:
    """What the document holds, and whether there is a step to redo or undo; raises if unsound."""
    store = Store.open(path)
    try:
        assert store.integrity() == []
        steps = [(s.no, s.state) for s in store.read.history(0, 999)]
        records = frozenset((e.id, e.ho_city) for e in store.read.all(Exchange))
        kept = (store.read.total("organisation"), store.contents_room())
        held = (len(steps), (tuple(steps), *kept, records))
        undoable = store.read.next_undo() is not None
        return held, store.read.next_redo() is not None, undoable
    finally:
        store.close()


def main(folder: Path, times: int, seed: int) -> None:
    random = Random(seed)
    path = folder / "a.smartct"
    store = Store.create(path, at=AT)
    begun = time.monotonic()
    for _ in range(2):
        with content(folder, 0) as attached:
            store.apply(step(store, attached), "ada", AT, contents=[attached])
    longest = time.monotonic() - begun  # about as long as opening and one step take
    store.close()
    before, redoable, undoable = state(path)
    outcomes = {"before": 0, "after": 0}
    for _ in range(times):
        deed = random.choice(["do", *["undo"] * undoable, *["redo"] * redoable])
        beside = random.random() < 0.5  # on a thread of its own, as big steps are
        attached = content(folder, before[0])
        pid = os.fork()
        if pid == 0:
            os._exit(0 if works(path, deed, attached, beside=beside) else 1)
        attached.close()
        begun = time.monotonic()
        time.sleep(random.uniform(0, longest))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
        else:
            longest = max(longest, 1.3 * (time.monotonic() - begun))
        after, redoable, undoable = state(path)
        outcomes["before" if after == before else "after"] += 1
        if after != before:
            assert after[0] == (before[0] + 1 if deed == "do" else before[0])
        before = after
    sys.stdout.write(f"{outcomes}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
