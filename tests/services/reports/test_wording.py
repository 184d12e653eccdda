"""Reports of a period, and in the languages of the partners."""

import datetime as dt
import re
from itertools import product

import pytest
from openpyxl import load_workbook

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.programme.rule_catalog import BY_CODE
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.importing.cells import WORDS_OF
from smartct_desktop.services.own_partnership import partners
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import LISTS, REPORTS
from smartct_desktop.services.reports.period import Period
from smartct_desktop.services.reports.record_list import KINDS
from smartct_desktop.services.reports.wording import LANGUAGES, Wording, labels_in, wordings

MADE_AT = dt.datetime(2022, 7, 1, 9, 30)


def sheets_of(path):
    return {ws.title: list(ws.iter_rows(values_only=True)) for ws in load_workbook(path)}


def test_that_a_register_of_a_period_lists_what_begins_in_it(sample, facts, tmp_path):
    with sample.edit("stays") as edit:
        for number, (start, planned) in enumerate(
            [
                (dt.date(2021, 12, 31), None),
                (dt.date(2022, 1, 1), None),
                (None, dt.date(2022, 3, 1)),
                (None, None),
                (dt.date(2022, 4, 1), None),
            ]
        ):
            edit.add(Exchange(number=f"P-{number}", start=start, planned_start=planned))
    path = tmp_path / "register.xlsx"
    period = Period(dt.date(2022, 1, 1), dt.date(2022, 3, 31))

    export_report(
        REPORTS[0], sample, facts, path=path, made_at=MADE_AT, progress=Progress(), period=period
    )

    cells = [cell for row in sheets_of(path)["Exchanges"] for cell in row]
    listed = [cell for cell in cells if isinstance(cell, str) and cell.startswith("P-")]
    assert listed == ["P-1", "P-2"]
    assert any("01.01.2022 to 31.03.2022" in str(cell) for cell in cells)


@pytest.mark.parametrize(
    ("kind", "period", "words"),
    [
        (REPORTS[1], Period(dt.date(2022, 1, 1)), "is of one day"),
        (REPORTS[0], Period(dt.date(2022, 2, 1), dt.date(2022, 1, 1)), "ends before it begins"),
    ],
)
def test_that_a_period_that_makes_no_sense_is_refused(  # noqa: PLR0917 (fixtures)
    sample, facts, tmp_path, kind, period, words
):
    path = tmp_path / "report.xlsx"

    with pytest.raises(Trouble, match=words):
        export_report(
            kind, sample, facts, path=path, made_at=MADE_AT, progress=Progress(), period=period
        )

    assert not path.exists()


def test_that_no_two_headings_of_a_report_are_one_in_any_language(sample, facts):
    with sample.reader() as reader:
        for kind, language in product((*REPORTS, *LISTS), LANGUAGES):
            for table in Wording(language, facts).report(kind.build(reader, facts, MADE_AT)).tables:
                headings = [column.heading.casefold() for column in table.columns]

                assert len(set(headings)) == len(headings), (kind.code, table.name, language)


def test_that_a_report_says_its_words_in_its_language(sample, tmp_path):
    with sample.edit("a stay") as edit:
        edit.add(Exchange(number="P-1", status=ExchangeStatus.CLOSED, ctq=True))
    path = tmp_path / "register.xlsx"

    export_report(
        REPORTS[0],
        sample,
        ProgrammeFacts("de"),
        path=path,
        made_at=MADE_AT,
        progress=Progress(),
        language="de",
    )

    sheets = sheets_of(path)
    assert list(sheets) == ["Über", "Austausche"]
    cells = [cell for row in sheets["Austausche"] for cell in row]
    assert {"Besuchende Organisation", "abgeschlossen", "ja", "Summe"} <= set(cells)


def test_that_what_rules_say_can_be_said_in_every_language():
    known = wordings()
    said = {text for rule in BY_CODE.values() for text in (rule.sentence, rule.todo)}
    assert said - known.keys() == set()


def test_that_what_fields_mean_can_be_said_in_every_language():
    known = wordings()
    helps = {field.help for kind in KINDS for field in schema_of(kind).fields if field.help}
    assert helps - known.keys() == set()


def templates(text):
    """Give the templates of a sentence and of the sentences that fill it, if they have words."""
    if isinstance(text, Sentence):
        if re.search(r"[^\W\d_]{2}", re.sub(r"{\w+}", "", text.template)):
            yield text.template
        for value in text.values.values():
            yield from templates(value)


@pytest.mark.usefixtures("stays")
def test_that_no_sentence_of_a_german_report_stays_english(sample, facts):
    known = wordings()
    labels = {field.label for schema in SCHEMAS for field in schema.fields}
    labels |= {label for code in WORDS_OF for label in labels_in(facts, code, "de")}
    left = set()
    with sample.reader() as reader:
        names = {one.name for one in partners(reader)}
        for kind in REPORTS:
            report = kind.build(reader, facts, MADE_AT)
            values = [cell for table in report.tables for row in table.rows for cell in row]
            values += [
                text for d in (*report.definitions, *report.facts) for text in (d.term, d.meaning)
            ]
            left |= {t for value in values for t in templates(value)}
    assert left - known.keys() - labels - names == set()


@pytest.mark.usefixtures("stays")
def test_that_findings_are_told_in_german(sample):
    with sample.reader() as reader:
        facts = ProgrammeFacts("de")
        issues = next(kind for kind in REPORTS if kind.code == "issues")
        report = Wording("de", facts).report(issues.build(reader, facts, MADE_AT))
        told = {row[0]: row for row in report.tables[0].rows}
    assert told["DOC-02"][6] == "Die Vereinbarung mit der besuchenden Organisation fehlt."
    assert told["DOC-02"][1] == "Fehler"


@pytest.mark.usefixtures("stays")
def test_that_closed_lists_and_terms_of_whole_lists_are_told_in_german(sample):
    groups = ("cluster-managers", "smes")
    event = Event(title="Open day", type="open-day", target_groups=groups)
    with sample.edit("an event") as edit:
        edit.add(event)
    facts = ProgrammeFacts("de")
    with sample.reader() as reader:
        told = {}
        for kind in LISTS:
            table = Wording("de", facts).report(kind.build(reader, facts, MADE_AT)).tables[0]
            headings = [column.heading for column in table.columns]
            rows = (dict(zip(headings, row, strict=True)) for row in table.rows)
            told[kind.code] = {row["Datensatz-Id"]: row for row in rows}
    shown = told["event"][event.id]
    assert shown["Art"] == "Tag der offenen Tür"
    assert shown["Zielgruppen"] == "Clustermanager; KMU"
    states = {row["Status nach den Tatsachen"] for row in told["exchange"].values()}
    assert states == {"Abgesagt", "Berichte fällig", "Bezahlt", "Zahlung fällig"}


def test_that_all_words_of_reports_are_there_in_all_languages():
    for english, told in wordings().items():
        assert all(told[language].strip() for language in LANGUAGES), english
        holes = [sorted(re.findall(r"{\w+}", told[language])) for language in LANGUAGES]
        assert holes == [holes[0]] * len(LANGUAGES), english


def test_that_differences_are_told_in_words_of_the_language_and_data_as_they_are(
    sample, facts, tmp_path
):
    with sample.edit("an unlucky name") as edit:
        edit.add(Organisation(name="Total", type=OrganisationType.PUBLIC, sme=False))
    path = tmp_path / "differences.xlsx"
    kind = next(kind for kind in REPORTS if kind.code == "differences")

    export_report(
        kind, sample, facts, path=path, made_at=MADE_AT, progress=Progress(), language="es"
    )

    told = [cell for rows in sheets_of(path).values() for row in rows for cell in row]
    (line,) = [text for text in told if isinstance(text, str) and "Nombre: Total" in text]
    assert line.splitlines()[0] == "Nombre: Total"
    assert "Pyme: no" in line
    assert "Public body" not in line
