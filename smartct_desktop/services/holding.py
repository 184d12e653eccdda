"""What must stay: records that prove, while a claim or an audit runs (GDP-05); restricted data."""

from __future__ import annotations

from collections.abc import Collection

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.own_partnership import own_partnership

_PROVING = frozenset({"person", "exchange", "payment", "event", "attendance", "attachment"})
"""Kinds that say who took part, what was paid, and what proves it."""


def refuse_restricted(reader: Reader, persons: Collection[Id]) -> None:
    """Refuse to delete people whose data must stay though they must not be used.

    Source: Regulation (EU) 2016/679, article 18. Raises `Trouble`.
    """
    for one in reader.get_many(Person, persons).values():
        if one.restricted_on is not None:
            raise Trouble(
                Sentence(
                    "The use of the data of {name} is restricted since {day}, so they stay.",
                    name=one.name,
                    day=f"{one.restricted_on:%d.%m.%Y}",
                ),
                Sentence("When that has ended, clear “Use restricted since” in the record first."),
            )


def refuse_while_held(reader: Reader, kinds: Collection[str]) -> None:
    """Refuse to delete records of these kinds while the own partnership is on hold.

    Source: Regulation (EU, Euratom) 2018/1046, article 132. Raises `Trouble`.
    """
    if not _PROVING.intersection(kinds):
        return
    own = own_partnership(reader)
    if own is None or not own.hold:
        return
    reason = own.hold_reason or Sentence("no reason given")
    raise Trouble(
        Sentence("Records are on hold: {reason}. Until that ends they stay.", reason=reason),
        Sentence(
            "Use the records no further meanwhile, and delete them when it has ended: the hold "
            "stands in the record of the partnership."
        ),
    )
