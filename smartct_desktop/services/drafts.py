"""What is being typed and not written yet, kept beside the program's data until it is resolved.

A draft survives the end of the program, however that came. It is never written into the document
by itself: whoever opens the document again is offered it where it was typed. Drafts of a protected
document are sealed with its key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.sealing import Unreadable, sealed, unsealed

FOLDER = "drafts"
_FORMAT = 1
_SUFFIX = ".json"
_SEALED = ".sealed"


class Place(Enum):
    """Where something was typed."""

    CELL = "cell"
    FORM = "form"  # the record pane, or the dialog of a record without a tab
    NEW = "new"  # the short form for a new record


@dataclass(frozen=True, slots=True)
class Typed:
    """The text in one field, and the text that stood there before it was touched."""

    field: str
    text: str
    before: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed for one record.

    `record` is its id, empty for one that is not there yet. `origin` is where a new record was
    asked for: "tab:clusters", or "part:membership.cluster:<id of the cluster>"; for others the
    name of the tab. `at` is the moment of the last key, in UTC, as ISO text.
    """

    place: Place
    kind: str
    record: str
    origin: str
    fields: tuple[Typed, ...]
    at: str = ""


class Drafts:
    """The drafts of one document, in one file for the person only (0600) in `folder`.

    `key` is that of a protected document; its drafts are sealed. What was kept while the document
    had no key, or another one, is found as far as it can be read, and goes with the next writing.
    """

    def __init__(self, folder: Path, document: Path, key: Key | None = None) -> None:
        self._document = str(document.absolute())
        self._key = key
        name = hashlib.sha256(self._document.encode()).hexdigest()[:32]
        self._plain = folder / f"{name}{_SUFFIX}"
        self._closed = folder / f"{name}{_SEALED}"
        self.path = self._plain if key is None else self._closed

    def read(self) -> list[Draft]:
        """Give what was kept, oldest first; nothing if there is no file or it makes no sense."""
        try:
            stored = read_json(self._content())
        except (OSError, ValueError, Unreadable):
            return []
        match stored:
            case {"format": 1, "document": self._document, "drafts": [*drafts]}:
                return [draft for one in drafts if (draft := _draft(one)) is not None]
            case _:
                return []

    def write(self, drafts: Sequence[Draft]) -> None:
        """Keep these and no others; without any the file goes. Raises `Trouble`."""
        if not drafts:
            self._remove(self._plain, self._closed)
            return
        stored = {
            "format": _FORMAT,
            "document": self._document,
            "drafts": [_json(draft) for draft in drafts],
        }
        content = json.dumps(stored, ensure_ascii=False, indent=1).encode()
        if self._key is not None:
            content = sealed(content, self._key, self._document)

        def produce(out: BinaryIO) -> None:
            out.write(content)

        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _trouble(self.path.parent) from error
        write_atomic(self.path, produce)
        self._remove(self._closed if self._key is None else self._plain)

    def leave_out(self, is_about: Callable[[object], bool]) -> None:
        """Drop the drafts of which this says that they are about somebody. Raises `Trouble`."""
        drafts = self.read()
        kept = [draft for draft in drafts if not is_about(_json(draft))]
        if kept != drafts:
            self.write(kept)

    def _content(self) -> bytes:
        if self._key is None or not self._closed.exists():
            return self._plain.read_bytes()
        return unsealed(self._closed.read_bytes(), self._key, self._document)

    def _remove(self, *paths: Path) -> None:
        try:
            for path in paths:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise _trouble(self.path.parent) from error


def hand_over(folder: Path, document: Path, before: Key | None, after: Key | None) -> None:
    """Keep the drafts of a document readable that got, changed or lost its key. Raises `Trouble`.

    Drafts that cannot be read with the key before are of no use any more, and go.
    """
    drafts = Drafts(folder, document, before).read()
    Drafts(folder, document, after).write(drafts)


def _trouble(folder: Path) -> Trouble:
    return Trouble(
        Sentence("What is being typed cannot be kept in {folder}.", folder=str(folder)),
        Sentence("Allow writing there."),
    )


def _json(draft: Draft) -> dict[str, object]:
    return {
        "place": draft.place.value,
        "kind": draft.kind,
        "record": draft.record,
        "origin": draft.origin,
        "at": draft.at,
        "fields": [[one.field, one.text, one.before] for one in draft.fields],
    }


def _draft(stored: object) -> Draft | None:
    match stored:
        case {
            "place": ("cell" | "form" | "new") as place,
            "kind": str(kind),
            "record": str(record),
            "origin": str(origin),
            "at": str(at),
            "fields": [*fields],
        }:
            typed = []
            for one in fields:
                match one:
                    case [str(field), str(text), str(before)]:
                        typed.append(Typed(field, text, before))
                    case _:
                        return None
            return Draft(Place(place), kind, record, origin, tuple(typed), at) if typed else None
        case _:
            return None
