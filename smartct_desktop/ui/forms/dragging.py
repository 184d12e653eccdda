"""Dragging attached files out of the window, into a folder or a message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.ui.forms.attaching import Attaching
from smartct_desktop.ui.forms.part_table import PartTable
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look


class FileDrag(QObject):
    """Lets the files of a table be dragged by their names.

    A file that is dragged has to lie somewhere: a copy is written in a job when the drag begins.
    Who lets go before it is there is told to drag once more.
    """

    def __init__(
        self,
        look: Look,
        table: PartTable,
        attaching: Attaching,
        file_at: Callable[[Index], Attachment | None],
    ) -> None:
        super().__init__(table)
        self._look = look
        self._table = table
        self._attaching = attaching
        self._file_at = file_at
        self._pressed: tuple[QPoint, Attachment] | None = None
        self._copies: dict[Id, Path] = {}
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        at = event.position().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() is Qt.MouseButton.LeftButton:
                paper = self._file_at(self._table.indexAt(at))
                self._pressed = None if paper is None else (at, paper)
            case QEvent.Type.MouseButtonRelease:
                self._pressed = None
            case QEvent.Type.MouseMove if self._pressed is not None:
                began, paper = self._pressed
                if (at - began).manhattanLength() >= QApplication.startDragDistance():
                    self._pressed = None
                    self._begin(paper)
                return True  # cells are not selected by it
            case _:
                pass
        return False

    def _begin(self, paper: Attachment) -> None:
        copy = self._copies.get(paper.id)
        if copy is not None and copy.exists():
            self._drag(copy)
        else:
            self._attaching.put_copy(paper, self._go_on)

    def _go_on(self, paper: Attachment, copy: Path) -> None:
        self._copies[paper.id] = copy
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._drag(copy)
        else:
            self._attaching.tell(tr("{file} is ready now. Drag it once more.", file=copy.name))

    def _drag(self, copy: Path) -> None:
        drag = QDrag(self._table)
        drag.setMimeData(dragged(copy))
        side = self._look.measures.icon
        drag.setPixmap(self._look.icons.pixmap("paperclip", "accent", side, 1.0))
        drag.exec(Qt.DropAction.CopyAction)


def dragged(copy: Path) -> QMimeData:
    """What a drag carries: the place of the copy."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(copy))])
    return data
