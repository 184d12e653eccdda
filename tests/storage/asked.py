"""Queries made at random about a world of records."""

from smartct_desktop.domain.catalog import BY_KIND, schema_of
from smartct_desktop.domain.fields import Reference
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import (
    AllOf,
    Among,
    AnyOf,
    Between,
    Contains,
    Ids,
    Match,
    Mentions,
    Not,
    Path,
    Query,
    Sort,
)
from smartct_desktop.storage.codecs import codec_of
from tests.storage.plain import BLANK, own_texts


def query(random, world, kind):
    """A query with columns, and sometimes filters, words to search and an order."""
    return Query(
        kind,
        columns=tuple(path(random, kind) for _ in range(random.randint(0, 6))),
        filters=tuple(filter_(random, world, kind) for _ in range(random.choice([0, 0, 1, 1, 2]))),
        search=" ".join(word(random, world, kind) for _ in range(random.choice([0, 0, 1, 1, 2]))),
        sort=tuple(
            Sort(path(random, kind), random.random() < 0.5)
            for _ in range(random.choice([0, 1, 1, 2]))
        ),
    )


def path(random, kind):
    """A field of the kind, or of what it refers to, at most two references away."""
    names = []
    while True:
        schema = schema_of(kind)
        further = schema.references and len(names) < 2 and random.random() < 0.3
        field = random.choice(schema.references if further else schema.fields)
        names.append(field.name)
        if not further:
            return Path(tuple(names))
        kind = field.type.kind


def filter_(random, world, kind):
    way = path(random, kind)
    field = way.field(kind)
    held = [world.value(r, way) for r in random.choices(world.of(kind), k=4)]
    match random.randrange(7):
        case 0:
            inner = filter_(random, world, kind)
            return inner if isinstance(inner, Not) else Not(inner)
        case 1:
            return Ids(frozenset(r.id for r in random.choices(world.of(kind), k=20)))
        case 2 if codec_of(field.type).bound:
            low, high = random.choices([*(v for v in held if v not in BLANK), None], k=2)
            return Between(way, low, high)
        case 3:
            texts = [world.contained(r, way) for r in random.choices(world.of(kind), k=3)]
            words = [part(random, text) for text in texts if text]
            return Contains(way, words[0] if words else "zz", random.choice(list(Match)))
        case 4:
            said = word(random, world, kind) if random.random() < 0.5 else row(random, world, kind)
            return Mentions(said, random.choice(list(Match)))
        case 5:
            several = tuple(filter_(random, world, kind) for _ in range(random.randint(0, 3)))
            return random.choice([AnyOf, AllOf])(several)
        case _:
            values = [v for value in held for v in (value if isinstance(value, tuple) else [value])]
            return Among(way, frozenset(random.choices([*values, None], k=random.randint(0, 3))))


def word(random, world, kind):
    """A piece of a text that is there, or of a name of a record referred to."""
    record = random.choice(world.of(kind))
    texts = list(own_texts(record))
    for field in record.schema.references:
        named = world.records.get(getattr(record, field.name))
        if named is not None:
            texts += own_texts(named, {*named.schema.caption, *named.schema.other_names})
    return part(random, random.choice(texts)) if texts else "zz"


def row(random, world, kind):
    """Some words of a text that is there, in their order."""
    texts = [t for r in random.choices(world.of(kind), k=3) for t in world.mentioned(r)]
    words = random.choice(texts or ["zz"]).split() or ["zz"]
    start = random.randrange(len(words))
    return " ".join(words[start : start + random.randint(1, 3)])


def part(random, text):
    words = fold(text).split()
    if not words:
        return "zz"
    chosen = random.choice(words)
    start = random.randrange(len(chosen))
    return chosen[start : start + random.choice([1, 2, 3, 4, 9])]


def referring_kinds():
    """Kinds that refer to others: the ones queries are interesting about."""
    return [kind for kind, schema in BY_KIND.items() if schema.references]


def is_reference(way, kind):
    return isinstance(way.field(kind).type, Reference)
