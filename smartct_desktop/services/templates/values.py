"""The single values that can be put into a template: figures, facts, fields, by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field, Reference
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.target import CountingRule
from smartct_desktop.domain.report import Report
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figures import Figure, figures
from smartct_desktop.services.listing import cell_of, personal_of
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.privacy.restricting import Restriction
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.masking import initials
from smartct_desktop.services.reports.period import Period
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.reports.wording import Wording, labels_in
from smartct_desktop.services.texts import ISO, Texts
from smartct_desktop.spreadsheets.template_cells import CellValue

FIGURE_NAMES = {
    CountingRule.EXCH_VALIDATED_VOP: "exchanges.validated",
    CountingRule.DISTINCT_SME_VO_HO: "smes.involved",
    CountingRule.DISTINCT_SME_VO: "smes.visiting",
    CountingRule.EVENTS_HELD: "events.held",
    CountingRule.PARTICIPANTS: "events.participants",
    CountingRule.CLUSTERS_LABELLED: "partners.labelled",
}
"""What the figures are called in a template; the codes of the counting rules do as well."""

_ENDINGS = ("", ".target", ".achieved", ".expected", ".missing", ".share")
_CENTS = 100


@dataclass(frozen=True, slots=True)
class Known:
    """A value that can be placed: its name, what it is in words, and the value itself.

    A `share` is shown in percent; a `personal` one tells something of people.
    """

    name: str
    label: Sentence
    value: CellValue
    share: bool = False
    personal: bool = False


class KnownValues:
    """Reads the single values from a document.

    Fields that tell of people are left out, names shortened to initials, if the wish says so. Of
    people whose data must not be used nothing is told anyway.
    """

    def __init__(
        self, reader: Reader, facts: ProgrammeFacts, wish: Wish, made_at: datetime
    ) -> None:
        self._reader = reader
        self._facts = facts
        self._wish = wish
        self._made_at = made_at
        self._wording = Wording(wish.language, facts)
        self._texts = Texts(facts, ISO)
        self._restriction = Restriction.read(reader)

    @cached_property
    def by_name(self) -> Mapping[str, Known]:
        """The values by name, in the order in which they are offered."""
        return {one.name: one for one in (*self._figures(), *self._facts_told())}

    def named(self, name: str) -> Known | None:
        """Give the value of a name, whatever its case; codes of figures do as well."""
        wanted = name.strip().lower()
        return self.by_name.get(wanted) or self.by_name.get(_CODES.get(wanted, ""))

    def _figures(self) -> Iterator[Known]:
        today, scope = self._made_at.date(), self._wish.scope
        inside = figures(self._reader, today, scope)
        reached = figures(self._reader, today, Scope(scope.partner, None, scope.until))
        so_far = {one.code: one for one in reached}
        for one in inside:
            yield from _figure(one, so_far.get(one.code, one))

    def _facts_told(self) -> Iterator[Known]:
        scope = self._wish.scope
        made_on = self._made_at.date()
        period = self._wish.period
        told = Period(None, made_on) if period.open else period
        yield Known("period", Sentence("The period in words"), self._wording.say(told.__str__()))
        yield Known("period.from", Sentence("First day of the period"), scope.since)
        yield Known("period.to", Sentence("Last day of the period"), scope.until)
        yield Known("made_on", Sentence("The day it is made"), made_on)
        yield Known("language", Sentence("The language it is made in"), self._wish.language)
        own = own_partnership(self._reader)
        yield from self._fields("partnership", own, schema_of("partnership").fields)
        yield Known(
            "partnership.name",
            Sentence("Partnership: name"),
            (own.full_name or own.acronym) if own else None,
        )
        partner = None
        if scope.partner is not None:
            partner = self._reader.get(Organisation, scope.partner)
        yield from self._fields("partner", partner, schema_of("organisation").fields)

    def _fields(self, name: str, record: Record | None, fields: Sequence[Field]) -> Iterator[Known]:
        label = {"partnership": Sentence("Partnership"), "partner": Sentence("Partner")}[name]
        for field in fields:
            value = self._value(field, record) if record is not None else None
            words = Sentence("{whose}: {field}", whose=label, field=field.label.lower())
            short = field.name.removesuffix("_cents")
            if isinstance(value, str) and self._restriction.names(value):
                value = None
            personal = personal_of(field)
            if personal is not None and self._wish.masked:
                named = personal is Personal.NAME and isinstance(value, str)
                value, personal = initials(str(value)) if named else None, None
            yield Known(f"{name}.{short}", words, value, personal=personal is not None)

    def _value(self, field: Field, record: Record) -> CellValue:
        held = getattr(record, field.name)
        caption = None
        if isinstance(field.type, Reference) and held is not None:
            caption = self._reader.captions(field.type.kind, [held]).get(held)
        value = cell_of(field.type, held, caption, self._texts)
        match value:
            case bool():
                words = self._wording.report(Report("", self._made_at, ())).words
                return words.yes if value else words.no
            case int() if field.name.endswith("_cents"):
                return Decimal(value) / _CENTS
            case str():
                return labels_in(self._facts, field.code, self._wish.language).get(value, value)
            case float():
                return Decimal(repr(value))
            case _:
                return value


def _figure(inside: Figure, so_far: Figure) -> Iterator[Known]:
    rule, _, part = inside.code.partition(":")
    names = {one.value: name for one, name in FIGURE_NAMES.items()}
    name = names.get(rule, rule.lower()) + (f":{part.lower()}" if part else "")
    said = inside.name
    yield Known(name, Sentence("{figure}: in the period", figure=said), inside.value)
    yield Known(
        f"{name}.achieved", Sentence("{figure}: from the beginning", figure=said), so_far.value
    )
    yield Known(f"{name}.target", Sentence("{figure}: target", figure=said), so_far.target)
    yield Known(f"{name}.missing", Sentence("{figure}: lacking", figure=said), so_far.missing)
    yield Known(f"{name}.expected", Sentence("{figure}: expected", figure=said), inside.pipeline)
    share = None
    if so_far.target:
        share = (Decimal(so_far.value) / so_far.target).quantize(Decimal("0.0001"))
    yield Known(
        f"{name}.share", Sentence("{figure}: share of the target", figure=said), share, True
    )


_CODES = {
    rule.value.lower() + ending: name + ending
    for rule, name in FIGURE_NAMES.items()
    for ending in _ENDINGS
}
"""The names by which the codes of the counting rules ask for figures."""
