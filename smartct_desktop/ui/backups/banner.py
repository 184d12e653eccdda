"""What stands above a backup that is looked into: that it is one, and the ways on from there."""

from __future__ import annotations

from smartct_desktop.ui.banner import Banner
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look


class LookingBanner(Banner):
    """Hidden unless a backup is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.back_button = self.offer(tr("Back to the document"))
        self.restore_button = self.offer(tr("Restore it…"))
