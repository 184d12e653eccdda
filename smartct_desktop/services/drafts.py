"""What is being typed and not written yet, kept beside the program's data until it is resolved.

A draft survives the end of the program, however that came. It is never written into the document
by itself: whoever opens the document again is offered it where it was typed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.files import write_atomic

FOLDER = "drafts"
_FORMAT = 1
_SUFFIX = ".json"


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
    """The drafts of one document, in one file for the person only (0600) in `folder`."""

    def __init__(self, folder: Path, document: Path) -> None:
        self._document = str(document.absolute())
        name = hashlib.sha256(self._document.encode()).hexdigest()[:32]
        self.path = folder / f"{name}{_SUFFIX}"

    def read(self) -> list[Draft]:
        """Give what was kept, oldest first; nothing if there is no file or it makes no sense."""
        try:
            stored = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        match stored:
            case {"format": 1, "document": self._document, "drafts": [*drafts]}:
                return [draft for one in drafts if (draft := _draft(one)) is not None]
            case _:
                return []

    def write(self, drafts: Sequence[Draft]) -> None:
        """Keep these and no others; without any the file goes. Raises `Trouble`."""
        if not drafts:
            self._remove()
            return
        stored = {
            "format": _FORMAT,
            "document": self._document,
            "drafts": [_json(draft) for draft in drafts],
        }
        text = json.dumps(stored, ensure_ascii=False, indent=1)

        def produce(out: BinaryIO) -> None:
            out.write(text.encode())

        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _trouble(self.path.parent) from error
        write_atomic(self.path, produce)

    def _remove(self) -> None:
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise _trouble(self.path.parent) from error


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
