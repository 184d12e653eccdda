"""Why a file is not read, in one sentence each, and what to do about it."""

from __future__ import annotations

from smartct_desktop.domain.errors import PasswordNeeded, Trouble
from smartct_desktop.domain.sentence import Sentence

_SAVE_ANEW = "Open it in a spreadsheet program, save it as .xlsx under a new name and use that."
_SEND_AGAIN = "Ask the sender to send it again."


def damaged(name: str) -> Trouble:
    """The inside of the file contradicts itself or breaks off."""
    return Trouble(
        Sentence("{name} is damaged: it breaks off, or its parts do not fit together.", name=name),
        Sentence(_SAVE_ANEW),
    )


def damaged_at(name: str, sheet: str, place: str) -> Trouble:
    """Two things claim one place of a sheet, or a place is none."""
    return Trouble(
        Sentence(
            "{name} is damaged: in the sheet {sheet} the place {place} is given wrongly or twice.",
            name=name,
            sheet=sheet,
            place=place,
        ),
        Sentence(_SAVE_ANEW),
    )


def unsafe(name: str) -> Trouble:
    """Built in a way that no spreadsheet program builds files, but attackers do."""
    return Trouble(
        Sentence(
            "{name} is built like a file that is meant to do harm, so it was not read.", name=name
        ),
        Sentence("If you trust the sender, open it in a spreadsheet program and save it anew."),
    )


def protected(name: str) -> Trouble:
    """Locked in a way that only the program it was made with can open."""
    return Trouble(
        Sentence("{name} is protected by a password and cannot be read.", name=name),
        Sentence("Open it with its password, save it without one and use that."),
    )


def password_needed(name: str) -> PasswordNeeded:
    """Locked, and can be opened with the password."""
    return PasswordNeeded(
        Sentence("{name} is protected by a password.", name=name),
        Sentence("Ask the sender for the password and give it here."),
    )


def wrong_password(name: str) -> PasswordNeeded:
    return PasswordNeeded(
        Sentence("This password does not open {name}.", name=name),
        Sentence("Capitals and small letters matter. Ask the sender if in doubt."),
    )


def unreadable_format(name: str, what: Sentence) -> Trouble:
    """A file of tables, but of a format that is not read yet. `what` names it with its article."""
    return Trouble(
        Sentence("{name} is {what}, which cannot be read yet.", name=name, what=what),
        Sentence(_SAVE_ANEW),
    )


def no_table(name: str, what: Sentence) -> Trouble:
    """A file of another purpose. `what` names it with its article."""
    return Trouble(
        Sentence("{name} is {what}, not a workbook or a text table.", name=name, what=what),
        Sentence("Choose a workbook (.xlsx) or a text file (.csv)."),
    )


def unknown(name: str) -> Trouble:
    return Trouble(
        Sentence("{name} is neither a workbook nor a text.", name=name),
        Sentence("Choose a workbook (.xlsx) or a text file (.csv)."),
    )


def empty(name: str) -> Trouble:
    return Trouble(Sentence("{name} is empty.", name=name), Sentence(_SEND_AGAIN))


def broken_off(name: str) -> Trouble:
    """The end of an archive is missing, as after a download that was cut."""
    return Trouble(
        Sentence("{name} is not whole: its end is missing.", name=name), Sentence(_SEND_AGAIN)
    )


def too_large(name: str, megabytes: int) -> Trouble:
    return Trouble(
        Sentence("{name} is larger than {limit} MB.", name=name, limit=megabytes),
        Sentence("Take out pictures and sheets that are not needed, or split it."),
    )


def too_much(name: str) -> Trouble:
    """Unpacked, the file is out of all proportion to what it can hold."""
    return Trouble(
        Sentence("{name} holds far more data than a list of this kind.", name=name),
        Sentence("Copy the cells that are needed into a new workbook and use that."),
    )


def too_many_rows(name: str, rows: int) -> Trouble:
    return Trouble(
        Sentence("{name} has more than {rows} rows with content.", name=name, rows=rows),
        Sentence("Split it into several files."),
    )


def too_slow(name: str, seconds: int) -> Trouble:
    return Trouble(
        Sentence("Reading {name} was stopped after {seconds} seconds.", name=name, seconds=seconds),
        Sentence("Copy the cells that are needed into a new workbook and use that."),
    )


def ended_early(name: str) -> Trouble:
    """The reading process died: out of memory, or ended from outside."""
    return Trouble(
        Sentence(
            "{name} could not be read: the reading broke off, most likely for want of memory.",
            name=name,
        ),
        Sentence("Copy the cells that are needed into a new workbook and use that."),
    )
