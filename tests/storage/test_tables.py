"""The tables that all documents and threads share."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from smartct_desktop.storage.tables import Tables


def test_that_all_documents_share_the_shapes():
    assert Tables()["exchange"] is Tables()["exchange"]


def test_that_threads_get_one_and_the_same_alias():
    start = Barrier(8)

    def ask(_):
        start.wait()
        return Tables().alias("exchange", "asked_by_threads")

    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(ask, range(8)))

    assert len(found) == 1
