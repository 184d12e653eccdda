"""The public holidays that ship: all countries, the years of the work, feasts that move, towns."""

import csv
from datetime import date, timedelta

import pytest

from smartct_desktop.domain.programme.facts import Evidence
from smartct_desktop.domain.programme.working_days import propose_days
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.exchange_day import DayKind
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.localities import locality_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.resources import read_text

YEARS = range(2018, 2031)
PARTICIPATING = """
    AT BE BG HR CY CZ DK FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE GB
    IS AL AM BA XK MD ME MK RS TR UA
"""
WESTERN = "AL AT BE CZ DE DK FI FR GB HR HU IE IS IT LT LU LV NL PL SE SI SK"
EASTERN = "BG CY GR MD MK RO RS"


@pytest.fixture(scope="module")
def facts():
    return ProgrammeFacts()


@pytest.fixture(scope="module")
def rows():
    text = read_text("programme/holidays.csv")
    return list(csv.DictReader(text.splitlines(keepends=True), strict=True))


def western_easter(year):
    """Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def eastern_easter(year):
    """Meeus for the Julian calendar, thirteen days behind in this century."""
    d = (19 * (year % 19) + 15) % 30
    month, day = divmod(d + (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7 + 114, 31)
    return date(year, month, day + 1) + timedelta(13)


def test_that_holidays_are_known_for_all_participating_countries(facts):
    unknown = {
        (code, year)
        for code in PARTICIPATING.split()
        for year in YEARS
        if not facts.holidays.covers(code, date(year, 6, 1))
    }
    # Since 2022 martial law suspends the holidays of Ukraine.
    assert unknown == {("UA", year) for year in range(2023, 2031)}


@pytest.mark.parametrize("year", YEARS)
def test_that_easter_monday_is_where_it_is_computed_to_be(facts, year):
    for easter, countries in ((western_easter, WESTERN), (eastern_easter, EASTERN)):
        monday = easter(year) + timedelta(1)
        for iso2 in countries.split():
            region = "UKJ" if iso2 == "GB" else ""
            assert facts.holidays.on(monday, iso2, region), (iso2, monday)


@pytest.mark.parametrize(
    ("day", "country", "region", "city"),
    [
        (date(2021, 5, 3), "BG", "BG41", ""),  # Orthodox Easter Monday
        (date(2021, 4, 5), "DE", "DED51", ""),
        (date(2021, 11, 17), "DE", "DED51", ""),  # Day of Repentance, in Saxony only
        (date(2026, 11, 18), "DE", "DED", ""),
        (date(2018, 10, 31), "DE", "DE6", ""),
        (date(2026, 3, 8), "DE", "DE3", ""),
        (date(2026, 8, 15), "DE", "DE2", "München"),
        (date(2026, 8, 8), "DE", "DE2", "Augsburg"),
        (date(2021, 6, 24), "ES", "ES51", ""),
        (date(2026, 9, 24), "ES", "ES51", "Barcelona"),
        (date(2022, 7, 25), "ES", "ES21", ""),
        (date(2022, 9, 6), "ES", "ES21", ""),  # 500 years after Elcano, once
        (date(2026, 7, 31), "ES", "ES21", "Bilbao"),
        (date(2026, 1, 20), "ES", "ES21", "Donostia / San Sebastián"),
        (date(2026, 4, 28), "ES", "ES21", "Vitoria-Gasteiz"),
        (date(2022, 5, 2), "ES", "ES30", ""),
        (date(2022, 6, 24), "IT", "ITC11", "Torino"),
        (date(2026, 12, 7), "IT", "", "Milano"),
        (date(2026, 5, 25), "IT", "ITH1", ""),  # Whit Monday, in South Tyrol only
        (date(2026, 10, 4), "IT", "", ""),  # Saint Francis, again since 2026
        (date(2022, 3, 3), "BG", "BG41", ""),
        (date(2026, 5, 25), "BG", "", ""),  # 24 May is a Sunday
        (date(2022, 4, 18), "FR", "", ""),
        (date(2026, 4, 3), "FR", "FRF11", ""),
        (date(2022, 5, 13), "DK", "", ""),
        (date(2022, 6, 10), "PT", "", ""),
        (date(2022, 9, 19), "GB", "UKM", ""),  # the Queen's funeral, once
        (date(2023, 5, 8), "GB", "UKL", ""),  # the coronation, once
        (date(2018, 11, 12), "PL", "", ""),  # a hundred years of independence, once
    ],
)
def test_that_days_off_are_found_where_they_are_kept(facts, day, country, region, city):
    assert facts.holidays.on(day, country, region, city)


@pytest.mark.parametrize(
    ("day", "country", "region", "city"),
    [
        (date(2021, 6, 24), "ES", "ES21", ""),
        (date(2021, 11, 17), "DE", "DE2", ""),
        (date(2022, 6, 24), "IT", "ITC11", "Ivrea"),
        (date(2026, 12, 7), "IT", "ITC1", "Torino"),
        (date(2021, 4, 5), "BG", "", ""),  # Easter Monday of the West
        (date(2024, 4, 26), "DK", "", ""),  # Great Prayer Day, given up in 2024
        (date(2023, 9, 6), "ES", "ES21", ""),
    ],
)
def test_that_days_off_of_others_are_working_days(facts, day, country, region, city):
    assert facts.holidays.on(day, country, region, city) == ()


def test_that_no_holiday_stands_twice(rows):
    keys = [(row["date"], row["iso2"], row["region"], row["city"]) for row in rows]
    assert len(set(keys)) == len(keys)


def test_that_regions_and_towns_of_holidays_are_known(facts, rows):
    for row in rows:
        if row["region"]:
            assert facts.regions.get(row["region"]).iso2 == row["iso2"], row
        if row["city"]:
            assert facts.places.find(row["city"], row["iso2"]).name == row["city"], row


def test_that_days_that_follow_the_moon_are_said_to_be_estimated(facts):
    (feast,) = facts.holidays.on(date(2022, 7, 9), "XK")
    assert feast.origin.evidence is Evidence.INFERRED


def test_that_a_town_has_its_holiday_under_every_name(facts):
    stay = Exchange(ho_city="Mailand", ho_country="IT")
    where = locality_of(stay, Organisation(name="Host"), facts.regions, facts.places)
    proposed = propose_days(date(2026, 12, 7), date(2026, 12, 9), where, facts.holidays)

    assert [day.kind for day in proposed] == [DayKind.HOLIDAY, DayKind.HOLIDAY, DayKind.FULL]
    assert proposed[2].doubt is None


def test_that_holidays_of_other_regions_are_no_doubt_in_a_town_that_is_known(facts):
    day = date(2026, 5, 25)  # kept in South Tyrol
    for city, doubted in (("Bologna", False), ("Roccaforte", True)):
        stay = Exchange(ho_city=city, ho_country="IT")
        where = locality_of(stay, None, facts.regions, facts.places)
        (proposed,) = propose_days(day, day, where, facts.holidays)
        assert (proposed.doubt is not None) is doubted
