"""What is due for a stay: one table of cases, from the shipped values to the sum."""

import datetime as dt
from decimal import Decimal

import pytest

from smartct_desktop.domain.programme.amount import DueFacts, due
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.exchange_person import ExchangePerson, Side
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.rule_books import RulesInForce, book_with
from tests.services.steps import add, get

START = dt.date(2021, 11, 16)

# The whole and the half lump sum of each host country, in euros.
CAPS = """
AT 900 450   BE 830 415   BG 560 280   HR 720 360   CY 780 390   CZ 610 305   DK 1100 550
EE 670 335   FI 950 475   FR 900 450   DE 830 415   GR 780 390   HU 670 335   IE 1000 500
IT 900 450   LV 610 305   LT 560 280   LU 830 415   MT 720 360   NL 830 415   PL 610 305
PT 780 390   RO 560 280   SK 610 305   SI 720 360   ES 830 415   SE 950 475   GB 1000 500
IS 900 450   AL 530 265   AM 610 305   BA 560 280   XK 560 280   MD 530 265   ME 560 280
MK 560 280   RS 560 280   TR 750 375   UA 530 265
"""

# From the programme's own examples and our reading of them: days, kilometres, host, euros due.
WORKED = [
    ("Portugal, three days, far", 3, 1500, "PT", 390),
    ("Portugal, five days, far", 5, 1500, "PT", 780),
    ("Leipzig firm at Barcelona, 16 to 19 November 2021", 3, 1353, "ES", 415),
    ("Sofia firm at Torino, Monday to Friday", 5, 1278, "IT", 900),
    ("Barcelona firm at Perpignan: halved by the distance", 5, 157, "FR", 450),
    ("Bilbao firm at Bayonne: halved once, not 225", 3, 121, "FR", 450),
    ("Leipzig firm at Prague, just above the limit", 5, 202, "CZ", 610),
    ("Leipzig firm at Plzen", 5, 192, "CZ", 305),
    ("Sofia firm at Nis", 5, 135, "RS", 280),
    ("Torino firm at Lyon", 5, 235, "FR", 900),
]

EDGES = [
    ("exactly 200 km is far", 5, "200", "ES", 830),
    ("a tenth below is near", 5, "199.9", "ES", 415),
    ("no distance halves nothing", 5, None, "ES", 830),
    ("no distance, short", 3, None, "ES", 415),
    ("four and a half days are short", "4.5", 1500, "ES", 415),
    ("exactly five are not", "5.0", 1500, "ES", 830),
    ("two weeks", 10, 1500, "ES", 830),
    ("the longest month", 23, 1500, "ES", 830),
    ("next door", 5, 0, "ES", 415),
    ("next door and short: once", 3, 0, "ES", 415),
    ("the other end of the world", 5, 19000, "ES", 830),
    ("three days and a half", "3.5", 500, "DK", 550),
    ("the highest sum of all", 5, 500, "DK", 1100),
    ("the lowest", 3, 100, "UA", 265),
]

TABLE = [
    *WORKED,
    *EDGES,
    *(
        (f"{iso2}, {case}", days, km, iso2, int(half if halved else full))
        for iso2, full, half in zip(*[iter(CAPS.split())] * 3, strict=True)
        for case, days, km, halved in (
            ("long and far", 5, 900, False),
            ("short", 3, 900, True),
            ("near", 5, 100, True),
            ("short and near", 4, 100, True),
        )
    ),
]


def lump_sum(facts, days, km, iso2, *, mode=Mode.PHYSICAL, status=None):
    in_force = RulesInForce(facts, None, book_with(facts, ()))
    told = DueFacts(
        status,
        mode,
        iso2 and facts.country_name(iso2),
        in_force.cap(iso2, START),
        None if days is None else Decimal(days),
        None if km is None else Decimal(km),
    )
    return due(told, in_force.on(START))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[3]} {row[0]}")
def test_that_each_case_comes_out(row, facts):
    case, days, km, iso2, euros = row
    found = lump_sum(facts, days, km, iso2)

    assert found.cents == euros * 100, case
    assert facts.country_name(iso2) in found.because
    assert "\n" not in found.because


def test_that_the_table_is_as_large_as_it_has_to_be():
    assert len(TABLE) > 110


@pytest.mark.parametrize("iso2", CAPS.split()[::3])
def test_that_virtual_stays_get_nothing_anywhere(iso2, facts):
    assert lump_sum(facts, 3, None, iso2, mode=Mode.VIRTUAL).cents == 0


@pytest.mark.parametrize(
    ("days", "iso2"), [(None, "ES"), (5, None), (5, "US"), (5, "CH"), (5, "NO"), (2, "ES")]
)
def test_that_what_cannot_be_known_is_left_open_and_says_why(days, iso2, facts):
    found = lump_sum(facts, days, 500, iso2)

    assert found.cents is None
    assert found.because


def test_that_a_cancelled_stay_gets_nothing(facts):
    assert lump_sum(facts, 5, 500, "ES", status=ExchangeStatus.CANC).cents == 0


def test_that_neither_the_visitors_country_nor_the_number_of_people_changes_it(own):
    host = Organisation(name="Host", type=OrganisationType.CLUSTER, country="BG")
    visitors = [
        Organisation(name=f"From {iso2}", type=OrganisationType.CLUSTER, country=iso2)
        for iso2 in ("DK", "UA", "DE")
    ]
    stays = [
        Exchange(
            vo=visitor.id,
            ho=host.id,
            mode=Mode.PHYSICAL,
            start=START,
            working_days=Decimal(5),
            distance_km=Decimal(900),
        )
        for visitor in visitors
    ]
    people = [Person(name=name) for name in ("Ada", "Ben", "Cleo")]
    crowd = [ExchangePerson(exchange=stays[0].id, person=p.id, side=Side.VISITOR) for p in people]
    add(own, host, *visitors, *stays, *people, *crowd)

    assert [get(own, stay).entitlement_cents for stay in stays] == [56000] * 3
