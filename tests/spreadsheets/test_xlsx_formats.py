"""What number formats mean."""

import pytest

from smartct_desktop.domain.book import NumberFormat
from smartct_desktop.spreadsheets.xlsx_formats import BUILT_IN, meaning

G, N, P, T = (NumberFormat[name] for name in ("GENERAL", "NUMBER", "PERCENT", "TEXT"))
D, C, M, L = (NumberFormat[name] for name in ("DATE", "TIME", "MOMENT", "DURATION"))


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("General", G),
        ("GENERAL", G),
        ("[Red]General", G),
        ("Standard", G),
        ('General" km"', G),
        ("", G),
        ('"text only"', G),
        ("0", N),
        ("#,##0.00", N),
        ("00000", N),
        ("0.00E+00", N),
        ("# ?/?", N),
        ('0 "d"', N),
        ('0 "days"', N),
        (r"0\ \d\a\y\s", N),
        ('#,##0.00 "лв."', N),
        ("#,##0.00\\ [$€-407]", N),
        ('_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-;_-* "-"?? "€"_-;_-@_-', N),
        ("[$-409]0", N),
        ("_d0", N),
        ("0_m", N),
        ("[>=100]0;[Red]0.0", N),
        ("0%", P),
        ('0.0"%"', N),
        ("@", T),
        ("dd.mm.yyyy", D),
        ("DD/MM/YYYY", D),
        ("d.m.yy;@", D),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", D),
        ("[$-407]d. mmmm yyyy;@", D),
        ('d"."m"."yyyy" г."', D),
        ("mmm-yy", D),
        ("mmmm", D),
        ("yyyy", D),
        ("ddd", D),
        ("ggge", D),
        ("TT.MM.JJJJ", D),
        ('[=0]"-";dd.mm.yyyy', D),
        ("h:mm", C),
        ("hh:mm:ss", C),
        ("hh:mm:ss.000", C),
        ("ss,00", C),
        ("mm:ss", C),
        ("h:mm AM/PM", C),
        ("h AM/PM", C),
        ("[$-F400]h:mm:ss\\ AM/PM", C),
        ("dd.mm.yyyy hh:mm", M),
        ("m/d/yy h:mm", M),
        ("yyyy-mm-ddThh:mm:ss", M),
        ("h:mm d.m.", M),
        ("[h]:mm", L),
        ("[hh]:mm:ss", L),
        ("[mm]:ss", L),
        ("[ss].00", L),
        ('[h]" hours"', L),
    ],
)
def test_that_a_format_is_taken_for_what_it_shows(code, form):
    assert meaning(code) is form


@pytest.mark.parametrize(
    ("number", "form"),
    list(
        zip(
            (0, 1, 9, 12, 14, 17, 18, 20, 22, 37, 44, 45, 46, 47, 48, 49, 57),
            (G, N, P, N, D, D, C, C, M, N, N, C, L, C, N, T, D),
            strict=True,
        )
    ),
)
def test_that_formats_named_by_number_only_mean_the_same_everywhere(number, form):
    assert meaning(BUILT_IN[number]) is form
