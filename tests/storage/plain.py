"""What queries mean, said in plain Python: the yardstick for what storage finds."""

import json

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import (
    Choice,
    Flag,
    Money,
    Number,
    Options,
    Reference,
    Terms,
)
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
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
)
from smartct_desktop.storage.codecs import codec_of

BLANK = (None, ())


class World:
    """Records by id, in the order they were added."""

    def __init__(self, records):
        self.records = {record.id: record for record in records}
        self._answers = {}

    def of(self, kind):
        return [r for r in self.records.values() if r.schema.kind == kind]

    def value(self, record, path):
        """The value at the end of a path, None if the way is cut off by a blank."""
        for name in path.names[:-1]:
            record = self.records.get(getattr(record, name))
            if record is None:
                return None
        return getattr(record, path.names[-1])

    def caption(self, id_):
        record = self.records.get(id_)
        if record is None:
            return ""
        shown = (self.shown(record, Path((name,))) for name in record.schema.caption)
        return " ".join(filter(None, shown))

    def shown(self, record, path):
        value = self.value(record, path)
        if value in BLANK:
            return ""
        type_ = path.field(record.schema.kind).type
        return self.caption(value) if isinstance(type_, Reference) else shown(type_, value)

    # Filters.

    def passes(self, record, filter_):
        match filter_:
            case Among(path, values):
                value = self.value(record, path)
                if value in BLANK:
                    return None in values or () in values
                if isinstance(value, tuple):
                    return bool(values.intersection(value))
                return value in values
            case Between(path, low, high):
                return self._between(record, path, low, high)
            case Contains(path, words, match):
                texts = list(self._folded(record, path))
                return holds(texts, words, match)
            case Mentions(words, match):
                texts = self.mentioned(record)
                return holds(texts, words, match)
            case AnyOf(filters):
                return any(self.passes(record, one) for one in filters)
            case AllOf(filters):
                return all(self.passes(record, one) for one in filters)
            case Ids(ids):
                return record.id in ids
            case Not(inner):
                return not self.passes(record, inner)
            case _:
                raise TypeError(filter_)

    def contained(self, record, path):
        """The folded texts in one of which a word must be."""
        return "\n".join(self._folded(record, path))

    def _folded(self, record, path):
        value = self.value(record, path)
        type_ = path.field(record.schema.kind).type
        if value in BLANK:
            return
        if isinstance(type_, Reference):
            named = self.records[value]
            for name in named.schema.caption:
                yield from self._folded(named, Path((name,)))
        else:
            yield fold(shown(type_, value))

    def _between(self, record, path, low, high):
        value = self.value(record, path)
        if value in BLANK:
            return False
        type_ = path.field(record.schema.kind).type
        rank = ranked(type_, value)
        return (low is None or rank >= ranked(type_, low)) and (
            high is None or rank <= ranked(type_, high)
        )

    def found_by(self, record, word):
        return any(word in text for text in self.mentioned(record))

    def mentioned(self, record):
        """The folded texts in which a search looks."""
        texts = list(own_texts(record))
        for field in record.schema.references:
            named = self.records.get(getattr(record, field.name))
            if named is not None:
                schema = named.schema
                names = {*schema.caption, *schema.other_names}
                texts += own_texts(named, names)
        return texts

    # The whole query.

    def ids(self, query):
        """The ids of the records found, in order. An answer is remembered."""
        if query not in self._answers:
            self._answers[query] = self._found(query)
        return self._answers[query]

    def _found(self, query):
        found = [
            record
            for record in self.of(query.kind)
            if all(self.passes(record, f) for f in query.filters)
            and all(self.found_by(record, word) for word in fold(query.search).split())
        ]
        sorts = [(sort.path, sort.descending) for sort in query.sort]
        wanted = {path for path, _ in sorts}
        keys = (Path((key.name,)) for key in schema_of(query.kind).keys)
        sorts += [(key, False) for key in keys if key not in wanted]
        for path, descending in reversed(sorts):
            for leaf in reversed(list(self.leaves(query.kind, path))):
                found = self._sorted(found, leaf, descending)
        return [record.id for record in found]

    def _sorted(self, records, path, descending):
        blanks = [r for r in records if self.value(r, path) in BLANK]
        filled = [r for r in records if self.value(r, path) not in BLANK]
        type_ = path.field(records[0].schema.kind).type if records else None
        filled.sort(key=lambda r: ranked(type_, self.value(r, path)), reverse=descending)
        return filled + blanks

    def leaves(self, kind, path):
        field = path.field(kind)
        if not isinstance(field.type, Reference):
            yield path
            return
        for name in schema_of(field.type.kind).caption:
            yield from self.leaves(kind, Path((*path.names, name)))


def holds(texts, words, match):
    """Whether the words are in these folded texts."""
    folded = fold(words)
    if match is Match.WORDS:
        return all(any(word in text for text in texts) for word in folded.split())
    if match is Match.WHOLE:
        return not folded or any(f" {folded} " in f" {text} " for text in texts)
    return not folded or any(folded in text for text in texts)


def own_texts(record, names=None):
    """The folded texts of a record, of the fields named or of all."""
    for field in record.schema.fields:
        value = getattr(record, field.name)
        wanted = names is None or field.name in names
        if wanted and value is not None and codec_of(field.type).folded:
            yield fold(value)


def ranked(type_, value):
    """What a value is sorted by."""
    if codec_of(type_).folded:
        return fold(value)
    if isinstance(value, Options):
        return list(type(value)).index(value)
    if isinstance(value, PartialDate):
        return value.isoformat()
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def shown(type_, value):
    """The text of a value inside of a caption."""
    match type_:
        case Choice():
            return value.label
        case Flag():
            return "yes" if value else "no"
        case Terms():
            return ", ".join(value)
        case Money():
            return f"{value // 100}.{value % 100:02d}"
        case Number():
            return f"{value.normalize():f}"
        case _:
            text = value if isinstance(value, str | int) else value.isoformat()
            return str(text)[:5] if hasattr(value, "tzinfo") else str(text)
