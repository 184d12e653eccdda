"""Going to one step of the history from somewhere else."""

from __future__ import annotations

from smartct_desktop.ui.history.page import HistoryPage


def go_to_step(page: HistoryPage, no: int) -> bool:
    """Make a step the current one, without the filters that may hide it; False if there is none."""
    found = page.show_step(no)
    if found:
        page.step_list.setFocus()
    return found
