"""The document that is shown, with what belongs to it on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.document import Document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.forms.editors import Editors


@dataclass(frozen=True)
class Desk:
    """One open document, the facts of the programme, and how values are written and edited."""

    document: Document
    facts: ProgrammeFacts
    texts: Texts
    editors: Editors

    @property
    def reader(self) -> Reader:
        """The reader of the window's own thread."""
        return self.document.read

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.document.read_only
