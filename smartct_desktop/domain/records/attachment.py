"""Files kept inside the document, known by their content."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.fields import (
    Day,
    Id,
    Reference,
    Term,
    Text,
    Whole,
    declared,
)
from smartct_desktop.domain.record import Record


class Attachment(
    Record, kind="attachment", label="Attachment", plural="Attachments", caption="file_name"
):
    """A paper of a record; its bytes lie in the document under `sha256`."""

    file_name: str = declared(
        "File", Text(), required=True, key=True, width=30, section="Attachment", free_text=True
    )
    sha256: str = declared("SHA-256", Text(longest=64), required=True, width=20, calculated=True)
    mime: str | None = declared("Kind of file", Text(longest=120), default=None, calculated=True)
    size: int | None = declared("Bytes", Whole(), default=None, calculated=True)
    added_on: date | None = declared("Added on", Day(), default=None)
    document_type: str | None = declared("Paper", Term("document_type"), default=None)
    exchange: Id | None = declared("Exchange", Reference("exchange"), default=None)
    event: Id | None = declared("Event", Reference("event"), default=None)
    organisation: Id | None = declared("Organisation", Reference("organisation"), default=None)
    person: Id | None = declared("Person", Reference("person"), default=None)
    remark: str | None = declared("Remark", Text(), default=None, width=24, free_text=True)
