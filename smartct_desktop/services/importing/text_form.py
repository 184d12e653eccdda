"""In which encoding and with which delimiter a text file is meant: what no text file tells.

The file is read by the likeliest guess first. Where another one fits as well, the plan asks, and
the rows that would read differently wait; the answer takes effect when the file is read again.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smartct_desktop.domain.book import Book, TextForm
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.questions import Answers, Asking, Place
from smartct_desktop.services.importing.read_sheets import ReadSheet

SURE = 0.98
"""From this certainty on a guess is taken and told, below it is asked."""

DELIMITERS: Mapping[str, str] = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}
"""The words for delimiters, as answers say them."""

_WINDOWS = "cp125"
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class TextChoice:
    """What was answered about the form of a text file; None leaves it to the guess."""

    encoding: str | None = None
    delimiter: str | None = None


def encoding_asked(file: str, sentence: Sentence | None = None) -> Place:
    """The question for the encoding of a file; its options are names of encodings."""
    return Place("encoding", "file", sentence or Sentence(""), about=file)


def delimiter_asked(file: str, sentence: Sentence | None = None) -> Place:
    """The question for the delimiter of a file; its options are the words of `DELIMITERS`."""
    return Place("delimiter", "file", sentence or Sentence(""), about=file)


def encoding_label(name: str) -> str:
    """Give the name by which people know an encoding: "windows-1251" for cp1251."""
    plain = _plain(name)
    if plain.startswith(_WINDOWS):
        return f"windows-{plain.removeprefix('cp')}"
    return plain.replace("iso8859", "iso-8859").replace("_", "-")


def choice_of(file: str, answers: Answers) -> TextChoice:
    """Give what answers say about the form of a text file."""
    encoding = answers.get(encoding_asked(file).id)
    delimiter = answers.get(delimiter_asked(file).id)
    return TextChoice(
        encoding if isinstance(encoding, str) else None,
        DELIMITERS.get(delimiter) if isinstance(delimiter, str) else None,
    )


def is_read_so(book: Book, choice: TextChoice) -> bool:
    """Whether a book was read as the choice says; if not the file has to be read again."""
    form = book.text
    if form is None:
        return True
    same_encoding = choice.encoding is None or _plain(choice.encoding) == _plain(form.encoding)
    return same_encoding and choice.delimiter in {None, form.delimiter}


def ask_for_form(book: Book, asking: Asking, sheets: Iterable[ReadSheet]) -> None:
    """Ask how a text file is meant where it can be meant otherwise; what hangs on it waits.

    Raises `Invalid` for an answer that names no encoding or delimiter.
    """
    form = book.text
    if form is None:
        return
    found = list(sheets)
    encoding = _ask_encoding(book.file_name, form, asking)
    if encoding:
        _wait(found, encoding, only_beyond_ascii=True)
    delimiter = _ask_delimiter(book.file_name, form, asking)
    if delimiter:
        _wait(found, delimiter, only_beyond_ascii=False)


def _ask_encoding(file: str, form: TextForm, asking: Asking) -> str:
    """Ask for the encoding if it is not clear; give the question's id while rows wait for it."""
    taken = form.encodings[0]
    sample = " ".join(taken.sample.split())
    place = encoding_asked(
        file,
        Sentence(
            "The text does not say its encoding. Are the letters right when it is read as "
            "{encoding}: “{sample}”?",
            encoding=encoding_label(taken.name),
            sample=sample if len(sample) <= _SHOWN else sample[: _SHOWN - 1] + "…",
        ),
    )
    given = asking.decided(place)
    if given is None and (form.certain or taken.certainty >= SURE or len(form.encodings) == 1):
        return ""
    options = [encoding_label(guess.name) for guess in form.encodings]
    if given is not None and isinstance(given.value, str) and _exists(given.value):
        options.append(given.value)
    answer = asking.ask(
        place,
        options=tuple(dict.fromkeys(options)),
        propose=options[0],
        certainty=min(taken.certainty, SURE),
    )
    so = answer is not None and _plain(str(answer.value)) == _plain(taken.name)
    return "" if so else place.id


def _ask_delimiter(file: str, form: TextForm, asking: Asking) -> str:
    """Ask for the delimiter if it is not clear; give the question's id while rows wait for it."""
    words = {sign: word for word, sign in DELIMITERS.items()}
    place = delimiter_asked(file, Sentence("Which sign separates the columns of the text?"))
    if asking.decided(place) is None and form.delimiter_certain:
        return ""
    likely = [words[sign] for sign in form.delimiters if sign in words]
    taken = words.get(form.delimiter)
    answer = asking.ask(
        place,
        options=tuple(dict.fromkeys((*likely, *DELIMITERS))),
        propose=taken,
        certainty=0.6,
    )
    return "" if answer is not None and answer.value == taken else place.id


def _wait(sheets: Iterable[ReadSheet], question: str, *, only_beyond_ascii: bool) -> None:
    """Let rows wait for a question: all, or those that another encoding would read otherwise."""
    for sheet in sheets:
        for row in sheet.sheet.rows:
            plain = all(not isinstance(v, str) or v.isascii() for v in row.values)
            if not (only_beyond_ascii and plain):
                sheet.doubtful.setdefault(row.number, question)


def _plain(name: str) -> str:
    """Give the name of an encoding in one spelling; what is unknown stays as it is."""
    return codecs.lookup(name).name if _exists(name) else name


def _exists(name: str) -> bool:
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        return False
    return True
