"""What the rules say of a value, under its field: a sign and a sentence for each finding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.programme.rule_catalog import BY_CODE
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.problems.words import TONES, severity_word, told
from smartct_desktop.ui.theme.look import Look

_SIGN = 14
_GAP = 7
_TONES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "muted"}


class FindingLines(QWidget):
    """Lines under one field; made anew whenever something else is said."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look = look
        self._texts = texts
        self._findings: tuple[Finding, ...] = ()
        self._lines: list[QWidget] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 4)
        self._rows.setSpacing(2)
        look.changed.connect(self._write)
        self.hide()

    @property
    def sentences(self) -> Sequence[str]:
        """What is said."""
        return [told(finding, self._texts) for finding in self._findings]

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say this, and nothing else."""
        if tuple(findings) != self._findings:
            self._findings = tuple(findings)
            self._write()
        self.setVisible(bool(findings))

    def _write(self) -> None:
        for old in self._lines:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = [self._line(finding) for finding in self._findings]
        for line in self._lines:
            self._rows.addWidget(line)

    def _line(self, finding: Finding) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        tone = TONES[finding.severity]
        sign = QLabel()
        ratio = self.devicePixelRatio()
        sign.setPixmap(self._look.icons.pixmap(tone.sign, tone.ink, _SIGN, ratio))
        sign.setAccessibleName(severity_word(finding.severity))
        words = label(told(finding, self._texts), tone=_TONES[finding.severity], wrap=True)
        rule = BY_CODE.get(finding.code)
        if rule is not None:
            words.setToolTip(tool_tip(f"{finding.code}. {tr(rule.todo)}", self._look))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return line
