"""Every field of every record type survives the way into a workbook and back."""

from datetime import date, datetime, time
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.fields import Money, Reference, Terms
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Row
from smartct_desktop.domain.report import Report
from smartct_desktop.services.listing import table_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import ISO, Texts
from smartct_desktop.spreadsheets.worker import read_book
from smartct_desktop.spreadsheets.writing import write_workbook
from tests.storage.made import SEEDS, record, seeded

FACTS = ProgrammeFacts()
TEXTS = Texts(FACTS, ISO)
FIRST_COUNTED = date(1900, 3, 1)
"""Spreadsheets count days wrongly before: earlier ones are written as text."""

MADE_AT = datetime(2022, 7, 1, 9, 0)


class AnyId(dict):
    """Ids for references to any kind: a workbook shows captions, not the records behind them."""

    def __missing__(self, kind):
        return [f"{kind}-{number:030d}" for number in range(3)]

    def get(self, kind, *_default):
        return self[kind]


def row_of(one):
    schema = one.schema
    values = tuple(getattr(one, field.name) for field in schema.fields)
    captions = tuple(
        (str(value) if value else "") if isinstance(field.type, Reference) else None
        for field, value in zip(schema.fields, values, strict=True)
    )
    return Row(one.id, values, captions)


def expected(field, value):
    """What a spreadsheet shows of a value: numbers, dates and times stay what they are."""
    if value in (None, ()):
        return None
    if isinstance(field.type, Money):
        return value / 100
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, PartialDate):
        return value.first if value.day else value.isoformat()
    if isinstance(value, int | date | time):
        return value
    if isinstance(field.type, Terms):
        return "; ".join(FACTS.term_label(field.type.vocabulary, code) for code in value)
    caption = str(value) if isinstance(field.type, Reference) else None
    return TEXTS.shown(field.type, value, caption)


def same(told, wanted):
    if isinstance(wanted, date) and wanted < FIRST_COUNTED:
        return told == f"{wanted:%d.%m.%Y}"
    if isinstance(wanted, float) and isinstance(told, int | float):
        return told == pytest.approx(wanted, abs=1e-9, rel=1e-15)
    if isinstance(told, datetime) and not isinstance(wanted, datetime):
        return told == datetime.combine(wanted, time())
    return told == wanted


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.kind)
@seeded(3)
@given(seed=SEEDS)
def test_that_every_field_arrives_in_the_workbook(schema, seed, tmp_path_factory):
    random = Random(seed)
    made = [record(random, schema.kind, AnyId()) for _ in range(random.randint(1, 8))]
    table = table_of(schema.plural, schema.fields, [row_of(one) for one in made], TEXTS)
    path = tmp_path_factory.mktemp("round") / "records.xlsx"
    write_workbook(Report(schema.plural, MADE_AT, (table,)), path, Progress())

    sheet = next(s for s in read_book(path, Progress()).sheets if s.name == schema.plural[:31])
    heading, *rows = sheet.rows
    assert heading.values[0] == "Record id"
    assert [row.values[0] for row in rows] == [one.id for one in made]
    for row, one in zip(rows, made, strict=True):
        cells = [*row.values, *[None] * (len(schema.fields) + 1 - len(row.values))]
        for field, told in zip(schema.fields, cells[1:], strict=True):
            wanted = expected(field, getattr(one, field.name))
            assert same(told, wanted), (field.code, told, wanted)
