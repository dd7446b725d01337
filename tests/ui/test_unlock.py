"""The first window opens a book, or says why it cannot and keeps what was typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from dpemployer.errors import WrongPassphraseError
from tests.ui.keys import click, press, write
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from ui.unlock import UnlockWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

FOLDERS = [Path("/books/Ours"), Path("/books/Mum")]


@pytest.fixture
def window(qtbot: QtBot) -> UnlockWindow:
    made = UnlockWindow(FOLDERS)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_the_newest_book_is_chosen_and_the_keyboard_waits_for_its_passphrase(
    window: UnlockWindow,
) -> None:
    assert window.folder == FOLDERS[0]
    assert window.focusWidget() is window.passphrase_part.passphrase.line


def test_typing_a_passphrase_and_enter_asks_for_the_book(
    window: UnlockWindow, qtbot: QtBot
) -> None:
    line = window.passphrase_part.passphrase.line
    write("four plain words here", line)

    with qtbot.waitSignal(window.open_asked) as asked:
        press(Qt.Key.Key_Return, on=line)

    assert asked.args == [FOLDERS[0], "four plain words here"]


def test_a_wrong_passphrase_stays_where_it_was_typed(window: UnlockWindow) -> None:
    line = window.passphrase_part.passphrase.line
    write("four plain wrods", line)
    press(Qt.Key.Key_Return, on=line)

    window.show_error(WrongPassphraseError("That is not it.", "Capitals count.", "Try again."))

    assert line.text() == "four plain wrods"
    assert line.hasFocus()
    assert "That is not it." in heard(window)


def test_enter_with_no_passphrase_says_what_is_missing(window: UnlockWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.open_asked):
        press(Qt.Key.Key_Return, on=window.passphrase_part.passphrase.line)

    assert "“Passphrase” is empty." in heard(window)


def test_what_is_typed_can_be_shown_and_hidden_again(window: UnlockWindow) -> None:
    part = window.passphrase_part.passphrase

    click(part._show)
    shown = part.line.echoMode()
    click(part._show)

    assert shown == QLineEdit.EchoMode.Normal
    assert part.line.echoMode() == QLineEdit.EchoMode.Password


def test_the_recovery_sheet_asks_for_its_code_and_a_new_passphrase(
    window: UnlockWindow, qtbot: QtBot
) -> None:
    window.passphrase_part.forgotten.click()
    sheet = window.sheet_part
    sheet.code.set_text("ABCD EFGH")
    sheet.passphrase.set_text("new words to keep")

    with qtbot.waitSignal(window.sheet_asked) as asked:
        press(Qt.Key.Key_Return, on=sheet.passphrase.line)

    assert asked.args == [FOLDERS[0], "ABCD EFGH", "new words to keep"]


def test_the_keychain_is_asked_when_the_person_says_so(window: UnlockWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.keychain_asked) as asked:
        click(window.passphrase_part.keychain)

    assert asked.args == [FOLDERS[0]]


def test_a_folder_found_elsewhere_is_offered_first(window: UnlockWindow) -> None:
    window.use_folder(Path("/stick/Ours"))

    assert window.folder == Path("/stick/Ours")
    assert window.passphrase_part.book.offered == (Path("/stick/Ours"), *FOLDERS)


def test_with_no_book_yet_the_keyboard_is_on_making_one(qtbot: QtBot) -> None:
    window = UnlockWindow([])
    qtbot.addWidget(window)
    window.show()

    assert window.focusWidget() is window.new_button


def test_a_screen_reader_hears_the_name_of_everything(window: UnlockWindow) -> None:
    assert unnamed(window) == []

    window.passphrase_part.forgotten.click()

    assert unnamed(window) == []


@pytest.mark.parametrize("percent", [100, 200, 300])
def test_nothing_is_cut_off(percent: int, qtbot: QtBot, text_size: Callable[[int], None]) -> None:
    text_size(percent)
    window = UnlockWindow(FOLDERS)
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()

    assert cut_off(window) == []
    assert past_the_edge(window) == []
