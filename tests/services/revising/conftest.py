"""The small partnership, and short words for rectangles and columns."""

import pytest

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.services.revising.pasting import PasteWish, Rectangle
from smartct_desktop.services.revising.pasting import paste as plan_paste
from smartct_desktop.services.revising.revision import Given, Target
from smartct_desktop.services.texts import Texts, TextStyle


@pytest.fixture
def texts(facts):
    """Dates and numbers as in the tests: 16.11.2021 and 1,234.5."""
    return Texts(facts, TextStyle())


@pytest.fixture
def columns():
    """Columns of a kind by the names of their fields."""

    def of(kind, *names):
        fields = schema_of(kind).by_name
        return [Target(fields[name].label, fields[name]) for name in names]

    return of


@pytest.fixture
def rectangle():
    """A rectangle of texts, one argument a row, cells split by `|`."""

    def of(*rows):
        return Rectangle(tuple(tuple(Given(cell) for cell in row.split("|")) for row in rows))

    return of


@pytest.fixture
def paste(document, texts, columns, rectangle):
    """Plans a paste of texts into fields of records."""

    def plan(kind, ids, names, *rows, fixed=()):
        targets = [one if isinstance(one, Target) else columns(kind, one)[0] for one in names]
        wish = PasteWish(kind, ids, targets, rectangle(*rows), fixed)
        return plan_paste(document.read, texts, wish)

    return plan


@pytest.fixture
def differences():
    """What a revision changes: record, field, text before and after."""

    def of(revision):
        return [
            (change.name, cell.field.name, cell.before_text, cell.after_text)
            for change in revision.changes
            for cell in change.cells
        ]

    return of


@pytest.fixture
def refused():
    """The sentences of a revision's refusals by record and heading."""

    def of(revision):
        return {(one.name, one.heading): str(one.sentence) for one in revision.refusals}

    return of
