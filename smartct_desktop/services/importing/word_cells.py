"""Cells that say one of a few things in words: yes and no, states, types, terms, countries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from smartct_desktop.domain import book
from smartct_desktop.domain.fields import Options
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Reply
from smartct_desktop.services.importing.dictionary import Dictionary, WordSense
from smartct_desktop.services.importing.text_cells import shown
from smartct_desktop.services.importing.understood import CellReader, Doubt, Hang

_LIST_SIGNS = re.compile(r"\s*[;,/\n]\s*|\s+(?:\+|&)\s+")
_WORD_TOPICS = {
    "organisation_type": "organisation_type",
    "scaleup_kind": "organisation_type",
    "exchange_status": "status_words",
    "event_status": "status_words",
    "mode": "status_words",
    "event_format": "status_words",
}


@dataclass(frozen=True, slots=True)
class PaperState:
    """What is said of a paper: there or not, or not known, and its date."""

    there: bool | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """A member of a closed list with the finer word that the file used, if there is one."""

    value: Options
    detail: str = ""


def unknown(dictionary: Dictionary, text: str) -> bool:
    """Whether the text only says that nothing is known: "k. A.", "n/a", "-"."""
    sense = dictionary.words.sure("answer", text)
    return sense is not None and sense.code == "unknown"


def flag(dictionary: Dictionary) -> CellReader:
    """Read yes, no and not known."""

    def read(value: book.Value, code: str) -> Any:
        if isinstance(value, bool):
            return value
        text = shown(value, code)
        sense = dictionary.words.sure("answer", text)
        if sense is not None:
            return {"yes": True, "no": False}.get(sense.code)
        return _flag_doubt(text)

    return read


def _flag_doubt(text: str) -> Doubt:
    return Doubt(
        "marks",
        Sentence("Does “{text}” mean yes or no?", text=text),
        lambda reply: {"yes": True, "no": False}.get(str(reply)),
        options=("yes", "no", None),
    )


def paper(dictionary: Dictionary, days: CellReader, dated: Callable[[str], bool]) -> CellReader:
    """Read whether a paper is there: words, a sign, or the day on which it was signed.

    `days` reads the cells that are dates; `dated` tells which texts are.
    """

    def read(value: book.Value, code: str) -> Any:
        if isinstance(value, bool):
            return PaperState(value)
        text = shown(value, code)
        if isinstance(value, str):
            for kind in ("document_state", "answer"):
                sense = dictionary.words.sure(kind, text)
                if sense is not None:
                    return PaperState({"yes": True, "no": False}.get(sense.code))
        elif value in (0, 1):
            return PaperState(bool(value))
        if isinstance(value, date | int | float) or dated(text):
            return _dated_paper(days(value, code))
        proposals = {s.code for s in dictionary.words.senses("document_state", text)}
        return Doubt(
            "documents",
            Sentence("Does “{text}” say that the paper is there?", text=text),
            lambda reply: PaperState({"yes": True, "no": False}.get(str(reply))),
            options=("yes", "no", "unknown"),
            propose=proposals.pop() if len(proposals) == 1 else None,
        )

    return read


def _dated_paper(day: Any) -> Any:
    match day:
        case date():
            return PaperState(True, day)
        case Hang(question, propose):
            return Hang(question, PaperState(True, propose))
        case Doubt():
            return replace(day, read=lambda reply: PaperState(True, day.read(reply)))
        case _:
            return None


def choice(dictionary: Dictionary, kind: str, options: type[Options]) -> CellReader:
    """Read one of the members of a closed list by the words of a kind."""
    codes = [member.value for member in options]

    def member(reply: Reply) -> Typed | None:
        return None if reply is None else Typed(_member(options, reply))

    def read(value: book.Value, code: str) -> Any:
        text = shown(value, code)
        if not text or unknown(dictionary, text):
            return None
        sense = dictionary.words.sure(kind, text)
        if sense is not None:
            return Typed(_member(options, sense.code), sense.detail)
        if text in codes:
            return Typed(_member(options, text))
        senses = dictionary.words.senses(kind, text)
        return Doubt(
            _WORD_TOPICS.get(kind, "vocabulary"),
            Sentence("What does “{text}” mean?", text=text),
            member,
            options=(*codes, None),
            propose=_likeliest(senses),
        )

    return read


def _member(options: type[Options], code: Reply) -> Options:
    """Give the member of a code. Raises `ValueError` if there is none."""
    for member in options:
        if member.value == code:
            return member
    raise ValueError(code)


def _likeliest(senses: Iterable[WordSense]) -> str | None:
    """Propose what a word most likely says, if it says one thing only."""
    codes = list(dict.fromkeys(sense.code for sense in senses))
    return codes[0] if len(codes) == 1 else None


def term(dictionary: Dictionary, kind: str, vocabulary: str) -> CellReader:
    """Read one term of a vocabulary by its label, its code or a known word for it."""

    def read(value: book.Value, code: str) -> Any:
        text = shown(value, code)
        if not text or unknown(dictionary, text):
            return None
        found = _term(dictionary, kind, vocabulary, text)
        return found if isinstance(found, str) else _term_doubt(text, found)

    return read


def terms(dictionary: Dictionary, kind: str, vocabulary: str) -> CellReader:
    """Read several terms of a vocabulary out of one cell."""

    def read(value: book.Value, code: str) -> Any:
        text = shown(value, code)
        if not text or unknown(dictionary, text):
            return None
        whole = _term(dictionary, kind, vocabulary, text)
        if isinstance(whole, str):
            return _each(dictionary, vocabulary, whole)
        found: dict[str, None] = {}
        sure = True
        for piece in filter(None, _LIST_SIGNS.split(text)):
            one = _term(dictionary, kind, vocabulary, piece)
            likely = one if isinstance(one, str) else _likeliest(one)
            sure = sure and isinstance(one, str)
            if likely is None:
                return _terms_doubt(dictionary, vocabulary, text, None)
            found |= dict.fromkeys(_each(dictionary, vocabulary, likely))
        return tuple(found) if sure else _terms_doubt(dictionary, vocabulary, text, tuple(found))

    return read


def _each(dictionary: Dictionary, vocabulary: str, code: str) -> tuple[str, ...]:
    """Give the terms behind a code; "*" stands for all of them."""
    return dictionary.term_codes(vocabulary) if code == "*" else (code,)


def _term(
    dictionary: Dictionary, kind: str, vocabulary: str, text: str
) -> str | tuple[WordSense, ...]:
    known = dictionary.term(vocabulary, text)
    if known is not None:
        return known
    sense = dictionary.words.sure(kind, text)
    return sense.code if sense else tuple(dictionary.words.senses(kind, text))


def _term_doubt(text: str, senses: Iterable[WordSense]) -> Doubt:
    return Doubt(
        "vocabulary",
        Sentence("“{text}” is not in the list. Which term is meant?", text=text),
        lambda reply: None if reply is None else str(reply),
        propose=_likeliest(senses),
        proposed=True,
    )


def _terms_doubt(
    dictionary: Dictionary, vocabulary: str, text: str, likely: tuple[str, ...] | None
) -> Doubt:
    def read(reply: Reply) -> tuple[str, ...]:
        pieces = str(reply).split("; ") if reply else []
        return tuple(
            dict.fromkeys(c for piece in pieces for c in _each(dictionary, vocabulary, piece))
        )

    return Doubt(
        "vocabulary",
        Sentence("“{text}” is not in the list. Which terms are meant?", text=text),
        read,
        propose="; ".join(likely) if likely else None,
        proposed=True,
    )


def country(dictionary: Dictionary) -> CellReader:
    """Read a country by exact name, alias or code; likeness counts for nothing.

    German "Island" and "Irland" are two countries.
    """

    def code_of(reply: Reply) -> str | None:
        if reply is None:
            return None
        found = dictionary.country(str(reply))
        if found is None:
            raise ValueError(reply)
        return found

    def read(value: book.Value, code: str) -> Any:
        text = shown(value, code)
        found = dictionary.country(text)
        if found is not None:
            return found
        if not text or unknown(dictionary, text):
            return None
        return Doubt("country", Sentence("Which country is “{text}”?", text=text), code_of)

    return read
