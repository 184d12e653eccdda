"""The partnership's composition: its clusters as on the public profile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.organisation import Organisation, PartnerRole
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.programme import ProgrammeFacts

COLUMNS = (
    Column("Record id", Kind.ID, code="row.record_id"),
    Column("Name", width=44, total=Total.COUNT, code="organisation.name"),
    Column("Role", code="organisation.partner_role"),
    Column(
        "Sectoral industries",
        width=34,
        note="One value a line.",
        code="organisation.sectoral_industries",
    ),
    Column(
        "Technology fields",
        width=34,
        note="One value a line.",
        code="organisation.technology_fields",
    ),
    Column(
        "Smart specialisation",
        width=44,
        note="One value a line: the upper level > the lower one.",
        code="organisation.smart_specialisation",
    ),
    Column(
        "Emerging industries",
        width=26,
        note="One value a line.",
        code="organisation.emerging_industries",
    ),
    Column("Country", code="organisation.country"),
    Column("Regions", width=26, code="organisation.region"),
    Column("NUTS code", code="organisation.region_code"),
    Column("Total no. of members", Kind.WHOLE, total=Total.SUM),
    Column("Total no. of SME", Kind.WHOLE, total=Total.SUM),
    Column("As of", Kind.DAY),
)


def newest_figures(reader: Reader) -> dict[Id, ClusterFigures]:
    """Give the newest figures of each cluster that has any; undated ones are the oldest."""
    newest: dict[Id, ClusterFigures] = {}
    for figures in reader.all(ClusterFigures):
        known = newest.get(figures.cluster)
        if known is None or _age(known) <= _age(figures):
            newest[figures.cluster] = figures
    return newest


def _age(figures: ClusterFigures) -> tuple[bool, PartialDate | None]:
    return (figures.as_of is not None, figures.as_of)


def composition(reader: Reader, facts: ProgrammeFacts, made_at: datetime) -> Report:
    """Build the composition (workbook X8) of the own partnership."""
    own = own_partnership(reader)
    clusters = partners(reader)
    return Report(
        title="Partnership composition",
        subtitle=(own.full_name or "") if own else "",
        made_at=made_at,
        partnership=own.acronym if own else "",
        tables=(
            Table(
                name="Composition",
                columns=COLUMNS,
                rows=list(_rows(reader, facts, clusters)),
                frozen=2,
            ),
        ),
        definitions=(
            Definition(
                "Members and SMEs",
                "The newest figures of each cluster, with the date they are known for.",
            ),
        ),
    )


def _rows(reader: Reader, facts: ProgrammeFacts, clusters: list[Organisation]) -> Iterator[Row]:
    newest = newest_figures(reader)
    for cluster in clusters:
        figures = newest.get(cluster.id)
        as_of = figures.as_of if figures else None
        yield (
            cluster.id,
            cluster.name,
            (cluster.partner_role or PartnerRole.PARTNER).label,
            _lines(facts, "sectoral_industry", cluster.sectoral_industries),
            _lines(facts, "technology_field", cluster.technology_fields),
            _lines(facts, "smart_specialisation", cluster.smart_specialisation),
            _lines(facts, "emerging_industry", cluster.emerging_industries),
            facts.country_name(cluster.country) if cluster.country else None,
            cluster.region,
            cluster.region_code,
            figures.members if figures else None,
            figures.smes if figures else None,
            None if as_of is None else as_of.first if as_of.day else as_of.isoformat(),
        )


def _lines(facts: ProgrammeFacts, vocabulary: str, codes: tuple[str, ...]) -> str | None:
    return "\n".join(facts.term_path(vocabulary, code, " > ") for code in codes) or None
