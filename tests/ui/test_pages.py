"""Every page can be heard, reached by keyboard, and read at three times the size."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from dpemployer import clock
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from ui.main_window import MainWindow
from ui.pages.all_pages import PAGES
from ui.widgets.choices import Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from ui.desk import Desk

_A_LINE = 30
"""Things side by side may differ in height by less than a line."""
PLACES = ["home", "people", "timesheets", "pay", "money", "return", "costs", "hmrc", "settings"]
DETAILS = {"one person": "people", "one timesheet": "timesheets", "one payday": "pay"}
EVERYWHERE = [*PLACES, *DETAILS]


@pytest.fixture
def household(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    return move_in(desk.office)


@pytest.fixture
def open_at(desk: Desk, household: Household, qtbot: QtBot) -> Callable[[str], MainWindow]:
    """Open the main window, go to a place, and wait until it is still."""

    def settle() -> None:
        for _turn in range(4):
            qtbot.waitUntil(lambda: desk.operations.idle, timeout=20_000)
            qtbot.wait(20)  # what wraps is laid out in turns, the deeper the later

    def go(place: str) -> MainWindow:
        wanted = {"home", DETAILS.get(place, place)}
        pages = [page for page in PAGES if page.ID in wanted]
        window = MainWindow(desk, pages, "Our book")
        qtbot.addWidget(window)
        window.resize(1280, 900)
        window.show()
        settle()
        match place:
            case "one person":
                window.go("people", household.asha)
            case "one timesheet":
                window.go("timesheets", (household.asha, FRIDAY))
            case "one payday":
                (payday, *_rest) = desk.office.pay_runs.due(FRIDAY)
                window.go(
                    "pay",
                    desk.office.pay_runs.draft(payday.frequency, payday.first_day, payday.last_day),
                )
            case _:
                window.go(place)
        settle()
        return window

    return go


@pytest.mark.parametrize("place", EVERYWHERE)
def test_a_screen_reader_hears_the_name_of_everything(
    place: str, open_at: Callable[[str], MainWindow]
) -> None:
    window = open_at(place)

    assert unnamed(window) == []


@pytest.mark.parametrize("percent", [200, 300])
@pytest.mark.parametrize("place", EVERYWHERE)
def test_nothing_is_cut_off(
    place: str,
    percent: int,
    text_size: Callable[[int], None],
    open_at: Callable[[str], MainWindow],
) -> None:
    text_size(percent)

    window = open_at(place)

    assert cut_off(window) == []
    assert past_the_edge(window) == []


@pytest.mark.parametrize("place", EVERYWHERE)
def test_tab_comes_to_everything_in_reading_order_and_round_again(
    place: str, open_at: Callable[[str], MainWindow]
) -> None:
    window = open_at(place)
    window.to_places()

    stops = _walk()

    reached = set(stops)
    missed = [each for each in _wanted(window.page) if each not in reached]
    assert [each for each in missed if not isinstance(each, Option)] == []
    tops = [each.mapTo(window, each.rect().topLeft()).y() for each in stops]
    on_page = [top for each, top in zip(stops, tops, strict=True) if window.page.isAncestorOf(each)]
    assert all(after >= before - _A_LINE for before, after in pairwise(on_page))


def _walk() -> list[QWidget]:
    """Press Tab until it comes round again, and return every stop."""
    stops: list[QWidget] = []
    for _stop in range(300):
        press(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        if stops and here is stops[0]:
            return stops
        # The grid of a week is walked box by box, and counts as one stop.
        if not stops or here is not stops[-1]:
            stops.append(here)
    raise AssertionError("Tab is caught")


def _wanted(page: QWidget) -> list[QWidget]:
    """Return everything on a page that can be used."""
    return [
        each
        for each in page.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and not each.objectName().startswith("qt_")
    ]


def test_home_says_what_needs_doing(open_at: Callable[[str], MainWindow]) -> None:
    said = heard(open_at("home"))

    assert "Agree the hours of Asha Khan for 29 June to 5 July 2026." in said
    assert "By Friday 10 July 2026." in said
