"""Why the data of a person may be erased, and what stands against it."""

from __future__ import annotations

from enum import Enum

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.retention import Retention
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence

PROVING = frozenset({"exchange", "exchange_person", "attendance", "payment"})
"""Kinds of records that prove what the grant was used for, if they name the person."""


class Ground(Enum):
    """The legal ground of an erasure: Regulation (EU) 2016/679, article 17(1)."""

    OVER = "over"
    NOT_NEEDED = "not needed"
    UNLAWFUL = "unlawful"

    @property
    def sentence(self) -> Sentence:
        """The ground in words."""
        return _WORDS[self]


_WORDS = {
    Ground.OVER: Sentence(
        "The time for which records of the grant have to be kept is over (Regulation (EU) "
        "2016/679, article 17(1)(a))."
    ),
    Ground.NOT_NEEDED: Sentence(
        "No record that proves the use of the grant needs the data (Regulation (EU) 2016/679, "
        "article 17(1)(a))."
    ),
    Ground.UNLAWFUL: Sentence(
        "The data should never have been stored (Regulation (EU) 2016/679, article 17(1)(d))."
    ),
}

_RESTRICT = Sentence(
    "Restrict the use instead: then the data stay, and lists, letters and files leave the person "
    "out (Regulation (EU) 2016/679, article 18)."
)


def proves(reader: Reader, person: Id) -> bool:
    """Whether a record that proves the use of the grant names the person."""
    return any(one.field.kind in PROVING for one in reader.referring("person", person))


def refuse_restricted(person: Person) -> None:
    """Refuse to erase somebody whose data are kept for a claim of theirs, or while it is disputed.

    Raises `Trouble`. Source: Regulation (EU) 2016/679, article 18.
    """
    if person.restricted_on is None:
        return
    raise Trouble(
        Sentence(
            "The use of the data is restricted since {day}: {because}. So long they have to stay.",
            day=f"{person.restricted_on:%d.%m.%Y}",
            because=person.restricted_because or Sentence("no reason given"),
        ),
        Sentence(
            "When that has ended, clear “Use restricted since” in the record of the person first."
        ),
    )


def ground_for(retention: Retention, *, over: bool, proving: bool, unlawful: bool) -> Ground:
    """Give the ground on which a person may be forgotten.

    Raises `Trouble` while records are on hold, and while those that prove have to be kept, unless
    the data were stored unlawfully. Rule GDP-05.
    """
    if retention.held:
        raise Trouble(
            Sentence(
                "Nothing can be erased: the records are {because}.", because=retention.because
            ),
            _RESTRICT,
        )
    if unlawful:
        return Ground.UNLAWFUL
    if not proving:
        return Ground.NOT_NEEDED
    if over:
        return Ground.OVER
    if retention.until is None:
        raise Trouble(
            Sentence(
                "The person stands in records that prove the use of the grant, and it is not "
                "known yet how long these have to be kept: {because}.",
                because=retention.because,
            ),
            _RESTRICT,
        )
    raise Trouble(
        Sentence(
            "The person stands in records that prove the use of the grant; these have to be kept "
            "until {until}: {because}.",
            until=f"{retention.until:%d.%m.%Y}",
            because=retention.because,
        ),
        _RESTRICT,
    )
