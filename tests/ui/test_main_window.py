"""Going from place to place, by mouse or by keys, and what the window says of what goes on."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QMenu

from dpemployer import clock
from dpemployer.services.endings import Ending, EndingKind
from tests.ui.household import FRIDAY, move_in
from tests.ui.keys import press, write
from tests.ui.looking import heard, unnamed
from tests.ui.modal import asks
from ui.main_window import MainWindow
from ui.pages.home import HomePage
from ui.pages.people import PeoplePage
from ui.pages.timesheets import TimesheetsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from ui.actions import CommandList, KeyboardHelp
    from ui.desk import Desk
    from ui.operations import Operations, Progress

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    move_in(desk.office)
    made = MainWindow(desk, [HomePage, PeoplePage, TimesheetsPage], "Ours")
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    _settle(made, qtbot)
    return made


def _settle(window: MainWindow, qtbot: QtBot) -> None:
    for _turn in range(3):
        qtbot.waitUntil(lambda: window.desk.operations.idle)
        QApplication.processEvents()


def test_it_opens_at_home(window: MainWindow) -> None:
    assert window.page.ID == "home"
    assert "Ours" in window.windowTitle()


def test_home_knows_of_what_was_done_elsewhere(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ending is no kind of fact that home itself shows."""
    office = window.desk.office
    monkeypatch.setattr("dpemployer.services.endings.today", lambda: FRIDAY)
    window.go("people")
    _settle(window, qtbot)

    office.endings.begin(Ending(0, EndingKind.DIRECT_PAYMENT, FRIDAY, "Jo Marsh"))
    _settle(window, qtbot)
    window.go("home")
    _settle(window, qtbot)

    assert "When things end: Ask the council or health board" in heard(window.page)


def test_keys_and_the_list_of_places_go_to_pages(window: MainWindow, qtbot: QtBot) -> None:
    window.to_places()
    press(Qt.Key.Key_Down)
    by_arrow = window.page.ID
    press(Qt.Key.Key_3, _ALT, on=window)
    by_keys = window.page.ID
    _settle(window, qtbot)

    assert (by_arrow, by_keys) == ("people", "timesheets")


def test_f6_goes_between_the_places_and_the_page(window: MainWindow) -> None:
    window.setFocus()
    press(Qt.Key.Key_F6, on=window)
    at_places = window.focusWidget()
    press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier, on=window)
    at_page = window.focusWidget()

    assert at_places is window._places
    assert at_page is not None
    assert window.page.isAncestorOf(at_page)


def test_the_menus_hold_the_commands_of_the_page_one_is_on(window: MainWindow) -> None:
    window.go("people")

    menus = [action.menu() for action in window.menuBar().actions()]
    words = [
        (menu.title(), [action.text() for action in menu.actions()])
        for menu in menus
        if isinstance(menu, QMenu)
    ]
    assert [title for title, _words in words] == ["Book", "Go to", "This page", "View", "Help"]
    assert "Take somebody on" in dict(words)["This page"]


def test_a_few_letters_do_a_command(window: MainWindow, qtbot: QtBot) -> None:
    def choose(dialog: CommandList) -> None:
        write("peop", dialog.search)
        press(Qt.Key.Key_Return, on=dialog.search)

    asks(qtbot, window.commands.action("help.commands").trigger, choose)
    _settle(window, qtbot)

    assert window.page.ID == "people"


def test_the_keys_are_listed(window: MainWindow, qtbot: QtBot) -> None:
    said: list[str] = []

    def read(dialog: KeyboardHelp) -> None:
        said.append(heard(dialog))
        dialog.reject()

    asks(qtbot, window.commands.action("help.keys").trigger, read)

    assert "Keys: Ctrl+K" in said[0]
    assert "What they do: Find something to do" in said[0]


def test_f1_opens_the_help_of_the_page_one_is_on(window: MainWindow, qtbot: QtBot) -> None:
    window.go("people")
    press(Qt.Key.Key_F1, on=window)

    shown = window._help
    assert shown is not None
    qtbot.addWidget(shown)
    assert shown.page == "people"
    assert "People" in shown.browser.toPlainText()
    assert unnamed(shown) == []
    shown.close()


def test_help_pages_lead_to_each_other_and_back(window: MainWindow, qtbot: QtBot) -> None:
    window.open_help("pay")
    shown = window._help
    assert shown is not None
    qtbot.addWidget(shown)

    shown.browser.anchorClicked.emit(QUrl("reversal.md"))
    there = shown.page
    shown.back.click()

    assert there == "reversal"
    assert shown.page == "pay"
    shown.close()


def test_the_places_fold_away_when_the_text_needs_the_room(
    desk: Desk, qtbot: QtBot, text_size: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    text_size(300)
    window = MainWindow(desk, [HomePage, PeoplePage], "Ours")
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    _settle(window, qtbot)

    folded = window._folded
    folded.setFocus()
    press(Qt.Key.Key_Down, on=folded)
    folded.activated.emit(folded.currentIndex())

    assert not window._places.isVisible()
    assert folded.isVisible()
    assert window.page.ID == "people"
    assert window.windowTitle() == "Ours: DP Employer"


def test_what_was_done_is_said_on_a_line_of_its_own(window: MainWindow) -> None:
    before = window.statusBar().isVisible()

    window.desk.say("The rate is kept.")

    assert not before
    assert window.statusBar().isVisible()
    assert "The rate is kept." in heard(window)


def test_long_work_shows_how_far_it_is_and_can_be_stopped(
    window: MainWindow, operations: Operations, qtbot: QtBot
) -> None:
    go_on, done = Event(), list[int]()

    def work(progress: Progress) -> None:
        progress(1, 3, "Reading the statement")
        go_on.wait(5)
        progress(2, 3)
        done.append(2)

    operations.long(work, owner=window)
    qtbot.waitUntil(window._stop.isVisible)
    said = heard(window)
    window._stop.click()
    go_on.set()
    _settle(window, qtbot)

    assert "Reading the statement" in said
    assert not window._stop.isVisible()
    assert done == []


def test_locking_and_closing_are_asked_for_apart(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.locked):
        window.commands.action("book.lock").trigger()
    with qtbot.waitSignal(window.closed):
        window.close()


def test_bigger_and_smaller_text_are_asked_for(window: MainWindow) -> None:
    steps: list[int] = []
    window.resized_text.connect(steps.append)

    for name in ("view.bigger", "view.smaller", "view.usual"):
        window.commands.action(name).trigger()

    assert [step > 0 for step in steps] == [True, False, False]
    assert steps[2] == 0
