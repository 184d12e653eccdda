"""Whose members a list has, and the figures that its row of totals tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smartct_desktop.domain.book import Mark, Row
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.drafts import Draft, TableWork, draft_key
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue, Target
from smartct_desktop.services.importing.questions import Place

STORE, LEAVE_OUT = "store", "leave out"
_NUMBER = re.compile(r"\d+")


def cluster_of(table: TableWork) -> Target | Asked | None:
    """Give the cluster whose members the table lists: named in a title, or else asked for."""
    clusters = table.work.known.clusters
    named = [
        cluster
        for cluster in clusters
        if any(f" {fold(cluster.name)} " in f" {fold(title)} " for title in table.titles)
    ]
    if len(named) == 1:
        return Target("organisation", named[0].name, named[0].id)
    sender = table.sender
    place = Place("cluster", "file", Sentence("Whose members are these?"), table.sheet)
    given = table.work.asking.ask(
        place,
        options=(*(cluster.name for cluster in clusters), None),
        propose=sender.name if sender else None,
        certainty=0.7 if sender else 0.0,
    )
    if given is None:
        proposed = Target("organisation", sender.name, sender.id) if sender else None
        return Asked(place.id, "", proposed)
    return next(
        (Target("organisation", c.name, c.id) for c in clusters if c.name == given.value), None
    )


def figures_of(table: TableWork, cluster: PlanValue, listed: int) -> Iterator[Draft]:
    """Offer the last row of totals as figures of the cluster at the date of the list."""
    row = next((row for row in reversed(table.totals) if _counts_members(row, table)), None)
    if row is None or not isinstance(cluster, Target):
        return
    told, smes = _members_told(row, table), _smes_told(row, table)
    members = listed if told is None else told
    if told is not None and told != listed:
        table.findings.append(
            PlanFinding(
                "ORG-10",
                Severity.WARNING,
                Sentence(
                    "The list says {told} members, but names {listed}.", told=told, listed=listed
                ),
                table.sheet,
                (row.number,),
            )
        )
    as_of = date_of_list(table)
    place = Place(
        "snapshot",
        "row",
        Sentence(
            "Shall {members} members, {smes} SMEs among them, be kept as figures of {cluster}?",
            members=members,
            smes=smes if smes is not None else "?",
            cluster=cluster.name,
        ),
        table.sheet,
    )
    given = table.work.asking.ask(
        place, rows=[row.number], options=(STORE, LEAVE_OUT), propose=STORE, certainty=0.8
    )
    values: dict[str, PlanValue] = {"cluster": cluster, "as_of": as_of, "members": members}
    if smes is not None:
        values["smes"] = smes
    draft = Draft(
        "snapshot",
        draft_key("snapshot", table.sheet, row.number),
        table.sheet,
        [row.number],
        values,
    )
    draft.id = _stored(table, cluster.id, as_of)
    draft.left_out = given is not None and given.value == LEAVE_OUT
    if given is None:
        draft.waits.append(place.id)
    yield draft
    if not draft.left_out:
        table.findings.extend(_small(table, row, members))


def date_of_list(table: TableWork) -> PartialDate | None:
    """Give the date a title tells: "Stand: 31.12.2021", "as of March 2021"."""
    words, latest = table.work.dictionary.words, table.work.today.year + 10
    texts = DateText(table.work.dictionary.dates, latest)
    for title in table.titles:
        begun = words.beginning("as_of", title)
        if begun is None:
            continue
        rest = title[_length_of_words(title, begun[0].count(" ") + 1) :]
        reading = texts.read(rest.strip(" :,–-"))
        if reading is not None and len(reading.meanings) == 1:
            (span,) = reading.meanings
            return span.last
    return None


def _length_of_words(text: str, count: int) -> int:
    """Give where the text goes on behind its first words."""
    ends = [match.end() for match in re.finditer(r"\w+", text)]
    return ends[min(count, len(ends)) - 1] if ends else 0


def _counts_members(row: Row, table: TableWork) -> bool:
    column = _name_column(table)
    value, marks = row.value(column), row.look(column).marks
    label = next((v for v in row.values if isinstance(v, str)), "")
    counted = isinstance(value, int | float) or Mark.NO_RESULT in marks
    return counted or bool(_NUMBER.search(label))


def _members_told(row: Row, table: TableWork) -> int | None:
    """Give the number of members that the row tells, None if its formula has no result."""
    value = row.value(_name_column(table))
    if isinstance(value, int | float) and float(value).is_integer():
        return int(value)
    label = next((v for v in row.values if isinstance(v, str)), "")
    numbers = _NUMBER.findall(label)
    return int(numbers[0]) if len(numbers) == 1 else None


def _smes_told(row: Row, table: TableWork) -> int | None:
    """Give the number of SMEs out of a text such as "of which SMEs: 6"."""
    for value in row.values:
        if isinstance(value, str):
            begun = table.work.dictionary.words.beginning("total_row", value)
            numbers = _NUMBER.findall(value)
            if begun and begun[1].code == "smes" and len(numbers) == 1:
                return int(numbers[0])
    return None


def _name_column(table: TableWork) -> int:
    return next(m.index for m in table.mapped if m.code == "organisation.name")


def _stored(table: TableWork, cluster: Id | None, as_of: PartialDate | None) -> Id | None:
    return next(
        (f.id for f in table.work.known.figures if f.cluster == cluster and f.as_of == as_of), None
    )


def _small(table: TableWork, row: Row, members: int) -> Iterator[PlanFinding]:
    least = table.work.rules.min_cluster_members
    if members < least:
        yield PlanFinding(
            "ORG-09",
            Severity.WARNING,
            Sentence(
                "A cluster with a profile on the European platform has at least {least} members; "
                "this one has {members}.",
                least=least,
                members=members,
            ),
            table.sheet,
            (row.number,),
        )
