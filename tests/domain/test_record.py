"""Records, their identity and their changes."""

import dataclasses
import pickle

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.sentence import Sentence


def test_that_two_records_with_equal_values_are_two():
    assert Organisation(name="A") != Organisation(name="A")


def test_that_a_replaced_record_keeps_its_identity():
    first = Organisation(name="A")
    second = first.replace(city="Leipzig")
    assert (second.id, second.name, second.city) == (first.id, "A", "Leipzig")
    assert first.city is None


def test_that_a_record_cannot_be_changed_in_place():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Organisation(name="A").name = "B"


def test_that_ids_are_unique():
    assert len({new_id() for _ in range(2000)}) == 2000


def test_that_undoing_an_undone_step_is_the_step():
    before = Organisation(name="A")
    step = Step("change of City", (Change(before, before.replace(city="Sofia")),))
    assert step.inverted().inverted() == step


def test_that_a_path_leads_through_references():
    assert [f.code for f in Path.of("vo.country").fields("exchange")] == [
        "exchange.vo",
        "organisation.country",
    ]
    with pytest.raises(KeyError):
        Path.of("start.country").field("exchange")
    with pytest.raises(KeyError):
        Path.of("colour").field(Exchange.schema.kind)


def test_that_a_sentence_keeps_its_template_on_the_way_between_processes():
    sentence = pickle.loads(pickle.dumps(Sentence("{n} rows", n=3)))
    assert (sentence, sentence.template, sentence.values) == ("3 rows", "{n} rows", {"n": 3})


def test_that_braces_in_values_are_left_alone():
    assert Sentence("“{text}” is unknown", text="{x}") == "“{x}” is unknown"
