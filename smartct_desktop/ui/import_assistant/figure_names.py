"""What the figures are called and which numbers they are to reach."""

from __future__ import annotations

from collections.abc import Callable

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.services.document import Document
from smartct_desktop.services.figures import Figure, figures
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.import_assistant.effect_panel import FigureName
from smartct_desktop.ui.jobs import Jobs


def ask_figure_names(
    jobs: Jobs, document: Document, take: Callable[[dict[str, FigureName]], object]
) -> None:
    """Read names and targets in a job: the figures themselves come with every plan."""

    def work(_progress: object) -> list[Figure]:
        with document.reader() as reader:
            return figures(reader, local_today())

    def done(found: list[Figure]) -> None:
        take({one.code: FigureName(one.name, one.target) for one in found})

    jobs.run(work, done, _do_without_names, shown=False)


def _do_without_names(error: Exception) -> None:
    """Show the codes: the document is what fails, and whoever plans will say so."""
    if not isinstance(error, Trouble):
        raise error
