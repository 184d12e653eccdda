"""The sample partnership holds all that the public profile shows, in records that can be stored."""

from datetime import date

import pytest

from smartct_desktop.domain.checking import problems
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType, PartnerRole
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.session import Session
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.sample import sample_records
from smartct_desktop.system.resources import read_text


@pytest.fixture(scope="module")
def facts():
    return ProgrammeFacts()


@pytest.fixture(scope="module")
def records(facts):
    return sample_records(facts)


def of(records, kind):
    return [record for record in records if isinstance(record, kind)]


def cluster(records, name):
    (found,) = [one for one in of(records, Organisation) if one.name == name]
    return found


def test_that_every_record_can_be_stored(records):
    assert [problem for record in records for problem in problems(record)] == []
    assert len({record.id for record in records}) == len(records)


def test_that_records_refer_to_earlier_ones_only(records):
    seen = set()
    for record in records:
        for field in record.schema.references:
            value = getattr(record, field.name)
            assert value is None or value in seen, (record, field.name)
        seen.add(record.id)


def test_that_every_sample_has_ids_of_its_own(facts, records):
    again = sample_records(facts)
    assert {record.id for record in again}.isdisjoint(record.id for record in records)
    assert [record.schema.kind for record in again] == [record.schema.kind for record in records]


def test_that_a_broken_file_is_not_read_half(facts):
    def read(path):
        return read_text(path).replace('"partnership:', '"another:', 1)

    with pytest.raises(KeyError, match="partnership:smartctclusters"):
        sample_records(facts, read)


# --------------------------------------------------------------- line by line, the profile's page

PARTNERSHIP_LINES = (
    "SmartCTClusters",
    "Smart CiTies through smart Clustering striving for Excellence",
    (
        "Smart Cities through Smart Clustering develops a relationship model between clusters "
        "related "
        "to aspects of the Smart City paradigm and establishes the bases of a collaborative "
        "network "
        "that includes some of the most relevant ecosystems of the Smart City model: Mobility, "
        "Energy, "
        "Environment and ICT."
    ),
    (
        "A network to promote long-term, cross-sectoral, cross-geographic initiatives capable of "
        "generating a clear impact in the different involved territories through the "
        "collaboration of "
        "their productive fabric and the transmission of knowledge and generation of new value "
        "chains."
    ),
    "Establishment of an environment of trust and mutual knowledge among the clusters involved",
    (
        "Identification of best practices in relation to management of the organizations involved, "
        "value proposal delivery to the respective members and sharing of the know-how "
        "associated with "
        "reference themes (mobility, energy, environment, ICT, etc)"
    ),
    (
        "Identification and definition of a common strategy around the theme of Smart Cities "
        "capable "
        "of generating a framework of longterm relationship between the clusters involved and "
        "laying "
        "the foundations of future member (clusters) incorporations"
    ),
    (
        "Definition and execution of a Plan of Actions aiming at implementing activities and "
        "identifying methodologies"
    ),
    "Support in the implementation of a new ClusterXchange pilot scheme",
    (
        "To improve Clusters Excellence and management skills by conducting specific trainning "
        "activities and peer-lerning seminars"
    ),
    "To elaborate the project's Smart City Value chain and map the involved clusters' ecosystem",
    (
        "To develop a Cluster Partnership Strategy and Implementation Roadmap, focused on the "
        "collaboration around the Smart Cities areas (Mobility, Energy, Environment and ICT)"
    ),
    "To reach 50 exchanges involving at least 35 European SMEs",
)


def test_that_every_line_of_the_profile_is_there(records):
    (partnership,) = of(records, Partnership)
    texts = [getattr(partnership, field.name) for field in partnership.schema.fields]
    lines = {line for text in texts if isinstance(text, str) for line in text.splitlines()}
    assert set(PARTNERSHIP_LINES) <= lines


def test_that_the_partnership_starts_as_announced_and_blank_stays_blank(records):
    (partnership,) = of(records, Partnership)
    assert partnership.starts_on == date(2020, 2, 3)
    assert partnership.starts_on.weekday() == 0, "a Monday, as the page says"
    assert partnership.own is True
    assert partnership.planned_months == 24
    assert partnership.partners is None
    assert partnership.planned_exchanges is None
    assert partnership.origin is None
    assert partnership.specific_objectives.count("\n") == 4
    assert partnership.expected_results.count("\n") == 3


def test_that_the_two_planned_events_are_there_with_their_own_words(records):
    planned = [event for event in of(records, Event) if event.status is EventStatus.PLANNED]
    assert [(e.planned_text, e.planned_start, e.planned_end) for e in planned] == [
        ("30th September - 2nd October 2020", date(2020, 9, 30), date(2020, 10, 2)),
        ("17th - 19th November 2020", date(2020, 11, 17), date(2020, 11, 19)),
    ]
    for event in planned:
        assert event.target_groups == ("cluster-organisations",)
        assert event.open_to_smes is True
        assert event.start is None


COMPOSITION = [
    (
        "Netzwerk Energie & Umwelt e. V.",
        "Environmental Services",
        "Energy management, Heat pump",
        "Sustainable innovation Sustainable energy & renewables",
        "Environmental Industries",
        ("Germany", "Leipzig", 78, 53),
    ),
    (
        "Clúster Digital de Catalunya",
        "Communications Equipment and Services, Distribution and Electronic Commerce",
        "Artificial Intelligence (AI), Information Technology/Informatics",
        (
            "Digital Agenda ICT trust, cyber security & network security, Information & "
            "Communication "
            "Technologies (ICT) Computer programming, consultancy & related activities"
        ),
        "Digital Industries, Mobility Technologies",
        ("Spain", "Cataluña", 56, 27),
    ),
    (
        "Electric vehicles industrial cluster",
        "Automotive, Environmental Services",
        "Hybrid and Electric Vehicles",
        (
            "Manufacturing & Industry Motor vehicles & other transport equipments, Sustainable "
            "innovation Smart green & integrated transport systems"
        ),
        "",
        ("Bulgaria", "Югозападен (Yugozapaden)", 72, 59),
    ),
    (
        "Basque Mobility and Logistics Cluster, MLC ITS Euskadi",
        "Transportation and Logistics",
        "Applications for Transport and Logistics, System and transportation",
        (
            "Sustainable innovation Smart green & integrated transport systems, Transporting & "
            "storage "
            "Road transport & related services"
        ),
        "Logistical Services, Mobility Technologies",
        ("Spain", "País Vasco", 98, 65),
    ),
    (
        "Fondazione Torino Wireless",
        "Automotive, Information Technology and Analytical Instruments",
        "Digital Systems, Digital Representation, Information Technology/Informatics",
        (
            "Digital Agenda Intelligent inter-modal & sustainable urban areas (e.g. smart cities), "
            "Information & Communication Technologies (ICT) Information service activities"
        ),
        "Digital Industries, Mobility Technologies",
        ("Italy", "Piemonte", 320, 229),
    ),
]


@pytest.mark.parametrize("row", COMPOSITION, ids=lambda row: row[0])
def test_that_every_cluster_stands_as_in_the_composition(facts, records, row):
    name, sectoral, technology, smart, emerging, (country, region, members, smes) = row
    one = cluster(records, name)

    def page(vocabulary, terms):
        return ", ".join(facts.term_path(vocabulary, code, " ") for code in terms)

    assert page("sectoral_industry", one.sectoral_industries) == sectoral
    assert page("technology_field", one.technology_fields) == technology
    assert page("smart_specialisation", one.smart_specialisation) == smart
    assert page("emerging_industry", one.emerging_industries) == emerging
    (figures,) = [f for f in of(records, ClusterFigures) if f.cluster == one.id]
    shown = (facts.country_name(one.country), one.region, figures.members, figures.smes)
    assert shown == (country, region, members, smes)
    assert figures.as_of == PartialDate(2020)


def test_that_the_five_clusters_belong_to_the_partnership(records):
    (partnership,) = of(records, Partnership)
    clusters = of(records, Organisation)
    assert [one.name for one in clusters] == [row[0] for row in COMPOSITION]
    assert {one.partnership for one in clusters} == {partnership.id}
    assert {one.type for one in clusters} == {OrganisationType.CLUSTER}
    coordinators = [one for one in clusters if one.partner_role is PartnerRole.COORDINATOR]
    assert coordinators == [cluster(records, COMPOSITION[3][0])]
    figures = of(records, ClusterFigures)
    assert (sum(f.members for f in figures), sum(f.smes for f in figures)) == (624, 433)


def test_that_region_codes_fit_the_regions_as_written(facts, records):
    for one in of(records, Organisation):
        found = {region.code for region in facts.regions.find(one.region, one.country)}
        assert one.region_code in found


def test_that_other_names_of_the_clusters_are_known(records):
    names = {name for one in of(records, Organisation) for name in one.aliases.splitlines()}
    assert {"NEU e.V.", "Cluster Digital", "EVIC", "MLC ITS Euskadia"} <= names
    assert cluster(records, COMPOSITION[3][0]).legal_name.startswith("ASOCIACION CLUSTER")


def test_that_events_that_took_place_name_their_sources(records):
    held = [event for event in of(records, Event) if event.status is EventStatus.HELD]
    assert [(event.start, event.end) for event in held] == [
        (date(2020, 11, 27), date(2020, 12, 18)),
        (date(2021, 6, 15), None),
        (date(2021, 11, 9), date(2021, 11, 9)),
        (date(2021, 11, 16), date(2021, 11, 19)),
        (date(2022, 4, 27), date(2022, 4, 29)),
        (date(2022, 6, 8), date(2022, 6, 10)),
    ]
    for event in held:
        assert event.news_link in event.remark
        assert event.participants_reported is None, "no report gives the number"


def test_that_the_half_days_that_are_known_are_sessions(records):
    virtual, *_ = [event for event in of(records, Event) if event.status is EventStatus.HELD]
    sessions = [session for session in of(records, Session) if session.event == virtual.id]
    assert [(session.no, session.date) for session in sessions] == [
        (1, date(2020, 11, 27)),
        (2, date(2020, 12, 1)),
        (3, date(2020, 12, 4)),
        (4, date(2020, 12, 10)),
        (5, None),
        (6, date(2020, 12, 18)),
    ]


def test_that_the_targets_are_fifty_exchanges_and_thirty_five_smes(records):
    (partnership,) = of(records, Partnership)
    assert [(t.value, t.counting_rule, t.partnership) for t in of(records, Target)] == [
        (50, CountingRule.EXCH_VALIDATED_VOP, partnership.id),
        (35, CountingRule.DISTINCT_SME_VO_HO, partnership.id),
    ]


def test_that_no_organisation_of_a_report_is_taken_for_a_visitor(records):
    assert {record.schema.kind for record in records} == {
        "partnership",
        "organisation",
        "snapshot",
        "event",
        "session",
        "target",
    }
