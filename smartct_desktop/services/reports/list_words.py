"""The words for the values of closed lists in what partners fill in, in six languages."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.fields import Options
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.wording import LANGUAGES, labels_in, wordings


def option_word(facts: ProgrammeFacts, code: str, option: Options, language: str) -> str:
    """Give the word for a choice of the field in a language."""
    label = str(option.label)
    return labels_in(facts, code, language).get(label) or _told(label, language)


def term_word(facts: ProgrammeFacts, vocabulary: str, term: str, language: str) -> str:
    """Give the word for a term in a language; its label where nobody has translated it."""
    return _told(facts.term_label(vocabulary, term), language)


def option_words(facts: ProgrammeFacts, code: str, option: Options) -> Iterator[str]:
    """Give the words for a choice in all languages."""
    return (option_word(facts, code, option, language) for language in LANGUAGES)


def term_words(facts: ProgrammeFacts, vocabulary: str, term: str) -> Iterator[str]:
    """Give the words for a term in all languages."""
    return (term_word(facts, vocabulary, term, language) for language in LANGUAGES)


def _told(text: str, language: str) -> str:
    told = wordings().get(text)
    return told[language] if told is not None else text
