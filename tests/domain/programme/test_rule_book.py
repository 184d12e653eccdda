"""The values in force: those that ship, and those of a document over them, by day."""

import datetime as dt

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.programme.facts import DayCount, Permission
from smartct_desktop.domain.programme.rule_keys import KEYS, rule_key
from smartct_desktop.domain.records.rule_value import RuleValue, ValueStatus
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.rule_books import book_with

FACTS = ProgrammeFacts()
JANUARY, JULY = dt.date(2022, 1, 1), dt.date(2022, 7, 1)


def own(name, text, **values):
    return RuleValue(rule_set="G1", name=name, value=text, source="Annex 3", **values)


def book(*values):
    return book_with(FACTS, values)


def test_that_every_shipped_value_is_told_with_its_source():
    for code in ("G1", "G2"):
        told = list(book().values(code))
        assert len(told) == len(KEYS) + 2 * 9 + 39
        for one in told:
            assert one.source
            assert one.key.read(one.text) == one.value
            assert one.record is None


def test_that_every_value_of_a_rule_set_has_a_key():
    shipped = FACTS.rule_sets["G1"]
    told = {"code", "name", "permissions", "origins", "notes"}
    assert {key.name for key in KEYS} == set(shipped.__dataclass_fields__) - told


def test_that_a_value_holds_from_a_day_to_a_day():
    found = book(own("cap.ES", "900", valid_from=JANUARY, valid_to=JULY))

    def cents(day):
        return found.rate("G1", "ES", day).full_cents

    day = dt.timedelta(1)
    assert [cents(d) for d in (JANUARY - day, JANUARY, JULY, JULY + day)] == [
        83000,
        90000,
        90000,
        83000,
    ]
    assert found.rate("G2", "ES", JANUARY).full_cents == 83000
    assert found.rate("G1", "ES", None) is None  # it hangs on a day that nobody knows


def test_that_what_began_last_holds():
    found = book(
        own("max_months", "3", valid_from=JULY),
        own("max_months", "2"),
        own("max_months", "4", valid_from=JULY, valid_to=dt.date(2022, 8, 1)),
    )
    days = (JANUARY, JULY, dt.date(2022, 9, 1), None)
    assert [found.rule_set("G1", day).max_months for day in days] == [2, 4, 3, 3]
    assert [found.value("G1", "max_months", day).value for day in days] == [2, 4, 3, 3]


def test_that_an_own_value_says_where_it_comes_from():
    letter = dt.date(2021, 12, 20)
    mine = own("near_km", "250", status=ValueStatus.CONFIRMED, source_on=letter, note="By letter")
    found = book(mine).value("G1", "near_km")

    assert (found.value, found.source, found.source_on) == (250, "Annex 3", letter)
    assert (found.status, found.note, found.record) == (ValueStatus.CONFIRMED, "By letter", mine.id)
    assert book(mine).rule_set("G1").origins["near_km"].sources == ("Annex 3",)


def test_that_permissions_words_and_open_days_can_be_set():
    found = book(
        own("may_visit.LARGE", "yes"),
        own("payment_days_kind", "working"),
        own("once_only", "no"),
        own("virtual_allowed_to", "2020-12-31"),
        own("virtual_allowed_from", "open"),
    ).rule_set("G1")

    assert found.may_visit("LARGE") is Permission.YES
    assert found.may_host("LARGE") is Permission.WAIVER
    assert (found.payment_days_kind, found.once_only) == (DayCount.WORKING, False)
    assert (found.virtual_allowed_from, found.virtual_allowed_to) == (None, dt.date(2020, 12, 31))


def test_that_a_country_outside_the_programme_gets_a_sum_only_by_an_own_value():
    assert book().value("G1", "cap.CH") is None
    assert book(own("cap.CH", "950.50")).value("G1", "cap.CH").value == 95050


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cap.ES", "830,00"),
        ("cap.ES", "-5"),
        ("min_working_days", "2.5"),
        ("valid_from", "16.11.2021"),
        ("once_only", "perhaps"),
        ("payment_days_kind", "bank"),
        ("may_host.SME", "often"),
        ("min_working_days", "9" * 30),
    ],
)
def test_that_what_is_no_value_is_refused(name, text):
    with pytest.raises(Invalid):
        rule_key(name).read(text)


@pytest.mark.parametrize("name", ["", "cap", "cap.", "cap.es", "cap.ESP", "may_visit.x", "color"])
def test_that_what_is_no_key_is_none(name):
    assert rule_key(name) is None


def test_that_unknown_names_are_an_error_of_the_caller():
    with pytest.raises(KeyError):
        book().value("G9", "cap.ES")
    with pytest.raises(KeyError):
        book().value("G1", "nothing")
