"""What the sheets of the template for partners ask for: columns, words to choose from, limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartct_desktop.domain.collection import Entry
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.report import Column, Kind
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.collection import ATTENDANCE, EVENTS, EXCHANGES, MEMBERS

COUNTRIES, TYPES, ANSWERS, SURE_ANSWERS = (
    *("SmartCT_countries", "SmartCT_organisation_types"),
    *("SmartCT_yes_no_unknown", "SmartCT_yes_no"),
)
CLUSTERS, MODES, EVENT_TYPES, TARGET_GROUPS = (
    *("SmartCT_clusters", "SmartCT_modes", "SmartCT_event_types", "SmartCT_target_groups"),
)
FORMATS, ROLES, EVENT_CODES = "SmartCT_formats", "SmartCT_roles", "SmartCT_event_codes"

_BEGINNING = date(2018, 1, 1)
_LONG_AGO = date(1950, 1, 1)  # a year typed as a number would be a day before that
_CHOOSE = "Choose a word from the list."
_PERSON = "Given name and family name."
_SIGNED = "The day of the signature under the Commitment to Quality, such as 31.03.2022."
_ARRIVED = "The day on which the report arrived, such as 31.03.2022."
_AS_ON_MEMBERS = "The name, written as on the sheet of members if it stands there."


@dataclass(frozen=True, slots=True)
class Asked:
    """One column that partners fill in. `choices` names its list; `after` is as in `Entry`."""

    code: str
    heading: str
    prompt: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: str = ""
    closed: bool = True
    after: str = ""
    earliest: date = _BEGINNING
    least: Decimal = Decimal(0)
    most: Decimal | None = None
    places: int = 0
    personal: Personal | None = None

    def column(self, *, filled: bool) -> Column:
        """Give the column; what an empty sheet asks for tells nothing of anybody yet."""
        return Column(
            self.heading,
            self.kind,
            places=self.places,
            code=self.code,
            personal=self.personal if filled else None,
        )

    def entry(self, latest: date) -> Entry:
        """Give how it is filled in; `latest` is the last day that can be typed."""
        hint = self._hint()
        if self.required:
            hint = Sentence("* {hint}", hint=hint) if hint else "*"
        dated = self.kind is Kind.DAY
        limited = self.most is not None
        return Entry(
            self.code,
            hint,
            self.prompt,
            self._refusal(latest),
            required=self.required,
            choices=self.choices,
            closed=self.closed,
            first=self.earliest if dated else None,
            last=latest if dated else None,
            least=self.least if limited else None,
            most=self.most,
            whole=self.kind is Kind.WHOLE,
            after=self.after,
        )

    def _hint(self) -> str:
        if self.choices in {ANSWERS, SURE_ANSWERS}:
            return "[yes/no/unknown]" if self.choices == ANSWERS else "[yes/no]"
        if self.choices and self.choices != EVENT_CODES:
            return "[list]"
        if self.kind is Kind.DAY:
            return "DD.MM.YYYY"
        return "[number]" if self.most is not None else ""

    def _refusal(self, latest: date) -> str:
        if self.choices:
            if self.closed:
                return "This word is not on the list. Choose one of those that the cell offers."
            return "This is not on the list. Please check the spelling."
        last = f"{latest:%d.%m.%Y}"
        if self.after:
            return Sentence(
                "Write a date that is not before the start and not after {last}, such as "
                "31.03.2022.",
                last=last,
            )
        if self.kind is Kind.DAY:
            return Sentence(
                "Write a date between {first} and {last}, such as 31.03.2022.",
                first=f"{self.earliest:%d.%m.%Y}",
                last=last,
            )
        if self.most is not None:
            return Sentence(
                "Write a number between {least} and {most}.",
                least=str(self.least),
                most=str(self.most),
            )
        return ""


_MEMBERS = (
    Asked(
        *("organisation.name", "Organisation name"),
        "The official name, as in the register of companies.",
        required=True,
    ),
    Asked(
        *("organisation.name_latin", "Name in Latin letters"),
        "If the name is written in Cyrillic or Greek letters.",
    ),
    Asked(
        *("organisation.vat", "VAT or registration no."),
        "The VAT number with the letters of the country, such as ESB12345674; or else the number "
        "in the register.",
    ),
    Asked(
        *("organisation.country", "Country"),
        "Where the organisation is registered. Choose from the list.",
        required=True,
        choices=COUNTRIES,
    ),
    Asked("organisation.region", "Region", ""),
    Asked("organisation.city", "City", ""),
    Asked(
        *("organisation.type", "Type of organisation", _CHOOSE),
        required=True,
        choices=TYPES,
    ),
    Asked(
        *("organisation.sme", "SME"),
        "Whether it is a small or medium-sized enterprise: fewer than 250 staff, and at most 50 "
        "million euro turnover or 43 million balance sheet total.",
        Kind.FLAG,
        required=True,
        choices=ANSWERS,
    ),
    Asked(
        *("organisation.headcount", "Staff", "The number of people employed.", Kind.WHOLE),
        most=Decimal(1_000_000),
    ),
    Asked(
        *("organisation.founded_year", "Year founded", "The year, such as 2004.", Kind.WHOLE),
        least=Decimal(1000),
        most=Decimal(2100),
    ),
    Asked("organisation.website", "Website", "The address of the website.", Kind.LINK),
    Asked(
        *("organisation.contact", "Contact name"),
        "Somebody who knows that you name them.",
        personal=Personal.NAME,
    ),
    Asked(
        *("organisation.contact_email", "Contact e-mail"),
        "One address, such as name@example.org.",
        personal=Personal.ADDRESS,
    ),
    *(
        Asked(
            *(f"membership.{name}", heading),
            "A whole date, such as 31.03.2022. Leave it blank if it is not known.",
            Kind.DAY,
            earliest=_LONG_AGO,
        )
        for name, heading in (("since", "Member since"), ("until", "Member until"))
    ),
)

_EXCHANGES = (
    Asked(
        *("exchange.cxc_id", "CXC id"),
        "The id that the ClusterXchange tool gave to the exchange.",
    ),
    Asked("exchange.vo", "Visiting organisation", _AS_ON_MEMBERS, required=True),
    Asked(
        *("exchange.vo_country", "Visitor's country"),
        "Where the organisation is registered. Choose from the list.",
        required=True,
        choices=COUNTRIES,
    ),
    Asked(
        *("exchange.vo_cluster", "Visitor's cluster"),
        "The cluster that the organisation belongs to.",
        required=True,
        choices=CLUSTERS,
        closed=False,
    ),
    Asked(
        *("exchange.visitor", "Visitor's name"),
        "The person who travels: given name and family name.",
        personal=Personal.NAME,
    ),
    Asked(
        *("exchange.visitor_email", "Visitor's e-mail"),
        "One address, such as name@example.org.",
        personal=Personal.ADDRESS,
    ),
    Asked("exchange.ho", "Host organisation", _AS_ON_MEMBERS, required=True),
    Asked(
        *("exchange.ho_country", "Host country"),
        "Where the stay takes place. Choose from the list.",
        required=True,
        choices=COUNTRIES,
    ),
    Asked("exchange.ho_city", "Host city", "The place of the stay."),
    Asked(
        *("exchange.ho_cluster", "Host's cluster"),
        "The cluster that the organisation belongs to.",
        choices=CLUSTERS,
        closed=False,
    ),
    Asked(
        *("exchange.start", "Start", "The first day at the host, such as 31.03.2022.", Kind.DAY),
        required=True,
    ),
    Asked(
        *("exchange.end", "End", "The last day at the host, such as 31.03.2022.", Kind.DAY),
        required=True,
        after="exchange.start",
    ),
    Asked(
        *("exchange.working_days", "Working days at the host"),
        "Whole or half days of work at the host, without the days of travel.",
        Kind.NUMBER,
        places=1,
        most=Decimal(60),
    ),
    Asked("exchange.mode", "Mode", _CHOOSE, required=True, choices=MODES),
    Asked(
        *("exchange.distance_km", "Distance km"),
        "Between the two organisations, in kilometres.",
        Kind.NUMBER,
        places=1,
        most=Decimal(20_000),
    ),
    Asked("exchange.ctq_vo_on", "CtQ signed by visitor on", _SIGNED, Kind.DAY),
    Asked("exchange.ctq_ho_on", "CtQ signed by host on", _SIGNED, Kind.DAY),
    Asked("exchange.ctq_vop_on", "CtQ signed by visitor's partnership on", _SIGNED, Kind.DAY),
    Asked("exchange.ctq_hop_on", "CtQ signed by host's partnership on", _SIGNED, Kind.DAY),
    Asked(
        *("exchange.agreement_on", "Agreement signed on"),
        "The day of the last signature under the financial agreement, such as 31.03.2022.",
        Kind.DAY,
    ),
    Asked("exchange.vo_report_on", "Visitor's report on", _ARRIVED, Kind.DAY),
    Asked("exchange.ho_report_on", "Host's report on", _ARRIVED, Kind.DAY),
    Asked(
        *("exchange.evidence", "Evidence of the stay"),
        "Whether there are tickets, boarding passes or invoices of the stay.",
        Kind.FLAG,
        choices=SURE_ANSWERS,
    ),
    Asked(
        *("exchange.amount_cents", "Amount EUR", "The lump sum that was agreed, in euro."),
        Kind.MONEY,
        most=Decimal(100_000),
    ),
    Asked(
        *("exchange.paid_on", "Paid on", "The day of the payment, such as 31.03.2022."), Kind.DAY
    ),
    Asked("exchange.remark", "Remarks", "Nothing about health, and no accounts."),
)

_EVENTS = (
    Asked(
        *("event.code", "Code"),
        "A short sign of your own for the event, such as LEJ-1; the sheet of attendance refers to "
        "it.",
    ),
    Asked("event.title", "Title", "The name of the event.", required=True),
    Asked("event.type", "Type of event", _CHOOSE, choices=EVENT_TYPES),
    Asked(
        *("event.target_groups", "Target groups"),
        "Choose from the list; write several with semicolons between them.",
        choices=TARGET_GROUPS,
        closed=False,
    ),
    Asked("event.open_to_smes", "Open to SMEs", _CHOOSE, Kind.FLAG, choices=SURE_ANSWERS),
    Asked(*("event.start", "Start", "The first day, such as 31.03.2022.", Kind.DAY), required=True),
    Asked(
        *("event.end", "End", "The last day, such as 31.03.2022.", Kind.DAY), after="event.start"
    ),
    Asked("event.city", "City", "The place, or online."),
    Asked("event.country", "Country", _CHOOSE, choices=COUNTRIES),
    Asked("event.format", "Format", _CHOOSE, choices=FORMATS),
    Asked(
        *("event.participants_reported", "Participants", "How many people took part."),
        Kind.WHOLE,
        most=Decimal(100_000),
    ),
)

_ATTENDANCE = (
    Asked(
        *("attendance.event", "Event code"),
        "The code of the event as on the sheet of events, or else its title.",
        required=True,
        choices=EVENT_CODES,
        closed=False,
    ),
    Asked(
        *("attendance.session", "Session"),
        "The number or the title of the session, if the event has several.",
    ),
    Asked("attendance.name_text", "Person", _PERSON, personal=Personal.NAME),
    Asked("attendance.organisation", "Organisation", _AS_ON_MEMBERS, required=True),
    Asked(
        *("attendance.country", "Country"),
        "Where the person comes from. Choose from the list.",
        choices=COUNTRIES,
    ),
    Asked("attendance.type", "Type of organisation", _CHOOSE, choices=TYPES),
    Asked(
        *("attendance.email", "E-mail"),
        "One address, such as name@example.org.",
        personal=Personal.ADDRESS,
    ),
    Asked("attendance.role", "Role", _CHOOSE, choices=ROLES),
)

SHEETS = {
    MEMBERS: ("Members", _MEMBERS),
    EXCHANGES: ("Exchanges", _EXCHANGES),
    EVENTS: ("Events", _EVENTS),
    ATTENDANCE: ("Attendance", _ATTENDANCE),
}
"""The sheets to be filled in, by their word in the stamp: the name, and the columns in order."""
