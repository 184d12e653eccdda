"""Whole imports, and names compared, against the least that anybody needs for the same.

The floor of an import reads the values, converts them column by column and writes them into one
table with `executemany`: no headings found, no history, nothing checked or compared. It reads with
calamine where that is installed, else the values are given to it and only converted and written.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations
from rapidfuzz import fuzz, process

from benchmarks.lines import Line, in_turn
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.record import new_id
from smartct_desktop.services.importing.commit import commit
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.identity import Mention, OrganisationIndex
from smartct_desktop.services.importing.known import Known, KnownOrganisation
from smartct_desktop.services.importing.names import Names
from smartct_desktop.services.importing.planning import Planner, Wish
from smartct_desktop.services.opening import new_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.spreadsheets.worker import read_book

TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
GOAL = 5.0
GOAL_OF_NAMES = 2.0
HEADINGS = (
    "Ref", "Visiting organisation", "VO type", "Visitor country", "Visitor", "E-mail",
    "Host organisation", "Host country", "Host city", "Start", "End", "Working days", "Mode",
    "Distance km", "CtQ signed on", "Agreement signed on", "Evidence", "Amount EUR", "Paid on",
    "Status",
)  # fmt: skip
COUNTRIES = ("DE", "ES", "IT", "BG", "FR", "PT", "DK", "RS")
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ner",
    "tu",
    "ra",
    "sol",
    "dan",
    "vi",
    "ko",
    "pe",
    "lan",
    "ter",
    "zu",
    "fi",
    "gra",
    "mon",
    "bel",
    "sar",
    "hu",
]


def measure(runs: int, *, large: bool = False) -> list[Line]:
    """Imports of 10,000 rows, of 100,000 if `large`, and 1,000 new names against 10,000."""
    lines = []
    dictionary = Dictionary.of(ProgrammeFacts())
    for rows in (10_000, 100_000) if large else (10_000,):
        with tempfile.TemporaryDirectory() as name:
            lines += of_import(Path(name), rows, dictionary, runs)
    lines.append(of_names(dictionary.names, runs, countries=()))
    lines.append(of_names(dictionary.names, runs, countries=COUNTRIES))
    return lines


def of_import(folder: Path, rows: int, dictionary: Dictionary, runs: int) -> list[Line]:
    """Read, plan and commit a valid list of exchanges into a new document."""
    path = folder / "exchanges.xlsx"
    make_workbook(path, rows)
    book = read_book(path, Progress())
    floor, floor_is = floor_of(path, folder, rows)
    made = iter(range(1_000_000))
    empty = new_partnership(folder / "empty.smartct", "Example", clock=lambda: NOW)

    def whole() -> None:
        document = new_partnership(folder / f"{next(made)}.smartct", "Example", clock=lambda: NOW)
        read = read_book(path, Progress())
        wish = Wish(accept_proposals=True)
        plan = Planner(dictionary).plan(read, Known(document.read), {}, TODAY, wish)
        receipt = commit(plan, document)
        document.close()
        assert receipt.counts.add == rows, receipt.counts

    def planned() -> None:
        Planner(dictionary).plan(book, Known(empty.read), {}, TODAY)

    size = f"{rows:,} × {len(HEADINGS)}"
    ours, least = in_turn(whole, floor, runs)
    plan_ms, least_again = in_turn(planned, floor, runs)
    empty.close()
    return [
        Line(f"import of {size}: read, plan, commit", ours, least, floor_is, goal=GOAL),
        Line(f"planning {size} again", plan_ms, least_again, floor_is, goal=1.0),
    ]


def of_names(names: Names, runs: int, countries: tuple[str, ...]) -> Line:
    """1,000 new names against 10,000 stored ones, alone or with their countries."""
    chance = random.Random(5)
    places = countries or (None,)
    stored = [known(name, chance.choice(places)) for name in invented(10_000, seed=1)]
    new = [Mention(name, country=chance.choice(places)) for name in invented(1_000, seed=2)]
    texts, queries = [one.name for one in stored], [one.name for one in new]

    def ours() -> None:
        index = OrganisationIndex(names, stored, {})
        for mention in new:
            index.find(mention)

    def floor() -> None:
        if importlib.util.find_spec("numpy") is not None:
            process.cdist(queries, texts, scorer=fuzz.token_sort_ratio, score_cutoff=85)
            return
        for query in queries:
            process.extract(query, texts, scorer=fuzz.token_sort_ratio, score_cutoff=85)

    mine, least = in_turn(ours, floor, runs)
    what = "1,000 new names against 10,000" + (", with countries" if countries else "")
    return Line(what, mine, least, "rapidfuzz alone", goal=GOAL_OF_NAMES)


def floor_of(path: Path, folder: Path, rows: int) -> tuple[Callable[[], None], str]:
    """Give the least an import can be, and what it is called."""
    calamine = importlib.util.find_spec("python_calamine") and importlib.import_module(
        "python_calamine"
    )
    values = list(exchanges(rows))[1:]
    made = iter(range(1_000_000))

    def floor() -> None:
        read = (
            calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
            if calamine
            else values
        )
        database = sqlite3.connect(folder / f"floor-{next(made)}.db")
        names = ", ".join(f"c{number}" for number in range(len(HEADINGS)))
        marks = ", ".join("?" * len(HEADINGS))
        with database:
            database.execute(f"CREATE TABLE rows ({names})")
            database.executemany(f"INSERT INTO rows VALUES ({marks})", map(converted, read))
        database.close()

    return floor, "calamine, executemany" if calamine else "executemany of given values"


def converted(row: list[object]) -> list[object]:
    return [
        value.isoformat()
        if isinstance(value, date)
        else value or None
        if not isinstance(value, float)
        else round(value * 100)
        for value in row
    ]


def known(name: str, country: str | None) -> KnownOrganisation:
    return KnownOrganisation(
        new_id(), name, None, None, None, None, country, None, None, None, None, None, None, None
    )


def invented(count: int, *, seed: int) -> list[str]:
    """Names of three words and a legal form; hardly two of them sound alike."""
    chance = random.Random(seed)
    forms = ("GmbH", "S.L.", "S.r.l.", "ООД", "SAS")
    names: dict[str, None] = {}
    while len(names) < count:
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(3, 4))) for _ in range(3)]
        names[f"{' '.join(words).title()} {chance.choice(forms)}"] = None
    return list(names)


def make_workbook(path: Path, rows: int) -> None:
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet("Exchanges")
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for row, values in enumerate(exchanges(rows)):
            for column, value in enumerate(values):
                match value:
                    case None:
                        pass
                    case str():
                        page.write_string(row, column, value)
                    case date():
                        page.write_datetime(row, column, value, day)
                    case _:
                        page.write_number(row, column, value)


def exchanges(rows: int) -> Iterator[list[object]]:
    """The same valid rows at every run: a few hundred organisations, one stay a day."""
    chance = random.Random(7)
    names = invented(400, seed=3)
    country = {name: COUNTRIES[n % len(COUNTRIES)] for n, name in enumerate(names)}
    yield list(HEADINGS)
    for row in range(rows):
        visitor, host = chance.choice(names), chance.choice(names)
        while country[host] == country[visitor]:
            host = chance.choice(names)
        start = date(2020, 10, 1) + timedelta(days=row)
        paid = start + timedelta(days=12)
        email = f"p{row}@f{names.index(visitor)}.example"
        yield [
            f"X-{row}", visitor, "SME", country[visitor], f"Person {row}", email,
            host, country[host], "Town", start, start + timedelta(days=4), 5, "physical", 600,
            start - timedelta(days=20), start - timedelta(days=15), "yes", 560, paid, "paid",
        ]  # fmt: skip
