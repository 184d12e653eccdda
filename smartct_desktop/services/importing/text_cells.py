"""Cells that are texts: names, remarks, codes that keep their zeros, addresses."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from smartct_desktop.domain import book
from smartct_desktop.domain.book import PLAIN, Cell, Look
from smartct_desktop.domain.folding import compact
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Reply
from smartct_desktop.services.importing.understood import GENERAL, Doubt

_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
"""Control characters, marks that turn the direction of writing, and others that nobody sees."""
_EMAIL = re.compile(r"[^@\s,;<>()\"']+@[^@\s,;<>()\"'.]+(?:\.[^@\s,;<>()\"'.]+)+")
_WEB = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)
_NOT_IN_IBAN = re.compile(r"[^0-9A-Za-z*]")
_SHORTEST_IBAN = 8


def clean_line(text: str) -> str:
    """Give the text in one line: NFC, nothing unseen, blanks of all kinds as one."""
    if text.isascii() and text.isprintable():
        return text if "  " not in text and text == text.strip() else " ".join(text.split())
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def unseen_in(text: str) -> set[str]:
    """Give the names ("U+202E") of the characters that `clean_line` leaves out of a text."""
    if text.isprintable():
        return set()
    return {f"U+{ord(found):04X}" for found in _UNSEEN.findall(text)}


def clean_text(text: str) -> str:
    """Give the text with its line breaks, each line cleaned."""
    lines = [clean_line(line) for line in text.splitlines()]
    return "\n".join(lines).strip()


def shown(value: book.Value, code: str = GENERAL) -> str:
    """Give the text that stands in a cell, as far as it can be told."""
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return Cell(value, Look(code=code) if code != GENERAL else PLAIN).shown


def line(value: book.Value, code: str) -> str | None:
    """Read one line of text; numbers as they are shown."""
    return shown(value, code) or None


def long_text(value: book.Value, code: str) -> str | None:
    """Read text of several lines."""
    return (clean_text(value) if isinstance(value, str) else shown(value, code)) or None


def code_text(value: book.Value, code: str) -> Any:
    """Read digits that are a text; a date there is what a program made of "3-12"."""
    if isinstance(value, date | time):
        return Doubt(
            "what_is_this_column",
            Sentence("“{text}” is stored as a date. What is its number?", text=shown(value)),
            _text_reply,
        )
    return line(value, code)


def vat(value: book.Value, code: str) -> str | None:
    """Read a VAT number: capitals, without blanks, dots and dashes."""
    text = line(value, code)
    return (compact(text) or None) if text else None


def iban(value: book.Value, code: str) -> str | None:
    """Read a bank account as country, check digits and last four signs: "ES91 **** 1332"."""
    text = _NOT_IN_IBAN.sub("", line(value, code) or "").upper()
    return f"{text[:4]} **** {text[-4:]}" if len(text) > _SHORTEST_IBAN else text or None


def email(value: book.Value, code: str) -> Any:
    """Read one e-mail address."""
    text = line(value, code)
    if text is None:
        return None
    found = list(dict.fromkeys(_EMAIL.findall(text.removeprefix("mailto:"))))
    rest = _EMAIL.sub("", text.removeprefix("mailto:"))
    if len(found) == 1 and not re.search(r"\w@|@\w", rest):
        return found[0]
    sentence = (
        Sentence("“{text}” has several e-mail addresses. Which shall be taken?", text=text)
        if found
        else Sentence("“{text}” is no e-mail address.", text=text)
    )
    return Doubt(
        "email",
        sentence,
        _email_reply,
        options=(*found, None) if found else (),
        propose=found[0] if found else None,
        proposed=True,
    )


def link(value: book.Value, code: str) -> Any:
    """Read an address on the web; https where the file leaves the beginning out."""
    text = line(value, code)
    if text is None:
        return None
    if _WEB.fullmatch(text):
        return text if text.lower().startswith("http") else f"https://{text}"
    return Doubt(
        "link",
        Sentence("“{text}” is no address on the web.", text=text),
        _text_reply,
        proposed=True,
    )


def _text_reply(reply: Reply) -> str | None:
    return None if reply is None else clean_line(str(reply)) or None


def _email_reply(reply: Reply) -> str | None:
    text = _text_reply(reply)
    if text is not None and not _EMAIL.fullmatch(text):
        raise ValueError(text)
    return text
