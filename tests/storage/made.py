"""Records of every type made by Hypothesis, with every valid value they can hold."""

import string
import unicodedata
from datetime import date, time
from decimal import Decimal
from typing import assert_never

from hypothesis import strategies as st

from smartct_desktop.domain.catalog import BY_KIND
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
    Reference,
    Term,
    Terms,
    Text,
    Time,
    Whole,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.record import new_id

# Letters that fold in different ways, signs that mean something to SQL, JSON or file formats, and
# letters of several bytes.
LETTERS = string.ascii_letters + string.digits + "áÄñłØßæœþı·ŠΣςЖйИ中ﬁ😀 '\"\\%_*?[]{}();:,.-–/<>=&#@"

words = st.text(LETTERS, min_size=1, max_size=12)
lines = words.map(lambda text: unicodedata.normalize("NFC", text)).filter(str.strip)
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)
codes = st.text(string.ascii_lowercase + "_", min_size=1, max_size=6)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
partial_days = st.one_of(
    days.map(PartialDate.of),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year)),
)
ids = st.builds(new_id)


def values(type_, known):
    """Valid values of a field type; `known` has the ids of existing records by kind."""
    match type_:
        case Text(longest):
            return lines.map(lambda text: text[:longest]).filter(str.strip)
        case LongText():
            return texts
        case Whole(least, most) | Money(least, most):
            return st.integers(least, most)
        case Number(places, least, most):
            scale = 10**places
            return st.integers(int(least * scale), int(most * scale)).map(
                lambda scaled: Decimal(scaled) / scale
            )
        case Day():
            return days
        case PartialDay():
            return partial_days
        case Time():
            return st.times().map(lambda moment: time(moment.hour, moment.minute))
        case Flag():
            return st.booleans()
        case Choice(options):
            return st.sampled_from(list(options))
        case Term():
            return codes
        case Terms():
            return st.lists(codes, unique=True, max_size=4).map(tuple)
        case Country():
            return st.sampled_from(["ES", "BG", "DE", "XK", "PL"])
        case Reference(kind):
            return st.sampled_from(known[kind]) if known.get(kind) else st.nothing()
        case Email():
            return st.builds("{}@{}.eu".format, codes, codes)
        case Link():
            return st.builds("https://{}.eu/{}".format, codes, codes)
        case _:
            assert_never(type_)


def records(kind, known):
    """Valid records of a kind that refer to known records only."""
    schema = BY_KIND[kind]
    fields = {}
    for field in schema.fields:
        filled = values(field.type, known)
        blank = st.just(() if isinstance(field.type, Terms) else None)
        fields[field.name] = filled if field.required else st.one_of(blank, filled)
    return st.fixed_dictionaries(fields).map(schema.make).map(mended).filter(is_valid)


def mended(record):
    """The record without values that contradict others."""
    for problem in list(problems(record)):
        if not record.schema.by_name[problem.field].required:
            record = record.replace(**{problem.field: None})
    return record


def is_valid(record):
    return not list(problems(record))


@st.composite
def worlds(draw, kinds, most=3):
    """Some records of each of the kinds, with all that they need to refer to."""
    known = {}
    world = []
    for kind in ordered(kinds):
        made = draw(st.lists(records(kind, known), min_size=1, max_size=most))
        known.setdefault(kind, []).extend(record.id for record in made)
        world += made
    return world


def ordered(kinds):
    """The kinds and those they cannot do without, each after what it must refer to."""
    found = []

    def visit(kind):
        for field in BY_KIND[kind].references:
            if field.required and field.type.kind != kind:
                visit(field.type.kind)
        if kind not in found:
            found.append(kind)

    for kind in kinds:
        visit(kind)
    return found
