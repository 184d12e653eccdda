"""Who sends files, and what was learned about their files."""

from __future__ import annotations

from smartct_desktop.domain.fields import (
    Choice,
    Id,
    LongText,
    Options,
    Reference,
    Text,
    declared,
)
from smartct_desktop.domain.record import Record


class DateOrder(Options):
    """In which order a sender writes day, month and year."""

    DMY = "dmy", "Day, month, year"
    MDY = "mdy", "Month, day, year"
    YMD = "ymd", "Year, month, day"


class DecimalSign(Options):
    """With which sign a sender writes decimals."""

    COMMA = "comma", "Comma"
    POINT = "point", "Point"


class Sender(Record, kind="sender", label="Sender", plural="Senders", caption="name"):
    """A partner's office as the source of files; its answers are used for its next file."""

    name: str = declared("Name", Text(), required=True, key=True, width=34, section="Sender")
    cluster: Id | None = declared("Cluster", Reference("organisation"), default=None, width=34)
    language: str | None = declared("Language", Text(longest=5), default=None)
    date_order: DateOrder | None = declared("Order of dates", Choice(DateOrder), default=None)
    decimal_sign: DecimalSign | None = declared("Decimal sign", Choice(DecimalSign), default=None)
    mappings: str | None = declared(
        "Columns",
        LongText(),
        default=None,
        help="What the columns of the sender's files mean, as JSON by shape of the sheet.",
        free_text=True,
    )
    answers: str | None = declared(
        "Answers",
        LongText(),
        default=None,
        help="Answers given before, as JSON by question.",
        free_text=True,
    )


class Verdict(Options):
    """Whether two names mean the same organisation, person, exchange or event."""

    SAME = "same", "Same"
    NOT_SAME = "not_same", "Not the same"


class Judgement(
    Record, kind="judgement", label="Judgement", plural="Judgements", caption="written verdict"
):
    """A decision on a name as written in a file, remembered for the next one."""

    subject: str = declared(
        "Kind of record", Text(longest=40), required=True, key=True, section="Judgement"
    )
    written: str = declared("As written", Text(), required=True, key=True, width=34, free_text=True)
    record: str | None = declared(
        "Record", Text(longest=40), default=None, help="The id of the record it was compared with."
    )
    verdict: Verdict | None = declared("Verdict", Choice(Verdict), default=None)
    sender: Id | None = declared("Sender", Reference("sender"), default=None)
