"""The sample partnership, as a person meets it first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from smartct_desktop.ui.elided_label import ElidedLabel
from smartct_desktop.ui.overview.parts import Part
from smartct_desktop.ui.start.cards import StartCard

OVERVIEW, CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES, PROBLEMS, HISTORY = range(1, 8)

PAGE = """
Smart CiTies through smart Clustering striving for Excellence
Monday, 3 February, 2020
Establishment of an environment of trust and mutual knowledge among the clusters involved
Support in the implementation of a new ClusterXchange pilot scheme
Cluster Organisations
30th September - 2nd October 2020
17th - 19th November 2020
To reach 50 exchanges involving at least 35 European SMEs
Netzwerk Energie & Umwelt e. V.
Environmental Services
Energy management
Heat pump
Sustainable innovation
Sustainable energy & renewables
Environmental Industries
Germany
Leipzig
78
53
Clúster Digital de Catalunya
Communications Equipment and Services
Distribution and Electronic Commerce
Artificial Intelligence (AI)
Information Technology/Informatics
Digital Agenda
ICT trust, cyber security & network security
Information & Communication Technologies (ICT)
Computer programming, consultancy & related activities
Digital Industries
Mobility Technologies
Cataluña
56
27
Electric vehicles industrial cluster
Automotive
Hybrid and Electric Vehicles
Manufacturing & Industry
Motor vehicles & other transport equipments
Smart green & integrated transport systems
Bulgaria
Югозападен (Yugozapaden)
72
59
Basque Mobility and Logistics Cluster, MLC ITS Euskadi
Transportation and Logistics
Applications for Transport and Logistics
System and transportation
Transporting & storage
Road transport & related services
Logistical Services
Spain
País Vasco
98
65
Fondazione Torino Wireless
Information Technology and Analytical Instruments
Digital Systems, Digital Representation
Intelligent inter-modal & sustainable urban areas (e.g. smart cities)
Information service activities
Italy
Piemonte
320
229
Name
Sector/Technology fields
Country
Regions
Total no. of members
Total no. of SME
"""


def words_on(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def test_that_the_first_run_shows_three_cards_and_the_first_has_the_focus(desktop, qtbot):
    desktop.window.show_start()
    cards = desktop.window.start.findChildren(StartCard)
    asked = []
    desktop.window.sample_asked.connect(lambda: asked.append("sample"))

    assert [card.text() for card in cards] == [
        "Open the SmartCTClusters sample",
        "New partnership…",
        "Open a file…",
    ]
    qtbot.waitUntil(lambda: desktop.focused() is cards[0])
    desktop.key(Qt.Key.Key_Return)
    assert asked == ["sample"]


def test_that_recent_files_are_listed_and_open(desktop, tmp_path):
    desktop.settings.opened(tmp_path / "one.smartct")
    desktop.window.show_start()
    asked = []
    desktop.window.open_asked.connect(asked.append)

    link = desktop.window.start.recent_links[0]
    assert link.text() == "one"
    desktop.click(link)

    assert asked == [tmp_path / "one.smartct"]


@pytest.mark.usefixtures("sample")
def test_that_the_sample_says_what_it_is_and_leaves_in_one_click(desktop):
    asked = []
    desktop.window.close_asked.connect(lambda: asked.append("close"))
    banner = desktop.window.workbench.banner

    assert banner.isVisible()
    assert "Sample data: try everything." in words_on(banner)
    desktop.click(desktop.window.workbench.leave_button)
    assert asked == ["close"]


@pytest.mark.usefixtures("sample")
def test_that_the_clusters_stand_with_members_smes_and_their_total(desktop):
    page = desktop.tab(CLUSTERS)

    rows = {
        page.model.index(row, 0).data(): [
            desktop.cell(page, row, name) for name in ("+members", "+smes", "+share")
        ]
        for row in range(page.model.rowCount())
    }

    assert rows == {
        "Netzwerk Energie & Umwelt e. V.": ["78", "53", "68\u00a0%"],
        "Clúster Digital de Catalunya": ["56", "27", "48\u00a0%"],
        "Electric vehicles industrial cluster": ["72", "59", "82\u00a0%"],
        "Basque Mobility and Logistics Cluster, MLC ITS Euskadi": ["98", "65", "66\u00a0%"],
        "Fondazione Torino Wireless": ["320", "229", "72\u00a0%"],
    }
    assert (
        page.middle.total.accessibleName() == "Total: 5 clusters, 4 countries, 624, 433, 69\u00a0%"
    )


@pytest.mark.usefixtures("sample")
def test_that_a_profile_shows_each_vocabulary_in_its_own_list(desktop, qtbot):
    page = desktop.tab(CLUSTERS)
    rows = range(page.model.rowCount())
    row = next(r for r in rows if page.model.index(r, 0).data().startswith("Fondazione"))
    page.table.setCurrentIndex(page.model.index(row, 0))
    qtbot.waitUntil(lambda: "320 members" in words_on(page.pane))

    words = words_on(page.pane.body.profile)

    for value in (
        "Digital Systems, Digital Representation",
        "Digital Agenda",
        "Intelligent inter-modal & sustainable urban areas (e.g. smart cities)",
        "Mobility Technologies",
        "51 in the list",
        "two levels",
        "229 SMEs",
    ):
        assert value in words


@pytest.mark.usefixtures("sample")
def test_that_nothing_of_the_partnership_page_is_missing(desktop, qapp):
    desktop.tab(OVERVIEW)

    desktop.click(desktop.window.workbench.current.page_button)

    page = qapp.activeWindow()
    words = "\n".join(words_on(page)).split("\n")
    assert [line for line in PAGE.strip().splitlines() if line not in words] == []
    assert any("A network to promote long-term, cross-sectoral" in line for line in words)
    page.close()


@pytest.mark.usefixtures("sample")
def test_that_the_overview_shows_the_targets(desktop, qtbot):
    page = desktop.tab(OVERVIEW)
    qtbot.waitUntil(lambda: "of 50" in words_on(page))

    words = words_on(page)

    assert "of 35" in words
    assert "The sample partnership" in [one.text() for one in page.findChildren(ElidedLabel)]
    assert "Smart CiTies through smart Clustering striving for Excellence" in words


@pytest.mark.usefixtures("sample")
def test_that_a_figure_opens_the_records_behind_it(desktop, qtbot):
    page = desktop.tab(OVERVIEW)
    qtbot.waitUntil(lambda: len(page.target_cards) == 3)
    held = next(card for card in page.target_cards if card.figure.kind == "event")

    desktop.click(held.links[Part.COUNTED])
    desktop.click(page.explaining.as_table)

    shown = desktop.window.workbench.table_page
    assert desktop.window.workbench.current_name == "events"
    assert shown.model.rowCount() == held.figure.value
    assert shown.chips.chips[0].text() == f"{held.figure.value} of the Overview"


@pytest.mark.usefixtures("sample")
def test_that_the_planned_events_keep_the_words_of_their_source(desktop):
    page = desktop.tab(EVENTS)
    page.add_column("planned_text")
    rows = range(page.model.rowCount())

    texts = {desktop.cell(page, row, "planned_text") for row in rows} - {""}

    assert texts == {"30th September - 2nd October 2020", "17th - 19th November 2020"}
