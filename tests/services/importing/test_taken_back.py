"""A file that comes again after its import was taken back while later steps stayed."""

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.undoing import plan_reversal, reverse
from tests.services.importing.books import book, exchange, exchanges


def later(document):
    with document.edit("something later") as edit:
        edit.add(Organisation(name="Later"))


def stays(document):
    return {stay.ref: stay for stay in document.read.all(Exchange)}


def test_that_a_file_whose_import_was_taken_back_comes_as_if_for_the_first_time(take, clusters):
    file = book(exchanges(exchange("A-1"), exchange("A-2", vo="Weserkran AG")))
    first, _ = take(file)
    no = clusters.read.next_undo().no
    later(clusters)
    reversal = plan_reversal(clusters.read, no)
    assert reversal.whole
    reverse(clusters, reversal)
    assert stays(clusters) == {}

    again, _ = take(file)

    assert again.counts == first.counts
    assert "IMP-11" not in {finding.code for finding in again.findings}
    assert set(stays(clusters)) == {"A-1", "A-2"}


def test_that_a_change_that_was_taken_back_is_no_correction_by_hand(take, clusters):
    take(book(exchanges(exchange("A-1"))))
    changed = book(exchanges(exchange("A-1", amount=500)), name="other.xlsx")
    take(changed)
    no = clusters.read.next_undo().no
    later(clusters)
    reverse(clusters, plan_reversal(clusters.read, no))
    assert stays(clusters)["A-1"].amount_cents == 83000

    again, _ = take(changed)

    assert again.counts.change == 1
    assert "IMP-16" not in {finding.code for finding in again.findings}
    assert stays(clusters)["A-1"].amount_cents == 50000


def test_that_an_import_done_again_is_an_import_with_its_rows(take, clusters):
    file = book(exchanges(exchange("A-1")))
    take(file)
    no = clusters.read.next_undo().no
    clusters.undo()
    later(clusters)
    reverse(clusters, plan_reversal(clusters.read, no, again=True))

    assert clusters.read.imported(file.sha256).label.startswith("redo of “import of list.xlsx")
    stay = stays(clusters)["A-1"]
    ((step, change),) = clusters.read.record_history("exchange", stay.id)[:1]
    assert (step.source.file, change.origin.row) == ("list.xlsx", 2)
    assert take(file)[0].counts.same == 1
