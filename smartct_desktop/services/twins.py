"""Finding new records of two copies that mean the same thing, by the rules of the import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.joining import Key, Triple, Twin, Values
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.identity import (
    PROPOSED_FROM,
    Mention,
    OrganisationIndex,
    domain_of,
)
from smartct_desktop.services.importing.known import KnownOrganisation
from smartct_desktop.services.importing.names import Names
from smartct_desktop.services.pairs import apart
from smartct_desktop.services.programme import ProgrammeFacts


@dataclass(frozen=True, slots=True)
class _Identity:
    """Fields by which two records mean the same if all of `needed` are filled in alike.

    Of `beside` both may be blank. Two records of a `definite` one can never be meant.
    """

    needed: tuple[str, ...]
    because: str
    beside: tuple[str, ...] = ()
    definite: bool = False


_IDENTITIES: Mapping[str, tuple[_Identity, ...]] = {
    "partnership": (_Identity(("acronym",), Sentence("the same acronym")),),
    "organisation": (
        _Identity(("vat",), Sentence("the same VAT number")),
        _Identity(("pic",), Sentence("the same PIC")),
        _Identity(("lei",), Sentence("the same LEI")),
        _Identity(("national_number", "country"), Sentence("the same registration number")),
    ),
    "snapshot": (_Identity(("cluster", "as_of"), Sentence("the same cluster and day")),),
    "label": (
        _Identity(("cluster", "awarded_on"), Sentence("the same cluster and day"), ("grade",)),
    ),
    "membership": (
        _Identity(("cluster", "organisation"), Sentence("the same member"), definite=True),
    ),
    "person": (
        _Identity(("email",), Sentence("the same e-mail address")),
        _Identity(("name", "organisation"), Sentence("the same name and organisation")),
    ),
    "profile": (
        _Identity(("cxc_id",), Sentence("the same ClusterXchange id")),
        _Identity(("organisation", "role"), Sentence("the same organisation and role")),
    ),
    "deliverable": (_Identity(("code",), Sentence("the same code")),),
    "event": (
        _Identity(("code",), Sentence("the same code")),
        _Identity(("title", "start"), Sentence("the same title and day")),
        _Identity(("title", "planned_text"), Sentence("the same title and estimated date")),
    ),
    "session": (
        _Identity(("event", "no"), Sentence("the same number in the same event")),
        _Identity(("event", "date", "start_time"), Sentence("the same time of the same event")),
    ),
    "attendance": (
        _Identity(("event", "person"), Sentence("the same person at the same event"), ("session",)),
        _Identity(
            ("event", "name_text"), Sentence("the same name at the same event"), ("session",)
        ),
    ),
    "event_count": (
        _Identity(("event", "by", "value"), Sentence("the same count of the same event")),
    ),
    "exchange": (
        _Identity(("cxc_id",), Sentence("the same ClusterXchange id")),
        _Identity(
            ("vo", "ho", "start"), Sentence("the same visitor, host and day"), ("visitor", "mode")
        ),
    ),
    "exchange_day": (
        _Identity(("exchange", "date"), Sentence("the same day of the same stay"), definite=True),
    ),
    "exchange_person": (
        _Identity(("exchange", "person"), Sentence("the same person"), definite=True),
    ),
    "payment": (
        _Identity(("bank_ref", "amount_cents"), Sentence("the same bank reference and amount")),
        _Identity(
            ("exchange", "date", "amount_cents"),
            Sentence("the same exchange, day and amount"),
            ("payment_kind",),
        ),
    ),
    "attachment": (
        _Identity(
            ("sha256",),
            Sentence("the same content for the same record"),
            ("exchange", "event", "organisation", "person", "document_type"),
        ),
    ),
    "waiver": (
        _Identity(
            ("rule_code",),
            Sentence("the same rule for the same record"),
            ("exchange", "organisation", "event"),
        ),
    ),
    "target": (_Identity(("code",), Sentence("the same code"), ("partnership", "cluster")),),
    "sender": (_Identity(("name",), Sentence("the same name"), definite=True),),
    "judgement": (
        _Identity(("subject", "written", "record"), Sentence("the same words"), definite=True),
    ),
    "rule_value": (
        _Identity(("rule_set", "name"), Sentence("the same value and day"), ("valid_from",)),
    ),
    "holiday": (
        _Identity(("date", "country"), Sentence("the same day"), ("region_code", "city", "name")),
    ),
    "place": (_Identity(("name", "country"), Sentence("the same town")),),
}
"""A closed period and its figures are not among them: they stay as they were sent."""

_NOT_COMPARED = frozenset({"number", "added_on"})
_ORGANISATION = "organisation"
_SAME_NAME = Sentence("the same name")


class TwinFinder:
    """Finds twins kind by kind; what they name was united before."""

    def __init__(self, facts: ProgrammeFacts) -> None:
        self._names: Callable[[], Names] = lambda: Names(f.text for f in facts.legal_forms.all)

    def __call__(self, kind: str, triples: Mapping[Key, Triple]) -> list[Twin]:
        """Give the pairs of new records of a kind that seem to be the same, each record once."""
        ours = {key[1]: t.ours for key, t in triples.items() if _is_new(t) and t.ours is not None}
        theirs = {
            key[1]: t.theirs for key, t in triples.items() if _is_new(t) and t.theirs is not None
        }
        found: list[Twin] = []
        for twin in self._all(kind, ours, theirs):
            if twin.ours in ours and twin.theirs in theirs:
                del ours[twin.ours], theirs[twin.theirs]
                found.append(twin)
        return found

    def _all(
        self, kind: str, ours: Mapping[Id, Values], theirs: Mapping[Id, Values]
    ) -> Iterator[Twin]:
        if not ours or not theirs:
            return
        left, right = dict(ours), dict(theirs)
        for identity in _IDENTITIES.get(kind, ()):
            for one, other in list(_paired(identity, left, right)):
                if kind == "membership" and apart(
                    _made(kind, one, left), _made(kind, other, right)
                ):
                    continue
                sure = identity.definite or _alike(left[one], right[other])
                del left[one], right[other]
                yield Twin(kind, one, other, identity.because, sure=sure)
        if kind == _ORGANISATION:
            yield from self._by_name(left, right)

    def _by_name(self, ours: Mapping[Id, Values], theirs: Mapping[Id, Values]) -> Iterator[Twin]:
        """Ask the index of the import what each name means on the other side, the surest first.

        Both sides are asked about each other, so that it does not matter which of them is ours.
        """
        found: dict[tuple[Id, Id], tuple[float, Sentence]] = {}
        for one, score, because, other in self._matches(ours, theirs):
            known = found.get((one, other))
            if known is None or known[0] < score:
                found[one, other] = score, because
        for other, score, because, one in self._matches(theirs, ours):
            known = found.get((one, other))
            if known is None or known[0] < score:
                found[one, other] = score, because
        for (one, other), (score, because) in sorted(
            found.items(), key=lambda pair: (-pair[1][0], sorted(pair[0]))
        ):
            sure = score == 1.0 and _alike(ours[one], theirs[other])
            likely = score >= PROPOSED_FROM
            yield Twin(_ORGANISATION, one, other, because, sure=sure, likely=likely)

    def _matches(
        self, names: Mapping[Id, Values], known: Mapping[Id, Values]
    ) -> Iterator[tuple[Id, float, Sentence, Id]]:
        index = OrganisationIndex(self._names(), [_known(i, v) for i, v in known.items()], {})
        for id_, values in names.items():
            match = index.find(_mention(values))
            if match.target is not None and match.target.id is not None:
                yield id_, 1.0, _SAME_NAME, match.target.id
            for one in match.candidates:
                if one.target.id is not None:
                    yield id_, one.score, Sentence(one.because), one.target.id


def _is_new(triple: Triple) -> bool:
    one_side = (triple.ours is None) != (triple.theirs is None)
    return one_side and all(base is None for base in triple.bases)


def _paired(
    identity: _Identity, ours: Mapping[Id, Values], theirs: Mapping[Id, Values]
) -> Iterator[tuple[Id, Id]]:
    """Give the records with the same identity; of several with one, in the order of their ids."""
    known: dict[tuple[Value, ...], list[Id]] = {}
    for id_ in sorted(theirs, reverse=True):
        key = _key(identity, theirs[id_])
        if key is not None:
            known.setdefault(key, []).append(id_)
    for id_ in sorted(ours):
        key = _key(identity, ours[id_])
        if key is not None and known.get(key):
            yield id_, known[key].pop()


def _key(identity: _Identity, values: Values) -> tuple[Value, ...] | None:
    needed = [_compared(values.get(name)) for name in identity.needed]
    if any(value is None for value in needed):
        return None
    return (*needed, *(_compared(values.get(name)) for name in identity.beside))


def _compared(value: Value) -> Value:
    return fold(value) if isinstance(value, str) else value


def _alike(ours: Values, theirs: Values) -> bool:
    """Whether both say the very same: then it is the same deed, done twice."""
    names = (ours.keys() | theirs.keys()) - _NOT_COMPARED
    return all(ours.get(name) == theirs.get(name) for name in names)


def _made(kind: str, id_: Id, known: Mapping[Id, Values]) -> Record:
    return schema_of(kind).make(known[id_], id_)


def _known(id_: Id, values: Values) -> KnownOrganisation:
    type_ = values.get("type")
    return KnownOrganisation(
        id=id_,
        name=str(values.get("name", "")),
        legal_name=_text(values, "legal_name"),
        name_latin=_text(values, "name_latin"),
        legal_form=_text(values, "legal_form"),
        aliases=_text(values, "aliases"),
        country=_text(values, "country"),
        vat=_text(values, "vat"),
        pic=_text(values, "pic"),
        city=_text(values, "city"),
        type=type_ if isinstance(type_, OrganisationType) else None,
        partnership=None,
        contact_email=_text(values, "contact_email"),
        email_domain=_text(values, "email_domain"),
    )


def _mention(values: Values) -> Mention:
    return Mention(
        str(values.get("name", "")),
        _text(values, "legal_form"),
        _text(values, "country"),
        _text(values, "vat"),
        domain_of(_text(values, "contact_email")) or _text(values, "email_domain"),
        _text(values, "pic"),
    )


def _text(values: Values, name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) else None
