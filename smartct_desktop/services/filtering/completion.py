"""What can stand where somebody types in a filter: names of fields, and values after them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Field,
    FieldType,
    Flag,
    Link,
    LongText,
    Options,
    PartialDay,
    Reference,
    Term,
    Terms,
    Text,
    Value,
)
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.reading import Bucket
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.filtering.language import Language
from smartct_desktop.services.filtering.names import also_readable, readable
from smartct_desktop.services.filtering.offerings import Offering, Offerings
from smartct_desktop.services.filtering.problems import NAME, OFFERED, is_problems
from smartct_desktop.services.filtering.terms import NotUnderstood
from smartct_desktop.services.filtering.tokens import (
    BETWEEN_VALUES,
    COLON,
    QUOTES,
    Bar,
    Piece,
    Reader,
    Token,
    split_values,
)
from smartct_desktop.services.filtering.values import (
    BLANK,
    FILLED,
    quoted_if_needed,
    separators,
)

MOST = 40
"""Values offered at once."""

_MOST_FIELDS = 12
_LONGEST_NAME = 4  # words
_CLOSED = (Choice, Flag, Country, Term, Terms)
_FREE = (Text, LongText, Email, Link, Reference)

Buckets = Callable[[Path], Sequence[Bucket]]
"""Gives the values a field holds and how many records hold them; nothing if that takes long."""


class Completion:
    """Offers for one kind of records."""

    def __init__(self, language: Language, buckets: Buckets) -> None:
        self._language = language
        self._buckets = buckets
        self._kind = language.kind

    def at(self, text: str, cursor: int) -> Offerings:
        """Give what can stand at the cursor, which is at the end of what is being typed."""
        before = text[:cursor]
        tokens = _tokens(before)
        if not tokens or isinstance(tokens[-1], Bar) or tokens[-1].end < cursor:
            return Offerings()
        last = tokens[-1]
        if last.operator:
            return self._values(tokens, last, before)
        if last.head.quoted or not fold(last.head.text):
            return Offerings()
        return Offerings(tuple(self._fields(tokens, before)))

    # Fields.

    def _fields(self, tokens: Sequence[Token | Bar], before: str) -> Iterator[Offering]:
        words: list[Token] = []
        for token in reversed(tokens):
            plain = isinstance(token, Token) and not token.operator and not token.head.quoted
            if not plain or len(words) == _LONGEST_NAME:
                break
            assert isinstance(token, Token)
            words.insert(0, token)
            if token.negated:
                break
        for place in range(len(words)):
            start = words[place].head.start
            found = list(self._named(fold(before[start:]), single=place == len(words) - 1))
            if found:
                for path in found[:_MOST_FIELDS]:
                    yield self._field(path, start, len(before))
            if place == len(words) - 1 and NAME.lower().startswith(fold(before[start:])):
                said = Sentence("what the rules say")
                yield Offering(NAME, said, f"{NAME}{COLON}", start, len(before), goes_on=True)
            if found:
                return

    def _named(self, typed: str, *, single: bool) -> Iterable[Path]:
        """Give the fields whose label, or a word of it, or whose name begins so, in this order.

        Own fields come first, before those of the records named.
        """
        names = self._language.names
        ranked: list[tuple[int, int, Path]] = []
        for place, path in enumerate((*names.own, *names.ways)):
            label = fold(readable(path, self._kind))
            far = 10 * (len(path.names) - 1)
            further = (fold(name) for name in also_readable(path, self._kind))
            if label.startswith(typed):
                ranked.append((far, place, path))
            elif any(name.startswith(typed) for name in further):
                ranked.append((far + 1, place, path))
            elif single and not far and f" {typed}" in f" {label}":
                ranked.append((1, place, path))
            elif fold(str(path)).startswith(typed):
                ranked.append((far + 2, place, path))
        return [path for *_, path in sorted(ranked)]

    def _field(self, path: Path, start: int, end: int) -> Offering:
        name = self._language.names.written(path, stable=False)
        *through, last = path.fields(self._kind)
        label = readable(path, self._kind)
        said = f"{schema_of(last.kind).label} › {last.label}" if through else last.section
        return Offering(label, said, f"{name}{COLON}", start, end, goes_on=True)

    # Values.

    def _values(self, tokens: Sequence[Token | Bar], last: Token, before: str) -> Offerings:
        path = self._path(tokens, last, before)
        if last.tail is not None and last.operator == COLON and path is None:
            return self._problems(last, before)
        if path is None or last.tail is None or last.operator != COLON:
            return Offerings()
        field = path.field(self._kind)
        piece = split_values(last.tail, separators(field.type))[-1]
        typed = "".join(sign for sign in piece.text if sign not in QUOTES)
        place = Piece(typed, piece.start, len(before))
        offers = tuple(self._fitting(path, field, place))
        wanted = fold(typed)
        exact = any(wanted == fold(offer.text) for offer in offers)
        meant = bool(wanted) and isinstance(field.type, _CLOSED) and not exact
        return Offerings(offers if not exact or len(offers) > 1 else (), meant)

    def _problems(self, last: Token, before: str) -> Offerings:
        """Offer what the rules can say, behind the word for it."""
        if last.tail is None or not is_problems(last.head.text):
            return Offerings()
        piece = split_values(last.tail, BETWEEN_VALUES)[-1]
        typed = fold(piece.text)
        offers = [
            Offering(word, "", word, piece.start, len(before))
            for word in OFFERED
            if word.startswith(typed) and word != typed
        ]
        return Offerings(tuple(offers), bool(typed))

    def _path(self, tokens: Sequence[Token | Bar], last: Token, before: str) -> Path | None:
        """Give the field before the operator; the longest row of words that names one."""
        words = [last]
        if not last.head.quoted and not last.negated:
            for token in reversed(tokens[:-1]):
                if isinstance(token, Bar) or token.operator or token.head.quoted:
                    break
                words.insert(0, token)
        for word in words:
            name = last.head.text if last.head.quoted else before[word.head.start : last.head.end]
            paths = self._language.names.find(name)
            if len(paths) == 1:
                return paths[0]
        return None

    def _fitting(self, path: Path, field: Field, place: Piece) -> Iterator[Offering]:
        wanted = fold(place.text)
        names = dict.fromkeys(self._held(path, field))
        begun = [pair for pair in names if fold(pair[0]).startswith(wanted)]
        inside = [p for p in names if p not in begun and f" {wanted}" in f" {fold(p[0])}"]
        coded = [p for p in names if p not in (*begun, *inside) and fold(p[1]) == wanted]
        for text, _code, detail in (*coded, *begun, *inside)[:MOST]:
            insert = self._written(field.type, text)
            yield Offering(text, detail, insert, place.start, place.end)
        if not wanted:
            if isinstance(field.type, Day | PartialDay):
                yield Offering("today", "", "today", place.start, place.end)
            blank, filled = Sentence("blank"), Sentence("filled")
            yield Offering(BLANK, blank, BLANK, place.start, place.end)
            yield Offering(FILLED, filled, FILLED, place.start, place.end)

    def _held(self, path: Path, field: Field) -> Iterator[tuple[str, str, str]]:
        """Give values as text, code and detail: those that records hold, then the other ones."""
        known = self._language.values.known(field.type)
        if not known:
            if isinstance(field.type, _FREE) and not isinstance(field.type, LongText):
                for bucket in self._buckets(path):
                    text = bucket.caption or str(bucket.value or "")
                    if fold(text):
                        yield text, "", str(bucket.records)
            return
        counts = {_code(bucket.value): bucket.records for bucket in self._buckets(path)}
        if isinstance(field.type, Choice | Flag):
            held = known
        else:
            held = sorted(known, key=lambda one: -counts.get(one[1], 0))
        for text, code in held:
            number = counts.get(code or text, 0)
            yield text, code, str(number) if counts else code

    def _written(self, type_: FieldType, text: str) -> str:
        if isinstance(type_, _FREE):
            plain = " ".join("".join(" " if sign in QUOTES else sign for sign in text).split())
            return f'"{plain}"'
        return quoted_if_needed(text)


def _tokens(before: str) -> list[Token | Bar]:
    """Read what is typed so far; a quotation that is still open is closed for the time being."""
    for text in (before, f'{before}"', f"{before}“", f"{before}»"):
        try:
            tokens = Reader(text).tokens()
        except NotUnderstood:
            continue
        if len(text) > len(before) and tokens and isinstance(tokens[-1], Token):
            last = tokens[-1]
            head, tail = last.head, last.tail
            end = len(before)
            if tail is not None:
                tail = Piece(tail.text[:-1], tail.start, end)
            tokens[-1] = Token(head, last.start, end, last.negated, last.operator, tail)
        return tokens
    return []


def _code(value: Value) -> str:
    if isinstance(value, Options):
        return str(value.value)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "unknown"}[value]
    return str(value)
