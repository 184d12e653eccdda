"""What can be done with backups in the window, and who does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.backing_up import DocumentBackups, Standing
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.services.restoring import (
    Former,
    copy_to_look_into,
    former_records,
    known_backup,
    return_step,
)
from smartct_desktop.system.backup import Backup
from smartct_desktop.ui.backups.second_question import SecondQuestion
from smartct_desktop.ui.backups.sign import BackupSign
from smartct_desktop.ui.backups.watch import BackupWatch
from smartct_desktop.ui.backups.words import former_password, made_words
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.planning import Planning

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key
    from smartct_desktop.ui.backups.bringing import BringBackDialog
    from smartct_desktop.ui.backups.window import BackupsWindow
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.main_window import MainWindow

_FILES = "SmartCT backups (*.smartct-backup *.smartct)"


@dataclass(frozen=True, slots=True)
class _Seen:
    """The backups that there are, and how many records the document has of each kind."""

    there: Sequence[Backup]
    standing: Standing
    now: Mapping[str, int]


class BackupCommands(QObject):
    """The window of the backups and the sign in the status bar, for the document that is shown.

    `look_asked(backup)` and `restore_asked(backup)` want the document to be closed for another.
    """

    look_asked = Signal(object)
    restore_asked = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._tools = window.tools
        self._desk: Desk | None = None
        self._planning = Planning(self._tools, window)
        self.watch = BackupWatch(self._tools, self)
        self.sign = BackupSign(self._tools.look)
        self.shown: BackupsWindow | None = None
        self.bringing: BringBackDialog | None = None
        window.statusBar().addPermanentWidget(self.sign)
        self.sign.asked.connect(self.show)
        self.watch.told.connect(self._tell)
        self._second = SecondQuestion(window, self._ask_wishes)
        window.command["backups"].triggered.connect(self.show)
        self.attach(None)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        if self.shown is not None:
            self.shown.close()
        self._desk = desk
        self.sign.hide()
        self._planning.attach(desk)
        self.watch.attach(desk)
        self._second.drop()
        reason = tr("Open a document first.")
        self._window.command.switch("backups", on=desk is not None, reason=reason)

    def leave(self) -> None:
        """Let go of the document, which is about to be closed."""
        self.watch.leave()
        self.attach(None)

    def show(self) -> None:
        """Open the window of the backups, or bring it forward."""
        from smartct_desktop.ui.backups.window import BackupsWindow

        desk = self._desk
        if desk is None or not self._window.finish_editing():
            return
        if self.shown is None:
            self.shown = shown = BackupsWindow(self._tools.look, desk, self._window)
            shown.look_asked.connect(self._look)
            shown.restore_asked.connect(self.restore_asked)
            shown.bring_back_asked.connect(self.bring_back)
            shown.file_asked.connect(self._ask_file)
            shown.make_asked.connect(self._make_now)
            shown.check_asked.connect(self._check_all)
            shown.wishes_asked.connect(self._ask_wishes)
            shown.finished.connect(self._forget)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()
        self.renew()

    def renew(self) -> None:
        """Look again at what there is, in a job."""
        backups, desk = self.watch.backups, self._desk
        if self.shown is not None and backups is not None and desk is not None:
            self._planning.run(
                tr("Looking at the backups"), partial(_see, backups), self._show_seen
            )

    def bring_back(self, backup: Backup, key: Key | None = None) -> None:
        """Compare a backup with the document, and let records of it be chosen.

        `key` opens the backup if it is another one than that of the document.
        """
        desk = self._desk
        if desk is None:
            return

        def compare(now: Reader, _progress: Progress) -> Former:
            from smartct_desktop.services.opening import open_document

            fitting = key or desk.document.key
            path = copy_to_look_into(backup.path, fitting, desk.document.path)
            with (
                closing(open_document(path, read_only=True, key=fitting, facts=desk.facts)) as then,
                then.reader() as reader,
            ):
                return former_records(reader, now)

        show = partial(self._choose_records, backup)
        failed = partial(self._ask_key, backup)
        self._planning.run(tr("Comparing the backup with now"), compare, show, failed=failed)

    # Within.

    def _ask_key(self, backup: Backup, failure: Exception) -> bool:
        """Ask for the password of a backup that has another one."""
        again = partial(self.bring_back, backup)
        return self._tools.keys.retried(backup.path, failure, again, former_password())

    def _forget(self) -> None:
        shown, self.shown = self.shown, None
        if shown is not None:
            shown.deleteLater()

    def _show_seen(self, seen: _Seen) -> None:
        if self.shown is not None:
            self.shown.tell(seen.there, seen.standing, seen.now)
        self._tell(seen.standing)

    def _tell(self, standing: Standing) -> None:
        if self._desk is not None:
            self.sign.tell(standing, self._desk.texts)
            if not self._desk.read_only:
                self._second.hear(standing)

    def _look(self, backup: Backup) -> None:
        self.look_asked.emit(backup)

    def _ask_file(self) -> None:
        """Restore from a backup that lies somewhere else: on a stick, or from a colleague."""
        second = BackupWishes.of(self._tools.settings).second
        name, _ = QFileDialog.getOpenFileName(
            self.shown, tr("A backup to restore"), str(second or Path.home()), tr(_FILES)
        )
        if name:
            found: list[Backup] = []
            if self._tools.try_deed(lambda: found.append(known_backup(Path(name)))):
                self.restore_asked.emit(found[0])

    def _make_now(self) -> None:
        self.watch.make_now(self._made)

    def _made(self, standing: Standing) -> None:
        if standing.trouble is not None:
            self._tools.messages.tell_trouble(self._window, standing.trouble)
        self.renew()

    def _check_all(self) -> None:
        backups = self.watch.backups
        if backups is not None:
            self._tools.jobs.run(
                partial(_check, backups), self._checked, title=tr("Checking the backups")
            )

    def _checked(self, damaged: int) -> None:
        words = tr("All backups are as they were written.")
        if damaged:
            words = tr("Damaged backups: {n}. They are not offered for a restore.", n=damaged)
        self._tools.note.tell(words)
        self.renew()

    def _ask_wishes(self) -> None:
        from smartct_desktop.ui.backups.wishes_dialog import WishesDialog

        settings = self._tools.settings
        # Not the window of the backups: that may be closed, and take its dialogs with it.
        dialog = WishesDialog(self._tools.look, BackupWishes.of(settings), self._window)
        if dialog.exec():
            dialog.wishes.keep(settings)
            self._tools.try_deed(settings.save)
            self.watch.renew_wishes()
        dialog.deleteLater()

    def _choose_records(self, backup: Backup, former: Former) -> None:
        from smartct_desktop.ui.backups.bringing import BringBackDialog

        desk = self._desk
        if desk is None:
            return
        if not former.returning:
            self._tools.note.tell(tr("All records of this backup are there, as they were."))
            return
        when = made_words(backup, desk.texts)
        dialog = BringBackDialog(self._tools.look, former, when, self.shown or self._window)
        self.bringing = dialog
        accepted, wanted = dialog.exec(), dialog.wanted
        self.bringing = None
        dialog.deleteLater()
        if accepted and wanted:
            self._tools.try_deed(
                lambda: self._window.deeds.do(return_step(former, wanted, desk.reader, when))
            )
            self.renew()


def _see(backups: DocumentBackups, reader: Reader, _progress: Progress) -> _Seen:
    now = {schema.kind: reader.total(schema.kind) for schema in SCHEMAS}
    return _Seen(backups.all(), backups.standing(), now)


def _check(backups: DocumentBackups, progress: Progress) -> int:
    return backups.check_all(progress)
