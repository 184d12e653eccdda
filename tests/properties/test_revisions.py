"""Whatever is pasted: what is accepted is what single edits give, the rest stays, undo is exact."""

import os
import shutil
import tempfile
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.checking import problems
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Flag,
    Link,
    LongText,
    Money,
    Number,
    PartialDay,
    Term,
    Terms,
    Text,
    Time,
    Whole,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import Query
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.revising.building import ids_of
from smartct_desktop.services.revising.clipboard_text import read_clipboard, read_tsv
from smartct_desktop.services.revising.committing import commit
from smartct_desktop.services.revising.copying import Cell, Head, copied, understood_own
from smartct_desktop.services.revising.pasting import PasteWish, Rectangle, paste
from smartct_desktop.services.revising.revision import Given, Target
from smartct_desktop.services.revising.understanding import plain_text
from smartct_desktop.services.texts import Texts, TextStyle
from tests.ui.world import fill, make_document

LONG = os.environ.get("SMARTCT_LONG") == "1"
FACTS = ProgrammeFacts()
STYLES = (TextStyle(), TextStyle(decimal=",", group="."), TextStyle("mdy", "/"))
CELLS = st.one_of(
    st.sampled_from(
        [
            *("", " ", "yes", "no", "?", "16.11.2021", "2021-12-01", "31.2.2021", "03/04/2022"),
            *("5", "1,5", "1.5", "1,234", "-1", "415 €", "paid", "PAID", "Spain", "ES", "Halle"),
            *("Gamma GmbH", "Klaster K", "Álfa, S.L.", "nobody", "a@b.eu", "www.x.eu", "a\nb"),
        ]
    ),
    st.text(max_size=6),
)
KINDS = st.sampled_from(["exchange", "organisation", "event"])


def state_of(document):
    """All records by id, without what follows from other records by itself."""
    return {
        record.id: record.replace(**{f.name: None for f in schema.fields if f.derived})
        for schema in SCHEMAS
        for record in document.read.all(schema.record)
    }


class OnDisk:
    """A small document in a folder of its own, for one example."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="smartct-revision-"))
        self.document = make_document(self.folder / "d.smartct")
        fill(self.document)
        return self.document

    def __exit__(self, *_):
        self.document.close()
        shutil.rmtree(self.folder)


@settings(
    max_examples=300 if LONG else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(data=st.data(), kind=KINDS, style=st.sampled_from(STYLES))
def test_that_a_paste_is_its_accepted_cells_and_one_undo(data, kind, style):
    fields = schema_of(kind).fields
    targets = [
        Target(field.label, field)
        for field in data.draw(st.lists(st.sampled_from(fields), min_size=1, max_size=5))
    ]
    targets = list({target.field.name: target for target in targets}.values())
    height, width = data.draw(st.tuples(st.integers(1, 5), st.integers(1, len(targets) + 1)))
    rows = data.draw(
        st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=height, max_size=height)
    )
    rectangle = Rectangle(tuple(tuple(map(Given, row)) for row in rows))
    with OnDisk() as document:
        texts = Texts(FACTS, style)
        before = state_of(document)
        ids = list(ids_of(document.read, Query(kind)))
        additions = data.draw(st.booleans())
        revision = paste(document.read, texts, PasteWish(kind, ids, targets, rectangle))

        commit(document, revision, additions=additions)

        expected = dict(before)
        for change in revision.changes:
            accepted = {cell.field.name: cell.after for cell in change.cells}
            expected[change.id] = expected[change.id].replace(**accepted)
            assert list(problems(expected[change.id])) == []
        added = {change.id for change in revision.additions} if additions else set()
        after = state_of(document)
        assert {id_: one for id_, one in after.items() if id_ not in added} == expected
        assert after.keys() - before.keys() == added
        if after != before:
            document.undo()
        assert state_of(document) == before


def values_of(type_):  # noqa: C901, PLR0912 (one case a type)
    """Values that a field of this type can hold."""
    word = st.text("abz ÄßБж=+-@'\"\t;,.0 7", min_size=1, max_size=8).filter(str.strip)
    match type_:
        case Text():
            return word
        case LongText():
            return st.lists(word, min_size=1, max_size=3).map("\n".join)
        case Whole():
            return st.integers(0, 10**6)
        case Number(places):
            return st.integers(0, 10**6).map(lambda n: Decimal(n).scaleb(-places))
        case Money():
            return st.integers(0, 10**9)
        case Day():
            return st.dates(date(1950, 1, 1), date(2100, 1, 1))
        case PartialDay():
            day = st.dates(date(1950, 1, 1), date(2100, 1, 1))
            partial = day.map(lambda d: PartialDate(d.year, d.month))
            return st.one_of(
                day.map(PartialDate.of), partial, day.map(lambda d: PartialDate(d.year))
            )
        case Time():
            minutes = st.integers(0, 24 * 60 - 1)
            return minutes.map(lambda m: time(m // 60, m % 60))
        case Flag():
            return st.booleans()
        case Choice(options):
            return st.sampled_from(options)
        case Term(vocabulary):
            return st.sampled_from([term.code for term in FACTS.terms(vocabulary)])
        case Terms(vocabulary):
            codes = [term.code for term in FACTS.terms(vocabulary)]
            return st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True).map(tuple)
        case Country():
            return st.sampled_from(["ES", "BG", "DE", "XK", "GR"])
        case Email():
            return st.just("a.b@c.eu")
        case Link():
            return st.just("https://x.eu/ä?=1")
        case _:
            return st.none()


FIELDS = [field for schema in SCHEMAS for field in schema.fields]


@settings(max_examples=2000 if LONG else 200, deadline=None)
@given(data=st.data(), field=st.sampled_from(FIELDS), style=st.sampled_from(STYLES))
def test_that_every_value_comes_back_from_the_clipboard(data, field, style):
    texts = Texts(FACTS, style)
    value = data.draw(values_of(field.type))

    said = copied(texts, [Head("x", field.type, field.code)], [[Cell(value)]], headings=False)

    own = understood_own(said.own).rows[0][0]
    assert (own.exact if value is not None else None) == value
    for rectangle in (read_clipboard(said.text), read_clipboard(said.text, said.html)):
        cell = rectangle.rows[0][0] if rectangle else Given("")
        assert cell.text == plain_text(texts, field.type, value, None)


@given(st.text('ab"\t\n\r', max_size=12))
def test_that_any_text_has_rows_of_cells(text):
    rows = read_tsv(text)

    assert all(isinstance(cell, str) for row in rows for cell in row)
    assert sum(map(len, rows)) <= len(text) + 1


def test_that_days_beyond_those_of_spreadsheets_stay_text():
    texts = Texts(FACTS, TextStyle())
    old = date(1899, 12, 31) - timedelta(days=400)

    said = copied(texts, [Head("x", Day())], [[Cell(old)]], headings=False)

    assert read_clipboard("", said.html).rows[0][0].text == "1898-11-26"
    assert not read_clipboard("", said.html).rows[0][0].known
