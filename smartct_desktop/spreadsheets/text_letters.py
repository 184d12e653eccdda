"""How often letters beyond a–z occur in the languages of partners, to tell code pages apart.

Shares are rough and rounded (per cent of the letters beyond a–z; for Cyrillic and Greek of all
letters); what matters is which letters a language has at all, and which of them are common.
"""

from __future__ import annotations

from math import log

_LATIN = {
    "German": "ü36 ä30 ö17 ß17",
    "Spanish": "ó31 í24 á18 é14 ñ8 ú5 ü1",
    "Italian": "à35 è30 ò13 ù10 ì7 é5",
    "French": "é60 è11 à13 ê6 ç4 ô2 î2 û1 ù1 â1 ï1 ë1 œ1",
    "Portuguese": "ã24 ç18 á14 é12 í10 ó7 õ6 ê7 ú4 â3 à3 ô1",
    "Catalan": "ó25 è20 é16 à17 í9 ç5 ò5 ú4 ï2 ü1",
    "Danish": "å38 ø32 æ28 é2",
    "Swedish": "ä38 ö31 å30 é1",
    "Finnish": "ä84 ö14 å2",
    "Dutch": "ë45 é35 ï12 ü3 ö3 è2",
    "Polish": "ł28 ę18 ą15 ó12 ż12 ś10 ć6 ń4 ź1",
    "Czech": "í20 á15 ě11 é9 ř8 č7 ž7 š6 ý6 ů4 ú2 ó1 ň1 ť1 ď1",
    "Slovak": "á20 í12 č12 ý10 ú10 š10 é9 ž9 ť5 ľ4 ď2 ň2 ó2 ô2 ä1 ĺ1 ŕ1",
    "Hungarian": "é32 á30 ö10 ó9 ő8 í5 ü5 ú2 ű2",
    "Romanian": "ă35 î15 â15 ş9 ţ9 ș9 ț9",
    "Croatian": "č30 š30 ž20 ć15 đ5",
    "Slovene": "č38 š36 ž26",
    "Turkish": "ı32 ş16 ü16 ğ10 ç10 ö8 İ7 â1",
    "Estonian": "ä40 õ30 ü20 ö10",
    "Latvian": "ā32 ī20 ē15 š10 ū8 ž6 ņ4 ļ3 ķ2 ģ2 č2",
    "Lithuanian": "ė18 š14 ų14 ž10 į8 ū8 ą8 č6 ę4",
}
_CYRILLIC = {
    "Bulgarian": "а120 о90 и90 е85 т80 н75 р50 с50 в45 л35 к35 д35 п30 м25 з22 ъ17 я18 г16 у15 "
    "ч14 б13 ж7 ц7 й7 щ6 х6 ш4 ф3 ю2 ь1",
    "Russian": "о110 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з17 "
    "б16 ч15 й12 х10 ж9 ш7 ю6 ц5 щ4 э3 ф3 ё1 ъ1",
    "Serbian": "а120 о100 и100 е90 н55 с50 р50 ј50 т45 у45 д40 к37 в37 м35 л30 п28 з18 г17 б15 "
    "ч10 ш10 ц8 ћ8 ж7 њ7 љ6 х5 ф3 ђ2 џ1",
    "Ukrainian": "о94 а83 н68 и62 і60 в55 е50 р47 т47 с42 к36 у34 л37 д33 м30 п29 я24 з22 ь18 "
    "б18 г16 ч14 й13 х11 ж9 ц8 ш8 ю8 є7 ї6 щ5 ф4 ґ1",
}
_GREEK = {
    "Greek": "α100 ο80 ι75 ε75 τ80 σ50 ν65 η40 υ38 ρ43 π40 κ40 μ33 λ30 ς40 ω18 γ18 δ17 χ12 θ12 "
    "φ9 β7 ξ4 ζ4 ψ2 ά20 ό22 ί24 έ18 ή16 ύ9 ώ8 ϊ2 ΐ1 ϋ1",
}


def _shares(letters: str) -> dict[str, float]:
    """The logarithm of the share of each letter; capitals are taken for ten times as rare."""
    numbers = {entry[0]: int(entry[1:]) for entry in letters.split()}
    whole = sum(numbers.values())
    shares = {letter: log(number / whole) for letter, number in numbers.items()}
    capitals = {
        letter.upper(): share - log(10)
        for letter, share in shares.items()
        if len(letter.upper()) == 1 and letter.upper() not in shares
    }
    return shares | capitals


LANGUAGES: dict[str, dict[str, float]] = {
    language: _shares(letters) for language, letters in (_LATIN | _CYRILLIC | _GREEK).items()
}
