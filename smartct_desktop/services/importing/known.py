"""What the document knows already: read once per import, only what the import needs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from smartct_desktop.domain.changes import PastChange, PastStep
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import Among, Path, Query
from smartct_desktop.domain.reading import Reader, RecordT
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.public_holiday import PublicHoliday
from smartct_desktop.domain.records.rule_value import RuleValue
from smartct_desktop.domain.records.sender import Judgement

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """What tells a stored organisation from others."""

    id: Id
    name: str
    legal_name: str | None
    name_latin: str | None
    legal_form: str | None
    aliases: str | None
    country: str | None
    vat: str | None
    pic: str | None
    city: str | None
    type: OrganisationType | None
    partnership: Id | None
    contact_email: str | None
    email_domain: str | None

    @property
    def spellings(self) -> Iterable[str]:
        """Every name it goes by."""
        yield self.name
        if self.legal_form:
            yield f"{self.name} {self.legal_form}"
        yield from filter(None, (self.legal_name, self.name_latin))
        yield from filter(None, (self.aliases or "").splitlines())


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What tells a stored person from others."""

    id: Id
    name: str
    email: str | None
    organisation: Id | None


@dataclass(frozen=True, slots=True)
class KnownExchange:
    """What tells a stored exchange from others."""

    id: Id
    number: str | None
    ref: str | None
    cxc_id: str | None
    vo: Id | None
    ho: Id | None
    start: Value
    mode: Value
    status: Value
    amount_cents: int | None


@dataclass(frozen=True, slots=True)
class KnownPayment:
    """What tells a stored payment from others."""

    id: Id
    exchange: Id | None
    date: Value
    amount_cents: int | None
    payment_kind: Value
    bank_ref: str | None


@dataclass(frozen=True, slots=True)
class KnownMembership:
    """What tells a stored membership from others."""

    id: Id
    cluster: Id
    organisation: Id
    until: Value


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """What tells a stored event from others."""

    id: Id
    code: str | None
    title: str
    start: date | None


@dataclass(frozen=True, slots=True)
class KnownFigures:
    """What tells stored figures of a cluster from others."""

    id: Id
    cluster: Id
    as_of: Value


class Known:
    """Reads what an import compares with. Belongs to the thread of its reader.

    It shows the document as it was when a part was first asked for: make a new one after a step.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._full: dict[Id, Record] = {}
        self._removed: dict[str, Sequence[tuple[PastStep, PastChange]]] = {}
        self._past: dict[Id, Sequence[tuple[PastStep, PastChange]]] = {}

    def _all(self, kind: str, make: Callable[..., T]) -> list[T]:
        """Read the fields that `make` takes, of all records of a kind."""
        names = [field.name for field in dataclasses.fields(cast("Any", make))][1:]
        window = self._reader.window(Query(kind, tuple(map(Path.of, names))))
        try:
            return [make(row.id, *row.values) for row in window.rows(0, window.count) if row.id]
        finally:
            window.close()

    def full(self, type_: type[RecordT], ids: Iterable[Id]) -> dict[Id, RecordT]:
        """Give the whole records of those that an import may change; each is fetched once."""
        wanted = set(ids)
        missing = [id_ for id_ in wanted if id_ not in self._full]
        if missing:
            self._full |= self._reader.get_many(type_, missing)
        found = ((id_, self._full.get(id_)) for id_ in wanted)
        return {id_: record for id_, record in found if isinstance(record, type_)}

    def whole(self, type_: type[RecordT]) -> dict[Id, RecordT]:
        """Give all records of a type, each whole."""
        found = {record.id: record for record in self._reader.all(type_)}
        self._full |= found
        return found

    def remembered(self, sha256: str) -> dict[str, Any]:
        """Give the answers that were given for a file with this content."""
        from smartct_desktop.services.importing.memory import remembered  # looks at sheets

        return remembered(self._reader, sha256)

    def habits(self, cluster: Id) -> str | None:
        """Give what was learned of a cluster's files."""
        from smartct_desktop.services.importing.memory import habits_of  # looks at sheets

        return habits_of(self._reader, cluster)

    def history(self, kind: str, id_: Id) -> Sequence[tuple[PastStep, PastChange]]:
        """Give every change of a stored record, newest first; each is fetched once."""
        found = self._past.get(id_)
        if found is None:
            found = self._past[id_] = self._reader.record_history(kind, id_)
        return found

    def removed(self, kind: str) -> Sequence[tuple[PastStep, PastChange]]:
        """Give the removals of records that people deleted, newest first; read once."""
        found = self._removed.get(kind)
        if found is None:
            found = self._removed[kind] = self._reader.removed(kind)
        return found

    def captions(self, kind: str, ids: Iterable[Id]) -> dict[Id, str]:
        """Give the captions of stored records."""
        return self._reader.captions(kind, ids)

    def imported(self, sha256: str) -> PastStep | None:
        """Give the step that brought a file with the same content, if it holds."""
        return self._reader.imported(sha256)

    @cached_property
    def organisations(self) -> Sequence[KnownOrganisation]:
        """All organisations."""
        return self._all("organisation", KnownOrganisation)

    @cached_property
    def people(self) -> Sequence[KnownPerson]:
        """All people."""
        return self._all("person", KnownPerson)

    @cached_property
    def exchanges(self) -> Sequence[KnownExchange]:
        """All exchanges."""
        return self._all("exchange", KnownExchange)

    @cached_property
    def payments(self) -> Sequence[KnownPayment]:
        """All payments."""
        return self._all("payment", KnownPayment)

    @cached_property
    def memberships(self) -> Sequence[KnownMembership]:
        """All memberships."""
        return self._all("membership", KnownMembership)

    @cached_property
    def events(self) -> Sequence[KnownEvent]:
        """All events."""
        return self._all("event", KnownEvent)

    @cached_property
    def figures(self) -> Sequence[KnownFigures]:
        """All figures of clusters."""
        return self._all("snapshot", KnownFigures)

    @cached_property
    def holidays(self) -> Sequence[PublicHoliday]:
        """All public holidays that the document adds to those of the program."""
        return list(self._reader.all(PublicHoliday))

    @cached_property
    def rule_values(self) -> Sequence[RuleValue]:
        """All values of the rules that the document has of its own."""
        return list(self._reader.all(RuleValue))

    def parts(self, type_: type[RecordT], event: Id) -> list[RecordT]:
        """Give all records of a type that name an event."""
        query = Query(type_.schema.kind, (), (Among(Path.of("event"), frozenset({event})),))
        window = self._reader.window(query)
        try:
            ids = window.ids(0, window.count)
        finally:
            window.close()
        return list(self._reader.get_many(type_, ids).values())

    def judgements(self, subject: str) -> Mapping[str, Sequence[Judgement]]:
        """Give the decisions made before on what files name, by folded name, for one kind."""
        return self._judgements.get(subject, {})

    @cached_property
    def _judgements(self) -> Mapping[str, Mapping[str, Sequence[Judgement]]]:
        found: dict[str, dict[str, list[Judgement]]] = {}
        for judgement in self._reader.all(Judgement):
            by_name = found.setdefault(judgement.subject, {})
            by_name.setdefault(fold(judgement.written), []).append(judgement)
        return found

    @cached_property
    def own_partnership(self) -> Partnership | None:
        """The partnership whose records the document keeps."""
        return next((p for p in self._reader.all(Partnership) if p.own), None)

    @cached_property
    def partnerships(self) -> Mapping[str, Partnership]:
        """All partnerships by folded acronym and name."""
        return {
            fold(name): partnership
            for partnership in self._reader.all(Partnership)
            for name in (partnership.full_name, partnership.acronym)
            if name
        }

    @cached_property
    def clusters(self) -> Sequence[KnownOrganisation]:
        """The clusters that belong to the own partnership, or else all clusters."""
        clusters = [o for o in self.organisations if o.type is OrganisationType.CLUSTER]
        own = self.own_partnership
        return [c for c in clusters if own and c.partnership == own.id] or clusters
