"""Documents with a password, against the same document without one, through the same doors."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import closing
from pathlib import Path

from benchmarks.lines import Line, in_turn
from benchmarks.tables import AT, PAGE, QUERY, make
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.key import Key, derived
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.storage.rekeying import write_rekeyed
from smartct_desktop.storage.store import Store

RECORDS = 20_000
ADDED = 2_000
KEY = Key(bytes(range(32)), bytes(range(16)))
PLAIN = "without a password"


def measure(runs: int, *, large: bool = False) -> list[Line]:
    """Open, show, search, read all, add, back up, and change the password."""
    records = RECORDS * 5 if large else RECORDS
    with tempfile.TemporaryDirectory() as folder:
        plain, protected = Path(folder, "plain.smartct"), Path(folder, "protected.smartct")
        make(plain, records)
        write_rekeyed(plain, protected, None, KEY, Progress())
        twins = _Twins(Path(folder), plain, protected, runs)
        lines = [
            Line("the key of a password", *_key(runs), "the rounds alone", goal=1.1),
            twins.line("open and close", "open", 3),
            twins.line(f"the first {PAGE} rows", "first_rows", 2),
            twins.line(f"read all {records:,} records", "read_all", 3.8),
            twins.line(f"add {ADDED:,} records", "add", 1.4),
            twins.line("write a verified copy", "copy", 4),
        ]
        twins.close()
    return lines


def _key(runs: int) -> tuple[float, float]:
    """Compare with the derivation itself, whose slowness is the protection."""

    def rounds() -> None:
        hashlib.pbkdf2_hmac("sha512", b"a long password", bytes(16), 256_000, 32)

    return in_turn(lambda: derived("a long password", bytes(16)), rounds, runs)


class _Twins:
    """The same document with and without a password, both open."""

    def __init__(self, folder: Path, plain: Path, protected: Path, runs: int) -> None:
        self._folder = folder
        self._runs = runs
        self._places = ((protected, KEY), (plain, None))
        self._stores = [Store.open(path, key=key) for path, key in self._places]

    def close(self) -> None:
        """Close both."""
        for store in self._stores:
            store.close()

    def line(self, what: str, name: str, goal: float) -> Line:
        """Do the same with both in turn."""
        ours, floor = (lambda at=at: getattr(self, name)(at) for at in (0, 1))
        return Line(what, *in_turn(ours, floor, self._runs), PLAIN, goal=goal)

    def open(self, at: int) -> None:
        """Open for reading: what is open already stays so."""
        path, key = self._places[at]
        with closing(Store.open(path, read_only=True, key=key)) as store:
            store.read.total("exchange")

    def first_rows(self, at: int) -> None:
        """Ask for the first rows as a table does."""
        self._stores[at].read.window(QUERY).rows(0, PAGE)

    def read_all(self, at: int) -> None:
        """Read every record from the file."""
        with self._stores[at].reader() as reader:
            for _ in reader.all(Exchange):
                pass

    def add(self, at: int) -> None:
        """Write a step with many records, and take it back."""
        records = [Exchange(number=f"N-{n}", goals="goal " * 40) for n in range(ADDED)]
        self._stores[at].apply(Step("many", tuple(Change(None, one) for one in records)), "a", AT)
        self._stores[at].undo(AT)

    def copy(self, at: int) -> None:
        """Write a copy, as backups are."""
        self._stores[at].copy_to(self._folder / f"copy {at}.smartct")
