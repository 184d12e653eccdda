"""Values of the call's rules as this document has them, in the place of those that ship."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Choice, Day, LongText, Options, Text, declared
from smartct_desktop.domain.programme.rule_keys import rule_key
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


class ValueStatus(Options):
    """Whether a value stands in a document that binds, or is only concluded."""

    CONFIRMED = "confirmed", "Confirmed"
    INFERRED = "inferred", "Inferred"


class RuleValue(
    Record,
    kind="rule_value",
    label="Value of the rules",
    plural="Values of the rules",
    caption="rule_set name",
):
    """One value of a rule set, from a day on or for a time, with where it comes from."""

    rule_set: str = declared(
        "Rule set", Text(longest=20), required=True, key=True, width=9, section="Value"
    )
    name: str = declared(
        "Value of",
        Text(longest=40),
        required=True,
        key=True,
        width=26,
        help="Such as min_working_days, cap.ES (the lump sum of a host country), may_visit.LARGE.",
    )
    value: str = declared(
        "Value",
        Text(longest=40),
        required=True,
        help="Money in euros, days as 2021-11-16 or “open”, else a number, or yes and no.",
    )
    valid_from: date | None = declared(
        "Holds from",
        Day(),
        default=None,
        key=True,
        help="For stays that start on that day or later.",
    )
    valid_to: date | None = declared("Holds until", Day(), default=None)
    status: ValueStatus | None = declared("Status", Choice(ValueStatus), default=None)
    source: str = declared(
        "Source",
        Text(),
        required=True,
        width=30,
        help="Where it stands: the grant agreement, a letter of the funder, a page.",
    )
    source_on: date | None = declared("Source dated", Day(), default=None)
    note: str | None = declared("Note", LongText(), default=None, width=30, free_text=True)

    def contradictions(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse what is no value of a rule set, and a time that ends before it starts."""
        key = rule_key(self.name)
        if key is None:
            yield "name", Sentence("A rule set has no value “{name}”.", name=self.name)
        else:
            try:
                key.read(self.value)
            except Invalid as refused:
                yield "value", refused.sentence
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            yield "valid_to", Sentence("A time cannot end before it starts.")
