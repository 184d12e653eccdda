"""The price of rules and derived fields: from scratch, in slices, in an edit, on another day.

The floor of looking at everything is one pass over the same records in Python, which reads them and
looks at nothing. The floor of an edit is the same edit in a copy where nobody asks the rules.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.lines import Line, in_turn, milliseconds
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.services.document import Document
from smartct_desktop.services.opening import new_partnership, open_document
from smartct_desktop.storage.store import Store

NOON = datetime(2022, 7, 1, 12, tzinfo=UTC)
COUNTRIES = ("DE", "ES", "IT", "BG", "FR", "PT", "DK", "RS")
ONE_PASS = "one pass over the rows"
GOAL_FROM_SCRATCH = 3.0
FIRMS = 400
PROCESSOR = time.process_time  # what is only looked at waits for no disk


def measure(runs: int, *, large: bool = False) -> list[Line]:
    """Documents of 10,000 exchanges, of 100,000 as well if `large`."""
    lines: list[Line] = []
    for size in (10_000, 100_000) if large else (10_000,):
        with tempfile.TemporaryDirectory() as folder:
            lines += of_document(Path(folder), size, runs)
    return lines


def of_document(folder: Path, size: int, runs: int) -> list[Line]:
    """Measure one document with so many exchanges."""
    path, copy = folder / "rules.smartct", folder / "copy.smartct"
    document = filled(path, size)
    first = milliseconds(document.settle_all)
    pass_once = one_pass(document)
    pass_ms = milliseconds(pass_once)
    lines = [Line(f"first look at {size:,} in slices, written", first, pass_ms, ONE_PASS)]
    scratch, least = in_turn(lambda: from_scratch(document, size), pass_once, runs, PROCESSOR)
    what = f"assess {size:,} exchanges from scratch"
    lines.append(Line(what, scratch, least, ONE_PASS, goal=GOAL_FROM_SCRATCH))
    document.save_copy(copy)
    store = Store.open(copy)
    with closing(Document(store, lambda: NOON)) as unasked:
        store.examiner = None
        asked_ms, plain_ms = in_turn(edits(document), edits(unasked), max(runs, 15))
    what = f"one edit among {size:,} (rules: {asked_ms - plain_ms:+.1f} ms, goal ≤ 5)"
    lines.append(Line(what, asked_ms, plain_ms, "the edit without rules"))
    document.close()
    with closing(open_document(path, clock=lambda: NOON + timedelta(days=1))) as next_day:
        morning = milliseconds(next_day.settle_all)
    lines.append(Line(f"{size:,} on the next day", morning, pass_ms, ONE_PASS, goal=1.0))
    return lines


def one_pass(document: Document) -> Callable[[], object]:
    """Read all exchanges, and look at nothing."""
    return lambda: sum(1 for _ in document.read.all(Exchange))


def from_scratch(document: Document, size: int) -> None:
    """Work out all findings and derived fields from nothing but the records."""
    assert sum(1 for _ in document.checker.all_assessed(document.read)) >= size


def edits(document: Document) -> Callable[[], None]:
    """Give what changes the days of the first exchange, to others each time."""
    first = next(iter(document.read.all(Exchange))).id
    turns = iter(range(1_000_000))

    def edit() -> None:
        with document.edit("change of Days") as one:
            days = Decimal(3 + next(turns) % 4)
            one.set(document.read.get(Exchange, first), "working_days", days)

    return edit


def filled(path: Path, size: int) -> Document:
    """Make a document with a few hundred organisations, of which each visits many times."""
    chance = random.Random(11)
    firms = [
        Organisation(
            name=f"Firm {n}", type=OrganisationType.SME, country=COUNTRIES[n % 8], sme=True
        )
        for n in range(FIRMS)
    ]
    stays: list[Record] = [stay(n, chance, firms) for n in range(size)]
    document = new_partnership(path, "Example", clock=lambda: NOON)
    with document.edit("addition") as edit:
        for record in [*firms, *stays]:
            edit.add(record)
    return document


def stay(n: int, chance: random.Random, firms: list[Organisation]) -> Exchange:
    visitor, host = chance.sample(firms, 2)
    start = date(2020, 3, 2) + timedelta(days=chance.randrange(800))
    ended = start < NOON.date() - timedelta(days=40)
    return Exchange(
        number=f"EX-{n:06}",
        vo=visitor.id,
        ho=host.id,
        mode=chance.choice((Mode.PHYSICAL, Mode.VIRTUAL)),
        start=start,
        end=start + timedelta(days=4),
        working_days=Decimal(chance.choice((3, 5))),
        ho_country=host.country,
        distance_km=Decimal(chance.randrange(100, 2000)),
        status=chance.choice((ExchangeStatus.VAL, ExchangeStatus.PAID))
        if ended
        else chance.choice((ExchangeStatus.MACC, ExchangeStatus.READY)),
        vo_report=ended or None,
        ho_report=ended or None,
        evidence=ended or None,
        ctq=True,
        agreement=True,
        goals="Learning",
    )
