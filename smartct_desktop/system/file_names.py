"""Names that some system takes for something else than a file."""

from __future__ import annotations

import re

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence

DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)", re.IGNORECASE
)
"""What Windows takes for a device, whatever its ending."""


def refuse_device(name: str) -> None:
    """Refuse, on every system, a name that Windows takes for a device. Raises `Trouble`."""
    device = DEVICE.match(name)
    if device is not None:
        raise Trouble(
            Sentence("Windows takes {word} for a device, not for a file.", word=device[1]),
            Sentence("Choose another name, so that the file can be opened on any computer."),
        )
