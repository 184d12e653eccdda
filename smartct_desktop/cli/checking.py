"""The command that checks a document: the file itself, and its records against the rules."""

from __future__ import annotations

import argparse
from contextlib import closing

from smartct_desktop.cli.outcome import DONE, LEFT, print_json
from smartct_desktop.cli.passwords import opened
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document

_PAGE = 500

Line = tuple[str, Id, str, Finding]
"""Kind, id and caption of a record, and one thing that a rule says of it."""


def check(parsed: argparse.Namespace) -> int:
    """Check the file and its records; prints one line a finding. Changes nothing.

    The rules are asked anew, whatever findings the document keeps.
    """
    with closing(opened(parsed.doc, read_only=True)) as document:
        broken = document.integrity()
        found = [] if broken else [*_findings(document), *_of_figures(document)]
    if parsed.json:
        print_json(
            {
                "document": parsed.doc.name,
                "integrity": [str(line) for line in broken],
                "findings": [_as_json(line) for line in found],
            }
        )
    else:
        _tell(broken, found)
    return LEFT if broken or found else DONE


def _findings(document: Document) -> list[Line]:
    records = list(document.checker.everything(document.read))
    captions: dict[Id, str] = {}
    for start in range(0, len(records), _PAGE):
        page = records[start : start + _PAGE]
        for kind in {kind for kind, _, _ in page}:
            ids = [id_ for of, id_, _ in page if of == kind]
            captions |= document.read.captions(kind, ids)
    return [
        (kind, id_, captions.get(id_, ""), finding)
        for kind, id_, findings in records
        for finding in findings
    ]


def _of_figures(document: Document) -> list[Line]:
    """What is to be said of the own partnership as a whole, if the document has one."""
    from smartct_desktop.services.figure_findings import partnership_findings
    from smartct_desktop.services.programme import ProgrammeFacts

    found = partnership_findings(document.read, ProgrammeFacts(), document.checker.today)
    return [(one.kind, one.id, one.caption, one.finding) for one in found]


def _as_json(line: Line) -> dict[str, object]:
    kind, id_, caption, finding = line
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "kind": kind,
        "record": id_,
        "caption": caption,
        "field": finding.field or None,
        "message": str(finding.sentence),
    }


def _tell(broken: list[Sentence], found: list[Line]) -> None:
    for sentence in broken:
        print(sentence)
    if not broken:
        print("The document is whole.")
    for kind, _, caption, finding in found:
        print(
            f"{finding.severity.value:<8} {finding.code:<8} {caption or kind}: {finding.sentence}"
        )
