"""Damages files by chance and reads them; whoever reads them must give a book or one sentence.

    python -m tests.spreadsheets.fuzzing COUNT [SEED] [FOLDER OF FURTHER FILES]

It runs in a process of its own, whose memory is bounded as that of the program's reading process
is, and ends with a line of JSON that says what came of it. A file that makes trouble is kept in
the folder `SMARTCT_FUZZ_KEPT`, if that is set.
"""

import faulthandler
import gc
import json
import os
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.spreadsheets.container import recognise
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.reading import assembled, read
from smartct_desktop.spreadsheets.request import FileChoice, Request
from smartct_desktop.spreadsheets.worker import read_book
from tests.peak import most_memory
from tests.spreadsheets.mutations import mutated
from tests.spreadsheets.seeds import PASSWORD, seeds

SLOW = 10.0  # seconds of the processor that one file may cost on the slowest machine
STUCK = 120.0  # seconds by the clock after which the process gives up, and says where it was
LIMITS = Limits()
THROUGH_THE_DOOR = 400  # every so many files go the program's own way, too
_COLLECTED = 200


@dataclass
class Tally:
    """What came of the files so far."""

    read: int = 0
    refused: int = 0
    for_memory: int = 0
    through_door: int = 0
    slowest: float = 0.0
    slowest_of: str = ""
    by_seed: Counter = field(default_factory=Counter)
    fallen: list[str] = field(default_factory=list)


def outcome(path, choice):
    """The book, or the words of its refusal, as the reading process gives them."""
    try:
        form = recognise(path, path.name, LIMITS, choice.password)
        request = Request(path, path.name, "", form, LIMITS, None, choice)
        return assembled(path.name, read(request))
    except Trouble as trouble:
        return refusal(trouble)


def outcome_of_the_program(path, choice):
    """The same by the door that the program uses."""
    try:
        return read_book(path, Progress(), choice=choice)
    except Trouble as trouble:
        return refusal(trouble)


def refusal(trouble):
    """The words of a refusal, which must say what happened and what to do."""
    if not trouble.sentence or not trouble.hint:
        raise AssertionError(repr(trouble.sentence))
    return str(trouble.sentence)


def run(count, seed, more=None, mutate=mutated):
    """Damage and read so many files."""
    files = seeds(more)
    names = sorted(files)
    chance = random.Random(seed)
    tally = Tally()
    kept = os.environ.get("SMARTCT_FUZZ_KEPT")
    with tempfile.TemporaryDirectory(prefix="smartct-fuzz-") as folder:
        for turn in range(count):
            name = names[turn % len(names)]
            content, way = mutate(files[name], chance)
            path = Path(folder) / f"List{Path(name).suffix}"
            path.write_bytes(content)
            choice = FileChoice(password=PASSWORD if "locked" in name else None)
            label = f"turn {turn} of seed {seed}: {name}, {way}"
            fallen = len(tally.fallen)
            _one(path, choice, label, tally, door=turn % THROUGH_THE_DOOR == 0)
            if kept and len(tally.fallen) > fallen:
                (Path(kept) / f"{seed}-{turn}-{name}").write_bytes(content)
            for left in Path(folder).iterdir():
                left.unlink()
            if turn % _COLLECTED == 0:
                gc.collect()
            if turn % 2000 == 1999:
                sys.stderr.write(f"{turn + 1} {summary(tally)}\n")
    return tally


def _one(path, choice, label, tally, *, door):
    faulthandler.dump_traceback_later(STUCK, exit=True)
    started = time.process_time()
    try:
        came = outcome(path, choice)
        if door:
            tally.through_door += 1
            other = outcome_of_the_program(path, choice)
            if isinstance(came, Book) != isinstance(other, Book):
                tally.fallen.append(f"{label}: {came!r:.200} here, {other!r:.200} by the program")
    except MemoryError:
        tally.for_memory += 1
        came = ""
    except Exception:  # noqa: BLE001 -- what it is there to find
        tally.fallen.append(f"{label}\n{traceback.format_exc()}")
        return
    finally:
        faulthandler.cancel_dump_traceback_later()
        spent = time.process_time() - started
        if spent > tally.slowest:
            tally.slowest, tally.slowest_of = spent, label
    if spent > SLOW:
        tally.fallen.append(f"{label}: took {spent:.1f} s")
    if isinstance(came, Book):
        tally.read += 1
        tally.by_seed[label.split(": ")[1].split(",")[0]] += 1
    else:
        tally.refused += 1


def summary(tally):
    """What came of it, as JSON."""
    return json.dumps(
        {
            "read": tally.read,
            "refused": tally.refused,
            "for want of memory": tally.for_memory,
            "by the program's door": tally.through_door,
            "slowest": round(tally.slowest, 2),
            "slowest of": tally.slowest_of,
            "most memory in MB": most_memory() // 1_000_000,
            "read of": dict(sorted(tally.by_seed.items())),
            "fallen": tally.fallen,
        }
    )


def main(arguments):
    """Run, and print the summary on the last line."""
    count, seed = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (LIMITS.memory, hard))
    faulthandler.enable()
    more = Path(arguments[2]) if len(arguments) > 2 else None
    started = time.process_time()
    tally = run(count, seed, more)
    spent = time.process_time() - started
    sys.stdout.write(f"{count} files in {spent:.1f} s of the processor\n{summary(tally)}\n")
    return 1 if tally.fallen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
