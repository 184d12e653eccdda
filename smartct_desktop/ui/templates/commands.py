"""The command that fills a funder's template: which one, what fills it, and where it is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QMainWindow

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.progress import Progress
    from smartct_desktop.services.exporting import Exported
    from smartct_desktop.services.reports.wish import Wish
    from smartct_desktop.services.template_filling import Template
    from smartct_desktop.services.templates.mapping import TemplateMap
    from smartct_desktop.ui.desk import Desk

_FOLDER = "templates.folder"


class TemplateCommands(QObject):
    """Fills a template with what the document that is shown holds."""

    def __init__(self, window: QMainWindow, tools: Tools, actions: Actions) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._actions = actions
        self._desk: Desk | None = None
        actions["fill_template"].triggered.connect(self.ask_template)
        self.attach(None)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        reason = tr("Open a document first.")
        self._actions.switch("fill_template", on=desk is not None, reason=reason)

    def ask_template(self) -> None:
        """Ask which template is to be filled."""
        from smartct_desktop.ui.dialogs.new_partnership import documents_folder

        if self._desk is None:
            return
        folder = self._tools.settings.text(_FOLDER, str(documents_folder()))
        kinds = tr("Workbooks (*.xlsx *.xlsm *.xltx *.xltm)")
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("The template to fill"), folder, kinds
        )
        if name:
            self.open_template(Path(name))

    def open_template(self, path: Path) -> None:
        """Read a template in a job, then show what it asks for."""
        from smartct_desktop.services.template_filling import template_of

        self._tools.settings.set(_FOLDER, str(path.parent))
        self._tools.jobs.run(
            partial(template_of, path),
            partial(self._show, path, self._desk),
            self._tell_failure,
            title=tr("Reading {name}", name=path.name),
        )

    def _show(self, path: Path, desk: Desk | None, template: Template) -> None:
        from smartct_desktop.services.templates.mapping import TemplateMap, remember, remembered
        from smartct_desktop.ui.templates.window import FillTemplateDialog

        if desk is None or desk is not self._desk:
            return
        settings, mark = self._tools.settings, template.fingerprint()
        said = remembered(settings, mark) or TemplateMap()
        dialog = FillTemplateDialog(self._tools, desk, template, said, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        if dialog.said != said:
            remember(settings, mark, dialog.said)
        if accepted:
            self._ask_target(path, template, desk, dialog.wish, dialog.said)
        dialog.deleteLater()

    def _ask_target(
        self, path: Path, template: Template, desk: Desk, wish: Wish, said: TemplateMap
    ) -> None:
        proposed = path.with_name(f"{path.stem} {tr('filled')}{template.suffix}")
        kinds = tr("Workbooks (*{suffix})", suffix=template.suffix)
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Where to write the filled workbook"), str(proposed), kinds
        )
        if not name:
            return
        target = Path(name)
        if target.suffix.lower() != template.suffix:
            target = target.with_name(target.name + template.suffix)
        self._fill(path, template, desk, wish, said, target)

    def _fill(  # noqa: PLR0913, PLR0917 -- what is filled, from what, into what
        self,
        path: Path,
        template: Template,
        desk: Desk,
        wish: Wish,
        said: TemplateMap,
        target: Path,
    ) -> None:
        from smartct_desktop.services.programme import ProgrammeFacts
        from smartct_desktop.services.template_filling import fill_template
        from smartct_desktop.system.clock import local_now

        facts = desk.facts if wish.language == "en" else ProgrammeFacts(wish.language)

        def work(progress: Progress) -> Exported:
            return fill_template(
                path,
                template,
                desk.document,
                facts,
                wish=wish,
                said=said,
                made_at=local_now(),
                path=target,
                progress=progress,
            )

        self._tools.jobs.run(
            work,
            partial(self._tell, target, desk),
            self._tell_failure,
            title=tr("Filling {name}", name=template.file),
        )

    def _tell(self, asked: Path, desk: Desk, exported: Exported) -> None:
        from dataclasses import replace

        from smartct_desktop.ui.reports.writing import told

        # What did not fit was told in the dialog; there is no first sheet of ours.
        sentence, links = told(asked, replace(exported, remarks=()), desk.document)
        self._tools.note.tell(sentence, links)

    def _tell_failure(self, failure: Exception) -> None:
        from smartct_desktop.domain.errors import Trouble

        if not isinstance(failure, Trouble):
            raise failure
        self._tools.messages.tell_trouble(self._window, failure)
