"""How people in twelve places write days, ranges of days, numbers and amounts of money."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "hu": "január február március április május június július augusztus szeptember október "
    "november december",
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan. Feb. Mär. Apr. Mai Jun. Jul. Aug. Sep. Okt. Nov. Dez.",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "ca": "gen. febr. març abr. maig juny jul. ag. set. oct. nov. des.",
    "bg": "яну фев мар апр май юни юли авг сеп окт ное дек",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "sv": "jan feb mars apr maj juni juli aug sep okt nov dec",
    "hu": "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
}
WEEKDAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "de": "Mo Di Mi Do Fr Sa So",
    "es": "lun mar mié jue vie sáb dom",
    "ca": "dl. dt. dc. dj. dv. ds. dg.",
    "bg": "пон вт ср четв пет съб нед",
    "it": "lun mar mer gio ven sab dom",
    "fr": "lun. mar. mer. jeu. ven. sam. dim.",
    "pl": "pon wt śr czw pt sob niedz",
    "pt": "seg ter qua qui sex sáb dom",
    "sv": "mån tis ons tors fre lör sön",
    "hu": "H K Sze Cs P Szo V",
}
ROMANS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
ENGLISH_ENDS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}

Day = dt.date
Writer = Callable[[Day], object]


def month(language: str, day: Day) -> str:
    return MONTHS[language].split()[day.month - 1]


def short(language: str, day: Day) -> str:
    return SHORT[language].split()[day.month - 1]


def weekday(language: str, day: Day) -> str:
    return WEEKDAYS[language].split()[day.weekday()]


def ordinal(day: Day) -> str:
    return f"{day.day}{ENGLISH_ENDS.get(day.day, 'th')}"


def serial(day: Day) -> int:
    return (day - dt.date(1899, 12, 30)).days


def figures(order: str, sign: str, *, full: bool = True, zeros: bool = True) -> Writer:
    """A writer of days in figures: "dmy", "mdy" or "ymd" with a sign between."""
    pad = "02" if zeros else ""

    def write(day: Day) -> str:
        year = f"{day.year}" if full else f"{day.year % 100:02}"
        parts = {"d": f"{day.day:{pad}}", "m": f"{day.month:{pad}}", "y": year}
        return sign.join(parts[letter] for letter in order)

    return write


def _worded(language: str) -> dict[str, Writer]:
    """Days with the month as a word, as this language has it."""
    of = {"es": " de", "ca": " de", "pt": " de"}.get(language, "")
    dot = "." if language == "de" else ""
    end = " г." if language == "bg" else ""
    return {
        "d month y": lambda d: f"{d.day}{dot}{of} {month(language, d)}{of} {d.year}{end}",
        "d mon y": lambda d: f"{d.day}{dot} {short(language, d)} {d.year}",
        "d-mon-yy": lambda d: f"{d.day:02}-{short(language, d).rstrip('.')}-{d:%y}",
        "weekday d month y": lambda d: (
            f"{weekday(language, d)}, {d.day}{dot}{of} {month(language, d)}{of} {d.year}{end}"
        ),
        "weekday d mon y": lambda d: (
            f"{weekday(language, d)} {d.day}{dot} {short(language, d)} {d.year}"
        ),
    }


_DOTTED: dict[str, Writer] = {
    "d.m.y": figures("dmy", ".", zeros=False),
    "dd.mm.yyyy": figures("dmy", "."),
    "dd.mm.yy": figures("dmy", ".", full=False),
    "d. m. y": figures("dmy", ". ", zeros=False),
}
_SLASHED: dict[str, Writer] = {
    "d/m/y": figures("dmy", "/", zeros=False),
    "dd/mm/yyyy": figures("dmy", "/"),
    "dd/mm/yy": figures("dmy", "/", full=False),
    "dd-mm-yyyy": figures("dmy", "-"),
    "dd-mm-yy": figures("dmy", "-", full=False),
}
_EVERYWHERE: dict[str, Writer] = {
    "iso": lambda d: d.isoformat(),
    "iso with time": lambda d: f"{d.isoformat()}T09:30:00",
    "real": lambda d: d,
    "moment": lambda d: dt.datetime(d.year, d.month, d.day, 9, 30),
    "serial": serial,
    "serial as text": lambda d: str(serial(d)),
    "roman": lambda d: f"{d.day}.{ROMANS[d.month - 1]}.{d.year}",
    "compact": lambda d: f"{d:%Y%m%d}",
    "yyyy/mm/dd": figures("ymd", "/"),
    "full width": lambda d: f"{d:%d.%m.%Y}".translate({48 + n: 0xFF10 + n for n in range(10)}),
    "footnote": lambda d: f"{d:%d.%m.%y}¹",
}


@dataclass(frozen=True)
class Locale:
    """How one place writes. `grouped` are the signs between thousands, `point` the decimal one."""

    name: str
    language: str
    order: str
    days: dict[str, Writer]
    grouped: tuple[str, ...]
    point: str
    amounts: tuple[str, ...]


LOCALES = (
    Locale(
        "United Kingdom",
        "en",
        "dmy",
        _SLASHED
        | _worded("en")
        | {
            "dth of month y": lambda d: f"{ordinal(d)} of {month('en', d)} {d.year}",
            "mon d, y": lambda d: f"{short('en', d)} {d.day}, {d.year}",
        },
        (",", ""),
        ".",
        ("€{}", "EUR {}", "{} EUR", "{}"),
    ),
    Locale(
        "United States",
        "en",
        "mdy",
        {
            "m/d/y": figures("mdy", "/", zeros=False),
            "mm/dd/yyyy": figures("mdy", "/"),
            "m/d/yy": figures("mdy", "/", full=False, zeros=False),
            "mm-dd-yyyy": figures("mdy", "-"),
            "mm-dd-yy": figures("mdy", "-", full=False),
            "mm.dd.yyyy": figures("mdy", "."),
            "month d, y": lambda d: f"{month('en', d)} {d.day}, {d.year}",
            "weekday, month dth, y": lambda d: (
                f"{weekday('en', d)}, {month('en', d)} {ordinal(d)}, {d.year}"
            ),
        },
        (",", ""),
        ".",
        ("€{}", "{}", "EUR {}"),
    ),
    Locale(
        "Germany", "de", "dmy", _DOTTED | _worded("de"), (".", "", " "), ",", ("{} €", "{}", "{},-")
    ),
    Locale(
        "Switzerland",
        "de",
        "dmy",
        _DOTTED | _worded("de"),
        ("'", "’", ""),
        ".",
        ("EUR {}", "{}", "{}.-", "{}.—"),
    ),
    Locale(
        "Spain", "es", "dmy", _SLASHED | _worded("es"), (".", "", " "), ",", ("{} €", "{}", "{}€")
    ),
    Locale("Catalonia", "ca", "dmy", _SLASHED | _worded("ca"), (".", ""), ",", ("{} €", "{}")),
    Locale(
        "Bulgaria",
        "bg",
        "dmy",
        _DOTTED
        | _worded("bg")
        | {
            "d.m.y г.": lambda d: f"{d.day}.{d.month}.{d.year} г.",
            "dd.mm.yy г.": lambda d: f"{d:%d.%m.%y}г.",
            "d/m/y г.": lambda d: f"{d.day}/{d.month}/{d.year} г.",
        },
        (" ", "\u00a0", ""),
        ",",
        ("{} евро", "{}", "{} EUR"),
    ),
    Locale(
        "Italy",
        "it",
        "dmy",
        _SLASHED | _worded("it") | {"dº month y": lambda d: f"{d.day}º {month('it', d)} {d.year}"},
        (".", "", "'"),
        ",",
        ("€ {}", "{} €", "{}"),
    ),
    Locale(
        "France",
        "fr",
        "dmy",
        _SLASHED | _worded("fr"),
        ("\u202f", "\u00a0", ""),
        ",",
        ("{} €", "{}\u202f€", "{}"),
    ),
    Locale(
        "Poland",
        "pl",
        "dmy",
        _DOTTED
        | _worded("pl")
        | {"d roman y": lambda d: f"{d.day} {ROMANS[d.month - 1]} {d.year}"},
        ("\u00a0", " ", ""),
        ",",
        ("{} EUR", "{}", "{} €"),
    ),
    Locale(
        "Hungary",
        "hu",
        "ymd",
        {
            "y. m. d.": lambda d: f"{d:%Y. %m. %d.}",
            "yy.mm.dd.": lambda d: f"{d:%y.%m.%d.}",
            "y.mm.dd": figures("ymd", "."),
            "y. month d.": lambda d: f"{d.year}. {month('hu', d)} {d.day}.",
        },
        ("\u00a0", ".", ""),
        ",",
        ("{} EUR", "{} €", "{}"),
    ),
    Locale(
        "Sweden",
        "sv",
        "ymd",
        {
            "yy-mm-dd": figures("ymd", "-", full=False),
            "yymmdd": lambda d: f"{d:%y%m%d}",
            "d/m y": lambda d: f"{d.day}/{d.month} {d.year}",
        }
        | _worded("sv"),
        ("\u2009", "\u00a0", ""),
        ",",
        ("{} EUR", "{} €", "{}"),
    ),
)


def day_writers(place: Locale) -> dict[str, Writer]:
    everywhere = {
        name: write
        for name, write in _EVERYWHERE.items()
        if place.order != "mdy" or name not in {"full width", "footnote"}
    }
    return place.days | everywhere


def range_writers(place: Locale) -> list[Callable[[Day, Day], str]]:
    """Ranges in one cell, as the place writes them; the days may lie in two months or years."""
    sign = "/" if "d/m/y" in place.days or "m/d/y" in place.days else "."
    mdy = place.order == "mdy"
    full = figures("mdy" if mdy else "dmy", sign, zeros=False)
    worded = place.language if place.language in MONTHS else "en"

    def bare(day: Day) -> str:
        parts = (day.month, day.day) if mdy else (day.day, day.month)
        return sign.join(map(str, parts)) + ("." if sign == "." else "")

    def inner(first: Day, last: Day) -> str:
        if (first.year, first.month) != (last.year, last.month):
            return f"{full(first)} - {full(last)}"
        if mdy:
            return f"{month('en', first)} {first.day}-{last.day}, {first.year}"
        return f"{first.day}{'.' if sign == '.' else ''}-{full(last)}"

    def words(first: Day, last: Day) -> str:
        if first.month != last.month or first.year != last.year:
            return (
                f"{first.day} {month(worded, first)} {first.year} - "
                f"{last.day} {month(worded, last)} {last.year}"
            )
        if mdy:
            return f"{month(worded, first)} {first.day} to {last.day}, {last.year}"
        return f"{first.day}-{last.day} {month(worded, last)} {last.year}"

    return [
        inner,
        words,
        lambda a, b: f"{full(a)} – {full(b)}",
        lambda a, b: f"{bare(a)}-{full(b)}",
        lambda a, b: f"{a.isoformat()} - {b.isoformat()}",
        lambda a, b: f"{a.isoformat()}/{b.isoformat()}",
        lambda a, b: f"{full(a)} {full(b)}",
        lambda a, b: f"{full(a)}\n{full(b)}",
    ]


def written(place: Locale, value: Decimal, group: str, places: int) -> str:
    """A number in the manner of a place, with this sign between thousands."""
    whole, _, rest = f"{abs(value):.{places}f}".partition(".")
    groups: list[str] = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    text = group.join([whole, *groups])
    return ("-" if value < 0 else "") + text + (place.point + rest if rest else "")


def some_days(dice: random.Random, count: int) -> list[Day]:
    """Days of some years; in some columns all lie early in their months, where orders collide."""
    early = dice.random() < 0.5
    return [
        dt.date(dice.randint(2019, 2024), dice.randint(1, 12), dice.randint(1, 12 if early else 28))
        for _ in range(count)
    ]
