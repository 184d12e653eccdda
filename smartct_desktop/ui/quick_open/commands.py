"""Everything the menus offer as lines of the palette, whoever put it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.key_cap import key_text
from smartct_desktop.ui.quick_open.entries import Entry, Group
from smartct_desktop.ui.tab_names import LABELS

_ITSELF = "quick_open"


def command_entries(
    bar: QMenuBar,
    actions: Actions,
    reports: QMenu,
    recent: QMenu,
    further: Sequence[QAction] = (),
) -> list[Entry]:
    """Every action: those of the menus with the menu they stand in, and those of no menu.

    `further` are the reports that do not stand in theirs.
    """
    names = {actions[name]: name for name in actions.names}
    entries: list[Entry] = []
    seen: set[QAction] = set()
    for menus, action in _walk(bar):
        if action in seen or menus[-1] is recent or names.get(action) == _ITSELF:
            continue
        seen.add(action)
        name = names.get(action, "")
        group = Group.REPORTS if menus[-1] is reports else Group.COMMANDS
        entries.append(_entry(action, name, [plain(menu.title()) for menu in menus], group))
    path = [plain(reports.title())]
    entries += [_entry(action, "", path, Group.REPORTS) for action in further]
    for action, name in names.items():
        if action not in seen and name != _ITSELF:
            entries.append(_entry(action, name, [], Group.COMMANDS))
    return entries


def tab_entries(show: Callable[[str], object], *, reason: str) -> list[Entry]:
    """The tabs in their order."""
    return [
        Entry(
            key=f"tab:{name}",
            group=Group.TABS,
            title=tr(label),
            act=partial(show, name),
            detail=tr("tab"),
            icon="table-2",
            keys=key_text(QKeySequence(f"Ctrl+{place}")),
            reason=reason,
        )
        for place, (name, label) in enumerate(LABELS.items(), 1)
    ]


def document_entries(paths: Sequence[Path], show: Callable[[Path], object]) -> list[Entry]:
    """The documents opened last."""
    return [
        Entry(
            key=f"document:{path}",
            group=Group.DOCUMENTS,
            title=path.name,
            act=partial(show, path),
            detail=str(path.parent),
            icon="folder-open",
        )
        for path in paths
    ]


def help_entries(topics: Mapping[str, str], show: Callable[[str], object]) -> list[Entry]:
    """The pages of the help: names and titles."""
    return [
        Entry(
            key=f"help:{name}",
            group=Group.HELP,
            title=title,
            act=partial(show, name),
            detail=tr("help"),
            icon="book-open",
        )
        for name, title in topics.items()
    ]


def plain(text: str) -> str:
    """The words of a menu without the marks of its letters."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").strip()


def _walk(bar: QMenuBar) -> Iterator[tuple[list[QMenu], QAction]]:
    def within(menu: QMenu, above: list[QMenu]) -> Iterator[tuple[list[QMenu], QAction]]:
        for action in menu.actions():
            inner: object = action.menu()
            if isinstance(inner, QMenu):
                yield from within(inner, [*above, menu])
            elif not action.isSeparator() and action.isVisible():
                yield [*above, menu], action

    for top in bar.actions():
        menu: object = top.menu()
        if isinstance(menu, QMenu):
            yield from within(menu, [])


def _entry(action: QAction, name: str, path: list[str], group: Group) -> Entry:
    title = plain(action.text())
    words = [*path]
    if action.isCheckable():
        words.append(tr("on") if action.isChecked() else tr("off"))
    reason = "" if action.isEnabled() else action.statusTip() or tr("not possible just now")
    return Entry(
        key=f"command:{name or '/'.join([*path, title])}",
        group=group,
        title=title,
        act=action.trigger,
        detail=" · ".join(words),
        icon="file-text" if group is Group.REPORTS else "command",
        keys=key_text(action.shortcut()) if not action.shortcut().isEmpty() else "",
        reason=reason,
        also=action.statusTip() if action.isEnabled() else "",
    )
