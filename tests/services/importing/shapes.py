"""Real workbooks of odd shapes: what stands in them is said by the tests, cell by cell."""

import datetime as dt
from dataclasses import dataclass, field

from smartct_desktop.services.importing.plan import Action
from smartct_desktop.services.importing.plan_json import value_json
from tests.services.importing.foreign import opened
from tests.spreadsheets.workbooks import new_book


@dataclass
class Page:
    """One sheet: its rows, and what is done to them; rows and columns count from 0."""

    rows: list
    name: str = "Sheet1"
    merged: list = field(default_factory=list)
    hidden_rows: tuple = ()
    hidden_columns: tuple = ()
    comments: dict = field(default_factory=dict)
    looks: dict = field(default_factory=dict)
    hidden: str = ""
    filtered: tuple = ()


def workbook(path, *pages):
    """Write the pages as a real workbook and read it as the program does."""
    book = new_book(path)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for row, values in enumerate(page.rows):
            for column, value in enumerate(values):
                look = page.looks.get((row, column)) or page.looks.get(row)
                _write(sheet, (row, column), value, day, book.add_format(look) if look else None)
        for first_row, first, last_row, last in page.merged:
            top = page.rows[first_row][first]
            sheet.merge_range(first_row, first, last_row, last, top)
            if isinstance(top, dt.date):
                sheet.write_datetime(first_row, first, dt.datetime.combine(top, dt.time()), day)
        for row in page.hidden_rows:
            sheet.set_row(row, options={"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column, column, options={"hidden": True})
        for (row, column), text in page.comments.items():
            sheet.write_comment(row, column, text)
        if page.filtered:
            sheet.autofilter(0, 0, len(page.rows) - 1, 0)
            sheet.filter_column(0, "x != nothing")
            for row in page.filtered:
                sheet.set_row(row, options={"hidden": True})
        if page.hidden:
            getattr(sheet, page.hidden)()
    book.close()
    return opened(path)


def _write(sheet, place, value, day, look):
    match value:
        case None:
            return
        case dt.datetime():
            sheet.write_datetime(*place, value, day)
        case dt.date():
            sheet.write_datetime(*place, dt.datetime.combine(value, dt.time()), day)
        case str():
            sheet.write_string(*place, value, look)
        case _:
            sheet.write_number(*place, value, look)


def told(plan, kind, *fields, action=Action.ADD):
    """What the plan tells of each record of a kind, in the order of the file."""
    return [
        tuple(value_json(record.values.get(name, record.told.get(name))) for name in fields)
        for record in plan.records
        if record.kind == kind and record.action is action
    ]


def lines(plan, kind):
    """The rows of each record of a kind."""
    return [record.rows for record in plan.records if record.kind == kind]


def topics(plan):
    return sorted({question.topic for question in plan.open_questions})


def left_out(plan):
    """The rows that are no records with the reason, blank ones and texts beside tables apart."""
    return {
        row: skip.reason.value
        for skip in plan.skipped
        if skip.reason.value not in {"blank", "prose"}
        for row in range(skip.first, skip.last + 1)
    }


def said(plan, code):
    """The rows, or else the columns, of which a finding with this code tells."""
    found = set()
    for finding in plan.findings:
        if finding.code == code:
            found |= set(finding.rows) or {finding.letter}
    return found


def adds_up(plan):
    """Whether each row of the file has one fate."""
    counts = plan.counts
    fates = (counts.add, counts.change, counts.same, counts.wait, counts.refuse, counts.skip)
    spots = {(row.sheet, row.number) for row in plan.rows}
    return counts.rows == sum(fates) and len(spots) == len(plan.rows)
