"""Lists of members: organisations, memberships, figures of the cluster, and what is asked."""

import pytest

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import FIVE_ZEROS, book, day, member, members, sheet

SEEWIND = "Verband Seewind e. V."


def of(plan, kind):
    return [record for record in plan.records if record.kind == kind]


def topics(plan):
    return [question.topic for question in plan.open_questions]


def test_that_a_row_becomes_an_organisation_and_its_membership(take, clusters):
    take(book(members(member(17, staff=38, vat="DE 999 999 999", email="mail@adler.example"))))

    adler = next(o for o in clusters.read.all(Organisation) if o.name == "Adler Optik")
    (membership,) = clusters.read.all(Membership)
    assert (adler.legal_form, adler.vat, adler.postcode) == ("GmbH", "DE999999999", "23552")
    assert (adler.country, adler.headcount, adler.sme) == ("DE", 38, True)
    assert adler.type is OrganisationType.SME
    assert adler.contact_email == "mail@adler.example"
    assert membership.organisation == adler.id
    assert clusters.read.get(Organisation, membership.cluster).name == SEEWIND
    assert (membership.member_ref, membership.since) == ("17", PartialDate(2019, 4, 1))


def test_that_a_cluster_in_its_own_list_is_no_member_of_itself(take, clusters):
    take(book(members(member(1, SEEWIND, form="e. V."), member(2))))

    (membership,) = clusters.read.all(Membership)
    assert clusters.read.get(Organisation, membership.organisation).name == "Adler Optik"


def test_that_a_number_under_a_format_of_zeros_keeps_its_zeros(plan):
    grid = members(member(postcode=4229))

    found = plan(book(sheet(grid, looks={(6, 4): FIVE_ZEROS})))

    assert of(found, "organisation")[0].values["postcode"] == "04229"


def test_that_the_country_is_asked_once_where_no_column_has_it(plan):
    grid = [row[:6] + row[7:] for row in members(member(1), member(2, "Weserkran"))]

    found = plan(book(grid))
    answered = plan(book(grid), {"country:Sheet1": "Deutschland"})

    (question,) = found.open_questions
    assert (question.topic, question.per, question.items[0].propose) == ("country", "file", "DE")
    assert found.counts.wait == 2
    assert [record.values["country"] for record in of(answered, "organisation")] == ["DE", "DE"]


def test_that_about_fifteen_is_asked_and_fifteen_proposed(plan):
    found = plan(book(members(member(staff="ca. 15"))))

    assert topics(found) == ["number"]
    assert of(found, "organisation")[0].values["headcount"] == Asked(
        "number:Sheet1!H", "ca. 15", 15
    )


def test_that_a_thousand_staff_in_german_is_no_fraction(plan):
    found = plan(book(members(member(staff="1.150"))))

    assert of(found, "organisation")[0].values["headcount"] == 1150
    assert not found.open_questions


@pytest.mark.parametrize(
    ("name", "section", "proposed"),
    [
        ("Hochschule Dünen", "Forschung und Lehre", OrganisationType.UNIV),
        ("Institut Ebbe", "Forschung und Lehre", OrganisationType.SCALEUP),
        ("Stadt Sandhorst", "Öffentliche Hand und Verbände", OrganisationType.PUBLIC),
        ("Kammer der Fährleute", "Öffentliche Hand und Verbände", OrganisationType.BUSNET),
    ],
)
def test_that_a_section_only_hints_at_the_type(plan, name, section, proposed):
    row = member(1, name, form=None, sme=None)

    found = plan(book(members([section], row)))

    (question,) = found.open_questions
    assert (question.topic, question.rows) == ("organisation_type", (7,))
    assert of(found, "organisation")[0].values["type"].propose is proposed


def test_that_a_firm_that_is_no_sme_gets_no_type_and_no_question(plan):
    found = plan(book(members(["Unternehmen"], member(sme="nein"))))

    assert not found.open_questions
    assert "type" not in of(found, "organisation")[0].values


def test_that_the_row_of_totals_is_offered_as_figures(take, plan, clusters):
    grid = members(member(1), member(2, "Weserkran"), ["Gesamt", 2, "davon KMU: 2"])

    asked = plan(book(grid))
    assert topics(asked) == ["snapshot"]
    assert of(asked, "snapshot")[0].action is Action.WAIT
    take(book(grid), {"snapshot:Sheet1": "store"})

    (figures,) = clusters.read.all(ClusterFigures)
    assert (figures.members, figures.smes) == (2, 2)
    assert figures.as_of == PartialDate(2021, 6, 30)


def test_that_figures_may_be_left_out(plan):
    grid = members(member(1), ["Gesamt", 1])

    found = plan(book(grid), {"snapshot:Sheet1": "leave out"})

    assert not of(found, "snapshot")
    assert (found.counts.add, found.counts.skip) == (1, 5)


def test_that_a_total_that_contradicts_the_list_is_said(plan):
    found = plan(book(members(member(1), ["Gesamt", 5])))

    assert "ORG-10" in {finding.code for finding in found.findings}
    assert of(found, "snapshot")[0].values["members"] == 5


def test_that_the_cluster_is_asked_where_no_title_names_it(plan):
    found = plan(book(members(member(), title="Unsere Mitglieder")))
    answered = plan(book(members(member(), title="Unsere Mitglieder")), {"cluster:Sheet1": SEEWIND})

    assert topics(found) == ["cluster"]
    assert of(answered, "membership")[0].values["cluster"].name == SEEWIND


def test_that_a_list_of_organisations_makes_no_members(plan):
    grid = [["Organisation", "Country"], ["Adler Optik GmbH", "DE"], ["Bosc, S.L.", "ES"]]

    found = plan(book(grid, name="contacts of the fair.xlsx"))

    assert {record.kind for record in found.records} == {"organisation"}
    assert found.counts.add == 2


def test_that_rows_that_contradict_each_other_are_asked_about(plan):
    rows = [member(1, city="Kiel"), member(1, city="Lübeck", since=day("2020-01-01"))]

    found = plan(book(members(*rows)))

    assert set(topics(found)) == {"which_value", "same_membership"}


def test_that_wrong_vat_numbers_and_sizes_are_said(plan):
    found = plan(book(members(member(vat="DE12", staff=900))))

    by_code = {finding.code: finding for finding in found.findings}
    assert by_code["ORG-04"].letter == "D"
    assert by_code["ORG-05"].letter == "H"
    assert found.counts.add == 1


def test_that_a_postcode_that_has_become_a_date_is_asked_about(plan):
    found = plan(book(members(member(postcode=day("2021-03-12")))))

    assert found.counts.wait == 1


def test_that_a_member_known_from_another_list_is_only_completed(take, plan):
    grid = [["Organisation", "Country"], ["Adler Optik GmbH", "DE"]]
    take(book(grid, name="one.xlsx"))

    found = plan(book(members(member())))

    (adler,) = of(found, "organisation")
    assert adler.action is Action.CHANGE
    assert "name" not in adler.changes
    assert adler.changes["city"] == (None, "Lübeck")
