"""Documents of any size: opening, first rows, filtering, sorting, facets, edits, memory.

The floor is the same question to the same file, put to the driver in plain SQL by somebody who
knows the tables, and answered with rowids only. Where the promise is that size does not matter, the
floor is our own figure for the smallest document.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

from benchmarks.lines import Line, in_turn, milliseconds
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.query import Among, Grouping, Match, Mentions, Not, Query, Sort
from smartct_desktop.domain.query import Path as Way
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.store import Store
from smartct_desktop.ui.facets.facet import Facet, Grain

SIZES = (1_000, 100_000)
LARGE = 1_000_000
PIECE = 20_000
PAGE = 50
AT = datetime(2021, 11, 16, tzinfo=UTC)
RAW = "the same in plain SQL"
SMALLEST = "with the smallest document"
WORDS = [
    "cluster",
    "automotive",
    "valencia",
    "packaging",
    "food",
    "sofia",
    "tech",
    "innovation",
    "visit",
    "meeting",
    "digital",
    "lab",
    "plastics",
    "textile",
    "energy",
    "green",
    "data",
    "robotics",
    "health",
    "nano",
    "materials",
]
SHOWN_COLUMNS = (
    "number vo vo.country ho ho.country vo_cluster mode start end ho_city working_days "
    "amount_cents ctq agreement status"
)
COLUMNS = tuple(Way.of(name) for name in SHOWN_COLUMNS.split(" "))
QUERY = Query("exchange", COLUMNS)


def measure(runs: int, *, large: bool = False) -> list[Line]:
    lines: list[Line] = []
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in (*SIZES, LARGE) if large else SIZES:
            path = Path(folder, f"{size}.smartct")
            make(path, size)
            lines += _measured(path, size, runs, first)
            path.unlink()
    return lines


def make(path: Path, size: int) -> None:
    """Make a document with `size` exchanges between a fiftieth as many organisations."""
    chosen = random.Random(size)
    organisations = [
        Organisation(
            name=f"{chosen.choice(WORDS)} {chosen.choice(WORDS)} {n}".title(),
            country=chosen.choice(("ES", "BG", "DE", "PL")),
        )
        for n in range(max(50, size // 50))
    ]
    store = Store.create(path, at=AT)
    store.apply(added(organisations), "bench", AT)
    for start in range(0, size, PIECE):
        numbers = range(start, min(size, start + PIECE))
        store.apply(added([exchange(chosen, n, organisations) for n in numbers]), "bench", AT)
    store.close()


def added(records: list) -> Step:
    return Step("benchmark", tuple(Change(None, record) for record in records))


def exchange(chosen: random.Random, n: int, organisations: list[Organisation]) -> Exchange:
    visitor, host, cluster = chosen.sample(organisations, 3)
    start = date(2021, 1, 1) + timedelta(chosen.randrange(1500))
    return Exchange(
        number=f"SCT-{n:07d}",
        vo=visitor.id,
        ho=host.id,
        vo_cluster=cluster.id,
        mode=Mode.PHYSICAL,
        start=start,
        end=start + timedelta(2),
        ho_city=chosen.choice(WORDS).title(),
        working_days=Decimal("3.0"),
        distance_km=Decimal(chosen.randrange(100, 3000)),
        amount_cents=60_000,
        ctq=True,
        agreement=True if n % 3 else None,
        status=chosen.choice(list(ExchangeStatus)),
        goals=" ".join(chosen.choices(WORDS, k=12)) if n % 3 == 0 else None,
        remark=" ".join(chosen.choices(WORDS, k=8)) if n % 4 == 0 else None,
    )


def _measured(path: Path, size: int, runs: int, first: dict[str, float]) -> Iterator[Line]:
    def line(
        what: str, times: tuple[float, float], goal: float | None, floor_is: str = RAW
    ) -> Line:
        ours, floor = times
        return Line(f"{size:,} exchanges: {what}", ours, floor, floor_is, goal=goal)

    def to_smallest(what: str, ours: float, goal: float, unit: str = "ms") -> Line:
        floor = first.setdefault(what, ours)
        return Line(f"{size:,} exchanges: {what}", ours, floor, SMALLEST, unit, goal)

    opened = in_turn(lambda: open_and_show(path), lambda: open_and_show_raw(path), runs)
    yield line("open, first rows", opened, None)
    yield to_smallest("open, first rows, by size", opened[0], 1.1)
    store = Store.open(path)
    raw = connected(path)
    try:
        asked = (*questions(store, raw, size), *grouped_questions(store, raw))
        for what, ours, floor, goal in asked:
            yield line(what, in_turn(ours, floor, runs), goal)
        yield line("one edit, on the disk", in_turn(*edits(store, raw), runs), 1.5)
    finally:
        raw.close()
        store.close()
    yield line("10,000 more in one step, with history and search", bulk(path, runs), 3.0)
    yield to_smallest("memory: open, all put in order, rows shown", memory(path), 1.2, "MB")


def connected(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "temp_store=MEMORY"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("PRAGMA cache_size=-8000")
    return raw


def open_and_show(path: Path) -> None:
    with closing(Store.open(path)) as store:
        store.read.window(QUERY).rows(0, PAGE)


SHOWN = """
SELECT e.*, vo.name, vo.country, ho.name, ho.country, c.name FROM exchange e
LEFT JOIN organisation vo ON vo.rowid = e.vo LEFT JOIN organisation ho ON ho.rowid = e.ho
LEFT JOIN organisation c ON c.rowid = e.vo_cluster
ORDER BY e.number_folded LIMIT 50
"""


def open_and_show_raw(path: Path) -> None:
    with closing(connected(path)) as raw:
        raw.execute(SHOWN).fetchall()


Question = tuple[str, Callable[[], object], Callable[[], object], float | None]


def questions(store: Store, raw: sqlite3.Connection, size: int) -> Iterator[Question]:
    """What is asked, how we answer, how plain SQL does, and the ratio we want to stay under."""

    def window(query: Query) -> Callable[[], object]:
        return lambda: store.read.window(query).rows(0, PAGE)

    def prepared(query: Query) -> Callable[[], object]:
        def prepare() -> None:
            with closing(store.read.window(query)) as asked:
                asked.prepare()
                asked.rows(asked.count // 2, asked.count // 2 + PAGE)

        return prepare

    def plain(statement: str) -> Callable[[], object]:
        return lambda: raw.execute(statement).fetchall()

    for what, word in (("a frequent", "packag"), ("a rare", f"{size - 7:07d}"), ("no", "zzyzx")):
        found = " OR ".join(
            f"{text} LIKE '%{word}%'"
            for text in ("number_folded", "goals_folded", "e.remark_folded", "vo.name_folded")
        )
        yield (
            f"first rows with {what} word",
            window(Query("exchange", COLUMNS, search=word)),
            plain(
                "SELECT e.rowid FROM exchange e LEFT JOIN organisation vo ON vo.rowid = e.vo"
                f" WHERE {found} ORDER BY number_folded LIMIT 50"
            ),
            None,
        )
    abroad = (Among(Way.of("vo.country"), frozenset({"BG"})),)
    yield (
        "first rows with a condition on the visitor",
        window(Query("exchange", COLUMNS, abroad)),
        plain(
            "SELECT e.rowid FROM exchange e JOIN organisation vo ON vo.rowid = e.vo"
            " WHERE vo.country = 'BG' ORDER BY number_folded LIMIT 50"
        ),
        None,
    )
    without = (Not(Mentions("packaging visit", Match.WHOLE)),)
    yield (
        "first rows without a phrase",
        window(Query("exchange", COLUMNS, without)),
        plain(
            "SELECT e.rowid FROM exchange e LEFT JOIN organisation vo ON vo.rowid = e.vo WHERE NOT"
            " coalesce(goals_folded LIKE '%packaging visit%' OR e.remark_folded"
            " LIKE '%packaging visit%' OR vo.name_folded LIKE '%packaging visit%', 0)"
            " ORDER BY number_folded LIMIT 50"
        ),
        None,
    )
    yield (
        "first rows by name of the visitor",
        window(Query("exchange", COLUMNS, sort=(Sort(Way.of("vo")),))),
        plain(
            "SELECT e.rowid FROM exchange e LEFT JOIN organisation vo ON vo.rowid = e.vo"
            " ORDER BY vo.name_folded, number_folded LIMIT 50"
        ),
        1.5,
    )
    yield (
        "all by date",
        prepared(Query("exchange", COLUMNS, sort=(Sort(Way.of("start")),))),
        plain("SELECT rowid FROM exchange ORDER BY start NULLS LAST, number_folded"),
        1.5,
    )
    yield (
        "statuses with counts",
        lambda: store.read.buckets(Query("exchange"), Way.of("status")),
        plain("SELECT status, count(*) FROM exchange GROUP BY status"),
        1.5,
    )
    yield (
        "clusters with names and counts",
        lambda: store.read.buckets(Query("exchange"), Way.of("vo_cluster")),
        plain(
            "SELECT c.name, count(*) FROM exchange e LEFT JOIN organisation c"
            " ON c.rowid = e.vo_cluster GROUP BY e.vo_cluster ORDER BY 2 DESC"
        ),
        1.5,
    )
    yield (
        "sum of amounts",
        lambda: store.read.sums(Query("exchange"), [Way.of("amount_cents")]),
        plain("SELECT sum(amount_cents) FROM exchange"),
        1.5,
    )


def grouped_questions(store: Store, raw: sqlite3.Connection) -> Iterator[Question]:
    """Facets, groups and sums as the window asks them: on another thread's reader."""

    def counted(facet: Facet) -> Callable[[], object]:
        def count() -> None:
            with store.reader() as reader:
                facet.count(reader, Query("exchange"), ())

        return count

    def plain(*statements: str) -> Callable[[], object]:
        return lambda: [raw.execute(statement).fetchall() for statement in statements]

    def groups() -> None:
        grouping = Grouping(Way.of("status"), sums=(Way.of("amount_cents"),))
        with closing(store.read.window(Query("exchange", COLUMNS, group=grouping))) as asked:
            asked.prepare()
            asked.rows(0, PAGE)

    whole = store.read.window(QUERY)
    whole.prepare()
    yield (
        "facet of the visitor's country",
        counted(Facet("exchange", Way.of("vo.country"))),
        plain(
            "SELECT vo.country, count(*) FROM exchange e LEFT JOIN organisation vo"
            " ON vo.rowid = e.vo GROUP BY vo.country ORDER BY 2 DESC"
        ),
        1.5,
    )
    yield (
        "facet of the month",
        counted(Facet("exchange", Way.of("start"), Grain.MONTH)),
        plain("SELECT substr(start, 1, 7), count(*) FROM exchange GROUP BY 1"),
        1.5,
    )
    yield (
        "facet of the host, with all names",
        counted(Facet("exchange", Way.of("ho"))),
        plain(
            "SELECT ho.name, count(*) FROM exchange e LEFT JOIN organisation ho"
            " ON ho.rowid = e.ho GROUP BY e.ho ORDER BY 2 DESC"
        ),
        1.5,
    )
    yield (
        "groups by status with sums, all in order",
        groups,
        plain(
            "SELECT status, count(*), sum(amount_cents) FROM exchange GROUP BY status",
            "SELECT rowid FROM exchange ORDER BY status NULLS LAST, number_folded",
        ),
        1.5,
    )
    yield (
        "sum of all rows selected",
        lambda: whole.sums([range(whole.count)], [Way.of("amount_cents")]),
        plain("SELECT sum(amount_cents) FROM exchange"),
        None,
    )


def edits(
    store: Store, raw: sqlite3.Connection
) -> tuple[Callable[[], object], Callable[[], object]]:
    """Change one value and show the row again, against an update with its commit."""
    (id_,) = store.read.window(QUERY).ids(3, 4)
    cities = iter(range(10**9))

    def ours() -> None:
        before = store.read.get(Exchange, id_)
        change = Change(before, before.replace(ho_city=f"City {next(cities)}"))
        store.apply(Step("change of Host city", (change,)), "bench", AT)
        store.read.window(QUERY).rows(0, PAGE)

    def floor() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE exchange SET tool_status = ? WHERE id = ?", (str(next(cities)), id_))
        raw.execute("COMMIT")

    return ours, floor


def bulk(path: Path, runs: int) -> tuple[float, float]:
    """Add 10,000 exchanges to a copy, against the rows that came out of it by executemany."""
    ours, floor = [], []
    for _ in range(min(runs, 3)):
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            copy = Path(shutil.copy(path, folder))
            store = Store.open(copy)
            organisations = list(store.read.all(Organisation))
            chosen = random.Random(1)
            records = [exchange(chosen, 10**7 + n, organisations) for n in range(10_000)]
            step = added(records)
            ours.append(milliseconds(lambda: store.apply(step, "bench", AT)))  # noqa: B023
            store.close()
            with closing(connected(copy)) as raw:
                rows = raw.execute(
                    "SELECT * FROM exchange WHERE number_folded LIKE 'sct 1%' "
                    "ORDER BY rowid DESC LIMIT 10000"
                ).fetchall()
            copy = Path(shutil.copy(path, folder))
            with closing(connected(copy)) as raw:
                floor.append(milliseconds(lambda: insert(raw, rows)))  # noqa: B023
    return median(ours), median(floor)


def insert(raw: sqlite3.Connection, rows: list[tuple]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany(f"INSERT INTO exchange VALUES ({marks})", rows)
    raw.execute("COMMIT")


MEMORY = """
import json, sys
from pathlib import Path
from benchmarks.tables import PAGE, QUERY, peak
from smartct_desktop.storage.store import Store
store = Store.open(Path(sys.argv[1]))
window = store.read.window(QUERY)
window.prepare()
for place in range(0, window.count, window.count // 20):
    window.rows(place, place + PAGE)
print(json.dumps(peak()))
store.close()
"""


def peak() -> float:
    """The most memory that this process took so far, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what `resource` tells on Linux counts the process that started us
        (line,) = (x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def memory(path: Path) -> float:
    """The most memory that a process takes for a document, in megabytes."""
    run = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True
    )
    return float(json.loads(run.stdout))
