"""Lists behind forms, facets, columns, the palette, revisions and problems, under Qt's tester."""

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.ui.facets.facet import PROBLEMS, Facet
from smartct_desktop.ui.facets.lines import FacetLine, FacetLines, LineKind
from smartct_desktop.ui.forms.drop_list import OfferModel
from smartct_desktop.ui.forms.offers import Offer
from smartct_desktop.ui.forms.terms_editor import TickModel
from smartct_desktop.ui.grid.field_list import Entry, FieldLines
from smartct_desktop.ui.problems.lines import Group, ProblemModel
from smartct_desktop.ui.quick_open import lines as palette
from smartct_desktop.ui.quick_open.entries import Group as Part
from smartct_desktop.ui.quick_open.entries import Heading
from smartct_desktop.ui.revisions import lines as revisions

pytestmark = pytest.mark.usefixtures("qapp")

FAIL = QAbstractItemModelTester.FailureReportingMode.Fatal
OFFERS = (Offer("DE", "Germany", "DE"), Offer("ES", "Spain"), Offer("BG", "Bulgaria"))


def watched(model):
    """The model, watched by Qt's own tester as long as it lives."""
    QAbstractItemModelTester(model, FAIL, model)
    return model


def texts(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_that_offers_are_listed_and_replaced():
    model = watched(OfferModel())
    model.show_offers(OFFERS)
    model.show_offers(OFFERS[1:])
    assert texts(model) == ["Spain", "Bulgaria"]


def test_that_a_tick_stays_while_the_list_is_narrowed():
    model = watched(TickModel(OFFERS))
    model.setData(model.index(1, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    model.narrow("bulg")
    assert texts(model) == ["Bulgaria"]
    model.narrow("")
    assert model.chosen == ("ES",)


def test_that_counts_of_a_facet_change_in_place():
    model = watched(FacetLines())
    facet = Facet.of("exchange", PROBLEMS)
    heading = FacetLine(facet, LineKind.HEADING, "Problems")
    model.show_lines([heading, FacetLine(facet, LineKind.VALUE, "has errors", "error")])
    kept = QPersistentModelIndex(model.index(1, 0))
    model.show_lines([heading, FacetLine(facet, LineKind.VALUE, "has errors", "error", records=3)])
    assert model.line(kept.row()).records == 3
    model.show_lines([heading])
    assert not kept.isValid()


def test_that_fields_to_choose_are_listed():
    model = watched(FieldLines())
    model.show_entries([Entry("Who"), Entry("Visitor", "visitor", on=True)])
    assert model.row_of("visitor", shown=False) == 1


def test_that_the_palette_is_listed():
    model = watched(palette.LineModel())
    model.show_rows([Heading(Part.TABS), Heading(Part.COMMANDS, more=2)])
    model.show_rows([Heading(Part.HELP)])
    assert model.rowCount() == 1


def test_that_a_revision_is_narrowed_to_an_outcome():
    change = revisions.Line(revisions.Outcome.CHANGE, "SCT-2021-001", "Days", "3", "5")
    refusal = revisions.Line(revisions.Outcome.REFUSED, "SCT-2021-002", "Days", words="no number")
    model = watched(revisions.LineModel([change, refusal], "Exchange"))
    model.narrow(frozenset({revisions.Outcome.REFUSED}))
    assert model.lines == (refusal,)


def test_that_folding_a_rule_keeps_the_place_of_what_is_below():
    model = watched(ProblemModel())
    rules = [Group("DUR-02", Severity.ERROR, 2), Group("DOC-08", Severity.WARNING, 3)]
    model.show(rules, lambda _group, _start, _stop: (), flat=False)
    second = QPersistentModelIndex(model.index(3, 0))
    within = QPersistentModelIndex(model.index(2, 0))
    model.fold(0, folded=True)
    assert (model.rowCount(QModelIndex()), second.row(), within.isValid()) == (5, 1, False)
    model.fold(0, folded=False)
    assert (model.rowCount(QModelIndex()), second.row()) == (7, 3)
