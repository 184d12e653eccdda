"""The catalogue of record types."""

from smartct_desktop.domain.catalog import BY_KIND, SCHEMAS, references_to
from smartct_desktop.domain.fields import Choice, Money, Reference, Terms


def test_that_every_kind_stands_for_one_type():
    assert len(BY_KIND) == len(SCHEMAS)


def test_that_every_reference_names_a_kind_that_exists():
    named = {f.type.kind for s in SCHEMAS for f in s.fields if isinstance(f.type, Reference)}
    assert named <= set(BY_KIND)


def test_that_every_record_has_key_and_caption_of_its_own_fields():
    for schema in SCHEMAS:
        assert schema.keys, schema.kind
        assert schema.caption, schema.kind
        assert set(schema.caption) <= set(schema.by_name), schema.kind


def test_that_labels_are_unique_within_a_type():
    for schema in SCHEMAS:
        labels = [field.label for field in schema.fields]
        assert len(set(labels)) == len(labels), schema.kind


def test_that_money_says_cents_in_its_name():
    wrong = [
        field.code
        for schema in SCHEMAS
        for field in schema.fields
        if isinstance(field.type, Money) != field.name.endswith("_cents")
    ]
    assert wrong == []


def test_that_codes_of_a_choice_are_its_own():
    for schema in SCHEMAS:
        for field in schema.fields:
            if isinstance(field.type, Choice):
                options = list(field.type.options)
                assert len({option.label for option in options}) == len(options), field.code


def test_that_several_terms_start_empty_and_everything_optional_starts_blank():
    for schema in SCHEMAS:
        required = {f.name: "x" for f in schema.fields if f.required}
        record = schema.make(required)
        for field in schema.fields:
            if not field.required:
                blank = () if isinstance(field.type, Terms) else None
                assert getattr(record, field.name) == blank, field.code


def test_that_what_refers_to_an_organisation_is_known():
    codes = {field.code for field in references_to("organisation")}
    assert {"exchange.vo", "exchange.ho", "membership.organisation", "person.organisation"} <= codes
    assert "exchange.event" not in codes
