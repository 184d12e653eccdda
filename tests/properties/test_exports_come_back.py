"""What we export comes back unchanged, whatever a partner did to the sheet around it."""

import datetime as dt
import os
from random import Random

import pytest

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Grouping, Path, Query
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.planning import Planner
from smartct_desktop.services.opening import new_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import LISTS, REPORTS
from smartct_desktop.services.reports.view_list import ShownTable, view_report
from smartct_desktop.services.reports.wording import LANGUAGES
from smartct_desktop.services.view_export import export_csv
from smartct_desktop.spreadsheets.worker import read_book
from tests.properties.mangling import Mangled
from tests.storage.made import world

FACTS = ProgrammeFacts()
MADE_AT = dt.datetime(2022, 7, 1, 9, 0)
TODAY = dt.date(2022, 10, 1)
LONG = bool(os.environ.get("SMARTCT_LONG"))
SEEDS = range(40 if LONG else 1)
EACH = 12 if LONG else 4
KINDS = [kind for kind in (*REPORTS, *LISTS) if kind in LISTS or kind.code == "exchange-register"]


@pytest.fixture(scope="module", params=SEEDS)
def made(request, tmp_path_factory):
    """A document with records of every kind, full of extreme values."""
    random = Random(request.param)
    path = tmp_path_factory.mktemp("made") / "made.smartct"
    document = new_partnership(path, "Ours", clock=lambda: dt.datetime(2022, 7, 1, tzinfo=dt.UTC))
    with document.edit("all kinds") as edit:
        for record in world(random, [kind.code for kind in LISTS], EACH):
            edit.add(record)
    yield document
    document.close()


@pytest.fixture
def documents(made, request):
    """The document, and chance that is the same for a test in whatever order they are run."""
    return made, Random(request.node.name)


@pytest.fixture(scope="module")
def planner():
    return Planner(Dictionary.of(FACTS))


def exported(document, kind, folder, language="en"):
    path = folder / f"{kind.code}-{language}.xlsx"
    export_report(
        kind,
        document,
        ProgrammeFacts(language),
        path=path,
        made_at=MADE_AT,
        progress=Progress(),
        language=language,
    )
    return read_book(path, Progress())


def all_same(plan, rows):
    """Nothing is added, changed, asked or refused."""
    counts = plan.counts
    return plan.open_questions == () and (counts.same, counts.rows - counts.skip) == (rows, rows)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_that_an_export_of_any_records_comes_back_unchanged(documents, planner, kind, tmp_path):
    document, random = documents
    if not document.read.total(kind.code if kind in LISTS else "exchange"):
        return
    book = exported(document, kind, tmp_path, random.choice(LANGUAGES))
    mangled = Mangled(book, random).sorted_anew().moved().dropped().renamed().titled()

    for file in (book, mangled.book()):
        plan = planner.plan(file, Known(document.read), {}, TODAY)

        assert all_same(plan, len(mangled.rows)), tell(plan)


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.code)
def test_that_a_view_of_any_records_comes_back_unchanged(documents, planner, kind, tmp_path):
    document, random = documents
    if not document.read.total(kind.code):
        return
    names = [field.name for field in schema_of(kind.code).fields]
    random.shuffle(names)
    paths = tuple(Path.of(name) for name in names)
    group = Grouping(paths[0]) if random.random() < 0.5 else None
    shown = ShownTable(Query(kind.code, group=group), paths, told="Filtered by =1+1; @x.")
    sheet, text = tmp_path / "view.xlsx", tmp_path / "view.csv"
    given = {"made_at": MADE_AT, "progress": Progress()}
    export_report(view_report(shown), document, FACTS, path=sheet, **given)
    export_csv(shown, document, FACTS, path=text, delimiter=random.choice(",;"), **given)

    for path in (sheet, text):
        plan = planner.plan(read_book(path, Progress()), Known(document.read), {}, TODAY)
        assert all_same(plan, document.read.total(kind.code) - left_out(document, kind)), tell(plan)


def left_out(document, kind):
    """How many of the records are people whose data must not be used: nothing tells of them."""
    if kind.code != "person":
        return 0
    return sum(one.restricted_on is not None for one in document.read.all(Person))


def tell(plan):
    """What a plan would change, for the message of a failure."""
    changes = {r.key: dict(r.changes) for r in plan.records if r.changes}
    return plan.counts, changes, plan.open_questions, plan.message, plan.findings[:8]
