"""A command is declared once, and found in the menus, the list, the buttons and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu

from tests.ui.keys import press, write
from tests.ui.looking import heard, unnamed
from ui.actions import Command, CommandList, Commands, KeyboardHelp, fill_menus

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Window(QMainWindow):
    """Two commands, of which one can be done."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.open = False
        self.commands = Commands(self)
        self.commands.add(
            Command("pay", "Work out the pay", lambda: self.done.append("pay"), "Do", "Ctrl+P"),
            Command(
                "sign",
                "Sign the return",
                lambda: self.done.append("sign"),
                "Do",
                "Ctrl+S",
                available=lambda: self.open,
            ),
        )
        self.commands.refresh()


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_the_menus_are_built_from_the_commands(window: Window) -> None:
    fill_menus(window.menuBar(), ("Do",), (window.commands,))

    (menu,) = window.menuBar().findChildren(QMenu)
    assert menu.title() == "Do"
    assert [action.text() for action in menu.actions()] == ["Work out the pay", "Sign the return"]


def test_keys_do_what_can_be_done_and_nothing_else(window: Window) -> None:
    window.setFocus()
    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, on=window)
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, on=window)

    assert window.done == ["pay"]


def test_a_button_follows_whether_its_command_can_be_done(window: Window, qtbot: QtBot) -> None:
    greyed = window.commands.button("sign")
    hiding = window.commands.buttons("sign", "pay", hides=True)
    qtbot.addWidget(greyed)
    qtbot.addWidget(hiding)
    hiding.show()
    before = (greyed.isEnabled(), heard(hiding))

    window.open = True
    window.commands.refresh()

    assert not before[0]
    assert "Sign the return" not in before[1]
    assert greyed.isEnabled()
    assert "Sign the return" in heard(hiding)


def test_a_few_letters_find_a_command_and_enter_chooses_it(window: Window, qtbot: QtBot) -> None:
    window.open = True
    dialog = CommandList((window.commands,), window)
    qtbot.addWidget(dialog)
    dialog.show()

    write("sign", dialog.search)
    press(Qt.Key.Key_Return, on=dialog.search)

    chosen = dialog.chosen()
    assert chosen is not None
    assert chosen.objectName() == "sign"
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert unnamed(dialog) == []


def test_the_arrows_move_in_the_list_while_letters_are_typed(window: Window, qtbot: QtBot) -> None:
    window.open = True
    dialog = CommandList((window.commands,), window)
    qtbot.addWidget(dialog)
    dialog.show()

    press(Qt.Key.Key_Down, on=dialog.search)

    chosen = dialog.chosen()
    assert chosen is not None
    assert chosen.objectName() == "sign"


def test_what_cannot_be_done_is_not_in_the_list(window: Window, qtbot: QtBot) -> None:
    dialog = CommandList((window.commands,), window)
    qtbot.addWidget(dialog)
    dialog.show()

    write("sign", dialog.search)
    press(Qt.Key.Key_Return, on=dialog.search)

    assert dialog.chosen() is None
    assert dialog.result() != QDialog.DialogCode.Accepted


def test_the_keyboard_help_lists_every_key(window: Window, qtbot: QtBot) -> None:
    dialog = KeyboardHelp((window.commands,), window)
    qtbot.addWidget(dialog)
    dialog.show()

    said = heard(dialog)
    assert "Keys: Ctrl+P" in said
    assert "What they do: Work out the pay" in said
    assert unnamed(dialog) == []
