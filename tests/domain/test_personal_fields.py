"""What each field tells of people is decided, field by field."""

from smartct_desktop.domain.catalog import BY_KIND, SCHEMAS
from smartct_desktop.domain.fields import Email, LongText, Text
from smartct_desktop.domain.personal import Personal

NOT_ABOUT_PEOPLE = {
    "partnership": "acronym full_name rule_set call grant_number themes objectives "
    "specific_objectives expected_results",
    "organisation": "name name_latin legal_name legal_form aliases region region_code city "
    "postcode address vat national_number pic lei cxc_profile email_domain",
    "membership": "member_ref",
    "person": "language",
    "profile": "cxc_id tool_status languages preferred_countries preferred_type",
    "deliverable": "code title work_package",
    "event": "code planned_text city venue languages",
    "attendance": "days",
    "exchange": "number ref ho_city ho_region payment_note fact_status_note cxc_id tool_status",
    "attachment": "sha256 mime",
    "waiver": "rule_code",
    "target": "code name unit visitor_type",
    "sender": "name language",
    "judgement": "subject record",
    "rule_value": "rule_set name value source",
    "holiday": "name region_code city source",
    "place": "name region_code other_names source",
    "reporting_period": "name report language sha256",
    "sent_figure": "code name rule cluster cluster_name visitor_types records_kind unit",
}
"""Texts that are about organisations, places and papers. A new field of text belongs here, or says
in its declaration what it tells of people."""


def test_that_every_text_field_says_what_it_tells_of_people():
    undecided = {
        schema.kind: {
            field.name
            for field in schema.fields
            if isinstance(field.type, Text | LongText | Email)
            and field.personal is None
            and not field.free_text
        }
        for schema in SCHEMAS
    }
    expected = {kind: set(names.split()) for kind, names in NOT_ABOUT_PEOPLE.items()}
    assert {kind: names for kind, names in undecided.items() if names} == expected


def test_that_who_somebody_is_and_how_to_reach_them_are_told_apart():
    person = BY_KIND["person"].by_name
    assert person["family_name"].personal is Personal.NAME
    assert person["phone"].personal is Personal.ADDRESS
    assert BY_KIND["payment"].by_name["iban_masked"].personal is Personal.ACCOUNT
    assert BY_KIND["exchange"].by_name["remark"].free_text


def test_that_every_address_of_e_mail_is_known_as_one():
    wrong = [
        field.code
        for schema in SCHEMAS
        for field in schema.fields
        if isinstance(field.type, Email) and field.personal is not Personal.ADDRESS
    ]
    assert wrong == []
