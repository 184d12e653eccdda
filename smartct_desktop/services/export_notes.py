"""The note in the history that data about people left the document: who, when, which file."""

from __future__ import annotations

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.exporting import Exported


def note_export(document: Document, exported: Exported) -> Sentence | None:
    """Note an export that tells something of people; runs on the document's own thread.

    Gives what is to be told of it: that it was noted or could not be; None for a file that tells
    nothing of people.
    """
    if not exported.personal:
        return None
    label = Sentence(
        "export of {report} with personal data to {file}",
        report=exported.report,
        file=exported.path.name,
    )
    if exported.part:
        label = Sentence("{label} ({part})", label=label, part=exported.part)
    if document.read_only:
        return _not_noted()
    try:
        document.note(label)
    except Trouble:
        return _not_noted()
    return Sentence("It contains personal data, which is noted in the history.")


def _not_noted() -> Sentence:
    return Sentence(
        "It contains personal data. That could not be noted in the document, which is open for "
        "reading only: keep a note of it yourself."
    )
