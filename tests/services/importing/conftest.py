"""A document of a partnership with three clusters, and the words of partners' files."""

import pytest

from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.services.importing.commit import commit
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.planning import Planner, Wish
from smartct_desktop.services.own_partnership import own_partnership
from tests.services.importing.books import TODAY
from tests.services.importing.shapes import adds_up, workbook

CLUSTERS = {
    "Verband Seewind e. V.": "DE",
    "Clúster Muntanya de Catalunya": "ES",
    "Клъстер Тракия": "BG",
}


@pytest.fixture(scope="session")
def dictionary(facts):
    return Dictionary.of(facts)


@pytest.fixture
def clusters(own):
    """The document `own` with three clusters as partners."""
    partnership = own_partnership(own.read)
    with own.edit("clusters") as edit:
        for name, country in CLUSTERS.items():
            edit.add(
                Organisation(
                    name=name,
                    country=country,
                    type=OrganisationType.CLUSTER,
                    partnership=partnership.id,
                )
            )
    return own


@pytest.fixture
def plan(clusters, dictionary):
    """Plans the import of a book into the document with the clusters."""

    def planned(book, answers=None, **wish):
        known = Known(clusters.read)
        return Planner(dictionary).plan(book, known, answers or {}, TODAY, Wish(**wish))

    return planned


@pytest.fixture
def take(clusters, plan):
    """Plans and commits at once; gives plan and receipt."""

    def taken(book, answers=None, **wish):
        planned = plan(book, answers, **wish)
        return planned, commit(planned, clusters)

    return taken


@pytest.fixture
def shaped(plan, tmp_path):
    """Writes pages as a workbook and plans its import."""

    def planned(*pages, name="partner.xlsx", answers=None, **wish):
        found = plan(workbook(tmp_path / name, *pages), answers, **wish)
        assert adds_up(found)
        return found

    return planned


@pytest.fixture
def stored(clusters):
    """Writes a plan into the document and gives the records of a type."""

    def written(planned, type_):
        commit(planned, clusters)
        return list(clusters.read.all(type_))

    return written
