"""Does each deed again and again in a child process, and makes another operation fail each time.

Run as `python -m tests.faults.run FOLDER KILLS ERRORS CUTS SEED DEED...` with the shim of
tests/faults/shim.py loaded before all else; the numbers are for each deed, and without one all are
done. Prints what was injected and survived; ends with a traceback if anything is ever neither as
before nor as after, or if what was reported as done is not there.
"""

import gc
import sys
from collections import Counter
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from tests.faults.catalog import CONTROLS, DEEDS
from tests.faults.deeds import CARELESS, read_book
from tests.faults.rig import ERRORS, Rig, chosen
from tests.faults.shim import KILL, TORN, Shim

KILLS_OF_CONTROL, CUTS_OF_CONTROL = 12, 100


def main(folder: Path, numbers: tuple[int, int, int], seed: str, names: list[str]) -> None:
    shim = Shim()
    if "import" in names or not names:
        read_book(folder)
    gc.freeze()
    total = Counter[str]()
    for deed in [one for one in DEEDS if one.name in names or not names]:
        rig = Rig(shim, deed, folder)
        total += survived(rig, numbers, seed)
    sys.stdout.write(
        f"{total['kills']} kills, {total['errors']} errors and {total['cuts']} cuts of the power "
        "were injected, all survived\n"
    )
    for deed in [one for one in CONTROLS if one.name in names or not names]:
        rig = Rig(shim, deed, folder)
        broken, lost = rig.power_cuts(seed).harm(CUTS_OF_CONTROL)
        sys.stdout.write(
            f"{deed.name}: of {CUTS_OF_CONTROL} cuts {broken} broke what was there and {lost} lost "
            "what was done\n"
        )
        if deed is CARELESS:
            killed = broken_by_kills(rig)
            sys.stdout.write(f"{deed.name}: {killed} of {KILLS_OF_CONTROL} kills broke it\n")


def survived(rig: Rig, numbers: tuple[int, int, int], seed: str) -> Counter[str]:
    """Inject all that is wanted into one deed; gives how much that was."""
    kills, errors, cuts = numbers
    total, outcomes = Counter[str](), Counter[str]()
    power = rig.power_cuts(f"{rig.deed.name} {seed}")
    power.survive(cuts)
    total["cuts"] = power.count
    for at, what in chosen(rig.count, kills, (KILL, TORN)):
        if what == TORN and kills >= 2 * rig.count and not rig.halves[at]:
            continue  # the same as a kill before it
        outcomes[rig.kill(at, what)] += 1
        total["kills"] += 1
    for at, (what, sticky) in chosen(rig.count, errors, ERRORS):
        rig.fail(at, what, sticky=sticky)
        total["errors"] += 1
    sys.stdout.write(
        f"{rig.deed.name}: {rig.count} operations, killed {dict(outcomes)}, "
        f"{power.different} different disks after {power.count} cuts\n"
    )
    return total


def broken_by_kills(rig: Rig) -> int:
    """How often a document is broken that is written without care."""
    seen = 0
    for at, _ in chosen(rig.count, KILLS_OF_CONTROL, (KILL,)):
        rig.fresh()
        rig.child(at, KILL)
        try:
            seen += rig.deed.judge(rig.work) not in rig.states
        except (AssertionError, Trouble):
            seen += 1
    return seen


if __name__ == "__main__":
    kills, errors, cuts = map(int, sys.argv[2:5])
    main(Path(sys.argv[1]), (kills, errors, cuts), sys.argv[5], sys.argv[6:])
