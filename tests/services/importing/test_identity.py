"""Which organisation a name means: what is sure, what is asked, what is new."""

import pytest

from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.sender import Judgement, Verdict
from smartct_desktop.services.importing.identity import Mention, OrganisationIndex, domain_of
from smartct_desktop.services.importing.known import KnownOrganisation
from smartct_desktop.services.importing.plan import Target

EMPTY = dict.fromkeys(KnownOrganisation.__slots__)


def stored(name, **facts):
    return KnownOrganisation(**(EMPTY | {"id": new_id(), "name": name} | facts))


@pytest.fixture
def find(dictionary):
    def found(organisations, mention, judgements=None):
        return OrganisationIndex(dictionary.names, organisations, judgements or {}).find(mention)

    return found


def test_that_the_exact_name_is_sure_whatever_its_case_accents_and_commas(find):
    known = stored("Óptica Bàltica, S.L.", country="ES")

    assert find([known], Mention("OPTICA BALTICA S.L.", country="ES")).target.id == known.id


def test_that_a_legal_form_in_its_own_column_belongs_to_the_name(find):
    known = stored("Adler Optik GmbH")

    assert find([known], Mention("Adler Optik", form="GmbH")).target.id == known.id
    assert find([stored("Adler Optik", legal_form="GmbH")], Mention("Adler Optik GmbH")).target


def test_that_a_vat_number_is_sure_for_another_spelling(find):
    known = stored("Adler Optik GmbH", vat="DE999999999")

    assert find([known], Mention("Adler-Optik Gesellschaft", vat="DE999999999")).target


def test_that_one_vat_number_on_two_different_names_is_asked_about(find):
    known = stored("Adler Optik GmbH", vat="DE999999999")

    match = find([known], Mention("Weserkran Bau AG", vat="DE999999999"))

    assert match.target is None
    assert [candidate.target.id for candidate in match.candidates] == [known.id]


def test_that_one_name_with_two_vat_numbers_is_asked_about(find):
    known = stored("Adler Optik GmbH", vat="DE999999999")

    match = find([known], Mention("Adler Optik GmbH", vat="DE111111111"))

    assert match.target is None
    assert match.candidates


def test_that_one_name_in_two_countries_is_asked_about(find):
    known = stored("Bosc Digital", country="ES")

    match = find([known], Mention("Bosc Digital", country="FR"))

    assert match.target is None
    assert match.candidates[0].score < 0.9


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Bosc Digital, S.L.", "Bosc Digital SL"),
        ("Bosc Digital, S.L.", "Bosc Digital"),
        ("Planeta Data OOD", "„Планета Дейта“ ООД"),
        ("Weserkran Baugesellschaft mbH", "Weserkan Baugesellschaft mbH"),
        ("Clúster Muntanya de Catalunya, CMC Girona", "CMC Girona"),
        ("Netzwerk Erdwärme Ems", "NEE"),
        ("Müller Gerätebau AG", "Mueller Geraetebau AG"),
    ],
)
def test_that_another_spelling_is_proposed_and_never_taken(find, known, written):
    known = stored(known)

    match = find([known], Mention(written))

    assert match.target is None
    assert match.candidates[0].target.id == known.id


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Verein Brücke 1", "Verein Brücke 2"),
        ("Adler Optik GmbH", "Weserkran Bau GmbH"),
        ("Institut für Meeresforschung", "Institut für Moorkunde"),
        ("Island Kraft ehf.", "Irland Kraft ehf."),
    ],
)
def test_that_names_of_others_are_new(find, known, written):
    match = find([stored(known, country="IS" if "Island" in known else None)], Mention(written))

    assert match.target is None
    assert not match.candidates or match.candidates[0].score < 0.97


def test_that_a_shared_domain_makes_a_likely_name_a_candidate(find):
    known = stored("Adler Optik GmbH", email_domain="adler.example")

    match = find([known], Mention("Adler Optische Werke", domain="adler.example"))

    assert match.candidates[0].target.id == known.id


def test_that_a_domain_of_many_tells_nothing(find):
    many = [stored(f"Firma {word}", email_domain="office.example") for word in "ABCDE"]

    assert not find(many, Mention("Firma Zett Neu", domain="office.example")).candidates


def test_that_anybodys_domain_tells_nothing():
    assert domain_of("a@gmail.com") is None
    assert domain_of("a@adler.example") == "adler.example"
    assert domain_of(None) is None


def test_that_a_decision_is_kept_both_ways(find):
    one, other = stored("Bosc Digital, S.L."), stored("Bosc Digital, S.A.")
    same = Judgement(
        subject="organisation", written="Bosc Digital SL", record=one.id, verdict=Verdict.SAME
    )
    not_same = Judgement(
        subject="organisation", written="Bosc Digital", record=one.id, verdict=Verdict.NOT_SAME
    )

    assert find([one], Mention("Bosc Digital SL"), {"bosc digital sl": [same]}).target.id == one.id
    match = find([one, other], Mention("Bosc Digital"), {"bosc digital": [not_same]})
    assert [candidate.target.id for candidate in match.candidates] == [other.id]


def test_that_new_names_of_the_file_are_found_as_well(dictionary):
    index = OrganisationIndex(dictionary.names, [], {})
    first = Target("organisation", "Bosc Digital, S.L.", key="organisation 1")
    index.add(Mention("Bosc Digital, S.L."), first)

    assert index.find(Mention("BOSC DIGITAL S.L.")).target == first
    assert index.find(Mention("Bosc Digital SL")).candidates[0].target == first
