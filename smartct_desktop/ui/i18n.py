"""Every text of the window goes through here, so that it can be said in another language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from smartct_desktop.domain.sentence import Sentence

CONTEXT = "SmartCT"  # one for all texts: the same words are translated once


def tr(template: str, /, **values: object) -> str:
    """The text in the language of the window, with `values` in its braces."""
    return _fill(template, values)


def say(sentence: str) -> str:
    """A sentence of a lower layer in the language of the window; plain text stays as it is."""
    if isinstance(sentence, Sentence):
        return _fill(sentence.template, sentence.values)
    return sentence


def _fill(template: str, values: Mapping[str, object]) -> str:
    translated = QCoreApplication.translate(CONTEXT, template)
    if not values:
        return translated
    said = {name: say(value) if isinstance(value, str) else value for name, value in values.items()}
    try:
        return translated.format(**said)
    except (KeyError, IndexError, ValueError):
        # A mistake in a translation must not keep the message from the person.
        return template.format(**said)
