"""The messages to the partners about what is waited for: read, change, copy."""

from __future__ import annotations

from urllib.parse import quote

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.letters import LANGUAGES, Letter, Letters, language_for
from smartct_desktop.ui.buttons import Kind, button, switch
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look

_SIZE = (900, 560)
_LIST = 260
_BESIDE = 28  # pixels around a name in the list
_MOST_IN_LINK = 1800  # characters; longer ones are cut off by some mail programs


class LettersDialog(QDialog):
    """A partner at the left, its message at the right.

    What was changed in a message stays while the dialog is open.
    """

    def __init__(self, look: Look, letters: Letters, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._letters = letters
        self._partners = letters.partners
        self._languages = {partner.id: language_for(partner) for partner in self._partners}
        self._changed: dict[tuple[Id, str], str] = {}
        self._letter: Letter | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Write to partners"))
        resize_within(self, look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Partners"))
        self.list.setProperty("ground", "side")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(look.px(_LIST))
        for partner in self._partners:
            number = f"  ({letters.count(partner.id)})"
            room = look.px(_LIST - _BESIDE) - look.metrics.text.horizontalAdvance(number)
            name = look.metrics.text.elidedText(partner.name, Qt.TextElideMode.ElideRight, room)
            line = QListWidgetItem(name + number, self.list)
            line.setSizeHint(QSize(0, look.measures.row))
            line.setToolTip(tool_tip(partner.name, look))
            line.setData(Qt.ItemDataRole.AccessibleTextRole, partner.name + number)
        self.language = QComboBox()
        self.language.setAccessibleName(tr("Language of the message"))
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.subject = QLineEdit()
        self.subject.setAccessibleName(tr("Subject"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("Message"))
        self.text.setTabChangesFocus(True)
        self.copy_button = button(look, tr("Copy the message"), Kind.PRIMARY, icon="copy")
        self.mail_button = button(look, tr("Open in the mail program"), icon="mail")
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        self.language.currentIndexChanged.connect(self._take_language)
        self.text.textChanged.connect(self._keep)
        self.copy_button.clicked.connect(self.copy)
        self.mail_button.clicked.connect(self._mail)
        if self._partners:
            self.list.setCurrentRow(0)
        switch(
            self.copy_button,
            look,
            on=bool(self._partners),
            reason=tr("No partner has anything to send."),
        )

    def copy(self) -> None:
        """Put subject and text into the clipboard."""
        whole = f"{self.subject.text()}\n\n{self.text.toPlainText()}"
        QGuiApplication.clipboard().setText(whole)
        self.copy_button.setText(tr("Copied"))

    # Within.

    def _lay_out(self) -> None:
        columns = QHBoxLayout(self)
        columns.setContentsMargins(16, 16, 16, 12)
        columns.setSpacing(12)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        nobody = len(self._letters.of_nobody)
        if nobody:
            words = tr(
                "{n} more belong to no partner: say whose members the visitors are.", n=nobody
            )
            left.addWidget(label(words, face="small", tone="muted", wrap=True))
        columns.addLayout(left)
        right = QVBoxLayout()
        right.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.subject, 1)
        top.addWidget(self.language)
        right.addLayout(top)
        right.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.copy_button)
        foot.addWidget(self.mail_button)
        foot.addStretch(1)
        close = button(self._look, tr("Close"))
        close.clicked.connect(self.close)
        foot.addWidget(close)
        right.addLayout(foot)
        columns.addLayout(right, 1)

    def _show(self, row: int) -> None:
        partner: Organisation = self._partners[row]
        language = self._languages[partner.id]
        self._letter = None
        self.language.setCurrentIndex(self.language.findData(language))
        letter = self._letters.write(partner, language)
        self.subject.setText(letter.subject)
        self.text.setPlainText(self._changed.get((partner.id, language), letter.text))
        self._letter = letter
        self.copy_button.setText(tr("Copy the message"))
        self.mail_button.setToolTip(letter.email or tr("No e-mail address is known."))

    def _take_language(self) -> None:
        row = self.list.currentRow()
        if self._letter is not None and row >= 0:
            self._languages[self._partners[row].id] = str(self.language.currentData())
            self._show(row)

    def _keep(self) -> None:
        if self._letter is not None:
            key = (self._letter.partner, self._letter.language)
            self._changed[key] = self.text.toPlainText()
            self.copy_button.setText(tr("Copy the message"))

    def _mail(self) -> None:
        """Hand the message to the mail program; a very long one is copied to be pasted there."""
        if self._letter is None:
            return
        body = quote(self.text.toPlainText())
        if len(body) > _MOST_IN_LINK:
            self.copy()
            body = ""
        link = f"mailto:{quote(self._letter.email or '')}?subject={quote(self.subject.text())}"
        QDesktopServices.openUrl(QUrl(f"{link}&body={body}" if body else link))
