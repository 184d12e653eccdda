"""What is said of places, of other copies and of who writes a document."""

from __future__ import annotations

from smartct_desktop.services.conflicted import OtherCopy
from smartct_desktop.services.texts import Texts
from smartct_desktop.system.drives import Place, PlaceKind
from smartct_desktop.ui.history.words import moment_words
from smartct_desktop.ui.i18n import say, tr


def place_words(place: Place) -> str:
    """What can happen in a place, and what helps."""
    match place.kind:
        case PlaceKind.SYNCED:
            risk = tr(
                "This document lies in a folder of {client}. If it is changed on two computers, or "
                "copied while it is being written, work can be lost or end up in a second file.",
                client=place.name or tr("a sync program"),
            )
        case PlaceKind.NETWORK:
            risk = tr(
                "This document lies on a network drive ({name}). If the connection breaks, what is "
                "being written can be lost, and not every network drive keeps two people from "
                "writing at once.",
                name=place.name,
            )
        case _:
            risk = tr(
                "This document lies on a drive that can be taken out ({name}). If that happens "
                "while it is being written, work can be lost.",
                name=place.name,
            )
    cure = tr(
        "On a local copy you work as ever; it is written back here every few minutes and when you "
        "close it."
    )
    return f"{risk} {cure}"


def copy_words(copy: OtherCopy, texts: Texts, more: int) -> str:
    """What another copy beside the document holds that this one does not."""
    name = copy.path.name
    if not copy.compared:
        words = tr(
            "Beside this document lies another version of it, {name}, which cannot be compared.",
            name=name,
        )
    elif copy.there:
        words = tr(
            "Beside this document lies another version of it, {name}. Steps that are only there: "
            "{there}, only here: {here}.",
            name=name,
            there=copy.there,
            here=copy.here,
        )
    else:
        words = tr(
            "Beside this document lies another version of it, {name}. Everything in it is here, "
            "too.",
            name=name,
        )
    if copy.newest is not None:
        words += " " + tr(
            "The newest one there: {label}, by {user}, {when}.",
            label=say(copy.newest.label),
            user=copy.newest.by,
            when=moment_words(copy.newest.at, texts),
        )
    if more:
        words += " " + tr("There are {n} more.", n=more)
    return words
