"""The collection template as a partner sends it back: its sheets as grids, and what a plan says."""

import datetime as dt
import hashlib
from dataclasses import replace
from decimal import Decimal

from smartct_desktop.domain.book import rows_of
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.attendance import Attendance, AttendanceRole
from smartct_desktop.domain.records.event import Event, EventFormat
from smartct_desktop.domain.records.exchange import Exchange, Mode
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.session import Session
from smartct_desktop.services.importing.plan import Action
from smartct_desktop.services.own_partnership import own_partnership

MEMBERS, EXCHANGES, EVENTS, ATTENDANCE = range(1, 5)


def set_to_work(document):
    """Give a partner two members, two stays at one host, an event and its two participants."""
    own = own_partnership(document.read)
    cluster, other = (
        Organisation(name=name, country=country, type=OrganisationType.CLUSTER, partnership=own.id)
        for name, country in (("Verband Seewind e. V.", "DE"), ("Клъстер Тракия", "BG"))
    )
    mast, boje = (
        Organisation(name="Mastwerk GmbH", country="DE", type=OrganisationType.SME, sme=True),
        Organisation(
            name="Bojenbau", country="DE", type=OrganisationType.OTHER, national_number="HRB 77"
        ),
    )
    host = Organisation(name="Хост ООД", country="BG", type=OrganisationType.SME)
    pia = Person(name="Pia Mast", email="pia@mastwerk.example", organisation=mast.id)
    event = Event(
        code="HRO-1",
        title="Windtag",
        type="peer-learning",
        target_groups=("smes", "other"),
        open_to_smes=True,
        start=dt.date(2022, 3, 1),
        end=dt.date(2022, 3, 2),
        host_cluster=cluster.id,
        format=EventFormat.HYBRID,
    )
    session = Session(event=event.id, no=1, title="Morgens")
    stays = [
        Exchange(
            number=f"SCT-2022-00{day}",
            vo=mast.id,
            ho=host.id,
            visitor=pia.id,
            mode=Mode.PHYSICAL,
            start=dt.date(2022, 5, day),
            end=dt.date(2022, 5, day + 4),
            working_days=Decimal("3.5"),
            amount_cents=41550,
            evidence=True,
            ho_country="BG" if day == 4 else None,
        )
        for day in (3, 4)
    ]
    since = (PartialDate(2015, 0, 0), PartialDate(2018, 3, 0))
    with document.edit("at work") as edit:
        for record in (cluster, other, mast, boje, host, pia, event, session, *stays):
            edit.add(record)
        for member, day in zip((mast, boje), since, strict=True):
            edit.add(Membership(cluster=cluster.id, organisation=member.id, since=day))
        for name, place in (("Pia Mast", session.id), ("Olaf Boje", None)):
            edit.add(
                Attendance(
                    event=event.id,
                    session=place,
                    name_text=name,
                    organisation=mast.id if name == "Pia Mast" else boje.id,
                    country="DE",
                    role=AttendanceRole.SPEAKER,
                )
            )


class Returned:
    """A file that was sent back: its sheets as grids, to be changed cell by cell."""

    def __init__(self, book):
        self._book = book
        self.grids = [[list(row) for row in grid(sheet)] for sheet in book.sheets]

    def __getitem__(self, sheet):
        return self.grids[sheet]

    def column(self, sheet, heading):
        return self.grids[sheet][1].index(heading)

    def set(self, sheet, row, **cells):
        """Fill cells of a row, counted from 1, by the codes of their columns."""
        rows = self.grids[sheet]
        while len(rows) < row:
            rows.append([])
        line = rows[row - 1]
        line += [None] * (len(rows[0]) - len(line))
        for code, value in cells.items():
            place = next(i for i, c in enumerate(rows[0]) if i and c and c.endswith(f".{code}"))
            line[place] = value

    def book(self):
        content = hashlib.sha256(repr(self.grids).encode()).hexdigest()
        sheets = [
            replace(sheet, rows=rows_of(rows), hidden_columns=frozenset(), filter_area=None)
            for sheet, rows in zip(self._book.sheets, self.grids, strict=True)
        ]
        return replace(self._book, sheets=tuple(sheets), sha256=content)


def grid(sheet):
    rows = {row.number: row for row in sheet.rows}
    width = sheet.width
    return [
        [rows[n].value(c) for c in range(width)] if n in rows else [None] * width
        for n in range(1, max(rows) + 1)
    ]


def changes(plan):
    return {
        (record.kind, name): new
        for record in plan.records
        for name, (_, new) in record.changes.items()
    }


def added(plan, kind):
    return [r for r in plan.records if r.kind == kind and r.action is Action.ADD]


def codes(plan):
    """What is said of the file, beside what the rules say of its records."""
    return [finding.code for finding in plan.findings if finding.code.startswith("IMP")]


def unchanged(plan):
    return (plan.open_questions, changes(plan), plan.counts.same) == ((), {}, 7)


def answered(plan, answer):
    return {
        question.id: {item.key: answer for item in question.items}
        for question in plan.open_questions
    }
