"""The window of the help: the pages at the left, the page at the right, a search over all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import (
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.folding import fold
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.help.topics import TOPICS, Topic
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look

_WIDE, _HIGH, _LIST = 860, 600, 250
_LINE = 135  # per cent between the lines
_NAME = Qt.ItemDataRole.UserRole


class HelpWindow(QDialog):
    """Stays beside the main window; everything in it works without a network."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(False)
        self._look = look
        self._folded = {topic.name: fold(f"{tr(topic.title)} {topic.text}") for topic in TOPICS}
        self.setWindowTitle(tr("Help"))
        self.search = SearchField(look, tr("Search the help…"))
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._to_page)
        self.search.installEventFilter(self)
        self.pages = QListWidget()
        self.pages.setAccessibleName(tr("Pages"))
        self.pages.setProperty("ground", "side")
        self.pages.setProperty("ring", "always")
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages.setWordWrap(True)
        self.pages.currentItemChanged.connect(self._turn_to)
        self.pages.itemActivated.connect(self._to_page)
        self._nothing = label(tr("No page has these words."), tone="muted", wrap=True)
        self._nothing.hide()
        self.page = QTextBrowser()
        self.page.setAccessibleName(tr("Page"))
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        self.page.setProperty("ground", "page")
        self.page.setProperty("ring", "always")
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.search)
        side.addWidget(self._nothing)
        side.addWidget(self.pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addLayout(side)
        row.addWidget(self.page, 1)
        FocusRing(look, self)
        look.changed.connect(self._fit)
        self._narrow("")
        self._fit()
        room = parent.window().size()
        self.resize(min(look.px(_WIDE), room.width()), min(look.px(_HIGH), room.height()))

    @property
    def topic(self) -> str:
        """The name of the page that is shown."""
        item: QListWidgetItem | None = self.pages.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def show_topic(self, name: str) -> None:
        """Bring the window to the front with this page."""
        self.search.clear()
        for row in range(self.pages.count()):
            if self.pages.item(row).data(_NAME) == name:
                self.pages.setCurrentRow(row)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search the arrow goes down into the list."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        pressed = event.type() == QEvent.Type.KeyPress
        if watched is self.search and pressed and key == Qt.Key.Key_Down:
            self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        """Show the pages that have all words; those that have them in the title first."""
        words = fold(typed).split()
        fitting = [t for t in TOPICS if all(word in self._folded[t.name] for word in words)]
        fitting.sort(key=lambda t: not all(word in fold(tr(t.title)) for word in words))
        before = self.topic
        self.pages.blockSignals(True)
        self.pages.clear()
        for topic in fitting:
            item = QListWidgetItem(tr(topic.title))
            item.setData(_NAME, topic.name)
            self.pages.addItem(item)
        self.pages.blockSignals(False)
        names = [topic.name for topic in fitting]
        self._nothing.setHidden(bool(names))
        kept = before if before in names and not words else next(iter(names), "")
        if kept:
            self.pages.setCurrentRow(names.index(kept))

    def _turn_to(self) -> None:
        topic = _topic(self.topic)
        self.page.setMarkdown(topic.text)
        _set(self.page.document(), self._look)
        self.page.setAccessibleName(tr(topic.title))

    def _to_page(self) -> None:
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, url: QUrl) -> None:
        """Links lead to other pages and nowhere else."""
        name = url.path().removesuffix(".md")
        if any(topic.name == name for topic in TOPICS):
            self.show_topic(name)

    def _fit(self) -> None:
        self.search.setFixedWidth(self._look.px(_LIST))
        self.pages.setFixedWidth(self._look.px(_LIST))
        self._nothing.setFixedWidth(self._look.px(_LIST))
        document = self.page.document()
        document.setDefaultFont(self._look.fonts.text)
        document.setDocumentMargin(self._look.px(14))
        if self.topic:
            self._turn_to()


def _set(document: QTextDocument, look: Look) -> None:
    """Give a page the room between its lines that running text needs, and quiet headings."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        shape = QTextBlockFormat(block.blockFormat())
        shape.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setTopMargin(look.px(12 if level > 1 else 0))
        shape.setBottomMargin(look.px(8 if level == 1 else 5))
        cursor.setBlockFormat(shape)
        if level:
            letters = QTextCharFormat()
            letters.setFont(look.fonts.figure_small if level == 1 else look.fonts.text_strong)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setCharFormat(letters)
        block = block.next()


def _topic(name: str) -> Topic:
    return next((topic for topic in TOPICS if topic.name == name), TOPICS[0])
