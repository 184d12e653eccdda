"""The command that makes a new document of what can be read of a damaged one."""

from __future__ import annotations

import argparse

from smartct_desktop.cli.outcome import DONE, LEFT, print_json
from smartct_desktop.cli.passwords import key_for
from smartct_desktop.cli.progress_line import told
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.salvage import salvage_document


def salvage(parsed: argparse.Namespace) -> int:
    """Write a new document and a report beside it; the damaged one stays as it is."""
    with told(Progress()) as progress:
        found = salvage_document(parsed.doc, parsed.out, progress, key=key_for(parsed.doc))
    if parsed.json:
        print_json(
            {
                "document": str(found.document),
                "report": str(found.report),
                "records": found.kept,
                "missing": found.missing,
                "names": found.names,
                "further": [str(line) for line in found.further],
            }
        )
    else:
        for line in found.lines():
            print(line)
        print(f"Wrote {found.document} and {found.report}.")
    return DONE if found.whole else LEFT
