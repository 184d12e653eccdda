"""The payment run lists what the Overview calls due, and what is missing for the rest."""

import datetime as dt

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.waiting import What, waiting_list
from tests.services.steps import add

TODAY = dt.date(2022, 7, 1)


@pytest.mark.usefixtures("stays")
def test_that_what_is_payable_is_what_is_waited_for(sample, facts, rows):
    waiting = waiting_list(sample.read, facts, FigureFacts.read(sample.read, TODAY))
    payments = [one for one in waiting if one.what is What.PAYMENT]
    *late, total = rows("payment-run", "Overdue", "No.")
    assert [row["No."] for row in late] == ["S-2"]
    assert [row["Amount EUR"] * 100 for row in late] == [one.cents for one in payments]
    assert total["Amount EUR"] == 830
    assert (late[0]["Payable since"], late[0]["To be paid by"], late[0]["Days late"]) == (
        dt.datetime(2022, 6, 20),
        dt.datetime(2022, 6, 30),
        1,
    )


@pytest.mark.usefixtures("stays")
def test_that_what_is_not_payable_tells_all_it_lacks(rows):
    *waiting, _ = rows("payment-run", "Not yet", "No.")
    (row,) = waiting
    assert row["No."] == "S-3"
    assert row["Not yet because"].splitlines() == [
        "the agreement is not signed by both",
        "the visitor's report is missing",
        "evidence of the stay is missing",
    ]


def test_that_no_account_number_is_told_whole(sample, stays, rows):
    whole = Payment(organisation=stays["saxon"], iban_masked="ES91 2100 0418 4502 0005 1332")
    with pytest.raises(Invalid, match=r"write ES91 \*\*\*\* 1332"):
        add(sample, whole)
    add(sample, whole.replace(iban_masked="ES91 **** 1332", amount_cents=100))
    (row, _) = rows("payment-run", "Overdue", "No.")
    assert row["IBAN"] == "ES91 **** 1332"


@pytest.mark.usefixtures("stays")
def test_that_the_sum_is_a_formula_and_there_is_room_to_sign(written):
    cells = [cell for row in written("payment-run", values=False)["Overdue"] for cell in row]
    texts = [str(cell.value) for cell in cells if cell.value is not None]
    assert any(text.startswith("=SUBTOTAL(109,") for text in texts)
    assert [text.split(":")[0] for text in texts if "____" in text] == [
        "Prepared by",
        "Approved by",
    ]


def test_that_another_partner_has_nothing_to_pay(stays, written):
    sheet = written("payment-run", partner=stays["mlc"])["Overdue"]
    texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Nothing to list." in texts
    assert "S-2" not in texts
