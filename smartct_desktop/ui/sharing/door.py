"""Comes to the front when the same document is opened a second time on this machine."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from smartct_desktop.system.coming_forward import Door, accept


class FrontDoor(QObject):
    """Watches for requests as long as the window lives. Raises `Trouble` if it cannot."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._door = Door()
        self._watcher = QFileSystemWatcher([str(self._door.folder)], self)
        self._watcher.directoryChanged.connect(self._look)
        self._look()  # what came while nobody watched

    def close(self) -> None:
        """Take no more requests."""
        self._watcher.removePaths(self._watcher.directories())
        self._door.close()

    def _look(self) -> None:
        for wanted in self._door.take():
            accept(wanted)
            come_forward(self._window)


def come_forward(window: QWidget) -> None:
    """Show a window in front, with whatever question lies over it."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    front = QApplication.activeModalWidget() or window
    front.raise_()
    front.activateWindow()
    QApplication.alert(window)  # where no program may put itself in front, it is marked
