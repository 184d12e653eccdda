"""A period whose figures were sent: from then on they are kept as they were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from smartct_desktop.domain.fields import Day, LongText, Text, declared
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


class ReportingPeriod(
    Record,
    kind="reporting_period",
    label="Reporting period",
    plural="Reporting periods",
    caption="name",
):
    """A closed period, and the workbook that was sent for it.

    One that was opened again stays, with the reason; its figures are no longer compared.
    """

    name: str = declared(
        "Name", Text(longest=120), required=True, key=True, width=24, section="Period"
    )
    first: date | None = declared(
        "From", Day(), default=None, help="Blank: from the beginning of the work."
    )
    last: date = declared("To", Day(), required=True, key=True)
    closed_on: date = declared("Closed on", Day(), required=True)
    closed_by: str | None = declared("Closed by", Text(), default=None, personal=Personal.NAME)
    report: str = declared("Report", Text(longest=40), required=True, section="As sent")
    language: str | None = declared("Language", Text(longest=2), default=None)
    file: str | None = declared("Workbook", Text(), default=None, width=30, free_text=True)
    sha256: str | None = declared("SHA-256", Text(longest=64), default=None, calculated=True)
    opened_on: date | None = declared("Opened again on", Day(), default=None, section="Opened")
    opened_because: str | None = declared(
        "Opened again because", LongText(), default=None, width=40, free_text=True
    )

    @property
    def closed(self) -> bool:
        """Whether its figures are held against those of now."""
        return self.opened_on is None

    def contradictions(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a period that ends before it begins, and opening it again without a reason."""
        if self.first and self.last < self.first:
            yield "last", Sentence("A period cannot end before it begins.")
        if self.opened_on and not self.opened_because:
            yield "opened_because", Sentence("Say why the period is opened again.")

    def refuses(self, after: Record | None) -> Sentence | None:
        """Let it only be opened again."""
        opened = {"opened_on", "opened_because"}
        same = isinstance(after, ReportingPeriod) and all(
            getattr(self, field.name) == getattr(after, field.name)
            for field in self.schema.fields
            if field.name not in opened
        )
        if self.closed and same:
            return None
        return Sentence(
            "The period {name} is closed and stays as it was sent. It can be opened again with a "
            "reason.",
            name=self.name,
        )
