"""How well names are told apart: two thousand pairs of which a person has said what they mean."""

from collections import Counter
from datetime import timedelta

import pytest

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.event import Event
from smartct_desktop.services.importing.identity import Mention
from smartct_desktop.services.importing.known import KnownPerson
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.people import People, SeenPerson
from smartct_desktop.services.importing.plan import Target
from smartct_desktop.services.importing.questions import Asking
from tests.services.importing.books import book, day
from tests.services.importing.judging import score
from tests.services.importing.labelled import (
    TITLES,
    TONGUES,
    cases,
    event_cases,
    people_cases,
)


@pytest.fixture(scope="module")
def judged(dictionary):
    return score(dictionary, cases())


def test_that_there_are_two_thousand_pairs_in_six_languages():
    by_language = Counter((case.language, case.same) for case in cases())

    assert sum(by_language.values()) >= 2000
    assert set(by_language) == {(language, same) for language in TONGUES for same in (True, False)}
    assert min(by_language.values()) > 100


def test_that_what_is_taken_for_one_is_one(judged):
    assert judged.precision >= 0.99, str(judged)
    assert judged.taken["other", "sure"] == 0, str(judged)
    assert judged.taken["same", "sure of another"] == 0, str(judged)


def test_that_hardly_any_spelling_of_a_known_name_is_taken_for_a_new_one(judged):
    assert judged.share("sure", "proposed", "asked", "among") >= 0.98, str(judged)
    assert judged.share("sure", "proposed") >= 0.85, str(judged)


def test_that_only_a_word_nearly_alike_is_ever_proposed_for_another(judged):
    """Everything else that is near is put up for decision without leaning to one side."""
    proposed = {
        rule for rule, outcomes in judged.by_rule.items()
        if rule.startswith("other: ") and outcomes["proposed"]
    }  # fmt: skip

    assert proposed <= {"other: a word that is nearly alike"}, str(judged)


# People and events.


def test_that_people_written_otherwise_are_found_and_others_are_not():
    outcomes, there = Counter(), {}
    for stored, written, rule, same in people_cases():
        organisation = Target("organisation", "Adler Optik", Id("adler"))
        known = KnownPerson(Id("the one"), stored, None, organisation.id)
        named = Named(Mention("Adler Optik"), value=organisation)
        asking = Asking({})
        found = People([known], asking).person(SeenPerson((None, 2), written, None, named))
        sure = isinstance(found, Target) and found.id == known.id
        asked = [item.propose for question in asking.questions() for item in question.items]
        outcome = "sure" if sure else "proposed" if asked == [stored] else "asked" if asked else "-"
        outcomes[rule, outcome] += 1
        there[same, outcome] = there.get((same, outcome), 0) + 1

    assert sum(outcomes.values()) >= 200
    assert there.get((False, "sure"), 0) == 0, outcomes
    assert there.get((False, "proposed"), 0) == 0, outcomes
    assert there.get((True, "-"), 0) <= 0.01 * sum(outcomes.values()), outcomes


def test_that_events_written_otherwise_are_found_and_others_are_not(plan, take, clusters):
    outcomes = Counter()
    headings = ["Event", "Start", "City"]
    titles = [title for titles in TITLES.values() for title in titles]
    days = {title: day("2022-01-03") + timedelta(days=30 * n) for n, title in enumerate(titles)}
    take(book([headings, *([title, on, "Kiel"] for title, on in days.items())]))
    stored = {event.title: event.id for event in clusters.read.all(Event)}
    for stored_title, written, rule, same in event_cases():
        planned = plan(book([headings, [written, days[stored_title], "Kiel"]]))
        (record,) = [r for r in planned.records if r.kind == "event"]
        asked = [i.propose for q in planned.open_questions for i in q.items]
        sure = record.id == stored[stored_title]
        outcomes[same, "sure" if sure else "proposed" if any(asked) else "asked" if asked else "-",
                 rule] += 1  # fmt: skip

    wrong = {key: n for key, n in outcomes.items() if key[:2] in {(False, "sure"), (True, "-")}}
    assert wrong == {}
    assert not [key for key in outcomes if key[:2] == (False, "proposed")]
