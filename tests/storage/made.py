"""Records of every type made at random from a seed, with all kinds of values they can hold.

Hypothesis draws the seeds. It does not draw the records themselves: seventy fields of a record, of
which a failure hardly ever needs more than one, take it minutes to make small.
"""

import string
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal
from typing import assert_never

from hypothesis import Phase, settings
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

SEEDS = st.integers(0, 2**64)
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)

# Letters that fold in different ways, signs that mean something to SQL, JSON or file formats, and
# letters of several bytes.
LETTERS = (
    string.ascii_letters
    + string.digits
    + "áÄñłØßæœþı·ŠΣςЖйИ中ﬁ😀"
    + " '\"\\%_*?[]{}();:,.-–/<>=&#@"
)
FIRST_DAY = date(1900, 1, 1)


def seeded(examples):
    """Settings for tests that take seeds."""
    return settings(max_examples=examples, phases=NO_SHRINKING)


VALUES_OF_RULES = (("min_working_days", "3"), ("cap.ES", "830"), ("once_only", "yes"))


def record(random, kind, known, filled=0.5):
    """A valid record that refers to the records `known` by kind; `filled` of its fields are."""
    schema = BY_KIND[kind]
    while True:
        values = {}
        for field in schema.told:
            if field.required or random.random() < filled:
                values[field.name] = value(random, field.type, known)
        if kind == "rule_value":  # what a rule set has no value of is refused
            values |= zip(("name", "value"), random.choice(VALUES_OF_RULES), strict=True)
        made = mended(schema.make(values))
        if not list(problems(made)):
            return made


def world(random, kinds, each, filled=0.5):
    """So many records of each of the kinds, with those that they cannot do without."""
    known = {}
    made = []
    for kind in ordered(kinds):
        records = [record(random, kind, known, filled) for _ in range(each)]
        known[kind] = [r.id for r in records]
        made += records
    return made


def ordered(kinds):
    """The kinds and those they cannot do without, each after what it must refer to."""
    found = []

    def visit(kind):
        for field in BY_KIND[kind].references:
            if field.required:
                visit(field.type.kind)
        if kind not in found:
            found.append(kind)

    for kind in kinds:
        visit(kind)
    return found


def mended(record):
    """The record without values that contradict others."""
    for problem in list(problems(record)):
        field = record.schema.by_name.get(problem.field)
        if field is not None and not field.required:
            record = record.replace(**{field.name: None})
    return record


def value(random, type_, known):  # noqa: C901, PLR0912 (one case a type)
    """A valid value, mostly an ordinary one, sometimes an extreme one."""
    match type_:
        case Text(longest):
            return line(random, longest)
        case LongText():
            return "\n".join(line(random, 60) for _ in range(random.randint(1, 3)))
        case Whole(least, most) | Money(least, most):
            return whole(random, least, most)
        case Number(places, least, most):
            scale = 10**places
            return Decimal(whole(random, int(least * scale), int(most * scale))) / scale
        case Day():
            return day(random)
        case PartialDay():
            some = day(random)
            known_to = random.randint(1, 3)
            return PartialDate(*(some.year, some.month, some.day)[:known_to])
        case Time():
            return time(random.randrange(24), random.randrange(60))
        case Flag():
            return random.random() < 0.5
        case Choice(options):
            return random.choice(list(options))
        case Term():
            return code(random)
        case Terms():
            return tuple(dict.fromkeys(code(random) for _ in range(random.randint(0, 4))))
        case Country():
            return random.choice(["ES", "BG", "DE", "XK", "PL"])
        case Reference(kind):
            return random.choice(known[kind]) if known.get(kind) else None
        case Email():
            return f"{code(random)}@{code(random)}.eu"
        case Link():
            return f"https://{code(random)}.eu/{code(random)}"
        case _:
            assert_never(type_)


def line(random, longest=60):
    """One line of text; one in twenty is as long as can be."""
    length = longest if random.random() < 0.05 else random.randint(1, min(longest, 12))
    text = "".join(random.choice(LETTERS) for _ in range(length))
    text = unicodedata.normalize("NFC", text)[:longest]
    return text if text.strip() else "x"


def code(random):
    return "".join(random.choice("abc_") for _ in range(random.randint(1, 4)))


def whole(random, least, most):
    if random.random() < 0.1:
        return random.choice([least, most])
    return random.randint(least, min(most, least + 10 ** random.randint(1, 6)))


def day(random):
    return FIRST_DAY + timedelta(random.randrange(73_000))
