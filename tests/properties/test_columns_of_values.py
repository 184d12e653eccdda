"""Columns as people in twelve places write them: read rightly, asked about, or refused.

What is read must be what was meant. A question may be too much, a refusal too; another value never.
"""

import datetime as dt
import os
import random
from decimal import ROUND_HALF_UP, Decimal

import pytest

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.services.importing.date_text import Span
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.money_cells import Amount
from smartct_desktop.services.importing.questions import Asking
from smartct_desktop.services.importing.understood import RawColumn
from smartct_desktop.services.importing.values import ColumnReader
from smartct_desktop.services.programme import ProgrammeFacts
from tests.properties.locales import (
    LOCALES,
    day_writers,
    month,
    range_writers,
    short,
    some_days,
    written,
)

COLUMNS = 10_000 if os.environ.get("SMARTCT_LONG") else 600
ORDERS = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}


@pytest.fixture(scope="session")
def dictionary():
    return Dictionary.of(ProgrammeFacts())


def understood(dictionary, code, cells, place, answers=None):
    """Give the column as read, and the questions put."""
    asking = Asking(answers or {})
    reader = ColumnReader(
        dictionary, asking, "S", language=place.language, latest=2032, from_1904=False
    )
    column = RawColumn(code, "J", "Column", range(2, 2 + len(cells)), cells, ())
    return reader.read([column])[code], asking.questions()


def wrong(found, cells, meant):
    """The cells that were taken for something else without a question, or lost without a word."""
    return [
        (cell, found.values[spot], expected)
        for spot, (cell, expected) in enumerate(zip(cells, meant, strict=True))
        if spot not in found.asked and spot not in found.faults and found.values[spot] != expected
    ]


def told_truly(questions, place):
    """Answers of somebody who knows the place: the order of its days and its decimal sign."""
    sign = "point" if place.point == "." else "comma"
    truth = {"date_order": place.order, "number": sign}
    return {
        question.id: truth[question.topic]
        for question in questions
        if question.per == "column"
        and truth.get(question.topic) in question.items[0].options
        and not question.id.endswith(("turned", "typed"))
    }


def check(dictionary, column, place, told=told_truly):
    """Read a column unasked, and again with true answers; give what is wrong."""
    code, cells, meant = column
    found, questions = understood(dictionary, code, cells, place)
    mistakes = wrong(found, cells, meant)
    answers = told(questions, place)
    if answers:
        again, _ = understood(dictionary, code, cells, place, answers)
        mistakes += wrong(again, cells, meant)
    return mistakes


def days(dice, place):
    """A column of days in one manner, or in two of the same order."""
    meant = some_days(dice, dice.randint(1, 14))
    names = sorted(day_writers(place))
    chosen = dice.sample(names, 1 if dice.random() < 0.6 else 2)
    writers = [day_writers(place)[name] for name in chosen]
    return "exchange.start", [dice.choice(writers)(day) for day in meant], meant


def typed_elsewhere(dice, place):
    """Days typed in one order into a program set to another, which made dates of what it could."""
    meant = some_days(dice, dice.randint(2, 14))
    mdy = place.order == "mdy"
    cells = []
    for day in meant:
        if day.day <= 12:
            cells.append(dt.date(day.year, day.day, day.month))
        else:
            cells.append(f"{day:%m/%d/%Y}" if mdy else f"{day:%d/%m/%Y}")
    if all(isinstance(cell, dt.date) for cell in cells):  # then nothing betrays it
        meant[0] = meant[0].replace(day=25)
        cells[0] = f"{meant[0]:%m/%d/%Y}" if mdy else f"{meant[0]:%d/%m/%Y}"
    return "exchange.start", cells, meant


def ranges(dice, place):
    """A column of ranges of days, each in one cell."""
    starts = some_days(dice, dice.randint(1, 10))
    ends = [start + dt.timedelta(dice.choice([1, 2, 4, 4, 12, 25])) for start in starts]
    write = dice.choice(range_writers(place))
    cells = [write(start, end) for start, end in zip(starts, ends, strict=True)]
    meant = [
        Span(PartialDate.of(start), PartialDate.of(end))
        for start, end in zip(starts, ends, strict=True)
    ]
    return "exchange.dates", cells, meant


def months(dice, place):
    """A column of months or years, among them days."""
    found = some_days(dice, dice.randint(1, 10))
    cells, meant = [], []
    manner = dice.randrange(8)
    for day in found:
        part = PartialDate(day.year, day.month)
        text = {
            0: f"{month(place.language, day)} {day.year}",
            1: f"{day.month:02}/{day.year}",
            2: f"{day:%Y-%m}",
            3: f"{short(place.language, day)} {day.year}",
            4: f"{short(place.language, day).rstrip('.')}-{day:%y}",
            5: f"{short(place.language, day)} '{day:%y}",
            6: f"{day.month}.{day.year} г.",
            7: f"{day.year}",
        }[manner]
        cells.append(text)
        meant.append(PartialDate(day.year) if manner == 7 else part)
    return "membership.since", cells, meant


def seasons(dice, _place):
    """A column of years that go over the turn of the year: "2021-22" is no month."""
    years = sorted(dice.randint(2007, 2023) for _ in range(dice.randint(2, 6)))
    years[-1] = max(years[-1], 2013)
    sign = dice.choice("-/")
    return "membership.since", [f"{y}{sign}{(y + 1) % 100:02}" for y in years], [None] * len(years)


def _number(dice, places):
    size = dice.choice([9, 99, 999, 2_000, 9_999, 99_999, 2_500_000])
    return Decimal(dice.randint(1, size * 10**places)) / 10**places


def amounts(dice, place):
    """A column of amounts of money, some of them as numbers."""
    places = dice.choice([0, 2, 2])
    group, form = dice.choice(place.grouped), dice.choice(place.amounts)
    if places and ("-" in form or "—" in form):
        form = "{}"
    real = dice.random() < 0.2
    cells, meant = [], []
    for _ in range(dice.randint(1, 12)):
        value = _number(dice, places)
        meant.append(int(value * 100))
        if real and dice.random() < 0.5:
            cells.append(float(value))
        else:
            cells.append(form.format(written(place, value, group, places)))
    return "exchange.amount_cents", cells, meant


def amounts_typed_elsewhere(dice, place):
    """Amounts typed into a program with the other decimal sign, which made what it could of them.

    "1.100" has become 1.1; what the program could not read is a text and betrays it.
    """
    other = "," if place.point == "." else "."
    cells, meant = [], []
    for value in [Decimal("830.50"), Decimal(1100), *(_number(dice, 0) for _ in range(6))]:
        text = written(place, value, other, 2 if value % 1 else 0)
        groups = text.split(other)
        meant.append(int(value * 100))
        if place.point in text or len(groups) > 2:
            cells.append(text)
        else:
            cells.append(float(".".join(groups)))
    return "exchange.amount_cents", cells, meant


def counts(dice, place):
    """A column of whole numbers."""
    group = dice.choice(place.grouped)
    values = [int(_number(dice, 0)) for _ in range(dice.randint(1, 12))]
    unit = dice.choice(["", " km", "km", "", " days", " €", " h"])
    cells = [written(place, Decimal(value), group, 0) + unit for value in values]
    others = unit.strip() not in {"", "km"}  # nothing but a question would be right
    return "exchange.distance_km", cells, [None] * len(values) if others else values


def means(dice, place):
    """A column of numbers with places, as many as each has."""
    values = [_number(dice, dice.choice([1, 2])) for _ in range(dice.randint(1, 12))]
    cells = [written(place, value, "", len(str(value).partition(".")[2])) for value in values]
    return "survey.mean", cells, values


def adorned(dice, _place):
    """A column of numbers with what people put beside them, which may turn them into others."""
    value = dice.randint(1, 999)
    text, meant = dice.choice(
        [
            (f"{value}¹", value),
            (f"{value}²", value),
            (f"{value}½", None),
            (f"({value})", -value),
            (f"{value}-", -value),
            (f"{value} -", -value),
            (f"−{value}", -value),
            (f"{value}k", value * 1000),
            (f"{value} Mio.", value * 1_000_000),
            (f"{value} Tsd.", value * 1000),
            (f"{value} хил.", value * 1000),
            (f"{value} mil", value * 1000),
            (f"{value}E3", value * 1000),
            (f"{value}%", None),
            (f"{value} + 2", None),
            (f"{value}/2", None),
            (f"{value}-{value + 2}", None),
            (f"{value}…{value + 2}", None),
            (f"{value}*", value),
            (f"ca. {value}", value),
            (f"{value} 1)", value),
            (f"\u202e{value}", None),
            (f"{value}\u200b0", value * 10),
            (f"0x{value}", None),
            (f"{value},", value),
            (f"№ {value}", value),
        ]
    )
    return "exchange.working_days", [text], [meant]


MANNERS = [
    days,
    typed_elsewhere,
    ranges,
    months,
    seasons,
    amounts,
    amounts_typed_elsewhere,
    counts,
    means,
    adorned,
]


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.__name__)
def test_that_no_column_of_any_place_is_read_as_something_else(dictionary, manner):
    mistakes = []
    for number in range(COLUMNS // len(MANNERS) + 1):
        dice = random.Random(f"{manner.__name__} {number}")
        place = LOCALES[number % len(LOCALES)]
        column = manner(dice, place)
        found = check(dictionary, column, place)
        mistakes += [(number, place.name, *mistake, column[1]) for mistake in found[:1]]

    assert not mistakes, f"{len(mistakes)} columns, among them {mistakes[:6]}"


def test_that_two_writers_in_one_column_are_asked_about_one_by_one(dictionary):
    def told(questions, _place):
        return {q.id: "mdy" if q.text.values["sample"].count("/") else "dmy" for q in questions}

    manners = [lambda d: f"{d.month}/{d.day}/{d.year}", lambda d: f"{d:%d.%m.%Y}"]
    mistakes = []
    for number in range(COLUMNS // 10):
        dice = random.Random(f"two writers {number}")
        meant = some_days(dice, dice.randint(2, 12))
        cells = [dice.choice(manners)(day) for day in meant]
        place = LOCALES[number % len(LOCALES)]
        mistakes += check(dictionary, ("exchange.start", cells, meant), place, told)

    assert not mistakes, mistakes[:6]


CURRENCIES = ["лв.", "лв", "BGN", "leva", "лева", "USD", "$", "£", "CHF", "Fr.", "zł", "PLN"]
CURRENCIES += ["Ft", "kr", "Kč", "lei", "RON", "ден", "km", "h"]


def test_that_no_amount_in_another_currency_is_taken_for_euro(dictionary):
    mistakes = []
    for number in range(COLUMNS // 10):
        dice = random.Random(f"currency {number}")
        place = dice.choice(LOCALES)
        sign = dice.choice(CURRENCIES)
        form = dice.choice(["{} " + sign, sign + " {}", "{}" + sign, "{} €"])
        values = [_number(dice, 2) for _ in range(dice.randint(1, 6))]
        group = dice.choice(place.grouped)
        forms = [form, "{} " + sign] if dice.random() < 0.3 else [form]
        cells = [dice.choice(forms).format(written(place, v, group, 2)) for v in values]
        found, _ = understood(dictionary, "exchange.amount_cents", cells, place)
        for spot, cell in enumerate(cells):
            taken = found.values[spot]
            euro = "€" in cell and taken == int(values[spot] * 100)
            if taken is not None and not euro:
                mistakes.append((cell, taken, cells))

    assert not mistakes, mistakes[:6]


def test_that_leva_are_turned_into_euro_only_when_asked_for(dictionary):
    bulgaria = next(place for place in LOCALES if place.language == "bg")
    for number in range(COLUMNS // 30):
        dice = random.Random(f"leva {number}")
        values = [_number(dice, 2) for _ in range(dice.randint(1, 6))]
        cells = [written(bulgaria, value, " ", 2) + " лв." for value in values]
        answers = {"currency:S!J": dice.choice(["convert", "leave out"])}
        found, _ = understood(dictionary, "exchange.amount_cents", cells, bulgaria, answers)

        for taken, value in zip(found.values, values, strict=True):
            euro = int((value * 100 / Decimal("1.95583")).quantize(1, ROUND_HALF_UP))
            kept = euro if answers["currency:S!J"] == "convert" else None
            assert taken == Amount(kept, int(value * 100), "BGN")


@pytest.mark.parametrize("place", LOCALES, ids=lambda place: place.name)
def test_that_most_columns_are_read_without_a_question(dictionary, place):
    dice = random.Random(place.name)
    asked = []
    for name, write in sorted(place.days.items()):
        meant = [*some_days(dice, 6), dt.date(2022, 3, 28), dt.date(2022, 12, 31)]
        found, _ = understood(dictionary, "exchange.start", [write(day) for day in meant], place)
        asked += [name] if found.asked else []
        assert not wrong(found, meant, meant), name
    if place.language in {"en", "de", "es", "ca", "bg", "it"}:
        assert set(asked) <= {"dd-mm-yy", "dd/mm/yy", "mm-dd-yy", "m/d/yy"}
    assert "d.m.y" not in asked
    assert "d/m/y" not in asked
