# /// script
# requires-python = ">=3.11"
# dependencies = ["holidays==0.109"]
# ///
"""Makes resources/programme/holidays.csv anew: `uv run tools/holidays_table.py`.

The program ships a table and not the library: a document must say tomorrow what it said today,
people correct single rows, and fourteen megabytes for dates are many. Feasts that move and days
that parliaments added or moved come from python-holidays; here stand the years, the regions under
their NUTS codes, and the few days of towns that the library does not know.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import holidays

TABLE = Path(__file__).resolve().parents[1] / "resources" / "programme" / "holidays.csv"
YEARS = range(2018, 2031)
SOURCE = "python-holidays 0.109"
COUNTRIES = """
    AL AM AT BA BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MD ME MK MT NL PL PT RO
    RS SE SI SK TR UA XK
"""

# Subdivisions of the library, each with the NUTS codes of where its holidays are kept.
REGIONS = {
    "DE": """BW DE1; BY DE2; BE DE3; BB DE4; HB DE5; HH DE6; HE DE7; MV DE8; NI DE9; NW DEA; RP DEB;
        SL DEC; SN DED; ST DEE; SH DEF; TH DEG""",
    "ES": """GA ES11; AS ES12; CB ES13; PV ES21; NC ES22; RI ES23; AR ES24; MD ES30; CL ES41;
        CM ES42; EX ES43; CT ES51; VC ES52; IB ES53; AN ES61; MC ES62; CE ES63; ML ES64; CN ES70""",
    "FR": "6AE FRF1; 57 FRF33",
    "GB": "ENG UKC UKD UKE UKF UKG UKH UKI UKJ UKK; WLS UKL; SCT UKM; NIR UKN",
    "IT": "BZ ITH1",
    "PT": "20 PT20; 30 PT30",
}

# Subdivisions of the library whose days only their main town keeps, as places.csv names it.
TOWNS = {
    "DE": "Augsburg Augsburg",
    "ES": "Barcelona Barcelona",
    "IT": """AL Alessandria; AN Ancona; AO Aosta; BA Bari; BG Bergamo; BO Bologna; BS Brescia;
        CA Cagliari; CN Cuneo; CO Como; CR Cremona; CT Catania; FE Ferrara; FI Firenze; GE Genova;
        LE Lecce; LI Livorno; LU Lucca; ME Messina; MI Milano; MN Mantova; MO Modena; NA Napoli;
        NO Novara; PA Palermo; PC Piacenza; PD Padova; PE Pescara; PI Pisa; PR Parma; PV Pavia;
        RA Ravenna; RC Reggio di Calabria; RM Roma; RE Reggio nell'Emilia; RN Rimini; SA Salerno;
        SI Siena; SP La Spezia; TA Taranto; TN Trento; TO Torino; TS Trieste; TV Treviso; UD Udine;
        VE Venezia; VI Vicenza; VR Verona""",
}
AROUND = {"Augsburg": "DE2", "Barcelona": "ES51"}

# Days of towns that the library does not know, each on the same date every year.
GENERAL: tuple[tuple[str, str, int, int, str], ...] = (
    ("DE", "München", 8, 15, "Assumption Day"),
    ("DE", "Regensburg", 8, 15, "Assumption Day"),
    ("ES", "Bilbao", 7, 31, "Saint Ignatius' Day"),
    ("ES", "Donostia / San Sebastián", 1, 20, "Saint Sebastian's Day"),
    ("ES", "Donostia / San Sebastián", 7, 31, "Saint Ignatius' Day"),
    ("ES", "Madrid", 5, 15, "Saint Isidore's Day"),
    ("ES", "Madrid", 11, 9, "Our Lady of Almudena"),
    ("ES", "Vitoria-Gasteiz", 4, 28, "Saint Prudentius' Day"),
    ("IT", "Perugia", 1, 29, "Saint Constantius' Day"),
)

Row = tuple[date, str, str, str, str, str, str]


def pairs(table: dict[str, str], iso2: str) -> Iterator[tuple[str, str]]:
    """Give the subdivisions of a country, each with what stands beside it."""
    for line in filter(None, map(str.strip, table.get(iso2, "").split(";"))):
        subdivision, beside = line.split(maxsplit=1)
        yield subdivision, beside


def days_of(iso2: str, subdivision: str | None = None) -> dict[date, str]:
    """Give the public holidays of a country or a part of it, in English."""
    found = holidays.country_holidays(iso2, subdiv=subdivision, years=YEARS, language="en_US")
    return dict(found.items())


def rows() -> Iterator[Row]:
    """Give all rows; what the whole country keeps stands once, not again for its parts."""
    for iso2 in COUNTRIES.split():
        national = days_of(iso2)
        yield from (row(day, iso2, "", "", name) for day, name in national.items())
        kept: dict[str, set[date]] = {}
        for subdivision, codes in pairs(REGIONS, iso2):
            own = {d: n for d, n in days_of(iso2, subdivision).items() if d not in national}
            for code in codes.split():
                kept[code] = set(own)
                yield from (row(day, iso2, code, "", name) for day, name in own.items())
        for subdivision, town in pairs(TOWNS, iso2):
            known = set(national) | kept.get(AROUND.get(town, ""), set())
            own = {d: n for d, n in days_of(iso2, subdivision).items() if d not in known}
            yield from (row(day, iso2, "", town, name) for day, name in own.items())
    for iso2, town, month, day, name in GENERAL:
        for year in YEARS:
            yield date(year, month, day), iso2, "", town, name, "K", "general knowledge"


def row(day: date, iso2: str, region: str, city: str, name: str) -> Row:
    """Give one row of the library; a day that depends on the moon is only estimated."""
    evidence = "I" if "estimated" in name else "S"
    return day, iso2, region, city, name, evidence, SOURCE


def main() -> None:
    """Write the table, in the order of countries and days."""
    lines = sorted(rows(), key=lambda r: (r[1], r[0], r[2], r[3]))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("date", "iso2", "region", "city", "name", "evidence", "source"))
        out.writerows((day.isoformat(), *cells) for day, *cells in lines)


if __name__ == "__main__":
    main()
