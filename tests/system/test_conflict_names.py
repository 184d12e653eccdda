"""Names of conflicted copies, as sync programs make them in the languages of our users."""

import pytest

from smartct_desktop.system.conflict_names import may_be_the_same, plain

MADE = [
    "Partnership (conflicted copy 2022-06-15 104233)",
    "Partnership (LAPTOP's conflicted copy 2022-06-15)",
    "Partnership (In Konflikt stehende Kopie von PC-ADA 2022-06-15)",
    "Partnership (Copia en conflicto de PC-ADA 2022-06-15)",
    "Partnership (Copia in conflitto di PC-ADA 2022-06-15)",
    "Partnership (Copie en conflit de PC-ADA 2022-06-15)",
    "Partnership (còpia en conflicte de PC-ADA 2022-06-15)",
    "Partnership (PC-ADA-ren gatazkan dagoen kopia 2022-06-15)",
    "Partnership (конфликтно копие на PC-ADA 2022-06-15)",
    "Partnership (SFConflict ada@example.org 2022-06-15-10-42-33)",
    "Partnership [Conflict]",
    "Partnership_conflict-20220615-104233",
    "Partnership.sync-conflict-20220615-104233-K3QWXYZ",
    "Partnership-Konflikt",
    "Partnership - Konflikt 2",
    "Partnership (1)",
    "Partnership(2)",
    "Partnership 2",
    "Partnership-LAPTOP-4711",
    "Partnership-PC-ADA",
    "Partnership-DESKTOP-AB12CD3-2",
    "Partnership (1) (conflicted copy 2022-06-15 104233)",
]


@pytest.mark.parametrize("name", MADE)
def test_that_a_conflicted_copy_is_suspected_from_either_side(name):
    assert may_be_the_same("Partnership", name)
    assert may_be_the_same(name, "Partnership")


@pytest.mark.parametrize(
    "name",
    [
        *("Partnership", "Partnerships", "Partnership-backup", "Partnership copy", "Partner"),
        *("Partnership-2021", "Conflict", "(1)", "Other (conflicted copy)", "Partnership-final-v"),
        "The Partnership (1)",
    ],
)
def test_that_other_names_are_not_suspected(name):
    assert not may_be_the_same("Partnership", name)


def test_that_two_copies_of_one_file_belong_together_and_accents_are_compared_as_one():
    assert may_be_the_same("Proyecto ñ (1)", "Proyecto n\u0303 (conflicted copy 2022-06-15)")
    assert plain("Стаж (конфликтно копие 2022)") == "стаж"


def test_that_a_long_name_is_looked_at_in_no_time():
    assert plain("(conflict" * 2000) == "(conflict" * 2000
