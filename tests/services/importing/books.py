"""Partners' files as values: the tests say what stands in the cells."""

import datetime as dt
import hashlib

from smartct_desktop.domain.book import (
    Area,
    Book,
    BookFormat,
    EncodingGuess,
    Look,
    NumberFormat,
    Sheet,
    TextForm,
    rows_of,
)

DAY = Look(NumberFormat.DATE, "dd/mm/yyyy")
BOLD = Look(bold=True)
FIVE_ZEROS = Look(NumberFormat.NUMBER, "00000")

TODAY = dt.date(2022, 10, 1)

EXCHANGE_HEADINGS = [
    "Ref",
    "Visiting organisation",
    "VO country",
    "Host organisation",
    "HO country",
    "Start",
    "End",
    "Working days",
    "Distance km",
    "Amount EUR",
    "Status",
]
"""The headings of `exchange`."""


def day(text):
    return dt.date.fromisoformat(text)


def exchange(ref="A-1", vo="Adler Optik GmbH", ho="Bosc Digital, S.L.", **other):
    """One valid row of exchanges, as a list in the order of `EXCHANGE_HEADINGS`."""
    row = {
        "ref": ref,
        "vo": vo,
        "vo_country": "Germany",
        "ho": ho,
        "ho_country": "Spain",
        "start": day("2021-11-15"),
        "end": day("2021-11-19"),
        "days": 5,
        "km": 1300,
        "amount": 830,
        "status": "closed",
    }
    return list((row | other).values())


def exchanges(*rows):
    return [list(EXCHANGE_HEADINGS), *rows]


def sheet(grid, name="Sheet1", *, looks=None, merged=(), **facts):
    areas = tuple(Area(*corners) for corners in merged)
    return Sheet(name, rows_of(grid, looks or {}), merged=areas, **facts)


def book(*sheets, name="list.xlsx", **facts):
    """A workbook of these sheets, or of one with these rows."""
    if not isinstance(sheets[0], Sheet):
        sheets = (sheet(sheets[0]),)
    content = hashlib.sha256(repr((name, sheets)).encode()).hexdigest()
    return Book(name, content, BookFormat.XLSX, tuple(sheets), **facts)


def text_book(grid, name="list.csv", *, certain=True):
    """A text file: its sheet has no name, all its cells are texts."""
    form = TextForm((EncodingGuess("cp1251", 0.9, "Код;Град"),), certain, (";",), True)
    content = hashlib.sha256(repr((name, grid)).encode()).hexdigest()
    return Book(name, content, BookFormat.TEXT, (sheet(grid, None),), text=form)


def members(*rows, title="Verband Seewind e. V.", as_of="Stand: 30.06.2021"):
    """A member list with titles above; each row has the columns of `MEMBER_HEADINGS`."""
    return [[title], ["Mitgliederliste"], [as_of], [], MEMBER_HEADINGS, *rows]


MEMBER_HEADINGS = [
    "Mitgl.-Nr.",
    "Firma",
    "Rechtsform",
    "USt-IdNr.",
    "PLZ",
    "Ort",
    "Land",
    "Mitarbeiter",
    "KMU",
    "Mitglied seit",
    "E-Mail",
]


def member(number=1, name="Adler Optik", **other):
    row = {
        "number": number,
        "name": name,
        "form": "GmbH",
        "vat": None,
        "postcode": "23552",
        "city": "Lübeck",
        "country": "Deutschland",
        "staff": 12,
        "sme": "ja",
        "since": day("2019-04-01"),
        "email": None,
    }
    return list((row | other).values())
