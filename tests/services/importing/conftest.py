"""A document of a partnership with three clusters, and the words of partners' files."""

import pytest

from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.services.figures import own_partnership
from smartct_desktop.services.importing.commit import commit
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.planning import Planner, Wish
from tests.services.importing.books import TODAY

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
