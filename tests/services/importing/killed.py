"""Kills an import again and again while it is written, and looks at what it leaves behind.

Run as `python -m tests.services.importing.killed FOLDER TIMES SEED`. Ends with a traceback if a
document is ever anything but what it was before the import or after it.
"""

import datetime as dt
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from random import Random

from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.opening import new_sample, open_document
from smartct_desktop.services.programme import ProgrammeFacts
from tests.services.importing.books import book, exchange, exchanges

ROWS = 60


def partners_file():
    """Exchanges between many organisations, one a week."""
    first = dt.date(2021, 1, 4)
    rows = []
    for number in range(ROWS):
        start = first + dt.timedelta(days=7 * (number % 50))
        end = start + dt.timedelta(days=4)
        rows.append(exchange(f"X-{number}", f"Firma {number % 40} GmbH", start=start, end=end))
    return book(exchanges(*rows))


def state_of(path):
    """What a document holds, and whether it is whole."""
    document = open_document(path)
    try:
        kinds = ("exchange", "organisation", "person", "sender")
        assert document.integrity() == []
        totals = tuple(document.read.total(kind) for kind in kinds)
        return (*totals, document.read.history_count())
    finally:
        document.close()


def imported(path, facts):
    """Import the file into a document."""
    document = open_document(path, facts=facts)
    importer = Importer(document, facts, dt.date(2022, 11, 1))
    plan = importer.plan(partners_file(), {}, None, Progress())
    importer.announce(importer.write(plan, Progress()).touched)
    document.close()


def main(folder: Path, times: int, seed: int) -> None:
    facts = ProgrammeFacts()
    fresh, path = folder / "fresh.smartct", folder / "killed.smartct"
    new_sample(fresh, facts).close()
    before = state_of(fresh)
    shutil.copy(fresh, path)
    began = time.monotonic()
    imported(path, facts)
    lasts = time.monotonic() - began
    after = state_of(path)
    assert after[0] == before[0] + ROWS
    random, met = Random(seed), []
    for _ in range(times):
        for left in folder.glob("killed.smartct*"):
            left.unlink()
        shutil.copy(fresh, path)
        child = os.fork()
        if not child:
            imported(path, facts)
            os._exit(0)
        time.sleep(random.uniform(0.3, 1.1) * lasts)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = state_of(path)
        assert found in (before, after), found
        met.append(found == after)
    sys.stdout.write(f"killed {times} times: before {met.count(False)}, after {met.count(True)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
