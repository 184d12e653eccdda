"""The document that is shown, with what belongs to it on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.services.document import Document
from smartct_desktop.services.editing import change_value
from smartct_desktop.services.kept_stock import KeptStock
from smartct_desktop.services.newcomers import Newcomers
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.forms.editors import Editors


def _say_nothing(_new: Sequence[Record]) -> None:
    """Nobody has to be told."""


@dataclass(frozen=True)
class Desk:
    """One open document, the facts of the programme, and how values are written and edited.

    `newcomers` are the records that the editors make: they are written with what names them, and
    `welcome` hears of it. `stock` is what figures are counted from.
    """

    document: Document
    facts: ProgrammeFacts
    texts: Texts
    editors: Editors
    newcomers: Newcomers = field(default_factory=Newcomers)
    welcome: Callable[[Sequence[Record]], None] = _say_nothing
    stock: KeptStock = field(default_factory=KeptStock)

    @property
    def reader(self) -> Reader:
        """The reader of the window's own thread."""
        return self.document.read

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.document.read_only

    def write(self, id_: Id, field: Field, value: Value) -> None:
        """Write one value as a step. Raises `Invalid`, `Trouble`, KeyError."""
        new = self.newcomers.among([value])
        change_value(self.document, id_, field, value, new)
        if new:
            self.welcome(new)
