"""The price of figures: all of them with their sets, and the Overview after a step.

The floor is one SQL aggregate for each figure, put to the driver by somebody who knows the tables:
it gives the bare numbers, without what is behind them. The floor of the Overview after a step is
the same edit, without anything that is counted.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from benchmarks.lines import Line, in_turn
from benchmarks.rules import edits, filled
from benchmarks.tables import connected
from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.programme.counting import counting_statuses
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.partnership import CountingStatus
from smartct_desktop.services.document import Document
from smartct_desktop.services.figures import counted_from, figures
from smartct_desktop.services.overview import overview, overview_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.stock import Stock, touched_ids

TODAY = date(2022, 7, 1)
AGGREGATES = "one SQL aggregate each"
GOAL = 3.0
PROCESSOR = time.process_time  # what is only counted waits for no disk
EVENTS = 100
GUESTS = 30


def measure(runs: int, *, large: bool = False) -> list[Line]:
    """Documents of 100 and 10,000 exchanges, of 100,000 as well if `large`."""
    lines: list[Line] = []
    for size in (100, 10_000, 100_000) if large else (100, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            lines += of_document(Path(folder), size, runs)
    return lines


def of_document(folder: Path, size: int, runs: int) -> list[Line]:
    """Measure one document with so many exchanges."""
    path = folder / "figures.smartct"
    with closing(filled(path, size)) as document, closing(connected(path)) as raw:
        add_events(document)
        document.settle_all()
        programme = ProgrammeFacts()
        plain = aggregates(raw)
        told = [figure.value for figure in figures(document.read, TODAY)]
        assert told == plain(), (told, plain())
        stock = Stock.read(document.read, programme, TODAY)
        scratch = in_turn(lambda: figures(document.read, TODAY), plain, runs, PROCESSOR)
        kept = in_turn(after_a_step(document, programme, stock), plain, runs, PROCESSOR)
        whole = in_turn(lambda: overview(document.read, programme, TODAY), plain, runs, PROCESSOR)
        again, edit = in_turn(*overview_after_edit(document, programme, stock), runs)
    return [
        Line(
            f"{size:,}: all figures with their sets, from the file",
            *scratch,
            AGGREGATES,
            "ms",
            GOAL,
        ),
        Line(f"{size:,}: all figures with their sets, after a step", *kept, AGGREGATES, "ms", GOAL),
        Line(f"{size:,}: the whole Overview, from the file", *whole, AGGREGATES),
        Line(
            f"{size:,}: edit, then the Overview ({again - edit:+.0f} ms)", again, edit, "the edit"
        ),
    ]


def add_events(document: Document) -> None:
    """Add events held, with people on their lists."""
    chance = random.Random(5)
    with document.edit("addition") as edit:
        for n in range(EVENTS):
            day = TODAY - timedelta(chance.randrange(400))
            event = Event(title=f"Event {n}", status=EventStatus.HELD, start=day, end=day)
            edit.add(event)
            for guest in range(GUESTS):
                name = f"Guest {chance.randrange(500)}"
                edit.add(Attendance(event=event.id, name_text=name, email=f"{guest}@example.org"))


def after_a_step(document: Document, programme: ProgrammeFacts, stock: Stock) -> Callable[[], None]:
    """Count all figures anew after one exchange was touched."""
    touched = {"exchange": {next(iter(stock.facts.exchanges))}}

    def count() -> None:
        with document.reader() as reader:
            renewed = stock.renewed(reader, programme, TODAY, touched)
            counted_from(renewed.facts, [])

    return count


def overview_after_edit(
    document: Document, programme: ProgrammeFacts, stock: Stock
) -> tuple[Callable[[], None], Callable[[], None]]:
    """Give an edit with the Overview that follows it, and the edit alone."""
    edit = edits(document)
    kept = [stock]
    heard: list[Touched] = []
    document.subscribe(heard.append)

    def edit_and_count() -> None:
        edit()
        with document.reader() as reader:
            kept[0] = kept[0].renewed(reader, programme, TODAY, touched_ids(heard))
            heard.clear()
            overview_of(kept[0], reader)

    return edit_and_count, edit


def aggregates(raw: sqlite3.Connection) -> Callable[[], list[int]]:
    """Give what asks for the numbers in plain SQL, in the order of the figures."""
    states = counting_statuses(CountingStatus.VALIDATED)
    ends = ", ".join(f"'{state.value}'" for state in states)
    counts = (
        "(e.counted = 1 OR e.counted IS NULL AND (e.vop IS NULL OR e.vop ="
        f" (SELECT rowid FROM partnership WHERE own = 1)) AND e.status IN ({ends}))"
    )
    sme = "coalesce(o.sme, o.type = 'SME')"
    visitors = (
        "SELECT e.vo FROM exchange e JOIN organisation o ON o.rowid = e.vo"
        f" WHERE {sme} AND {counts}"
    )
    hosts = visitors.replace("e.vo ", "e.ho ").replace("= e.vo", "= e.ho")
    people = (
        "SELECT DISTINCT event, name_text_folded, email_folded FROM attendance"
        " WHERE attended IS NOT 0"
    )
    statements = (
        f"SELECT count(*) FROM exchange e WHERE {counts}",
        f"SELECT count(*) FROM ({visitors} UNION {hosts})",
        f"SELECT count(DISTINCT vo) FROM ({visitors})",
        "SELECT count(*) FROM event WHERE status = 'held'",
        f"SELECT count(*) FROM ({people})",
        "SELECT count(DISTINCT cluster) FROM label",
    )
    return lambda: [raw.execute(statement).fetchone()[0] for statement in statements]
