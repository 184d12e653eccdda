"""The step “Files”: dropped or chosen, one or several, and how far each one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.forms.offers import Offer
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.file_card import FileCard
from smartct_desktop.ui.import_assistant.file_import import FileImport
from smartct_desktop.ui.import_assistant.tab_order import put_behind
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

ChooseFiles = Callable[[QWidget], Sequence[Path]]
"""Lets the person choose files; nothing if they thought better of it."""

_SIGN = 24
_WIDEST = 860
_PATTERNS = "*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.tsv *.txt *.html *.htm *.xml *.mht *.mhtml"


def choose_files(parent: QWidget) -> Sequence[Path]:
    """Ask with the dialog of the system."""
    kinds = tr("Sheets and text files ({patterns})", patterns=_PATTERNS)
    names, _ = QFileDialog.getOpenFileNames(
        parent, tr("Files to import"), "", f"{kinds};;{tr('All files (*)')}"
    )
    return [Path(name) for name in names]


class FilesStep(QScrollArea):
    """`handed_over` has the paths of files that were dropped or chosen."""

    handed_over = Signal(object)
    removed = Signal(object)

    def __init__(
        self,
        look: Look,
        jobs: Jobs,
        clusters: Sequence[Offer],
        choose: ChooseFiles = choose_files,
    ) -> None:
        super().__init__()
        self._look = look
        self._jobs = jobs
        self._clusters = clusters
        self._choose = choose
        self.cards: list[FileCard] = []
        self.drop = _DropField(look)
        self.drop.dropped.connect(self.handed_over)
        self.choose_button = self.drop.choose_button
        self.choose_button.clicked.connect(self._ask)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        inside = surface("window")
        middle = QWidget()
        middle.setMaximumWidth(look.px(_WIDEST))
        column = QVBoxLayout(middle)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(self.drop)
        column.addLayout(self._list)
        column.addStretch(1)
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def add(self, file: FileImport) -> None:
        """Show one more file."""
        card = FileCard(self._look, self._jobs, file, self._clusters)
        card.removed.connect(self._remove)
        self.cards.append(card)
        self._list.addWidget(card)
        before = self.cards[-2].sender_choice if len(self.cards) > 1 else self.choose_button
        put_behind(before, [card.remove, card.sender_choice])

    def take_off(self, file: FileImport) -> None:
        """Show a file no longer."""
        card = next((card for card in self.cards if card.file is file), None)
        if card is not None:
            self.cards.remove(card)
            card.hide()
            card.deleteLater()

    def _remove(self) -> None:
        card = self.sender()
        assert isinstance(card, FileCard)
        self.removed.emit(card.file)

    def _ask(self) -> None:
        paths = self._choose(self)
        if paths:
            self.handed_over.emit(list(paths))


class _DropField(QWidget):
    """Where files are dropped; the whole field is the goal."""

    dropped = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._hovered = False
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = label(tr("Drop the partner's files here, or"), face="medium")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose_button = button(look, tr("Choose files…"), icon="folder-open", room="large")
        kinds = label(
            tr(
                "Workbooks (.xlsx, .xlsb, .xls, .ods), texts (.csv) and web pages: "
                "read only, never changed."
            ),
            face="small",
            tone="muted",
            wrap=True,
        )
        kinds.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Files to import"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addWidget(self._sign)
        column.addWidget(words)
        column.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(kinds)
        look.changed.connect(self._tint)
        self._tint()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.acceptProposedAction()
            self._hover(on=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._hover(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(on=False)
        paths = paths_of(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = look.colour("accent" if self._hovered else "edge")
        painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(look.colour("soft" if self._hovered else "base"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _hover(self, *, on: bool) -> None:
        self._hovered = on
        self.update()

    def _tint(self) -> None:
        ratio = self.devicePixelRatio()
        self._sign.setPixmap(self._look.icons.pixmap("upload", "muted", _SIGN, ratio))
        self.update()


def paths_of(mime: QMimeData) -> list[Path]:
    """The local files among what is dragged."""
    urls = mime.urls() if mime.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
