"""Pairs of names of which a person has said whether they mean one: in six languages, invented.

Each pair is a name as it is stored, the name as a file writes it, and whether both are one. The
cases are made from short lists by rules with a name each, so that a failure says which rule it is.
"""

from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Case:
    """One pair: `rule` says what was done to the stored name, `same` whether it is the same."""

    language: str
    stored: str
    written: str
    rule: str
    same: bool
    country: str
    written_country: str | None = None


@dataclass(frozen=True)
class Tongue:
    """The words of one language that the names are made of."""

    country: str
    heads: tuple[str, ...]
    trades: tuple[str, ...]
    cities: tuple[str, ...]
    form: str
    other_spelling: str
    other_form: str
    institute: str
    holding: str
    cluster: str
    near: tuple[tuple[str, str], ...]


TONGUES = {
    "de": Tongue(
        "DE",
        (
            *("Adler", "Brückner", "Dörfel", "Eßlinger", "Föhnwind", "Grünhof", "Hägele"),
            *("Jürgensen", "Köhlerberg", "Lübke", "Möwe", "Nordstern", "Öhlmann", "Weserkran"),
        ),
        ("Optik", "Energiesysteme", "Verkehrstechnik"),
        ("Leipzig", "Kiel"),
        "GmbH",
        "G.m.b.H.",
        "AG",
        "Institut für Akustik",
        "Beteiligungs",
        "Cluster",
        (("Optik", "Optic Art"), ("Verkehrstechnik", "Versuchstechnik")),
    ),
    "en": Tongue(
        "IE",
        (
            *("Amberfield", "Brightwater", "Clonmore", "Dunwick", "Eastgate", "Foxglove"),
            *("Greenhollow", "Harrowby", "Islandview", "Kestrel", "Larkspur", "Millbrook"),
            *("Northcote", "Oakhaven"),
        ),
        ("Analytics", "Mobility Services", "Lighting"),
        ("Cork", "Galway"),
        "Ltd.",
        "Limited",
        "PLC",
        "Department of Acoustics",
        "Holdings",
        "Cluster",
        (("Lighting", "Lightning"), ("Mobility", "Nobility")),
    ),
    "es": Tongue(
        "ES",
        (
            *("Alcázar", "Bidasoa", "Cañada", "Dársena", "Encina", "Fuentefría", "Guadalmar"),
            *("Huerta", "Iñaki", "Jarama", "Limón", "Mirador", "Ñandú", "Peñafiltra"),
        ),
        ("Datos", "Soluciones Urbanas", "Logística"),
        ("Bilbao", "Sevilla"),
        "S.L.",
        "Sociedad Limitada",
        "S.A.",
        "Departamento de Acústica",
        "Inversiones",
        "Clúster",
        (("Datos", "Dátiles"), ("Urbanas", "Humanas")),
    ),
    "ca": Tongue(
        "ES",
        (
            *("Bosc", "Núvol", "Muntanya", "Sol Nou", "Garbí", "Llevant", "Onada", "Pedra"),
            *("Riera", "Sèquia", "Tramuntana", "Vinya", "Àncora", "Escull"),
        ),
        ("Digital", "Enginyeria", "Mobilitat"),
        ("Girona", "Reus"),
        "S.L.U.",
        "SLU",
        "S.A.U.",
        "Departament d'Acústica",
        "Participacions",
        "Clúster",
        (("Digital", "Dígits"), ("Mobilitat", "Mobiliari")),
    ),
    "bg": Tongue(
        "BG",
        (
            *("Планета", "Родопи", "Тракия", "Ютиком", "Зелена Спирка", "Кабел", "Шумен"),
            *("Янтра", "Щастие", "Жеравна", "Черноморец", "Хемус", "Цвета", "Пирин"),
        ),
        ("Дейта", "Строй", "Транспорт"),
        ("София", "Варна"),
        "ООД",
        "Дружество с ограничена отговорност",
        "АД",
        "Институт по акустика",
        "Холдинг",
        "Клъстер",
        (("Строй", "Стрий"), ("Дейта", "Деа")),
    ),
    "it": Tongue(
        "IT",
        (
            *("Corsia", "Semaforo", "Nebbia", "Ferrovetro", "Polospicchio", "Trambusto"),
            *("Città Nuova", "Perù", "Lungofiume", "Bricco", "Collina", "Ponente"),
            *("Ginestra", "Mulino"),
        ),
        ("Sistemi", "Analisi Dati", "Mobilità"),
        ("Torino", "Bari"),
        "S.r.l.",
        "Società a responsabilità limitata",
        "S.p.A.",
        "Dipartimento di Acustica",
        "Partecipazioni",
        "Cluster",
        (("Sistemi", "Sestini"), ("Analisi", "Anabasi")),
    ),
}

LATIN = {
    **dict(zip("абвгдезийклмнопрстуфхъь", "abvgdeziyklmnoprstufhay", strict=True)),
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sht",
    "ю": "yu",
    "я": "ya",
}
"""The official way of writing Bulgarian in Latin letters."""

OLD_LATIN = LATIN | {"ж": "j", "х": "kh", "ц": "c", "я": "ja", "ю": "ju", "й": "j", "ъ": "u"}
"""One of the other ways that are met."""

LOOK_ALIKE = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")
"""Cyrillic letters that look like Latin ones, as found on a keyboard set to the wrong language."""

LATIN_FORMS = {"ООД": "OOD", "АД": "AD"}
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
ACCENTS = dict(zip("áàéèíïóòúùñçÀÁÈÉÑ", "aaeeiioouuncAAEEN", strict=True))


def written_in(text, table):
    """The text with each letter as the table has it, capitals as capitals."""
    return "".join(
        sign
        if sign.lower() not in table
        else table[sign.lower()].capitalize()
        if sign.isupper()
        else table[sign]
        for sign in text
    )


def plain(text):
    for table in (UMLAUTS, ACCENTS):
        for letter, letters in table.items():
            text = text.replace(letter, letters)
    return text


def cases():
    """All pairs of organisations."""
    return [case for language, tongue in TONGUES.items() for case in _of(language, tongue)]


def _of(language, tongue):
    for place, (head, trade) in enumerate(product(tongue.heads, tongue.trades)):
        name = f"{head} {trade} {tongue.form}"
        for rule, written in _same(language, tongue, head, trade, place):
            yield Case(language, name, written, rule, same=True, country=tongue.country)
        for rule, written, country in _others(tongue, head, trade, place):
            yield Case(language, name, written, rule, False, tongue.country, country)


def _same(language, tongue, head, trade, place):
    """Ways to write one name; each name gets those that its place in the list has the turn of."""
    core, form = f"{head} {trade}", tongue.form
    yield "another spelling of the legal form", f"{core} {tongue.other_spelling}"
    if place % 2:
        yield "without the legal form", core
        yield "in capitals", f"{core} {form}".upper()
    else:
        yield "words in another order", f"{trade} {head} {form}"
        yield "with the city", f"{core} {form} {tongue.cities[place % 4 // 2]}"
    if language == "bg":
        yield "in Latin letters", f"{written_in(core, LATIN)} {LATIN_FORMS[form]}"
        yield "in Latin letters of another table", f"{written_in(core, OLD_LATIN)} OOD"
        yield "with letters that look alike", f"{core.translate(LOOK_ALIKE)} {form}"
    elif plain(core) != core:
        yield "without umlauts and accents", f"{plain(core)} {form}"
    if place % 3 == 0:
        letter = len(head) // 2
        yield "with a letter left out", f"{head[:letter]}{head[letter + 1 :]} {trade} {form}"
    if place % 5 == 0:
        yield "in quotation marks", f"„{core}“ {form}"


def _others(tongue, head, trade, place):
    """Organisations that are near, and not the same."""
    core, form = f"{head} {trade}", tongue.form
    yield "the same name in another country", f"{core} {form}", "FR"
    if place % 2:
        yield "another legal form", f"{core} {tongue.other_form}", tongue.country
        yield "the holding above", f"{core} {tongue.holding} {form}", tongue.country
    else:
        yield "a part of it", f"{core} {form}, {tongue.institute}", tongue.country
        yield "the cluster it is in", f"{tongue.cluster} {core}", tongue.country
    for one, other in tongue.near:
        if one in core:
            yield (
                "a word that is nearly alike",
                f"{core.replace(one, other)} {form}",
                tongue.country,
            )
    if place % 3 == 1:
        yield "a number more", f"{core} 2 {form}", tongue.country


PEOPLE = {
    "de": ("Jürgen Müller", "Käthe Groß", "Anna-Lena Weiß", "Sören Böhm", "Heike Sandleben"),
    "en": ("Moira O'Dowd", "Conor Byrne", "Aoife Ní Bhriain", "Ruth Penrose", "Neil Harrow"),
    "es": ("José Peña", "Iñaki Ortúzar", "María López Ruiz", "Ángel Núñez", "Begoña Saiz"),
    "ca": ("Núria Puig", "Jordi Solà", "Mireia Capdebits", "Àlex Roig", "Montserrat Vilà"),
    "bg": ("Мария Иванова", "Георги Желязков", "Цветан Шопов", "Юлия Чавдарова", "Яна Хинова"),
    "it": ("Niccolò Però", "Maria Bianchi", "Zoë D'Amico", "Dario Conti", "Lucia Ferrè"),
}
"""Names of people, a given and a family name each."""


def people_cases():
    """Pairs of names of people of one organisation: stored, written, rule, whether one person."""
    for names in PEOPLE.values():
        for place, name in enumerate(names):
            given, family = name.split(" ", 1)
            other = names[(place + 1) % len(names)].split(" ", 1)
            yield name, f"{family} {given}", "words in another order", True
            yield name, f"{family}, {given}", "family name first, with a comma", True
            yield name, name.upper(), "in capitals", True
            if plain(name) != name:
                yield name, plain(name), "without umlauts and accents", True
            if not name.isascii() and "а" <= name[1].lower() <= "я":
                yield name, written_in(name, LATIN), "in Latin letters", True
                yield name, name.translate(LOOK_ALIKE), "with letters that look alike", True
            yield name, f"{other[0]} {family}", "another given name", False
            yield name, f"{given} {other[1]}", "another family name", False
            yield name, f"{given} {family}-{other[1]}", "a double name", False
            yield name, f"{given[0]}. {other[1]}", "a first letter of another", False


TITLES = {
    "de": ("Netzwerktreffen Mobilität in Kiel", "Auftakt der Veranstaltungsreihe Energie"),
    "en": ("Matchmaking Day on Smart Lighting", "Open Day of the Harbour Laboratory"),
    "es": ("Jornada de Movilidad Urbana", "Encuentro de Clústeres en Bilbao"),
    "ca": ("Trobada de Clústers a Girona", "Jornada de portes obertes al port"),
    "bg": ("Среща на клъстерите в София", "Ден на отворените врати"),
    "it": ("Giornata della mobilità a Torino", "Incontro tra imprese e comuni"),
}
"""Titles of events."""


def event_cases():
    """Pairs of titles of events of one day: stored, written, rule, whether one event."""
    for titles in TITLES.values():
        for place, title in enumerate(titles):
            words = title.split()
            yield title, title.upper(), "in capitals", True
            yield title, f"„{title}“", "in quotation marks", True
            middle = len(words[0]) // 2
            shorter = words[0][:middle] + words[0][middle + 1 :]
            yield title, " ".join([shorter, *words[1:]]), "with a letter left out", True
            if plain(title) != title:
                yield title, plain(title), "without umlauts and accents", True
            yield title, titles[1 - place], "another title of the day", False
            yield title, f"{title} 2", "the second of two", False
            yield title, " ".join(reversed(words[:2])), "two words of it", False
