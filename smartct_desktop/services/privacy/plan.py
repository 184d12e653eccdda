"""What forgetting a person would do: what goes, what stays, and what somebody has to look at."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.privacy.grounds import Ground
from smartct_desktop.services.privacy.traces import Traces

Place: TypeAlias = tuple[str, Id, str]
"""A field of a record: kind, id, name of the field."""


class Mode(Enum):
    """What becomes of the record of the person."""

    ANONYMISE = "anonymise"
    """It stays without a name, with country and organisation, so that all figures stay."""
    ERASE = "erase"
    """It goes; who took part in what is not known any more."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A text in which the person may be named. `why` says why it was not ticked by itself.

    Where only the `shared` parts of the name stand, ticking it takes these out.
    """

    place: Place
    record: str
    label: str
    excerpt: str
    text: str
    shared: bool
    ticked: bool
    why: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """An attached file; `found` is None where its content cannot be searched."""

    sha256: str
    file_name: str
    owner: str
    found: bool | None
    ticked: bool


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup of the document. `trouble` says why the person cannot be forgotten there, too."""

    path: Path
    made_at: str
    trouble: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Who is forgotten, and by what they are found; `others` are records of namesakes.

    `words` are all names and addresses as they were written, for looking at bytes afterwards.
    """

    person: Id
    name: str
    words: tuple[str, ...]
    traces: Traces
    others: frozenset[Id] = frozenset()


@dataclass(frozen=True)
class Plan:
    """What forgetting a person would do; nothing is written yet.

    `records` are the records that name the person, by kind; `steps` are how many steps of the
    history speak of them; `exports` what nobody can reach from here: copies elsewhere, and files
    with personal data that left the document, as noted. `refusal` says why it must not be done,
    with what to do instead in `hint`; `restricted` that the use of the data is restricted already.
    """

    known: Known
    today: date
    mode: Mode
    ground: Ground | None
    records: Mapping[str, int]
    mentions: tuple[Mention, ...]
    papers: tuple[Paper, ...]
    backups: tuple[KeptBackup, ...]
    steps: int
    exports: tuple[str, ...]
    refusal: Sentence | None = None
    hint: Sentence | None = None
    restricted: bool = False
    salt: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def pseudonym(self) -> str:
        """What stands instead of the name."""
        return f"Anonymous {self.invented(self.known.name)}"

    def invented(self, text: str) -> str:
        """Give six signs for a text; nobody can tell the text from them."""
        return hashlib.sha256(f"{self.salt}{text}".encode()).hexdigest()[:6]

    @property
    def mentions_left(self) -> list[str]:
        """Where a text that may name the person stays as it is: kind of record and field."""
        return [f"{one.place[0]}: {one.label}" for one in self.mentions if not one.ticked]

    @property
    def exports_told(self) -> list[str]:
        """The exports, without any name in them."""
        return [self.known.traces.without(one, every=True) for one in self.exports]

    def keeps(self, word: str) -> bool:
        """Whether a text that stays by choice holds this word."""
        folded = fold(word)
        return any(folded in fold(one.text) for one in self.mentions if not one.ticked)

    def ticking(self, mentions: Mapping[Place, bool], papers: Mapping[str, bool]) -> Plan:
        """Give the plan as a person ticked it: texts by their place, papers by their SHA-256."""
        return replace(
            self,
            mentions=tuple(
                replace(one, ticked=mentions.get(one.place, one.ticked)) for one in self.mentions
            ),
            papers=tuple(
                replace(one, ticked=papers.get(one.sha256, one.ticked)) for one in self.papers
            ),
        )
