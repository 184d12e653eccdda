"""Texts of the window: translated by template, whoever made them."""

from typing import ClassVar

import pytest
from PySide6.QtCore import QTranslator

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.i18n import CONTEXT, say, tr

pytestmark = pytest.mark.usefixtures("qapp")


class German(QTranslator):
    """A catalogue made for these tests."""

    TEXTS: ClassVar = {
        "{n} rows": "{n} Zeilen",
        "Spain": "Spanien",
        "Not in {country}.": "Nicht in {country}.",
        "{n} broken": "{m} kaputt",
    }

    def isEmpty(self):  # noqa: N802 -- Qt's name
        return False

    def translate(self, context, source, disambiguation=None, n=-1):  # noqa: ARG002 -- Qt's
        return self.TEXTS.get(source, "") if context == CONTEXT else ""


@pytest.fixture
def german(qapp):
    translator = German()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_that_values_are_filled_in():
    assert tr("{n} of {all} rows", n=25, all=61) == "25 of 61 rows"


def test_that_a_text_without_values_keeps_its_braces():
    assert tr("a {thing}") == "a {thing}"


def test_that_braces_in_a_value_stay_as_they_are():
    assert tr("Filter {text}", text="{n}") == "Filter {n}"


@pytest.mark.usefixtures("german")
def test_that_a_text_is_translated_before_it_is_filled():
    assert tr("{n} rows", n=3) == "3 Zeilen"


@pytest.mark.usefixtures("german")
def test_that_a_sentence_is_said_again_with_its_values():
    assert say(Sentence("{n} rows", n=3)) == "3 Zeilen"
    assert say(Sentence("Not in {country}.", country=Sentence("Spain"))) == "Nicht in Spanien."


@pytest.mark.usefixtures("german")
def test_that_plain_text_is_not_translated():
    assert say("Spain") == "Spain"


@pytest.mark.usefixtures("german")
def test_that_a_mistake_in_a_translation_does_not_hide_the_text():
    assert tr("{n} broken", n=2) == "2 broken"
