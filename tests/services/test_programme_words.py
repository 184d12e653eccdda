"""The lists of terms and the words of partners' sheets that ship with the program."""

import re
from collections import defaultdict

import pytest

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.fields import Term, Terms
from smartct_desktop.domain.programme.facts import LANGUAGES, LegalKind
from smartct_desktop.domain.programme.sheet_words import word_key
from smartct_desktop.domain.records.attendance import AttendanceRole
from smartct_desktop.domain.records.event import EventFormat, EventStatus
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.records.payment import PaymentKind
from smartct_desktop.services.programme import ProgrammeFacts


@pytest.fixture(scope="module")
def facts():
    return ProgrammeFacts()


# ----------------------------------------------------------------------------------- vocabularies


def test_that_every_vocabulary_a_field_names_exists(facts):
    named = {
        field.type.vocabulary
        for schema in SCHEMAS
        for field in schema.fields
        if isinstance(field.type, Term | Terms)
    }
    assert named <= facts.vocabularies.keys()
    assert all(facts.terms(code) for code in facts.vocabularies)


def test_that_closed_lists_are_complete(facts):
    counts = {"sectoral_industry": 51, "emerging_industry": 10, "ecosystem": 14}
    for code, count in counts.items():
        assert len(facts.terms(code)) == count
        assert facts.vocabularies[code].about.closed


def test_that_codes_of_terms_are_plain_words(facts):
    for code, vocabulary in facts.vocabularies.items():
        for term in vocabulary.terms:
            assert re.fullmatch(r"[a-z0-9]+([-.][a-z0-9]+)*", term.code), (code, term.code)


def test_that_a_term_shown_can_be_typed_again(facts):
    for code, vocabulary in facts.vocabularies.items():
        for term in vocabulary.terms:
            assert facts.find_term(code, facts.term_label(code, term.code)) == term.code
            assert facts.find_term(code, facts.term_path(code, term.code)) == term.code
            assert facts.find_term(code, term.code) == term.code
            assert ";" not in term.label, "semicolons part the terms of a cell"


def test_that_priorities_and_economic_domains_are_one_list_of_two_families(facts):
    families = defaultdict(set)
    for term in facts.terms("smart_specialisation"):
        families[term.family].add(term.parent or term.code)
    assert families.keys() == {"s3_priority", "economic_domain"}
    assert not families["s3_priority"] & families["economic_domain"]
    assert len(families["s3_priority"]) == 10


@pytest.mark.parametrize(
    ("vocabulary", "labels"),
    [
        (
            "sectoral_industry",
            (
                "Environmental Services|Communications Equipment and Services|Automotive"
                "|Distribution and Electronic Commerce|Transportation and Logistics"
                "|Information Technology and Analytical Instruments"
            ),
        ),
        (
            "technology_field",
            (
                "Energy management|Heat pump|Artificial Intelligence (AI)"
                "|Information Technology/Informatics|Hybrid and Electric Vehicles"
                "|Applications for Transport and Logistics|System and transportation"
                "|Digital Systems, Digital Representation"
            ),
        ),
        (
            "smart_specialisation",
            (
                "Sustainable innovation|Sustainable energy & renewables|Digital Agenda"
                "|ICT trust, cyber security & network security"
                "|Information & Communication Technologies (ICT)"
                "|Computer programming, consultancy & related activities|Manufacturing & Industry"
                "|Motor vehicles & other transport equipments"
                "|Smart green & integrated transport systems|Transporting & storage"
                "|Road transport & related services|Information service activities"
                "|Intelligent inter-modal & sustainable urban areas (e.g. smart cities)"
            ),
        ),
        (
            "emerging_industry",
            "Environmental Industries|Digital Industries|Mobility Technologies|Logistical Services",
        ),
        ("target_group", "Cluster Organisations"),
    ],
)
def test_that_the_terms_of_the_profile_page_are_found(facts, vocabulary, labels):
    for label in labels.split("|"):
        code = facts.find_term(vocabulary, label)
        assert code is not None, label
        assert facts.vocabularies[vocabulary].get(code).label == label


# -------------------------------------------------------------------------------- words of sheets

PSEUDO = re.compile(
    r"row\.(number|record_id)|sensitive\.\w+|unneeded\.\w+|survey\.(question|mean|n)"
    r"|checklist\.(paper|state|date)|holiday\.name"
    r"|exchange\.documents\.(ctq|agreement|vo_report|ho_report|evidence|certificate)"
    r"|exchange\.(vo|ho)_(country|type|sme|vat)|exchange\.visitor_(email|phone)|exchange\.cap_cents"
    r"|(exchange|event)\.dates|exchange\.planned_dates|event\.times"
    r"|attendance\.(given_name|family_name|function|phone|type|signature|photo_consent)"
    r"|attendance\.(duration|join_time|leave_time)"
)
"""Headings that name no single field: the import makes values of fields out of their cells."""


def test_that_every_heading_names_a_field_or_a_known_stand_in(facts):
    fields = {field.code for schema in SCHEMAS for field in schema.fields}
    unknown = {heading.field for heading in facts.headings.all} - fields
    assert {code for code in unknown if not PSEUDO.fullmatch(code)} == set()


def test_that_what_most_sheets_hold_is_known_in_six_languages(facts):
    known = defaultdict(set)
    for heading in facts.headings.all:
        known[heading.field].add(heading.language)
    few = {code for code, languages in known.items() if languages < set(LANGUAGES)}
    assert few <= {"row.record_id", "exchange.number", "organisation.lei"}


def test_that_a_heading_stands_once_for_a_field_and_language(facts):
    keys = [(h.field, h.language, word_key(h.text)) for h in facts.headings.all]
    assert len(set(keys)) == len(keys)


SHEETS = {
    "exchanges, English": """
        No. exchange.ref|Visiting organisation exchange.vo|Type exchange.vo_type
        Visitor country exchange.vo_country|Visitor exchange.visitor|E-mail exchange.visitor_email
        Host organisation exchange.ho|Host country exchange.ho_country|Host city exchange.ho_city
        Start exchange.start|End exchange.end|Working days exchange.working_days
        Mode exchange.mode|Distance km exchange.distance_km|Paid on exchange.paid_on
        CtQ signed on exchange.documents.ctq|Agreement signed on exchange.documents.agreement
        VO report on exchange.documents.vo_report|HO report on exchange.documents.ho_report
        Evidence exchange.documents.evidence|Amount EUR exchange.amount_cents
        Status exchange.status|Remarks exchange.remark
    """,
    "members, German": """
        Mitgl.-Nr. membership.member_ref|Firma / Einrichtung organisation.name
        Rechtsform organisation.legal_form|USt-IdNr. organisation.vat|PLZ organisation.postcode
        Ort organisation.city|Bundesland organisation.region|Mitarbeiter organisation.headcount
        KMU organisation.sme|Mitglied seit membership.since
        Ansprechpartner/in organisation.contact|E-Mail organisation.contact_email
    """,
    "events, Spanish": """
        Código event.code|Acto event.title|Tipo event.type|Fecha(s) event.dates
        Horario event.times|Lugar event.city|País event.country|Modalidad event.format
        Público event.target_groups|Abierto a pymes event.open_to_smes
        Asistentes event.participants_reported|Estado event.status|Observaciones event.remark
    """,
    "exchanges, Bulgarian": """
        Код exchange.ref|Посетител exchange.vo|Държава на посетителя exchange.vo_country
        Домакин exchange.ho|Държава на домакина exchange.ho_country|Град exchange.ho_city
        Начало exchange.start|Край exchange.end|Работни дни exchange.working_days
        Вид exchange.mode|Сума (евро) exchange.amount_cents|Дата на плащане exchange.paid_on
        Доклад exchange.documents.vo_report|Бележки exchange.remark
    """,
    "attendance, Italian": """
        N. row.number|Cognome attendance.family_name|Nome attendance.given_name
        Ente / Azienda attendance.organisation|Tipologia attendance.type|Paese attendance.country
        E-mail attendance.email|Consenso foto attendance.photo_consent|Firma attendance.signature
    """,
    "exchanges, English, short": """
        Ref exchange.ref|Visitor (VO) exchange.vo|VO type exchange.vo_type
        VO country exchange.vo_country|Representative exchange.visitor
        E-mail exchange.visitor_email|Host (HO) exchange.ho|HO country exchange.ho_country
        City exchange.ho_city|From exchange.start|To exchange.end
        Days at host exchange.working_days|Km exchange.distance_km|CtQ exchange.documents.ctq
        Agreement exchange.documents.agreement|VO report exchange.documents.vo_report
        Proof of stay exchange.documents.evidence|Lump sum (EUR) exchange.amount_cents
        Paid on exchange.paid_on|Status exchange.status
    """,
    "what must be refused": """
        Dietary requirements sensitive.diet|Allergien sensitive.health|DNI sensitive.id_document
        Religion sensitive.religion|ЕГН sensitive.id_document|Data di nascita unneeded.birth
    """,
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_that_the_headings_of_partner_sheets_are_understood(facts, sheet):
    for line in SHEETS[sheet].strip().splitlines():
        for pair in line.strip().split("|"):
            text, _, code = pair.rpartition(" ")
            assert code in {heading.field for heading in facts.headings.find(text)}, text


def codes(options):
    return {option.value for option in options}


def test_that_words_stand_for_codes_that_exist(facts):
    organisation_types = codes(OrganisationType)
    allowed = {
        "mode": codes(Mode),
        "event_format": codes(EventFormat),
        "exchange_status": codes(ExchangeStatus),
        "event_status": codes(EventStatus),
        "attendance_role": codes(AttendanceRole),
        "payment_kind": codes(PaymentKind),
        "organisation_type": organisation_types,
        "name_word": organisation_types,
        "event_type": {term.code for term in facts.terms("event_type")},
        "target_group": {term.code for term in facts.terms("target_group")} | {"*"},
        "member_kind": {term.code for term in facts.terms("member_kind")},
        "answer": {"yes", "no", "unknown"},
        "document_state": {"yes", "no", "unknown"},
        "attendance": {"yes", "no"},
    }
    scaleup_kinds = {term.code for term in facts.terms("scaleup_kind")}
    for word in facts.words.all:
        assert word.code in allowed.get(word.kind, {word.code}), word
        if word.detail:
            assert word.code == "SCALEUP", word
            assert word.detail in scaleup_kinds, word


def test_that_every_state_of_an_exchange_and_event_has_a_word_in_every_language(facts):
    known = {(word.kind, word.code, word.language) for word in facts.words.all}
    for kind, options in (("exchange_status", ExchangeStatus), ("event_status", EventStatus)):
        for option in options:
            for language in LANGUAGES:
                assert (kind, option.value, language) in known


def test_that_a_word_that_is_sure_has_one_meaning_in_its_language(facts):
    meanings = defaultdict(set)
    sure = set()
    for word in facts.words.all:
        key = (word.kind, word.language, word_key(word.text))
        meanings[key].add((word.code, word.detail))
        if word.sure:
            sure.add(key)
    assert [key for key in sure if len(meanings[key]) > 1] == []


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("exchange_status", "closed", "CLOSED"),
        ("exchange_status", "cancelled", "CANC"),
        ("exchange_status", "paid", "PAID"),
        ("event_status", "celebrado", "held"),
        ("event_status", "previsto", "planned"),
        ("event_status", "aplazado", "postponed"),
        ("event_format", "en línea", "online"),
        ("event_format", "presencial", "onsite"),
        ("event_format", "mixto", "hybrid"),
        ("mode", "физически", "physical"),
        ("mode", "онлайн", "virtual"),
        ("organisation_type", "SME", "SME"),
        ("organisation_type", "Incubator", "SCALEUP"),
        ("organisation_type", "Research institute", "SCALEUP"),
        ("organisation_type", "PMI", "SME"),
        ("organisation_type", "cluster", "CLUSTER"),
        ("document_state", "signed", "yes"),
        ("document_state", "received", "yes"),
        ("document_state", "missing", "no"),
        ("attendance", "firmato", "yes"),
        ("answer", "ja", "yes"),
        ("answer", "nein", "no"),
        ("answer", "k. A.", "unknown"),
        ("answer", "si", "yes"),
        ("answer", "да", "yes"),
        ("total_row", "Gesamt", "total"),
        ("total_row", "Zwischensumme", "subtotal"),
        ("total_row", "davon KMU", "smes"),
        ("total_row", "Presenti", "count"),
        ("as_of", "Stand", "as_of"),
        ("about", "ca.", "about"),
        ("about", "unos", "about"),
        ("undecided", "por confirmar", "undecided"),
        ("member_kind", "Unternehmen", "firm"),
        ("member_kind", "Forschung und Lehre", "research"),
        ("event_type", "Taller", "workshop"),
        ("event_type", "Visita", "company-visits"),
        ("event_type", "Encuentro B2B", "b2b"),
        ("target_group", "gestores de clúster", "cluster-managers"),
        ("target_group", "pymes", "smes"),
        ("target_group", "todos", "*"),
        ("currency", "лв.", "BGN"),
    ],
)
def test_that_the_words_of_partner_sheets_are_understood(facts, kind, text, code):
    assert {word.code for word in facts.words.find(kind, text)} == {code}


def test_that_a_firm_is_not_taken_for_an_sme(facts):
    for text in ("Unternehmen", "company", "empresa", "azienda", "фирма"):
        found = facts.words.find("organisation_type", text)
        assert {word.code for word in found} == {"SME", "LARGE"}
        assert not any(word.sure for word in found)


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (1, "Jan ene gen януари яну Jänner January"),
        (3, "Mär Mrz März mar març marzo март мар"),
        (6, "juny giugno юни Juni jun"),
        (7, "juliol luglio юли Juli jul lug"),
        (8, "ag agost ago авг"),
        (9, "sept set setiembre settembre сеп Sep"),
        (12, "Dez dic des декември дек XII"),
    ],
)
def test_that_month_names_of_six_languages_are_known(facts, month, words):
    for word in words.split():
        assert facts.months.find(word) == {month}, word


def test_that_every_language_has_all_months_and_weekdays(facts):
    for words, last in ((facts.months, 12), (facts.weekdays, 7)):
        for language in LANGUAGES:
            numbers = {word.number for word in words.all if word.language == language}
            assert numbers == set(range(1, last + 1))
    assert facts.weekdays.find("lunedì") == facts.weekdays.find("lunes") == {1}


@pytest.mark.parametrize(
    ("text", "country", "kind"),
    [
        ("GmbH", "DE", LegalKind.COMPANY),
        ("UG (haftungsbeschränkt)", "DE", LegalKind.COMPANY),
        ("GmbH & Co. KG", "DE", LegalKind.COMPANY),
        ("eG", "DE", LegalKind.COOPERATIVE),
        ("e. V.", "DE", LegalKind.ASSOCIATION),
        ("KdöR", "DE", LegalKind.PUBLIC_BODY),
        ("S.L.", "ES", LegalKind.COMPANY),
        ("SLU", "ES", LegalKind.COMPANY),
        ("S. Coop.", "ES", LegalKind.COOPERATIVE),
        ("S.r.l.", "IT", LegalKind.COMPANY),
        ("S.c.p.a.", "IT", LegalKind.CONSORTIUM),
        ("ООД", "BG", LegalKind.COMPANY),
        ("EOOD", "BG", LegalKind.COMPANY),
        ("АД", "BG", LegalKind.COMPANY),
        ("Фондация", "BG", LegalKind.FOUNDATION),
        ("SAS", "FR", LegalKind.COMPANY),
        ("Lda.", "PT", LegalKind.COMPANY),
        ("d.o.o.", "RS", LegalKind.COMPANY),
        ("ApS", "DK", LegalKind.COMPANY),
    ],
)
def test_that_legal_forms_are_known_with_their_country(facts, text, country, kind):
    assert (country, kind) in {(form.iso2, form.kind) for form in facts.legal_forms.find(text)}


def test_that_a_legal_form_stands_once_for_a_country(facts):
    keys = [(word_key(form.text), form.iso2) for form in facts.legal_forms.all]
    assert len(set(keys)) == len(keys)


def test_that_vat_numbers_of_the_partners_countries_are_checked(facts):
    fits = facts.identifiers.fits
    assert fits("vat", "DE", "DE 999 910 002")
    assert fits("vat", "ES", "B-1234567-8")
    assert not fits("vat", "ES", "123456789")
    assert fits("vat", "BG", "BG123456789")
    assert fits("vat", "BG", "1234567890")
    assert fits("vat", "IT", "IT12345678901")
    assert not fits("vat", "IT", "IT1234567890")
    assert not fits("pic", "DE", "12345678")
