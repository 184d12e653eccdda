"""Whatever a file holds, the receipt's numbers add up to its rows, and it tells nothing twice."""

import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.services.opening import new_sample
from smartct_desktop.services.programme import ProgrammeFacts
from tests.services.importing.books import EXCHANGE_HEADINGS, book, sheet

FACTS = ProgrammeFacts()
EXAMPLES = 300 if os.environ.get("SMARTCT_LONG") else 12

names = st.sampled_from(
    ["Adler GmbH", "Adler G.m.b.H.", "Bosc Digital, S.L.", "Дъб ООД", "", "Summe", "x", "?"]
)
days = st.one_of(
    st.dates(dt.date(2020, 9, 1), dt.date(2023, 8, 31)),
    st.sampled_from(["03/04/2022", "31.2.2022", "März 2022", "tbc", "16-19/11/21", 44500, None]),
)
rows = st.lists(
    st.one_of(
        st.builds(
            lambda *values: list(values),
            st.sampled_from(["A-1", "A-2", "A-3", None]),
            names,
            st.sampled_from(["Germany", "DE", "Atlantis", None]),
            names,
            st.sampled_from(["Spain", "ES", None]),
            days,
            days,
            st.sampled_from([5, "5", "five", None]),
            st.sampled_from([1300, "1.300", None]),
            st.sampled_from([830, "830,00 €", "1.100", -5, None]),
            st.sampled_from(["closed", "paid", "ok", "storniert", None]),
        ),
        st.just([None] * len(EXCHANGE_HEADINGS)),
        st.just(list(EXCHANGE_HEADINGS)),
        st.just(["Total", None, None, None, None, None, None, None, None, 4150]),
        st.just(["* preliminary"]),
    ),
    min_size=1,
    max_size=9,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("counts")


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(rows, min_size=1, max_size=2), st.booleans())
def test_that_the_numbers_add_up_to_the_rows_whatever_the_file_holds(folder, tables, accept):
    names = [f"Sheet{n}" for n in range(1, len(tables) + 1)]
    grids = [[list(EXCHANGE_HEADINGS), *table] for table in tables]
    read = book(*[sheet(grid, name) for grid, name in zip(grids, names, strict=True)])
    path = folder / "counts.smartct"
    path.unlink(missing_ok=True)
    document = new_sample(path, FACTS)
    try:
        importer = Importer(document, FACTS, dt.date(2022, 11, 1))
        wish = Wish(accept_proposals=accept)
        plan = importer.plan_with(read, {}, wish, Progress())
        before = document.read.total("exchange")
        receipt = importer.commit(plan).receipt
        again = importer.plan_with(read, {}, wish, Progress())
    finally:
        document.close()

    counts = receipt.counts
    parts = (counts.add, counts.change, counts.same, counts.wait, counts.refuse, counts.skip)
    headings = sum(len(one.header_rows) for one in plan.sheets)
    last = sum(max(r.number for r in one.rows) for one in read.sheets)
    assert counts.rows == sum(parts)
    if plan.outcome.value != "refuse":
        assert counts.rows + headings == last
    added = receipt.added.get("exchange", 0)
    assert added == sum(r.kind == "exchange" and r.action.value == "add" for r in plan.records)
    assert before == 0
    assert again.counts.add == again.counts.change == 0
