"""Organisations: everything that can visit or host, the clusters among them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Flag,
    Id,
    Link,
    LongText,
    Money,
    Number,
    Options,
    Reference,
    Term,
    Terms,
    Text,
    Whole,
    declared,
)
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.record import Record


class OrganisationType(Options):
    """What kind of organisation it is; rule sets say which may visit and host."""

    CLUSTER = "CLUSTER", "Cluster organisation"
    BUSNET = "BUSNET", "Business network"
    SCALEUP = "SCALEUP", "Scaling-up support organisation"
    SME = "SME", "SME"
    LARGE = "LARGE", "Large company"
    PUBLIC = "PUBLIC", "Public body"
    TRAINER = "TRAINER", "Training provider"
    UNIV = "UNIV", "University"
    OTHER = "OTHER", "Other"


class SmeBasis(Options):
    """On what the statement rests that an organisation is an SME."""

    SELF = "self", "Own declaration"
    COMPUTED = "computed", "Computed from size"
    DOCUMENT = "document", "Document seen"


class PartnerRole(Options):
    """The part a cluster plays in its partnership."""

    COORDINATOR = "coordinator", "Coordinator"
    PARTNER = "partner", "Partner"


class OrganisationStatus(Options):
    """Whether the organisation still exists as such."""

    ACTIVE = "active", "Active"
    INACTIVE = "inactive", "Inactive"


class Organisation(
    Record,
    kind="organisation",
    label="Organisation",
    plural="Organisations",
    caption="name",
    other_names="name_latin legal_name aliases",
):
    """An organisation; of type CLUSTER with its profile as on the partnership's page."""

    name: str = declared("Name", Text(), required=True, key=True, width=34, section="Organisation")
    name_latin: str | None = declared("Name in Latin letters", Text(), default=None, width=26)
    legal_name: str | None = declared("Legal name", Text(), default=None, width=30)
    legal_form: str | None = declared("Legal form", Text(), default=None)
    aliases: str | None = declared(
        "Also known as",
        LongText(),
        default=None,
        width=30,
        help="Other names and spellings under which partners write it, one a line.",
    )
    type: OrganisationType | None = declared(
        "Type", Choice(OrganisationType), default=None, width=20
    )
    scaleup_kind: str | None = declared(
        "Kind of support", Term("scaleup_kind"), default=None, width=20
    )
    status: OrganisationStatus | None = declared("Status", Choice(OrganisationStatus), default=None)
    country: str | None = declared(
        "Country",
        Country(),
        default=None,
        section="Place",
        help="Where the organisation is registered.",
    )
    base_country: str | None = declared(
        "Base country",
        Country(),
        default=None,
        help="Where the visiting person is based, if the organisation has several establishments.",
    )
    region: str | None = declared(
        "Region", Text(), default=None, width=24, help="As the organisation writes it."
    )
    region_code: str | None = declared(
        "NUTS code", Text(longest=5), default=None, width=8, help="ES51, DED51 and the like."
    )
    city: str | None = declared("City", Text(), default=None, width=16)
    postcode: str | None = declared("Postcode", Text(longest=20), default=None, width=9)
    address: str | None = declared("Address", Text(), default=None, width=28)
    latitude: Decimal | None = declared(
        "Latitude",
        Number(places=5, least=Decimal(-90), most=Decimal(90), unit="°"),
        default=None,
        width=10,
    )
    longitude: Decimal | None = declared(
        "Longitude",
        Number(places=5, least=Decimal(-180), most=Decimal(180), unit="°"),
        default=None,
        width=10,
    )
    vat: str | None = declared(
        "VAT number", Text(longest=30, compact=True), default=None, width=16, section="Identifiers"
    )
    national_number: str | None = declared(
        "Registration number", Text(longest=40), default=None, width=16
    )
    pic: str | None = declared(
        "PIC",
        Text(longest=9),
        default=None,
        width=11,
        help="The participant identification code of the funding portal, nine digits.",
    )
    lei: str | None = declared("LEI", Text(longest=20), default=None, width=22)
    cxc_profile: str | None = declared("ClusterXchange profile", Text(), default=None)
    sme: bool | None = declared("SME", Flag(), default=None, width=6, section="Size")
    sme_basis: SmeBasis | None = declared("Basis of SME status", Choice(SmeBasis), default=None)
    headcount: int | None = declared("Staff", Whole(), default=None, width=8)
    turnover_cents: int | None = declared("Turnover", Money(), default=None)
    balance_cents: int | None = declared("Balance sheet total", Money(), default=None)
    size_on: date | None = declared("Size as of", Day(), default=None)
    group_note: str | None = declared(
        "Group relations", LongText(), default=None, width=24, free_text=True
    )
    contact: str | None = declared(
        "Contact", Text(), default=None, width=22, personal=Personal.NAME, section="Contact"
    )
    contact_email: str | None = declared(
        "Contact e-mail", Email(), default=None, width=26, personal=Personal.ADDRESS
    )
    contact_phone: str | None = declared(
        "Contact phone", Text(longest=60), default=None, personal=Personal.ADDRESS
    )
    email_domain: str | None = declared("E-mail domain", Text(longest=120), default=None)
    website: str | None = declared("Website", Link(), default=None, width=26)
    founded_year: int | None = declared(
        "Founded", Whole(least=1000, most=9999), default=None, width=8
    )
    partnership: Id | None = declared(
        "Partnership", Reference("partnership"), default=None, section="Cluster profile"
    )
    partner_role: PartnerRole | None = declared("Role", Choice(PartnerRole), default=None)
    partner_budget_cents: int | None = declared("Partner's budget", Money(), default=None)
    exchange_target: int | None = declared(
        "Target of exchanges", Whole(), default=None, help="The partner's share of the target."
    )
    sectoral_industries: tuple[str, ...] = declared(
        "Sectoral industries", Terms("sectoral_industry"), default=(), width=30
    )
    technology_fields: tuple[str, ...] = declared(
        "Technology fields", Terms("technology_field"), default=(), width=30
    )
    smart_specialisation: tuple[str, ...] = declared(
        "Smart specialisation", Terms("smart_specialisation"), default=(), width=30
    )
    emerging_industries: tuple[str, ...] = declared(
        "Emerging industries", Terms("emerging_industry"), default=(), width=30
    )
    ecosystems: tuple[str, ...] = declared(
        "Industrial ecosystems", Terms("ecosystem"), default=(), width=30
    )
    eccp_profiled: bool | None = declared(
        "Profile on ECCP",
        Flag(),
        default=None,
        help="Whether the cluster has a profile on the European Cluster Collaboration Platform.",
    )
    eccp_link: str | None = declared("ECCP page", Link(), default=None, width=26)
    beneficiary: bool | None = declared(
        "Beneficiary of the grant",
        Flag(),
        default=None,
        help="A beneficiary as paid visitor is doubtful: support goes to third parties.",
    )
    remark: str | None = declared(
        "Remark", LongText(), default=None, width=30, section="Remark", free_text=True
    )
