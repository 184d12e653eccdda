"""Values written out in reports so that their words can still be said in another language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.fields import Choice, Field, Term, Terms, Value
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts

_OURS = frozenset({"event_type", "target_group"})
"""The vocabularies with words in every language; the others are names of the platform's lists."""


@dataclass(frozen=True, slots=True)
class AsStored:
    """A text of the document in a sentence; it is never taken for a word of ours."""

    text: str

    def __str__(self) -> str:
        return self.text


def joined(parts: Iterable[str], between: str) -> Sentence:
    """Put texts together into one, of which each sentence can be translated by itself."""
    named = {f"part{place}": part for place, part in enumerate(parts)}
    return Sentence(between.join(f"{{{name}}}" for name in named), **named)


def with_days(sentence: Sentence) -> Sentence:
    """Write the days that fill a sentence as the columns beside it show days."""
    return Sentence(sentence.template, **{n: _shown(v) for n, v in sentence.values.items()})


def _shown(value: object) -> object:
    match value:
        case Sentence():
            return with_days(value)
        case date():
            return f"{value:%d.%m.%Y}"
        case _:
            return value


def told_value(
    texts: Texts, facts: ProgrammeFacts, field: Field, value: Value, caption: str | None = None
) -> str:
    """Write out the value of a field; what is chosen from a list is a sentence of its own."""
    match field.type:
        case Choice() if value is not None:
            return Sentence(texts.shown(field.type, value))
        case Term(vocabulary) if value and vocabulary in _OURS:
            return Sentence(facts.term_label(vocabulary, str(value)))
        case Terms(vocabulary) if isinstance(value, tuple) and value and vocabulary in _OURS:
            labels = (Sentence(facts.term_label(vocabulary, code)) for code in value)
            return joined(labels, "; ")
        case _:
            return texts.shown(field.type, value, caption)
