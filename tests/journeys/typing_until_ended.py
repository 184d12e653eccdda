"""Types into a field of an exchange, says so, and waits until the system ends the program.

Run as `python -m tests.journeys.typing_until_ended DOCUMENT TEXT`.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from smartct_desktop.ui.safety.ending import Ending
from tests.journeys.typing_until_killed import typed


def say_typed() -> None:
    sys.stdout.write("typed\n")
    sys.stdout.flush()


def main(document: Path, text: str) -> None:
    app = typed(document, text)
    ending = Ending(app.application, app.keep)
    QTimer.singleShot(0, say_typed)
    app.application.exec()
    ending.end()
    app.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
