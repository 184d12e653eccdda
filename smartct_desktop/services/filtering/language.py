"""The filter language: a text becomes terms, or a sentence about what is not understood.

alfa                    found in any text, whatever case and accents
"smart city"            these whole words next to each other
-alfa  -"smart city"    records without it
country:ES              a field has a value; its name may be that of a column in any language
host country:ES,BG      a field of the record named; several values
days>5  days:100..500   numbers, amounts, days and times; 2021-11 is the whole month
paid on:-  paid on:*    nothing, or anything, is filled in
problems:errors         what the rules say of the record: errors, warnings, none
ctq:no | agreement:no   at least one of these; binds closer than the blank between terms
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.searching import LONGEST_SEARCH, MOST_WORDS
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.filtering.names import FieldNames, readable
from smartct_desktop.services.filtering.problems import (
    is_problems,
    read_problems,
    written_problems,
)
from smartct_desktop.services.filtering.terms import (
    Alternatives,
    Condition,
    Findings,
    NotUnderstood,
    Part,
    Phrase,
    Refusal,
    Simple,
    Term,
    Terms,
    Word,
)
from smartct_desktop.services.filtering.tokens import COLON, Bar, Piece, Reader, Token
from smartct_desktop.services.filtering.values import NUMBERS, RANGE, RANKED, Values
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts

_MOST_WORDS = 6
"""Words in the name of a field, at most."""


class Language:
    """Reads and writes filters about records of one kind, in one style of dates and numbers."""

    def __init__(self, kind: str, facts: ProgrammeFacts, texts: Texts) -> None:
        self.kind = kind
        self.names = FieldNames(kind, facts)
        self.values = Values(facts, texts)

    def prepare(self) -> None:
        """Read everything that is needed now and then, which takes a tenth of a second."""
        self.names.find("a name that no field has")
        self.values.prepare()

    def read(self, text: str) -> Terms | Refusal:
        """Give the terms of a text, or what of it is not understood. Raises nothing."""
        if len(text) > LONGEST_SEARCH:
            sentence = Sentence("A filter has {n} signs at most.", n=LONGEST_SEARCH)
            return Refusal(sentence, LONGEST_SEARCH, len(text))
        try:
            return tuple(self._terms(Reader(text).tokens(), text))
        except NotUnderstood as stopped:
            return stopped.refusal

    def read_without(self, text: str, refusal: Refusal) -> Terms:
        """Give the terms of a refused text without the one that is refused."""
        try:
            tokens = self._named(Reader(text).tokens(), text)
            rest = [one for one in tokens if not one.start <= refusal.start <= one.end]
            return tuple(self._terms(rest, text))
        except NotUnderstood:  # there is another mistake, or a quotation is not closed
            before = self.read(text[: refusal.start])
            return () if isinstance(before, Refusal) else before

    def written(self, terms: Sequence[Term], *, stable: bool = False) -> str:
        """Write terms so that they are read as the same.

        With `stable` fields and values are written by their codes, for keeping: read that with
        texts in ISO style.
        """
        plain = " ".join(self._term(term, stable=stable) for term in terms)
        if self.read(plain) == tuple(terms):
            return plain
        # A word before the name of a field can look like a part of that name.
        return " ".join(self._term(term, stable=stable, quoted=True) for term in terms)

    # Reading.

    def _terms(self, tokens: Sequence[Token | Bar], text: str) -> Iterator[Term]:
        alternatives: list[Simple] = []
        bar: Bar | None = None
        asked = 0
        for one in self._named(tokens, text):
            if isinstance(one, Bar):
                if not alternatives or bar is not None:
                    raise _lonely(one)
                bar = one
                continue
            if bar is None and alternatives:
                yield _joined(alternatives)
                alternatives = []
            alternatives.append(self._simple(one, text))
            bar = None
            asked += _weight(alternatives[-1])
            if asked > MOST_WORDS:
                raise _too_much(one, text)
        if bar is not None:
            raise _lonely(bar)
        if alternatives:
            yield _joined(alternatives)

    def _named(self, tokens: Sequence[Token | Bar], text: str) -> list[Token | Bar]:
        """Put the words before an operator that belong to the name of its field to that name."""
        found: list[Token | Bar] = []
        for token in tokens:
            if isinstance(token, Bar) or not token.operator or token.head.quoted or token.negated:
                found.append(token)
                continue
            words: list[Token] = []
            for before in reversed(found):
                if isinstance(before, Bar) or not _can_name(before) or len(words) == _MOST_WORDS:
                    break
                words.insert(0, before)
                if before.negated:
                    break
            found.append(self._longest(words, token, found, text))
        return found

    def _longest(
        self, words: list[Token], token: Token, found: list[Token | Bar], text: str
    ) -> Token:
        """Join the longest row of words that is a name with the token, and take them away."""
        for place in range(len(words)):
            first = words[place]
            name = text[first.head.start : token.head.end]
            if self.names.find(name) or is_problems(name):
                del found[len(found) - (len(words) - place) :]
                head = Piece(name, first.head.start, token.head.end)
                operator, tail = token.operator, token.tail
                return Token(head, first.start, token.end, first.negated, operator, tail)
        return token

    def _simple(self, token: Token, text: str) -> Simple:
        if token.operator:
            return self._condition(token, text)
        head = token.head
        if not head.quoted:
            self._look_for_mistakes(token)
            return Word(head.text, token.negated)
        if not fold(head.text):
            sentence = Sentence("There is no letter or digit between the quotation marks.")
            raise NotUnderstood(Refusal(sentence, head.start, head.end))
        return Phrase(head.text, token.negated)

    def _condition(self, token: Token, text: str) -> Condition | Findings:
        assert token.tail is not None
        asks_rules = token.operator == COLON and is_problems(token.head.text)
        if asks_rules and not self.names.find(token.head.text):
            return read_problems(token.tail, negated=token.negated)
        path = self._field(token, text)
        operands = self.values.read(path.field(self.kind), token.operator, token.tail)
        return Condition(path, operands, token.negated)

    def _field(self, token: Token, text: str) -> Path:
        head = token.head
        paths = self.names.find(head.text)
        if len(paths) == 1:
            return paths[0]
        shown = text[head.start : head.end]
        if not fold(head.text):
            example = self._example()
            sentence = Sentence(
                "A field is missing before “{sign}”: {example}.",
                sign=token.operator,
                example=example,
            )
            raise NotUnderstood(Refusal(sentence, token.start, token.end))
        if paths:
            names = [readable(path, self.kind) for path in paths]
            sentence = Sentence(
                "“{name}” can be {names}.", name=shown, names=" or ".join(names[:4])
            )
            offers = tuple(self.names.written(path, stable=False) for path in paths[:4])
            raise NotUnderstood(Refusal(sentence, head.start, head.end, offers))
        like = self.names.like(head.text)
        if like:
            sentence = Sentence(
                "There is no field “{name}”. Did you mean “{like}”?", name=shown, like=like[0]
            )
        else:
            sentence = Sentence(
                "There is no field “{name}”. To find it as text, put it in quotation marks.",
                name=shown,
            )
        raise NotUnderstood(Refusal(sentence, head.start, head.end, like))

    def _look_for_mistakes(self, token: Token) -> None:
        """Refuse what looks like a range without a field, or an equals sign for a colon."""
        text = token.head.text
        before, sign, after = text.partition("=")
        if sign and after and len(self.names.find(before)) == 1:
            offer = f"{before}{COLON}{after}"
            sentence = Sentence("A colon parts field and value: {offer}.", offer=offer)
            raise NotUnderstood(Refusal(sentence, token.head.start, token.head.end, (offer,)))
        low, dots, high = text.partition(RANGE)
        if dots and low[-1:].isdecimal() and high[:1].isdecimal():
            sentence = Sentence(
                "A field is missing before “{text}”: {example}.",
                text=text,
                example=self._example(text),
            )
            raise NotUnderstood(Refusal(sentence, token.head.start, token.head.end))

    def _example(self, text: str = ">5") -> str:
        """Give an example with the first field that fits a span."""
        day = "-" in text
        for field in schema_of(self.kind).fields:
            if isinstance(field.type, RANKED) and isinstance(field.type, NUMBERS) is not day:
                return f"{field.label}{COLON}{text}"
        return f"{schema_of(self.kind).fields[0].label}{COLON}…"

    # Writing.

    def _term(self, term: Term, *, stable: bool, quoted: bool = False) -> str:
        match term:
            case Alternatives(terms):
                return " | ".join(self._term(t, stable=stable, quoted=quoted) for t in terms)
            case Word(text, negated):
                return f"-{text}" if negated else text
            case Phrase(text, negated):
                return f'-"{text}"' if negated else f'"{text}"'
            case Condition(path, operands, negated):
                name = self.names.written(path, stable=stable)
                name = f'"{name}"' if quoted else name
                field = path.field(self.kind)
                sep = ";" if isinstance(field.type, NUMBERS) else ","
                values = sep.join(self.values.written(field, o, stable=stable) for o in operands)
                return f"{'-' if negated else ''}{name}{COLON}{values}"
            case Findings():
                return written_problems(term)


def _joined(terms: list[Simple]) -> Term:
    return terms[0] if len(terms) == 1 else Alternatives(tuple(terms))


def _weight(term: Simple) -> int:
    """What a term costs: each text that has to be looked for, as whole values are not."""
    if not isinstance(term, Condition):
        return 1
    return max(1, sum(isinstance(operand, Part) for operand in term.operands))


def _too_much(token: Token, text: str) -> NotUnderstood:
    sentence = Sentence("A filter has {n} words and texts to look for at most.", n=MOST_WORDS)
    return NotUnderstood(Refusal(sentence, token.start, len(text)))


def _can_name(token: Token) -> bool:
    return not token.operator and not token.head.quoted


def _lonely(bar: Bar) -> NotUnderstood:
    sentence = Sentence("On both sides of “|” there must be something to look for.")
    return NotUnderstood(Refusal(sentence, bar.start, bar.end))
