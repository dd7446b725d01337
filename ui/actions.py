"""Every command, declared once: its words, its keys, when it can be done, and what it does.

Menus, the buttons of a page, the command list (Ctrl+K) and the keyboard help are all built
from these, so that a command is called the same everywhere and none is only for the mouse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dpemployer.i18n import N_, _
from ui import theme
from ui.models.rows import Column
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.table import Table
from ui.widgets.words import Words, heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QMenuBar


@dataclass(frozen=True)
class Command:
    """One thing a person can do.

    `words` say it as a button would; `shortcut` is as Qt writes keys (`Ctrl+S`); `menu` is the
    heading it stands under; `available` is asked whenever it might have changed.
    """

    id: str
    words: str
    does: Callable[[], object]
    menu: str
    shortcut: str = ""
    explained: str = ""
    available: Callable[[], bool] = lambda: True
    kind: str = ""
    """`main` for what is most wanted on its page."""


class Commands(QObject):
    """The commands of one window or page, each with the action that does it."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, *commands: Command) -> None:
        """Declare commands; their keys work while the owner has the keyboard."""
        for command in commands:
            action = QAction(command.words, self._owner)
            action.setObjectName(command.id)
            action.setStatusTip(command.explained)
            action.setToolTip(_tip(command))
            if command.shortcut:
                action.setShortcut(QKeySequence(command.shortcut))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # Menus of the Mac take "Settings" and "Quit" for their own: keep them where they are.
            action.setMenuRole(QAction.MenuRole.NoRole)
            action.triggered.connect(lambda _on, each=command: self._run(each))
            self._owner.addAction(action)
            self._commands[command.id] = command
            self._actions[command.id] = action

    def refresh(self) -> None:
        """Ask each command again whether it can be done now."""
        for name, command in self._commands.items():
            self._actions[name].setEnabled(command.available())

    def action(self, name: str) -> QAction:
        """Return the action of a command."""
        return self._actions[name]

    def button(self, name: str) -> QPushButton:
        """Return a button that does a command and follows whether it can be done."""
        command, action = self._commands[name], self._actions[name]
        made = button(command.words, action.trigger, kind=command.kind, describes=command.explained)
        made.setToolTip(_tip(command))
        made.setEnabled(action.isEnabled())
        action.enabledChanged.connect(made.setEnabled)
        return made

    def buttons(self, *names: str, hides: bool = False) -> ButtonRow:
        """Return a row of buttons for some commands.

        One that `hides` goes away when it cannot be done, instead of being greyed.
        """
        row = ButtonRow()
        for name in names:
            made = row.add(self.button(name))
            if hides:
                made.setVisible(self._actions[name].isEnabled())
                self._actions[name].enabledChanged.connect(made.setVisible)
        return row

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def _run(self, command: Command) -> None:
        if command.available():
            command.does()


def _tip(command: Command) -> str:
    words = command.explained or command.words
    return f"{words} ({keys(command.shortcut)})" if command.shortcut else words


def keys(shortcut: str) -> str:
    """Write keys as this computer writes them."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def fill_menus(bar: QMenuBar, order: Sequence[str], groups: Sequence[Commands]) -> None:
    """Build the menu bar afresh from every command there is now."""
    bar.clear()
    menus: dict[str, QMenu] = {}
    for name in order:
        for group in groups:
            for command in group:
                if command.menu == name:
                    if name not in menus:
                        menus[name] = bar.addMenu(_(name))
                    menus[name].addAction(group.action(command.id))


class CommandList(QDialog):
    """Type a few letters of what you want to do, and Enter does it."""

    def __init__(self, groups: Sequence[Commands], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What would you like to do?"))
        self._found = [
            (command, group.action(command.id))
            for group in groups
            for command in group
            if command.available()
        ]
        self._lines = [_line(command) for command, _action in self._found]
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Type a few letters"))
        label = Words(_("What would you like to do?"), "label")
        label.setBuddy(self.search)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(QStringListModel(self._lines, self))
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = QListView()
        self.list.setModel(self._filter)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(_("Things you can do"))
        self.list.setWordWrap(True)
        box = QVBoxLayout(self)
        box.addWidget(label)
        box.addWidget(self.search)
        box.addWidget(self.list)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.search.installEventFilter(self)
        self._narrow("")
        theme.open_at(self, 60, 18)

    def chosen(self) -> QAction | None:
        """Return the action pointed at."""
        index = self._filter.mapToSource(self.list.currentIndex())
        return self._found[index.row()][1] if index.isValid() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the up and down keys move in the list while the letters are typed above it."""
        from PySide6.QtGui import QKeyEvent  # noqa: PLC0415 - only here

        if watched is self.search and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if event.type() == event.Type.KeyPress and step is not None:
                place = (self.list.currentIndex().row() + step) % max(1, self._filter.rowCount())
                self.list.setCurrentIndex(self._filter.index(place, 0))
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, letters: str) -> None:
        self._filter.setFilterFixedString(letters.strip())
        self.list.setCurrentIndex(self._filter.index(0, 0))

    def _choose(self) -> None:
        if self.chosen() is not None:
            self.accept()


def _line(command: Command) -> str:
    return f"{command.words}   {keys(command.shortcut)}" if command.shortcut else command.words


_KEY_COLUMNS: tuple[Column[tuple[str, str]], ...] = (
    Column(N_("Keys"), text=lambda row: row[0]),
    Column(N_("What they do"), text=lambda row: row[1]),
)


class KeyboardHelp(QDialog):
    """Every key there is, from the commands themselves."""

    def __init__(self, groups: Sequence[Commands], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        rows = [
            (keys(command.shortcut), command.words)
            for group in groups
            for command in group
            if command.shortcut
        ]
        rows += [
            (keys("Tab"), _("Go on to the next field or button")),
            (keys("Shift+Tab"), _("Go back to the one before")),
            (keys("Space"), _("Press the button, or tick the box, you are on")),
            (keys("F4"), _("In a date: find it on a calendar")),
            (keys("Escape"), _("Leave a question without doing anything")),
        ]
        table: Table[tuple[str, str]] = Table(
            _("Keys"), _KEY_COLUMNS, empty=_("There are no keys."), most_rows=20, stretch=1
        )
        table.show_rows(rows)
        box = QVBoxLayout(self)
        box.addWidget(heading(_("Everything can be done from the keyboard")))
        box.addWidget(table)
        box.addWidget(ButtonRow(button(_("Close"), self.accept, kind="main")))
        theme.open_at(self, 64, 24)
        table.setFocus()
