"""The words and tones of findings."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.fields import Day
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.door_codes import DOOR_CODES
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.programme.rule_catalog import BY_CODE
from smartct_desktop.domain.query import Wanted
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.theme.tones import Tone

_DAY = Day()

TONES = {
    Severity.ERROR: Tone.ERROR,
    Severity.WARNING: Tone.WARNING,
    Severity.INFO: Tone.CALM,
}


def severity_word(severity: Severity) -> str:
    """What a severity is called."""
    match severity:
        case Severity.ERROR:
            return tr("Error")
        case Severity.WARNING:
            return tr("Warning")
        case Severity.INFO:
            return tr("Information")


def counted(severity: Severity, n: int) -> str:
    """So many findings of a severity."""
    match severity:
        case Severity.ERROR:
            return tr("1 error") if n == 1 else tr("{n} errors", n=n)
        case Severity.WARNING:
            return tr("1 warning") if n == 1 else tr("{n} warnings", n=n)
        case Severity.INFO:
            return tr("{n} for information", n=n)


def rule_title(code: str) -> str:
    """What stands over the findings of a rule; the code of one this version does not know."""
    rule = BY_CODE.get(code) or DOOR_CODES.get(code)
    return tr(rule.title) if rule is not None else code


def told(finding: Finding, texts: Texts) -> str:
    """What a finding says, its dates written as the person writes them."""
    values = {
        name: texts.shown(_DAY, value) if isinstance(value, date) else value
        for name, value in finding.sentence.values.items()
    }
    return say(Sentence(finding.sentence.template, **values))


def spoken(finding: Finding, texts: Texts) -> str:
    """A finding as it is read out: how much it matters, and what it says."""
    return f"{severity_word(finding.severity)}: {told(finding, texts)}"


def worst(findings: tuple[Finding, ...]) -> Finding:
    """The finding that matters most."""
    order = list(Severity)
    return min(findings, key=lambda finding: order.index(finding.severity))


def wanted_words(text: str) -> tuple[Wanted, ...]:
    """What to look for among findings: each word, and the rules whose own words hold it."""
    said = {
        rule.code: fold(f"{rule.code} {tr(rule.title)} {tr(rule.sentence)}")
        for rule in BY_CODE.values()
    }
    return tuple(
        Wanted(word, frozenset(code for code, words in said.items() if word in words))
        for word in fold(text).split()
    )
